"""The app behind the web port: takes routes from whoever has them; knows none of them."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.routing import BaseRoute


def web_app(routes: Iterable[BaseRoute]) -> Starlette:
    """One app that serves these routes. What goes wrong in one of them is told to nobody outside."""
    return Starlette(debug=False, routes=list(routes))
