"""WHAT WAS COUNTED, AS IT MAY BE SEEN: between what is kept and whoever shows it. Knows no channel and no page."""
