"""Stories to read from a card at a table: the words and their title, and nothing of the teller; knows no program."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dialogs.questions import QuestionSet, story_of, title_of
from research.export import withdrawn
from research.export.codebook import Entry
from research.export.content import Content
from research.export.folder import new_file
from research.export.rows import StoryRow
from research.export.tables import Cell, csv_line
from storage.private_files import make_folder

FOLDER = "kaarten"
FILE = "kaarten.csv"
COLUMNS = {
    "verhaal_id": "Het verhaal: een willekeurig kenmerk.",
    "titel": "De titel die de verteller gaf, zoals die is nagekeken. Leeg: geen.",
    "verhaal": "Het verhaal, zoals het is nagekeken.",
}
HEADER = tuple(COLUMNS)
EXPLAINED = (
    *(Entry(f"{FOLDER}/{FILE}", name, betekenis=meaning) for name, meaning in COLUMNS.items()),
    *(Entry(withdrawn.FILE, name, betekenis=meaning) for name, meaning in withdrawn.COLUMNS),
)


class Cards:
    """The file, as far as it is written; `asked` has the questions for the title ("" for none) and the story."""

    def __init__(self, file: TextIO, asked: Mapping[tuple[str, int], tuple[str, str]]) -> None:
        self._file = file
        self._asked = asked
        self._cards = 0

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Adds a card."""
        title, story = self._asked[row.story.question_set, row.story.version]
        named = row.answers[title].text if title else ""
        self._file.write(csv_line((row.story.id, named, row.answers[story].text)))
        self._cards += 1

    def rows(self) -> Mapping[str, int]:
        """How many cards there are."""
        return {f"{FOLDER}/{FILE}": self._cards}


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Cards]:
    """The file, with its first line."""
    make_folder(folder / FOLDER)
    with new_file(folder / FOLDER / FILE) as file:
        file.write(csv_line(HEADER))
        yield Cards(file, {(item.id, item.version): _asked(item) for item in content.sets})


def _asked(item: QuestionSet) -> tuple[str, str]:
    title = title_of(item)
    return (title.id if title else "", story_of(item).id)
