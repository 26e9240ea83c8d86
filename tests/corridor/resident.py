"""A resident who tells a whole story in Telegram, and what must be found of it afterwards."""

from tests.botapi.server import FakeTelegram

CHAT = 87_654_321
LINK = "b-noord-huis"

PIECES = (
    "Kanariegeel was de brief van de bank die ik kreeg, en ik durfde hem niet open te maken.",
    "Een mevrouw las hem met mij en belde. Nu betaal ik elke maand een zonnebloemstukje terug.",
)
TITLE = "De kanariegele brief"
REMARK = "eerst huilde ik en pas veel later kwam de lucht van opluchting pas een beetje terug"

TURNS: tuple[str, ...] = (
    f"> /start {LINK}",
    "[✅ Ja, ik doe mee]",
    "[🔄 Een andere vraag]",
    f"> {PIECES[0]}",
    f"> {PIECES[1]}",
    "[✅ Klaar]",
    f"> {TITLE}",
    f"> {REMARK}",
    "[😌 Opgelucht]",
    "> makelijk",
    "[Vooral wat ik nodig had]",
    "[Twee van deze]",
    "[🗣 Praten + 📄 papieren]",
    "[🤷 Weet ik niet]",
    "[⏭ Overslaan]",
    "> 67",
    "[➕ Nog 3 korte vragen]",
    "[Familie of vrienden]",
    "[Een beetje]",
    "[Langer dan 1 jaar]",
    "[🔒 Nee, maar wel versturen]",
)
"""Every kind of question, tapped and typed."""

WORDS = (*PIECES, TITLE, REMARK)
CANARIES = ("Kanariegeel", "zonnebloemstukje", "kanariegele", "opluchting", str(CHAT))
"""What must stand in no log."""

LABELS = {
    "verhaal": ("2", "onvergetelijk"),
    "gevoel": ("2", "😌 Opgelucht"),
    "makkelijk": ("4", "Makkelijk"),
    "regels": ("75", "Vooral wat ik nodig had"),
    "tijd": ("4", "🗣 Praten + 📄 papieren"),
    "hulp": ("888", "🤷 Weet ik niet"),
    "stadsdeel": ("3", "Noord"),
    "leeftijd": ("4", "65 tot en met 74"),
    "wie": ("4", "Familie of vrienden"),
    "samen": ("2", "Een beetje"),
    "contact": ("5", "Langer dan 1 jaar"),
}
"""Question, code and label of every answer that was chosen."""


def act(telegram: FakeTelegram, turn: str) -> None:
    """Does one turn: types, or taps the button that is on the screen."""
    if turn.startswith("["):
        telegram.tap(CHAT, turn.removeprefix("[").removesuffix("]"))
    else:
        telegram.say(CHAT, turn.removeprefix("> "))


def said(telegram: FakeTelegram) -> list[str]:
    """Everything that the bot has on the screen, oldest first."""
    return [shown.text for shown in telegram.messages(CHAT) if shown.from_bot]
