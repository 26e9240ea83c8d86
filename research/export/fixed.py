"""The columns that every story has, whatever was asked: what each is called, means and holds; knows no question."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from research.export.rows import StoryRow
from research.export.tables import Cell


class Holds(StrEnum):
    """What stands in the cells of a column; in whichever it is, a cell may be empty."""

    WORDS = "woorden"
    """What a person typed."""

    NAME = "naam"
    """One of some short texts, or an id."""

    CODE = "code"
    """A whole number; its labels say what it means."""

    NUMBER = "getal"
    """A whole number."""

    DAY = "dag"
    """Year, month and day, as in 2026-06-01."""


@dataclass(frozen=True)
class FixedColumn:
    """Something that every story has, whatever was asked. `labels` say what its codes mean, where it has any.

    `title` is what it is called in a few words, `meaning` all that can be said of it.
    """

    name: str
    title: str
    meaning: str
    cell: Callable[[StoryRow], Cell]
    holds: Holds = Holds.NAME
    labels: tuple[tuple[int, str], ...] = ()


YES_NO = ((1, "ja"), (0, "nee"))

FIXED = (
    FixedColumn(
        "verhaal_id",
        "Kenmerk van het verhaal",
        "Het verhaal: een willekeurig kenmerk, in elk bestand gelijk.",
        lambda row: row.story.id,
    ),
    FixedColumn(
        "vragenset", "Vragenlijst", "De vragenlijst die de verteller kreeg.", lambda row: row.story.question_set
    ),
    FixedColumn(
        "versie",
        "Versie van de vragenlijst",
        "De versie van die vragenlijst.",
        lambda row: row.story.version,
        Holds.NUMBER,
    ),
    FixedColumn(
        "verteller",
        "Kenmerk van de verteller",
        "De verteller: een willekeurig kenmerk dat niet naar een persoon leidt.",
        lambda row: row.story.teller,
    ),
    FixedColumn("kanaal", "Kanaal", "Waarmee het verhaal verteld is.", lambda row: row.story.channel),
    FixedColumn(
        "link", "Link", "De link of QR-code waarmee de verteller kwam. Leeg: zonder.", lambda row: row.story.link
    ),
    FixedColumn("rol", "Rol van de verteller", "Hoe de verteller bij de Buurtteams hoort.", lambda row: row.story.role),
    FixedColumn(
        "geholpen",
        "Met hulp verteld",
        "Of een helper voorlas en typte.",
        lambda row: int(row.story.helped),
        Holds.CODE,
        YES_NO,
    ),
    FixedColumn(
        "helper",
        "Rol van de helper",
        "Als wie de helper kwam, bij een bezoek aan meer vertellers na elkaar: buurtteam, organisatie, vrijwilliger of"
        " onderzoek. Nooit een naam. Leeg: geen bezoek.",
        lambda row: row.story.helper or None,
    ),
    FixedColumn(
        "eigen_team",
        "Over het eigen team van de helper",
        "Of het verhaal gaat over het team waar de helper zelf werkt. Leeg: geen bezoek.",
        lambda row: None if row.story.own_team is None else int(row.story.own_team),
        Holds.CODE,
        YES_NO,
    ),
    FixedColumn(
        "proef",
        "Om te proberen",
        "Of het verteld is met een link om te proberen. Zulke verhalen zitten er alleen in met --with-test.",
        lambda row: int(row.story.test),
        Holds.CODE,
        YES_NO,
    ),
    FixedColumn(
        "taal",
        "Taal van het verhaal",
        "De taal van het verhaal: de code van een taal, zoals nl of tr, of die van een schrift (ISO 15924), zoals arab."
        " Leeg: niemand weet het.",
        lambda row: row.story.language.code or None,
    ),
    FixedColumn(
        "taal_kans",
        "Zekerheid van de taal",
        "Hoe zeker de herkenning zegt te zijn, in hele procenten. Praktisch altijd 100, en geen kans dat het klopt."
        " Leeg: niet gemeten.",
        lambda row: row.story.language.certainty,
        Holds.NUMBER,
    ),
    FixedColumn(
        "taal_bron",
        "Bron van de taal",
        "Waaraan de taal te zien was. herkend: aan de woorden. schrift: aan de letters. telegram, web of terminal: aan"
        " de taal van de app, en die kan een andere zijn dan die van het verhaal. Leeg: nergens aan.",
        lambda row: row.story.language.source or None,
    ),
    FixedColumn(
        "datum",
        "Dag van versturen",
        "De dag van versturen in Amsterdam (jaar-maand-dag).",
        lambda row: row.day.isoformat(),
        Holds.DAY,
    ),
    FixedColumn("week", "Week van versturen", "De week van versturen (ISO 8601).", lambda row: row.week),
    FixedColumn(
        "citeren",
        "Mag een stukje in een rapport",
        "Of de verteller het goed vond dat een stukje in een rapport komt te staan.",
        lambda row: int(row.story.quote),
        Holds.CODE,
        YES_NO,
    ),
    FixedColumn(
        "toestemming_tekst",
        "Tekst van de toestemming",
        "Onder welke naam de tekst van de toestemming in het programma staat.",
        lambda row: row.story.consent.text,
    ),
    FixedColumn(
        "toestemming_versie",
        "Versie van de toestemming",
        "Kenmerk van de woorden die de verteller zag: andere woorden, ander kenmerk. Lees dit als tekst.",
        lambda row: row.story.consent.fingerprint,
    ),
)
