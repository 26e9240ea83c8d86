"""Stories to read from a card at a table: the words and their title, and nothing of the teller; knows no program.

The cards to print are typeset at the end: until then they are kept in memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dialogs.questions import QuestionSet, story_of, title_of
from research.export import withdrawn
from research.export.codebook import Entry
from research.export.content import Content
from research.export.folder import new_file
from research.export.formats.card_sheets import Card, card_sheets
from research.export.rows import StoryRow
from research.export.tables import Cell, csv_line
from storage.private_files import make_folder

FOLDER = "kaarten"
FILE = "kaarten.csv"
SHEETS = "kaarten.pdf"
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
    """The table, as far as it is written, and its cards; `asked` has the questions for the title ("" for none) and the
    story."""

    def __init__(self, file: TextIO, asked: Mapping[tuple[str, int], tuple[str, str]]) -> None:
        self._file = file
        self._asked = asked
        self.cards: list[Card] = []

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Adds a card."""
        title, story = self._asked[row.story.question_set, row.story.version]
        named = row.answers[title].text if title else ""
        card = Card(row.story.id, named, row.answers[story].text)
        self._file.write(csv_line((card.id, card.title, card.story)))
        self.cards.append(card)

    def rows(self) -> Mapping[str, int]:
        """How many cards there are."""
        return {f"{FOLDER}/{FILE}": len(self.cards)}

    def stories(self) -> int | None:
        """A card each."""
        return len(self.cards)


@contextmanager
def opened(folder: Path, content: Content) -> Iterator[Cards]:
    """The table, with its first line; at the end the cards to print, where there is one."""
    place = folder / FOLDER
    make_folder(place)
    with new_file(place / FILE) as file:
        file.write(csv_line(HEADER))
        made = Cards(file, {(item.id, item.version): _asked(item) for item in content.sets})
        yield made
    if made.cards:
        (place / SHEETS).write_bytes(card_sheets(made.cards))


def _asked(item: QuestionSet) -> tuple[str, str]:
    title = title_of(item)
    return (title.id if title else "", story_of(item).id)
