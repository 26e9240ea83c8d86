"""What is served beside the pages: the look that all share, and the styles, scripts and pictures of an application.

The name of a file changes when it does, so whoever has it keeps it.
"""

import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

HERE = Path(__file__).parent
LOOK = HERE / "static" / "look.css"
"""What every page looks like: it comes before the style of an application, in one file with it."""

DESK = HERE / "static" / "desk.css"
"""The same of pages for those who were invited; it comes after that of every page."""

HEADERS: Mapping[str, str] = {"cache-control": "public, max-age=31536000, immutable"}

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Static:
    """A file beside the pages: its `content`, and the same `packed` (gzip). It holds no secret, so that it may be."""

    name: str
    served: str
    kind: str
    content: bytes
    packed: bytes


@dataclass(frozen=True)
class Files:
    """Those of a folder, served below a path (`/static`). `looks`: what comes before its style."""

    folder: Path
    path: str
    looks: tuple[Path, ...] = (LOOK,)

    def address_of(self, name: str) -> str:
        """Where a file of the folder is found. KeyError where it is not there."""
        return f"{self.path}/{self._by_name[name].served}"

    def answer(self, request: Request) -> Response:
        """The file whose served name stands in the address."""
        found = self._by_served_name.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        headers = {**HEADERS, "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            # Never a page: what is packed beside the words of somebody else tells by its length what it says (BREACH).
            return Response(found.packed, media_type=found.kind, headers={**headers, "content-encoding": "gzip"})
        return Response(found.content, media_type=found.kind, headers=headers)

    @cached_property
    def _by_name(self) -> Mapping[str, Static]:
        return {path.name: _read(path, self.looks) for path in sorted(self.folder.iterdir()) if path.suffix in TYPES}

    @cached_property
    def _by_served_name(self) -> Mapping[str, Static]:
        return {file.served: file for file in self._by_name.values()}


def named(path: Path, content: bytes) -> str:
    """The name by which a file is served: another one as soon as it holds something else."""
    return f"{path.stem}-{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"


def _read(path: Path, looks: Sequence[Path]) -> Static:
    content = path.read_bytes()
    if path.suffix == LOOK.suffix:
        content = b"".join(look.read_bytes() for look in looks) + content
    return Static(path.name, named(path, content), TYPES[path.suffix], content, gzip.compress(content, mtime=0))
