"""A device in a house of the neighbourhood on which many tell, one after another; knows no conversation and no request.

That a device is one stands in a cookie of its own, with the link of its welcome page and until when who tells is there.
Nothing about anybody is in it.
"""

import re
from dataclasses import dataclass, replace

from bot.browser.paths import STILL_THERE
from dialogs.taps import LINK_LIMIT

QUIET = 2 * 60
"""Seconds without a sign of anybody, after which it begins anew."""

WARNED = 30
"""So many seconds before that it is asked whether anybody is there still."""

WRITING = 10 * 60
"""Without scripts nobody sees that somebody types: a question that is answered in words waits so long for a sign."""

MARGIN = 60
"""The page goes by itself. The server keeps nobody out who was only just in time, and nobody in who is long gone."""

NOBODY = 0
"""In the place of a time: nothing was told, so that there is nothing to take away."""

ASKED = "kiosk"
"""What stands behind the address of a welcome page: `/v/<code>?kiosk`."""

_HOME = re.compile(rf"/(?:v/[A-Za-z0-9_-]{{1,{LINK_LIMIT}}})?\?{ASKED}", re.ASCII)
_MARK = re.compile(rf"([0-9]{{1,12}})\.([A-Za-z0-9_-]{{0,{LINK_LIMIT}}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """`link`: the code of its welcome page, "" for that without one. `until`: seconds since 1970, or `NOBODY`."""

    link: str
    until: int = NOBODY

    @property
    def home(self) -> str:
        """Where it begins anew."""
        return f"/v/{self.link}?{ASKED}" if self.link else f"/?{ASKED}"

    @property
    def mark(self) -> str:
        """What stands in the cookie."""
        return f"{self.until}.{self.link}"

    def was_left(self, now: float) -> bool:
        """Whether whoever told something here is gone."""
        return self.until != NOBODY and self.until < now

    def waiting(self, now: float, seconds: int) -> "Kiosk":
        """From now on for so long, and a little longer; with `NOBODY` for as long as it takes."""
        return replace(self, until=int(now) + seconds + MARGIN if seconds else NOBODY)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a page of a device that others use does where nobody moves.

    With scripts it warns and goes `home`; without them it goes to `leads_to` after so many seconds (0: it stays).
    `is_visit`: the device is that of a helper, and its home is a lock.
    """

    home: str
    after: int = QUIET - WARNED
    leads_to: str = STILL_THERE
    quiet: int = QUIET
    warned: int = WARNED
    is_visit: bool = False


def is_home(address: str) -> bool:
    """Whether a kiosk may begin anew at this address of ours."""
    return bool(_HOME.fullmatch(address))


def kiosk_of(mark: str | None) -> Kiosk | None:
    """The kiosk of this cookie; None where it is none of ours."""
    found = _MARK.fullmatch(mark or "")
    return Kiosk(found[2], int(found[1])) if found else None
