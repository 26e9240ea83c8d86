"""Reads the eight language profiles that come with langdetect; knows no rule about them, and writes no file."""

from functools import cache
from importlib.resources import files

from dialogs.language import LANGUAGES, Recogniser


@cache
def load_recogniser() -> Recogniser:
    """The one recogniser of this process, with the profiles of `LANGUAGES`. Takes some 30 ms the first time."""
    folder = files("langdetect") / "profiles"
    return Recogniser(tuple((folder / code).read_text(encoding="utf-8") for code in LANGUAGES))
