"""What staff may do, on a real database."""
