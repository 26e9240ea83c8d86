"""What may be said of counts, and readers who try to work out what was not said."""
