"""Tests of what is said: sets, texts and the rules."""
