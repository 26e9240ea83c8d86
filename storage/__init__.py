"""What is kept: the database; knows the nouns of dialogs, but no channel."""
