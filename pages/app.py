"""The app behind the web port: takes routes from whoever has them; knows none of them."""

from collections.abc import Awaitable, Callable, Iterable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

Elsewhere = Callable[[Request, Exception], Awaitable[Response]]
"""Answers where nothing is, or where nothing can be done in this way (404, 405): which, the exception says."""


def web_app(routes: Iterable[BaseRoute], elsewhere: Elsewhere | None = None) -> Starlette:
    """One app that serves these routes. What goes wrong in one of them is told to nobody outside."""
    return Starlette(routes=list(routes), exception_handlers={404: elsewhere, 405: elsewhere} if elsewhere else None)
