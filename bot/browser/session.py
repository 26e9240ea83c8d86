"""Who is on the other side of a browser: a random cookie, and what follows from it; keeps nothing and knows no page.

Only who has the cookie can go on with what was told. Where it is kept, its hash stands, from which it cannot be found.
"""

import hashlib
from dataclasses import dataclass

import pages.session
from pages.session import is_token, new_token
from storage.addresses import Address
from storage.secrets import KeyRing

CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Session(pages.session.Session):
    """A browser with a conversation."""

    @property
    def address(self) -> Address:
        """Where a draft of this browser is kept."""
        return Address(CHANNEL, hashlib.sha256(self.token.encode()).hexdigest())

    def number_of(self, form: int) -> int:
        """By what number a form of this browser is known beside those of all others, who may have the same."""
        return int.from_bytes(hashlib.sha256(f"{self.token} {form}".encode()).digest()[:8]) >> 1

    def renewed(self, keys: KeyRing, number: int) -> "Session":
        """Who this browser is once consent was given with the form of this number.

        It follows from both, so that a form that is sent twice leads to the same place. A cookie that somebody else
        put there before consent is of no use after it.
        """
        return Session(keys.mark("web session", f"{self.token} {number}"))


def new_session() -> Session:
    """A browser that was not here before."""
    return Session(new_token())


def session_of(token: str | None) -> Session | None:
    """The browser with this cookie; None where it has none that can be ours."""
    return Session(token) if token and is_token(token) else None
