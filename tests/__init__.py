"""Tests that mirror the rooms; they hand in only time, ids and the network."""
