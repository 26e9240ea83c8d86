"""What a typed text means: a button on the screen, a command, or just words; knows no question and no rule."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from dialogs.events import Command
from dialogs.replies import Button

_LONGEST_SENTENCE = 7
"""Words in which a label may be wrapped ("ik was toen heel blij"); in longer texts people tell, they do not choose."""

_DENIALS = {"niet", "geen", "nooit", "niets", "niks", "nee"}
_LEADS = {
    "nummer",
    "nr",
    "no",
    "optie",
    "antwoord",
    "keuze",
    "knop",
    "vakje",
    "de",
    "het",
    "nou",
    "doe",
    "maar",
}
_NUMBERS = (
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
)
_RANKS = (
    "",
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
)

_SPOKEN: dict[str, Command] = {
    "hulp": Command.HELP,
    "help": Command.HELP,
    "stop": Command.STOP,
    "stoppen": Command.STOP,
    "pauze": Command.PAUSE,
    "terug": Command.BACK,
    "verder": Command.ON,
    "overslaan": Command.SKIP,
    "sla over": Command.SKIP,
    "opnieuw": Command.START,
    "klaar": Command.DONE,
}
"""Words that the texts tell people to type: they count everywhere, also where words are the answer."""

_LOOSE: dict[str, Command] = {
    "uitleg": Command.HELP,
    "ophouden": Command.STOP,
    "ik wil stoppen": Command.STOP,
    "ik stop": Command.STOP,
    "pauzeren": Command.PAUSE,
    "even pauze": Command.PAUSE,
    "later": Command.PAUSE,
    "later verder": Command.PAUSE,
    "vorige": Command.BACK,
    "vorige vraag": Command.BACK,
    "ga terug": Command.BACK,
    "een terug": Command.BACK,
    "ga verder": Command.ON,
    "doorgaan": Command.ON,
    "skip": Command.SKIP,
    "oversla": Command.SKIP,
    "sla maar over": Command.SKIP,
    "volgende": Command.SKIP,
    "volgende vraag": Command.SKIP,
    "begin opnieuw": Command.START,
    "opnieuw beginnen": Command.START,
    "start": Command.START,
    "privacy": Command.PRIVACY,
    "contact": Command.CONTACT,
    "verwijderen": Command.WITHDRAW,
    "verwijder": Command.WITHDRAW,
    "verhaal weghalen": Command.WITHDRAW,
    "verhaal verwijderen": Command.WITHDRAW,
}

_DONE: dict[str, Command] = {
    "ik ben klaar": Command.DONE,
    "dit was het": Command.DONE,
    "dat was het": Command.DONE,
    "het is af": Command.DONE,
    "mijn verhaal is af": Command.DONE,
    "dit is mijn verhaal": Command.DONE,
}

_SLASHED = {
    "start": Command.START,
    "help": Command.HELP,
    **{command.value: command for command in Command if command is not Command.UNKNOWN},
    "opnieuw": Command.START,
}


def choose(text: str, buttons: Sequence[Button]) -> Button | None:
    """The one button that a typed text means, or None where it means none or could mean several.

    Tried in this order: the label or a word for it, an emoji of the label, a number or rank (counted as the
    buttons stand), a number within bounds such as an age, part of one label, a label inside a short sentence,
    small slips.
    """
    said = normal(text)
    if not said:
        return _by_picture(text, buttons)
    ways = (_by_name, _by_place, _by_bounds, _by_part, _by_sentence, _by_slip)
    return next((found for way in ways if (found := way(said, buttons))), None)


def choose_firmly(text: str, buttons: Sequence[Button]) -> Button | None:
    """The same for what cannot be undone, and where words are an answer: a whole label, a word for it, or a digit."""
    said = normal(text)
    if said.isascii() and said.isdigit():
        return _by_place(said, buttons)
    return _by_name(said, buttons) if said else None


def slashed(text: str) -> tuple[Command, str] | None:
    """The command of a text that starts with a slash, and what stands behind it; None without a slash."""
    found = re.fullmatch(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", text.strip(), re.DOTALL)
    if not found:
        return (Command.UNKNOWN, "") if text.startswith("/") else None
    return _SLASHED.get(found[1].lower(), Command.UNKNOWN), (found[2] or "").strip()


def spoken(text: str, *, among_words: bool) -> Command | None:
    """The command that a whole text is. Where words are the answer (`among_words`) only the announced ones count."""
    if text.strip() in ("?", "??", "???"):
        return Command.HELP
    said = normal(text)
    if among_words:
        return (_SPOKEN | _DONE).get(said)
    return (_SPOKEN | _LOOSE | _DONE).get(said) or _slipped_command(said)


def normal(text: str) -> str:
    """`text` in lower case, without accents, emoji and punctuation, one space between words."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’`" else " " for c in bare)
    return " ".join(kept.split())


