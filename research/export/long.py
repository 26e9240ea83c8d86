"""The long file: a line for every question of every story, also where there is no answer; knows no file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from research.export.columns import FIXED, Cell
from research.export.rows import AnswerRow, StoryRow

STORY = FIXED[:3]
"""The columns that say which story a line belongs to."""


@dataclass(frozen=True)
class LongColumn:
    """Something of an answer."""

    name: str
    meaning: str
    cell: Callable[[AnswerRow], Cell]


def _share(at: int) -> Callable[[AnswerRow], Cell]:
    return lambda answer: answer.shares[at] if answer.shares else None


ANSWER = (
    LongColumn("vraag", "De vraag.", lambda answer: answer.question),
    LongColumn("soort", "Soort vraag: verhaal, open, keuze, schaal of driehoek.", lambda answer: answer.kind),
    LongColumn(
        "code",
        "Wat gekozen is, bij een verhaal op welke vraag het verteld is. Onder nul: waarom dat er niet is.",
        lambda answer: answer.code,
    ),
    LongColumn("waarde", "Bij een schaal: 0 tot en met 100. Leeg waar er geen is.", lambda answer: answer.value),
    LongColumn("aandeel_a", "Bij een driehoek: het deel van de eerste hoek, in procenten.", _share(0)),
    LongColumn("aandeel_b", "Bij een driehoek: het deel van de tweede hoek.", _share(1)),
    LongColumn("aandeel_c", "Bij een driehoek: het deel van de derde hoek. Samen 100.", _share(2)),
    LongColumn("label", "Wat er op de knop stond; bij een verhaal de naam van de vraag.", lambda answer: answer.label),
    LongColumn("tekst", "Een antwoord in eigen woorden, zoals het getypt is.", lambda answer: answer.text),
    LongColumn(
        "opmerking",
        "Wat de verteller typte bij een vraag met knoppen. Staat alleen hier en in verhalen.jsonl.",
        lambda answer: answer.remark,
    ),
    LongColumn(
        "reden_ontbreekt",
        "Waarom er geen code is (overgeslagen, niet_van_toepassing, niet_gevraagd) of geen waarde en geen aandelen"
        " (weet_niet, past_niet). Leeg: er ontbreekt niets.",
        lambda answer: answer.reason,
    ),
    LongColumn(
        "bron",
        "Waar het antwoord vandaan kwam. link: het stond in de link of QR-code. eerder: het kwam mee van het vorige"
        " verhaal van de verteller, ook als de vraag toen is overgeslagen. Leeg: hier gegeven, of er is geen antwoord.",
        lambda answer: answer.source,
    ),
)


def header() -> list[str]:
    """The first line of the long file."""
    return [*(column.name for column in STORY), *(column.name for column in ANSWER)]


def lines(row: StoryRow) -> Iterator[list[Cell]]:
    """The lines of one story, in the order of its questions."""
    start = [column.cell(row) for column in STORY]
    for answer in row.answers.values():
        yield [*start, *(column.cell(answer) for column in ANSWER)]
