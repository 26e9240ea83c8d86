"""The export: what was sent, as files that researchers open; changes nothing of what was told."""
