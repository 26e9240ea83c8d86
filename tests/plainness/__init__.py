"""Plain Dutch: the measure, and every text of the project held against it."""
