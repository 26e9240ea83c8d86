"""The long file: a line for every question of every story, also where there is no answer; knows no file."""

from functools import lru_cache

from research.export.fixed import FIXED
from research.export.rows import REMEMBERED, AnswerRow, Choice, StoryRow
from research.export.tables import Cell, csv_line

STORY = FIXED[:3]
"""The columns that say which story a line belongs to."""

ANSWER = {
    "vraag": "De vraag.",
    "soort": "Soort vraag: verhaal, open, keuze, schaal of driehoek.",
    "code": "Wat gekozen is, bij een verhaal op welke vraag het verteld is. Onder nul: waarom dat er niet is.",
    "waarde": "Bij een schaal: 0 tot en met 100. Leeg waar er geen is.",
    "aandeel_a": "Bij een driehoek: het deel van de eerste hoek, in procenten.",
    "aandeel_b": "Bij een driehoek: het deel van de tweede hoek.",
    "aandeel_c": "Bij een driehoek: het deel van de derde hoek. Samen 100.",
    "label": "Wat er op de knop stond; bij een verhaal de naam van de vraag.",
    "tekst": "Een antwoord in eigen woorden: zoals het getypt is, of zoals iemand het nakeek.",
    "opmerking": "Wat de verteller typte bij een vraag met knoppen.",
    "reden_ontbreekt": "Waarom er geen code is (overgeslagen, niet_van_toepassing, niet_gevraagd) of geen waarde en"
    " geen aandelen (weet_niet, past_niet). Leeg: er ontbreekt niets.",
    "bron": "Waar het antwoord vandaan kwam. link: het stond in de link of QR-code. eerder: het kwam mee van het vorige"
    " verhaal van de verteller, ook als de vraag toen is overgeslagen. Leeg: hier gegeven, of er is geen antwoord.",
}
"""The columns of an answer, and what they mean."""


def header() -> list[str]:
    """The first line of the long file."""
    return [*(column.name for column in STORY), *ANSWER]


def lines(row: StoryRow) -> str:
    """The lines of one story, in the order of its questions."""
    start = csv_line([column.cell(row) for column in STORY]).removesuffix("\n")
    return "".join([f"{start},{_answer(answer)}" for answer in row.answers.values()])


def _answer(answer: AnswerRow) -> str:
    choice, text, remark, source = answer
    if not (text or remark or source):
        return _wordless(choice)
    return f"{_chosen(choice)},{csv_line((text, remark, choice.reason, source))}"


@lru_cache(maxsize=REMEMBERED)
def _wordless(choice: Choice) -> str:
    return f"{_chosen(choice)},{csv_line(('', '', choice.reason, ''))}"


@lru_cache(maxsize=REMEMBERED)
def _chosen(choice: Choice) -> str:
    shares = choice.share_a, choice.share_b, choice.share_c
    cells: tuple[Cell, ...] = (choice.question, choice.kind, choice.code, choice.value, *shares, choice.label)
    return csv_line(cells).removesuffix("\n")
