"""Who is on the other side of a browser: a random cookie; keeps nothing and knows no application."""

import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from storage.secrets import KeyRing

BYTES = 32
"""Of chance in a cookie: nobody guesses 256 bits."""

DAY = 24 * 60 * 60

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser, for as long as it keeps its cookie (`token`)."""

    token: str

    def form_token(self, keys: KeyRing) -> str:
        """What every form of this browser holds: another site does not know it."""
        return keys.mark("web form", self.token)

    def wrote(self, keys: KeyRing, form_token: str) -> bool:
        """Whether a form came from a page of this browser."""
        return hmac.compare_digest(self.form_token(keys).encode(), form_token.encode())


def new_token() -> str:
    """A cookie that nobody had."""
    return secrets.token_urlsafe(BYTES)


def is_token(value: str | None) -> bool:
    """Whether a cookie can be ours."""
    return bool(value and _TOKEN.fullmatch(value))


class Cookie:
    """One cookie, as strict as the address of the site allows.

    `secure`: it is served over https, so that no other site can have set this cookie (`__Host-`). `led`: it comes along
    too where another site (a mail in a browser) led to a page, but with no form from there.
    """

    def __init__(self, name: str, secure: bool, *, led: bool = False) -> None:
        self._name = f"__Host-{name}" if secure else name
        self._secure = secure
        self._samesite: Literal["lax", "strict"] = "lax" if led else "strict"

    def read(self, request: Request) -> str | None:
        """What it holds; None where there is none."""
        return request.cookies.get(self._name)

    def give(self, response: Response, value: str, days: int = 0) -> None:
        """Remembers this for so many days; without days until the browser closes."""
        response.set_cookie(
            self._name,
            value,
            max_age=days * DAY or None,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite=self._samesite,
        )

    def take(self, response: Response) -> None:
        """Forgets it."""
        response.delete_cookie(self._name, path="/", secure=self._secure, httponly=True, samesite=self._samesite)
