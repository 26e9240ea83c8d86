"""What is said: the conversation as pure functions; knows no clock, disk, network or channel."""
