"""What is served beside the pages: styles, scripts and pictures of our own, and the sounds that question sets name."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

STATIC = Path(__file__).parent / "static"
HEADERS: Mapping[str, str] = {"cache-control": "public, max-age=31536000, immutable"}
"""The name of a file changes when it does, so whoever has it keeps it."""

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
SOUNDS: Mapping[str, str] = {
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
}


@dataclass(frozen=True, slots=True)
class Static:
    """A file beside the pages: its `content`, and the same `packed` (gzip). It holds no secret, so that it may be."""

    name: str
    kind: str
    content: bytes
    packed: bytes


@cache
def static_files() -> Mapping[str, Static]:
    """What is served beside the pages, by a name that changes when the file does."""
    return {named(path): _read(path) for path in sorted(STATIC.iterdir()) if path.suffix in TYPES}


@cache
def address_of(name: str) -> str:
    """Where a file of `static/` is found. KeyError where it is not there."""
    return next(f"/static/{served}" for served, file in static_files().items() if file.name == name)


def named(path: Path) -> str:
    """The name by which a file is served: another one as soon as it holds something else."""
    return f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}{path.suffix}"


def style_or_script(request: Request) -> Response:
    """A file of our own."""
    found = static_files().get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    headers = {**HEADERS, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        # Never a page: what is packed beside the words of somebody else tells by its length what it says (BREACH).
        return Response(found.packed, media_type=found.kind, headers={**headers, "content-encoding": "gzip"})
    return Response(found.content, media_type=found.kind, headers=headers)


def sound(request: Request, sounds: Mapping[str, Path]) -> Response:
    """One of these, whole or the part that a browser asks for."""
    path = sounds.get(request.path_params["name"])
    if path is None or not path.is_file():
        return Response(status_code=404)
    return FileResponse(path, media_type=SOUNDS[path.suffix], headers=HEADERS)


def _read(path: Path) -> Static:
    content = path.read_bytes()
    return Static(path.name, TYPES[path.suffix], content, gzip.compress(content, mtime=0))
