"""Copies of all that is kept: how they are made, which stay, and how one is put back; knows no channel."""
