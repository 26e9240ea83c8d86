"""What one handout leads to and says of itself; knows no sheet of paper."""

import re
from dataclasses import dataclass

PIECE = 20
"""Characters of an address that stay together on one line; a code is shorter."""

_SCHEME = "https://"
_OF_LINK = re.compile(r"/v/[^/?]*$|/?\?start=.*$|/$")
"""What makes the address of a link of that of a first page: of the chat in a browser, or of the bot."""

_BREAKS = re.compile(r"(?<=/)(?=[^/])|(?<=[^/.])(?=[.?&=#])")
"""After a stroke and before a dot, so that no line ends in a mark that seems to end a sentence."""


@dataclass(frozen=True)
class Handout:
    """`web` and `telegram` are the whole addresses of one link, the second only where there is a bot.

    `place` is where it hangs or lies, `organisation` who does the study: each empty where it is not to be said.
    `test`: the link is there to try things out, and every sheet says so.
    ValueError where an address is none that anybody can type.
    """

    web: str
    telegram: str = ""
    place: str = ""
    test: bool = False
    organisation: str = ""

    def __post_init__(self) -> None:
        for address in (self.web, *filter(None, [self.telegram])):
            if not re.fullmatch(r"https?://[!-~]+", address):
                raise ValueError(f"geen adres dat te typen is: {address!r}")


def lettered(address: str) -> str:
    """An address as it is typed: what every browser puts before it by itself is left out."""
    return address.removeprefix(_SCHEME)


def host(address: str) -> str:
    """The part of an address that leads to the first page: for who types it to come back, without a link."""
    return lettered(_OF_LINK.sub("", address))


def pieces(address: str) -> list[str]:
    """The same in pieces between which a line may end; nothing stands between them."""
    return [part[at : at + PIECE] for part in _BREAKS.split(lettered(address)) for at in range(0, len(part), PIECE)]
