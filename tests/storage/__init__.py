"""Tests of what is kept; they use real databases in a folder of their own."""