def _by_name(said: str, buttons: Sequence[Button]) -> Button | None:
    return _only(button for button in buttons if said in _names(button))


def _by_picture(text: str, buttons: Sequence[Button]) -> Button | None:
    shown = {c for c in text if unicodedata.category(c) == "So"}
    return _only(button for button in buttons if shown & set(button.label)) if shown else None


def _by_place(said: str, buttons: Sequence[Button]) -> Button | None:
    words = [word for word in said.split() if word not in _LEADS]
    if words == ["laatste"]:
        return buttons[-1]
    place = _number(words[0]) if len(words) == 1 else None
    return buttons[place - 1] if place and 1 <= place <= len(buttons) else None


def _by_bounds(said: str, buttons: Sequence[Button]) -> Button | None:
    numbers = [int(word) for word in said.split() if word.isascii() and word.isdigit() and len(word) < 4]
    if len(numbers) != 1 or len(said.split()) > _LONGEST_SENTENCE:
        return None
    return _only(button for button in buttons if _within(numbers[0], button))


def _by_part(said: str, buttons: Sequence[Button]) -> Button | None:
    words = set(said.split())
    if not any(len(word) > 2 for word in words):
        return None
    labels = {button: set(normal(button.label).split()) for button in buttons}
    return _only(button for button, label in labels.items() if words <= label and _fits(words, label))


def _by_sentence(said: str, buttons: Sequence[Button]) -> Button | None:
    if len(said.split()) > _LONGEST_SENTENCE:
        return None
    held = {name: button for button in buttons for name in _names(button) if _holds(said, name)}
    longest = max(held, key=len, default="")
    if not longest or _denied(said, longest) or not all(_holds(longest, name) for name in held):
        return None
    return held[longest]


def _by_slip(said: str, buttons: Sequence[Button]) -> Button | None:
    slips = {button: _fewest_slips(said, button) for button in buttons}
    near = {button: few for button, few in slips.items() if few is not None}
    fewest = min(near.values(), default=None)
    return _only(button for button, few in near.items() if few == fewest)


def _slipped_command(said: str) -> Command | None:
    known = _SPOKEN | _LOOSE | _DONE
    near = {known[name] for name in known if len(name) > 4 and _slips(said, name) == 1}
    return next(iter(near)) if len(near) == 1 else None


def _names(button: Button) -> tuple[str, ...]:
    return (normal(button.label), *(normal(word) for word in button.words))


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) < 4:
        return int(word)
    return next((names.index(word) for names in (_NUMBERS, _RANKS) if word in names), None)


def _holds(said: str, name: str) -> bool:
    return f" {name} " in f" {said} "


def _fits(said: set[str], label: set[str]) -> bool:
    """A label that denies ("Niet in Amsterdam") is not meant by words that do not."""
    return bool(said & _DENIALS) or not label & _DENIALS


def _denied(said: str, name: str) -> bool:
    return bool(_DENIALS & set(said.split()) - set(name.split()))


def _within(number: int, button: Button) -> bool:
    return button.numbers is not None and button.numbers[0] <= number <= button.numbers[1]


def _fewest_slips(said: str, button: Button) -> int | None:
    counted = (_slips(said, name) for name in _names(button))
    return min((few for few in counted if few is not None), default=None)


def _slips(said: str, name: str) -> int | None:
    """Letters typed wrong, swapped, doubled or forgotten, with spaces of no account; None where there are too many."""
    short, wanted = said.replace(" ", ""), name.replace(" ", "")
    distance = OSA.distance(short, wanted)
    return distance if distance <= _allowed(len(wanted)) else None


def _allowed(length: int) -> int:
    return 0 if length < 4 else 1 if length < 8 else 2


def _only(buttons: Iterable[Button]) -> Button | None:
    found = set(buttons)
    return found.pop() if len(found) == 1 else None
