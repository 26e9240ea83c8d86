"""What is served beside the pages of the web chat: its files, and the sounds that question sets name."""

from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pages.files import HEADERS, Files

FILES = Files(Path(__file__).parent / "static", "/static")

SOUNDS: Mapping[str, str] = {
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
}


def sound(request: Request, sounds: Mapping[str, Path]) -> Response:
    """One of these, whole or the part that a browser asks for."""
    path = sounds.get(request.path_params["name"])
    if path is None or not path.is_file():
        return Response(status_code=404)
    return FileResponse(path, media_type=SOUNDS[path.suffix], headers=HEADERS)
