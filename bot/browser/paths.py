"""Where what is found in the web chat: the paths of its pages, and of what they ask for."""

HOME, LINK = "/", "/v/{code}"
"""How people come in: by themselves, or by a link."""

TALK = "/gesprek"
ERASE = "/wissen"

INFO = ("/privacy", "/hulp", "/toegankelijkheid")
"""Pages that are read."""

STILL_THERE = "/rust"
"""Where a browser without scripts is asked, on a kiosk, whether anybody is there."""

PRESENT = "/aanwezig"
"""A page of a kiosk says that somebody is typing or reading."""

NEXT_TELLER, STOP_VISIT = "/bezoek/volgende", "/bezoek/stoppen"
"""What a helper asks for between two tellers."""

VISIT_DONE, VISIT_OVER = "/bezoek/klaar", "/bezoek/voorbij"
"""What is read where a helper stopped a visit, and where it was over by itself."""
