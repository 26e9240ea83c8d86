"""One story that a resident tells from a link to the receipt, through every kind of question; knows no channel."""

from dataclasses import dataclass

LINK = "b-noord7"
FIRST = "Vorig jaar raakte ik mijn baan kwijt en lag er een stapel blauwe kwakelbrieven op tafel."
SECOND = "Bij het Buurtteam las iemand ze met mij, belde de bank, en nu slaap ik weer hele nachten door."
TITLE = "De zwabbelende stapel"
REMARK = "Zij heette net als mijn zus Floriaantje."
CANARIES = ("kwakelbrieven", "slaap ik weer hele nachten", "zwabbelende", "Floriaantje")
"""Words that stand nowhere else, so that wherever they turn up they come from this story."""


@dataclass(frozen=True)
class Move:
    """Something that the resident does: types these words, or taps the button with this label."""

    words: str
    taps: bool = False


def says(words: str) -> Move:
    """Types."""
    return Move(words)


def taps(label: str) -> Move:
    """Taps."""
    return Move(label, taps=True)


OPENING = (says(f"/start {LINK}"), taps("✅ Ja, ik doe mee"))
TELLING = (
    taps("🔄 Een andere vraag"),
    says(FIRST),
    says(SECOND),
    taps("✅ Klaar"),
    says(TITLE),
    taps("😌 Opgelucht"),
    says("4"),
    taps("Vooral wat ik nodig had"),
    taps("Twee van deze"),
    taps("🗣 Praten + 📄 papieren"),
    says(REMARK),
    taps("Eén vaste medewerker"),
    taps("⏭ Overslaan"),
    taps("Noord"),
    says("52"),
    taps("➕ Nog 3 korte vragen"),
    taps("Ikzelf"),
    says("ja, goed"),
    taps("Langer dan 1 jaar"),
)
SENDING = (taps("✅ Ja, en versturen"),)
STORY = (*OPENING, *TELLING, *SENDING)
