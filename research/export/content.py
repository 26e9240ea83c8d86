"""What an export is made of, as every format gets it: the sets, the columns, and story after story; knows no file."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from dialogs.questions import QuestionSet
from research.export.codebook import Entry
from research.export.rows import StoryRow
from research.export.tables import Cell
from research.export.variables import Variable


@dataclass(frozen=True)
class About:
    """What an export is called in a catalogue. `snapshot` is the id of its moment; its time stands for one without."""

    title: str = "Verhalen over het Buurtteam"
    snapshot: str = ""


@dataclass(frozen=True)
class Content:
    """What holds for all stories of an export.

    `at` is the moment of the snapshot (aware): the only time that may stand in a file, so that the same snapshot gives
    the same bytes. `sets` has every version of every set in it, by id and version. `variables` are the columns of the
    wide table in order, which are those of `cells` in `Writer.write`; `explained` is the codebook, line by line.
    `secret` is known to nobody who gets an export.
    """

    at: datetime
    software: str
    sets: tuple[QuestionSet, ...]
    variables: tuple[Variable, ...]
    explained: tuple[Entry, ...] = ()
    about: About = About()
    secret: str = field(default="", repr=False)

    @property
    def version(self) -> str:
        """What tells one export from another."""
        return self.about.snapshot or self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer(Protocol):
    """What makes the files of one format, story after story, in order of their ids."""

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Adds a story; `cells` is its line in the wide table. `ResearchFault` with the id of one that cannot be."""

    def rows(self) -> Mapping[str, int]:
        """The rows of every file that has rows, by its name below the folder. Asked for when all files are whole."""

    def stories(self) -> int | None:
        """How many stories are in the files, counted where each was written; None where none is to be seen in them.

        Asked for when all files are whole: they are not handed out unless all stories are in them.
        """


Opens = Callable[[Path, Content], AbstractContextManager[Writer]]
"""Makes files in a folder, of which the names are those of the format; they are whole when the context ends."""


@dataclass(frozen=True)
class Format:
    """One way to hand out stories: its `name` as somebody asks for it, and for whom it is, in a few words of Dutch.

    `needs` are packages that are not always there; who lacks one runs `make research`. `explains` are the lines of the
    codebook for files that have no line for every story.
    """

    name: str
    title: str
    opens: Opens
    needs: tuple[str, ...] = ()
    explains: tuple[Entry, ...] = ()
