"""What in a text may lead to a person: numbers, addresses, names. Knows no interview, no question and no file."""
