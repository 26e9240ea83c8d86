"""Finds in what tellers typed what may lead to a person, and puts a placeholder for it; writes no export."""
