"""WHAT MAY BE SAID OF COUNTS: which are shown and which are hidden. Pure; knows no database, no channel, no set."""
