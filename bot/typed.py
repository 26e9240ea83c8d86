"""How a command of the house is typed here, so that what is printed can be typed again; knows no command."""

import shlex
import shutil
import sys
from pathlib import Path

import click


def typed(program: str, *words: str) -> str:
    """The program as this one was called, its words, and the settings that this one was given."""
    context = click.get_current_context(silent=True)
    config = context.params.get("config") if context else None
    given = ("--config", str(config)) if config else ()
    return shlex.join((_found(program), *words, *given))


def line(program: str, *words: str) -> str:
    """The same, on a line of its own below what is said before it."""
    return f"\n  {typed(program, *words)}"


def _found(program: str) -> str:
    """Its name alone where it is on the path; else where it stands: beside this one, or beside this Python."""
    beside = (Path(place).with_name(program) for place in (sys.argv[0], sys.executable))
    found = next((place for place in beside if place.exists()), None)
    if shutil.which(program) or found is None:
        return program
    return str(found.relative_to(Path.cwd()) if found.is_relative_to(Path.cwd()) else found)
