"""The long file: a line for every question of every story, also where there is no answer; knows no file."""

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from research.export.columns import FIXED
from research.export.rows import REMEMBERED, AnswerRow, StoryRow
from research.export.tables import csv_line

STORY = FIXED[:3]
"""The columns that say which story a line belongs to."""


@dataclass(frozen=True)
class LongColumn:
    """Something of an answer: `field` of its row."""

    name: str
    meaning: str
    field: str


ANSWER = (
    LongColumn("vraag", "De vraag.", "question"),
    LongColumn("soort", "Soort vraag: verhaal, open, keuze, schaal of driehoek.", "kind"),
    LongColumn(
        "code",
        "Wat gekozen is, bij een verhaal op welke vraag het verteld is. Onder nul: waarom dat er niet is.",
        "code",
    ),
    LongColumn("waarde", "Bij een schaal: 0 tot en met 100. Leeg waar er geen is.", "value"),
    LongColumn("aandeel_a", "Bij een driehoek: het deel van de eerste hoek, in procenten.", "share_a"),
    LongColumn("aandeel_b", "Bij een driehoek: het deel van de tweede hoek.", "share_b"),
    LongColumn("aandeel_c", "Bij een driehoek: het deel van de derde hoek. Samen 100.", "share_c"),
    LongColumn("label", "Wat er op de knop stond; bij een verhaal de naam van de vraag.", "label"),
    LongColumn("tekst", "Een antwoord in eigen woorden, zoals het getypt is.", "text"),
    LongColumn(
        "opmerking",
        "Wat de verteller typte bij een vraag met knoppen. Staat alleen hier en in verhalen.jsonl.",
        "remark",
    ),
    LongColumn(
        "reden_ontbreekt",
        "Waarom er geen code is (overgeslagen, niet_van_toepassing, niet_gevraagd) of geen waarde en geen aandelen"
        " (weet_niet, past_niet). Leeg: er ontbreekt niets.",
        "reason",
    ),
    LongColumn(
        "bron",
        "Waar het antwoord vandaan kwam. link: het stond in de link of QR-code. eerder: het kwam mee van het vorige"
        " verhaal van de verteller, ook als de vraag toen is overgeslagen. Leeg: hier gegeven, of er is geen antwoord.",
        "source",
    ),
)

_CELLS = attrgetter(*(column.field for column in ANSWER))


def header() -> list[str]:
    """The first line of the long file."""
    return [*(column.name for column in STORY), *(column.name for column in ANSWER)]


def lines(row: StoryRow) -> str:
    """The lines of one story, in the order of its questions."""
    start = csv_line([column.cell(row) for column in STORY]).removesuffix("\n")
    answers = row.answers.values()
    return "".join([f"{start},{_answer(item) if item.text or item.remark else _remembered(item)}" for item in answers])


def _answer(answer: AnswerRow) -> str:
    return csv_line(_CELLS(answer))


_remembered = lru_cache(maxsize=REMEMBERED)(_answer)
