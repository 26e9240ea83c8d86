"""What stands in LEESMIJ.md: what is in the folder, what may be done with it, and what has to be; knows no story."""

from collections.abc import Sequence

from research.export.coarsening import HIDDEN_CODE
from research.export.content import Format
from research.export.manifest import Tally, Told
from research.export.missing import CODES, MEANINGS
from research.export.order import told as told_of
from research.export.selecting import LeftOut
from research.export.tiers import LEAVING, Tier

FILE = "LEESMIJ.md"

_WHAT = {
    Tier.RAW: "Alles staat hier zoals het verteld is, ook namen en plaatsen. Geef het aan niemand anders.",
    Tier.DEIDENTIFIED: "In de teksten zijn namen, adressen en nummers vervangen; iemand heeft elke tekst nagekeken."
    " Wat te bijzonder is, is niet getoond. Toch kan wie iemand kent, een verhaal soms herkennen.",
    Tier.TABLES: "Hier staan alleen aantallen. Kleine aantallen zijn weggelaten. De andere heeft het lot een beetje"
    " veranderd, en daarna zijn ze afgerond op vijf. Trek twee uitvoeren daarom niet van elkaar af.",
    Tier.CARDS: "Hier staan alleen verhalen waarvan een stuk in een rapport mag staan, in de nagekeken tekst.",
}

_WITHDRAWN = """\
## Als iemand een verhaal terugneemt

Een verteller mag een verhaal altijd terugnemen. In ingetrokken.csv staat welke verhalen al teruggenomen zijn: haal
die ook uit alles wat u eerder kreeg. Komt er later bericht over een verhaal uit deze map, haal het dan weg, ook uit
kopieën.
"""


def readme(told: Told, formats: Sequence[Format]) -> str:
    """The text, in Markdown."""
    order = told.order
    chosen = ", ".join(told_of(order.selection)) or "alles"
    lines = [
        "# Verhalen over het Buurtteam",
        "",
        f"- Momentopname: {order.snapshot}, van {order.at:%Y-%m-%d}",
        f"- Soort uitvoer: {LEAVING[order.tier].title}",
        *([f"- Voor: {order.recipient}"] if order.recipient else []),
        *([f"- Reden: {order.reason}"] if order.reason else []),
        f"- Gekozen: {chosen}",
        *(_numbers(told.counted) if told.counted else []),
        "",
        _WHAT[order.tier],
        "",
        "## Wat er in zit",
        "",
        *(f"- {item.name}: {item.title}" for item in formats),
        "- codeboek.csv en codeboek.xlsx: wat elke kolom en elke code betekent",
        "- CITATION.cff: hoe u deze uitvoer noemt in een verslag",
        "- vragensets/: de vragen zoals ze gesteld zijn",
        "- manifest.json: wat er gekozen is, wat er niet in zit en waarom, en de controlesom van elk bestand",
        "",
        *(_codes(told) if order.tier is not Tier.TABLES else []),
        *(_WITHDRAWN.splitlines() if order.tier is not Tier.TABLES else []),
        "",
        "## Klopt het nog?",
        "",
        "Wie bij de database kan, kijkt met `verhalen verify MAP` of deze bestanden nog heel zijn, en of er verhalen",
        "in staan die teruggenomen zijn. Dezelfde uitvoer nog eens:",
        f"`verhalen export --out MAP --snapshot {order.snapshot}`.",
        "",
    ]
    return "\n".join(lines)


def _numbers(counted: Tally) -> list[str]:
    """How many stories there are; what nobody reviewed yet may be there another time."""
    waiting = counted.left_out.get(LeftOut.NOT_REVIEWED)
    return [
        f"- Aantal verhalen: {counted.exported}",
        *([f"- Nog niet nagekeken, en dus niet mee: {waiting}"] if waiting else []),
    ]


def _codes(told: Told) -> list[str]:
    """What the numbers below zero mean, and what is not shown."""
    coarse = [f"- {HIDDEN_CODE}: niet getoond, omdat te weinig vertellers op elkaar zouden lijken"]
    return [
        "## Codes voor wat er niet is",
        "",
        *(f"- {code}: {MEANINGS[reason]}" for reason, code in CODES.items()),
        *(coarse if LEAVING[told.order.tier].coarse else []),
        "",
    ]
