"""Where what is found on the pages for staff."""

from pages.gate import Paths

HOME = "/team"
SIGN_IN = f"{HOME}/in/{{invitation}}"
SIGN_OUT = f"{HOME}/uit"
NEW = f"{HOME}/nieuw"
LINK = f"{HOME}/link/{{code}}"
RENAME = f"{LINK}/naam"
PAUSE = f"{LINK}/stil"
RESUME = f"{LINK}/aan"
END = f"{LINK}/stop"
VISIT = f"{HOME}/bezoek"
CLEARED = f"{VISIT}/leeg"
PAPER = f"{LINK}/papier"
TYPE_IN = f"{HOME}/papier"
TYPED_IN = f"{TYPE_IN}/bewaren"
SHEET = f"{LINK}/{{name}}"
"""Something to hand out; `handing_out.SHEETS` has the names."""

NUMBERS = f"{HOME}/cijfers"
LOCK = f"{HOME}/slot"
STATIC = f"{HOME}/static"

GATE = Paths(HOME, open=(f"{HOME}/in/", f"{STATIC}/"), locked=(LOCK, SIGN_OUT))


def of_link(code: str) -> str:
    """The page of one link."""
    return LINK.format(code=code)
