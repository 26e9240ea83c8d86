"""A resident who plays a transcript, at every depth of the house."""
