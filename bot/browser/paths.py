"""Where what is found in the web chat: the paths of its pages, and of what they ask for."""

HOME, LINK = "/", "/v/{code}"
"""How people come in: by themselves, or by a link."""

TALK = "/gesprek"
ASKED_AT = f"{TALK}#antwoord"
"""Where on its page that is what is asked now."""

ERASE = "/wissen"

INFO = ("/privacy", "/hulp", "/toegankelijkheid")
"""Pages that are read."""

STILL_THERE = "/rust"
"""Where a browser without scripts is asked, on a kiosk, whether anybody is there."""

PRESENT = "/aanwezig"
"""A page of a kiosk says that somebody is typing or reading."""

NEXT_TELLER, STOP_VISIT = "/bezoek/volgende", "/bezoek/stoppen"
"""What a helper asks for between two tellers."""

VISIT_LOCK = "/bezoek/slot"
"""Where the device of a visit waits for the code of its helper."""

VISIT_DONE, VISIT_OVER, VISIT_SHUT = "/bezoek/klaar", "/bezoek/voorbij", "/bezoek/dicht"
"""What is read where a helper stopped a visit, where it was over by itself, and after too many wrong codes."""

OPEN_WHEN_LOCKED = frozenset({VISIT_LOCK, STOP_VISIT, *INFO})
"""What there is on a device that is locked: nothing of a teller stands there, and whom to call is for everybody."""
