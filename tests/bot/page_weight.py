"""What the first view of the web chat weighs: the page and all that it names, as they are and as they were sent."""

import gzip
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import ClientSession

_FILE = re.compile(r'(?:href|src)="(/(?:static/|manifest)[^"]+)"')
_NAMED = re.compile(r'"src":\s*"(/static/[^"]+)"')


@dataclass(frozen=True)
class Weighed:
    """One of the files: bytes when it is read, and bytes of its body on the line."""

    path: str
    whole: int
    sent: int


async def first_view(url: str) -> list[Weighed]:
    """Everything that a browser fetches that was never here."""
    async with ClientSession(auto_decompress=False) as session:
        return [found async for found in _fetched(session, url)]


async def _fetched(session: ClientSession, url: str) -> AsyncIterator[Weighed]:
    paths = ["/"]
    for path in paths:
        async with session.get(f"{url}{path}", headers={"accept-encoding": "gzip"}) as answer:
            assert answer.status == 200, f"{path}: {answer.status}"
            body = await answer.read()
        whole = gzip.decompress(body) if answer.headers.get("content-encoding") == "gzip" else body
        yield Weighed(path, len(whole), len(body))
        named = (_FILE if path == "/" else _NAMED).findall(whole.decode("utf-8", "replace"))
        paths += [other for other in dict.fromkeys(named) if other not in paths]
