"""What a typed text means: a button on the screen, a command, or just words; knows no question and no rule.

What could mean two things means neither: to be asked once more costs a tap, a wrong answer is never seen again.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dialogs.command_words import ABROAD, AWAY, DONE, LOOSE, SPOKEN
from dialogs.events import Command
from dialogs.replies import Button
from dialogs.spelling import (
    ARTICLES,
    DENIALS,
    NUMBERS,
    TOO_MANY,
    bare,
    contrary,
    heard,
    holds,
    normal,
    slips,
    without,
    wordset,
)

_LONGEST_SENTENCE = 7
"""Words in which a label may be wrapped ("ik was toen heel blij"); in longer texts people tell, they do not choose."""

_HEDGES = wordset("of eerst bijna minder")
"""Words that take back the label they stand beside, at least in part."""
_EMPTY = wordset(
    "over van bij met mijn ons wie wat hoe dat die deze wel dan was ben aan voor naar tot"
    " iets niets niks niet nie geen nee nog net meer heel veel even"
)
"""Words of labels that say nothing alone ("veel", "niet")."""

_SIGNED = re.compile(r"\s*[-−+–]")
"""Before a number: "-1" is an amount, and no place in a list."""

_FILLERS = wordset("de het nou doe maar")
_POINTERS = wordset("nummer nr no optie antwoord keuze knop vakje e ste")
_RANKS = ("", "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_OVER = wordset("ouder boven plus")
_INEXACT = DENIALS | wordset("jonger onder minder bijna word wordt geboren geb bouwjaar")
"""Words with which a number is not the number itself ("nog geen 45", "geboren in 58")."""

_POLITE = wordset("ff effe even aub svp pls please me mij")
_WANTING = _POLITE | wordset("ik wil wou graag nu maar ga naar de een deze vraag ermee")

_SLASHED = {command.value: command for command in Command if command is not Command.UNKNOWN}
_TELLING = 4
"""Words behind an unknown /word from which it is no mistyped command, but a text that happens to start so."""


def choose(text: str, buttons: Sequence[Button]) -> Button | None:
    """The one button that a typed text means, or None where it means none or could mean several.

    Tried in this order: the label or a word for it (or an emoji of it), a number or rank (counted as the buttons
    stand), a number within bounds such as an age, part of one label, one small slip, a label inside a short sentence,
    two slips. A word that the texts announce for a command is part of nothing.
    """
    said = heard(text)
    if not said:
        return _by_picture(text, buttons)
    named = _by_name(said, buttons)
    if named or said in SPOKEN:
        return named
    ways = (_by_place, _by_bounds, _by_part, _by_one_slip, _by_sentence, _by_slips)
    return next((found for way in ways if (found := way(said, buttons))), None)


def choose_firmly(text: str, buttons: Sequence[Button]) -> Button | None:
    """The same for what cannot be undone, and where words are an answer: a whole label, a word for it, or a digit."""
    said = heard(text)
    if said.isascii() and said.isdigit():
        return None if _SIGNED.match(text) else _by_place(said, buttons)
    return _by_name(said, buttons) if said else None


def slashed(text: str) -> tuple[Command, str] | None:
    """The command of a text that starts with a slash, and what stands behind it; None where it is none."""
    found = re.fullmatch(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(.*))?", text.strip(), re.DOTALL)
    if not found:
        return (Command.UNKNOWN, "") if re.fullmatch(r"/\S*", text.strip()) else None
    name, rest = found[1].lower(), (found[2] or "").strip()
    command = _SLASHED.get(name) or spoken(name, among_words=False)
    if command is None and len(rest.split()) >= _TELLING:
        return None
    return command or Command.UNKNOWN, rest


def spoken(text: str, *, among_words: bool) -> Command | None:
    """The command that a whole text is. Where words are the answer (`among_words`) only the announced ones count."""
    if text.strip() in ("?", "??", "???"):
        return Command.HELP
    said = normal(text)
    if among_words:
        return (SPOKEN | DONE | AWAY | ABROAD).get(said) or SPOKEN.get(without(said, _POLITE))
    known = SPOKEN | LOOSE | DONE | AWAY | ABROAD
    wanted = without(said, _WANTING)
    return known.get(said) or known.get(wanted) or _slipped_command(wanted, known)


def _by_name(said: str, buttons: Sequence[Button]) -> Button | None:
    wanted = bare(said)
    return _only(button for button in buttons if wanted in map(bare, _names(button)))


def _by_picture(text: str, buttons: Sequence[Button]) -> Button | None:
    known = {c for button in buttons for c in button.label if unicodedata.category(c) == "So"}
    shown = known & set(text)
    return _only(button for button in buttons if shown <= set(button.label)) if shown else None


def _by_place(said: str, buttons: Sequence[Button]) -> Button | None:
    words = [word for word in said.split() if word not in _FILLERS]
    alone = [word for word in words if word not in _POINTERS]
    place = _place(alone[0]) if len(alone) == 1 else None
    if not place or place > len(buttons) or (alone == words and _is_amount(alone[0], buttons)):
        return None
    return buttons[place - 1]


def _by_bounds(said: str, buttons: Sequence[Button]) -> Button | None:
    words = said.split()
    numbers = [number for word in words if (number := _number(word)) is not None and word != "een"]
    if not numbers or len(words) > _LONGEST_SENTENCE or _INEXACT & set(words):
        return None
    found = _only(button for button in buttons if all(_within(number, button) for number in numbers))
    return found if not _OVER & set(words) or _is_highest(found, buttons) else None


def _by_part(said: str, buttons: Sequence[Button]) -> Button | None:
    """More words may also be part of another way to say a label; one alone may only be part of the label itself."""
    words = set(said.split()) - (ARTICLES - {"een"} if _are_amounts(buttons) else ARTICLES)
    if len(words) < 2 and not any(len(word) > 2 for word in words - _EMPTY):
        return None
    names = {button: _names(button) if len(words) > 1 else _names(button)[:1] for button in buttons}
    return _only(button for button in buttons if any(_fits(words, name) for name in names[button]))


def _by_one_slip(said: str, buttons: Sequence[Button]) -> Button | None:
    return _nearest(said, buttons, most=1)


def _by_sentence(said: str, buttons: Sequence[Button]) -> Button | None:
    """A label between a few other words, unless these name another label, deny it or take it back."""
    held = [(name, button) for button in buttons for name in _names(button) if holds(said, name)]
    if not held or len(said.split()) > _LONGEST_SENTENCE:
        return None
    longest, meant = max(held, key=lambda pair: len(pair[0]))
    rest = _rest(said, meant)
    others = any(holds(rest, name) or name == longest for name, button in held if button != meant)
    turned = _HEDGES if longest in DENIALS else _HEDGES | DENIALS
    return None if others or turned & set(rest.split()) or contrary(rest, heard(meant.label)) else meant


def _rest(said: str, meant: Button) -> str:
    """`said` without the names of a button."""
    for name in sorted(_names(meant), key=len, reverse=True):
        said = f" {said} ".replace(f" {name} ", " ").strip()
    return said


def _by_slips(said: str, buttons: Sequence[Button]) -> Button | None:
    """A text that holds a label as it stands was judged already: a few letters do not make that another label."""
    held = any(holds(said, name) for button in buttons for name in _names(button))
    return None if held else _nearest(said, buttons, most=2)


def _nearest(said: str, buttons: Sequence[Button], most: int) -> Button | None:
    counted = {button: min((slips(said, name) for name in _names(button)), default=TOO_MANY) for button in buttons}
    fewest = min(counted.values(), default=TOO_MANY)
    return _only(button for button, few in counted.items() if few == fewest) if fewest <= most else None


def _slipped_command(said: str, known: dict[str, Command]) -> Command | None:
    names = (name for name in known if len(name) > 4 and name[0] == said[:1])
    near = {known[name] for name in names if slips(said, name) == 1}
    return near.pop() if len(near) == 1 else None


def _fits(said: set[str], name: str) -> bool:
    """Whether the words are part of a name; one that denies ("Niet in Amsterdam") is not meant by words that do not."""
    whole = set(name.split())
    return said <= whole and (bool(said & DENIALS) or not whole & DENIALS)


def _is_amount(word: str, buttons: Sequence[Button]) -> bool:
    """Whether a number alone may be what the labels speak of ("3 jaar", "Twee van deze") and not a place."""
    return _are_amounts(buttons) if word.isdigit() else any(word in heard(each.label).split() for each in buttons)


def _are_amounts(buttons: Sequence[Button]) -> bool:
    return sum(button.numbers is None and any(map(str.isdigit, button.label)) for button in buttons) > 1


def _is_highest(found: Button | None, buttons: Sequence[Button]) -> bool:
    bounds = [button.numbers[1] for button in buttons if button.numbers]
    return found is not None and found.numbers is not None and found.numbers[1] == max(bounds)


def _within(number: int, button: Button) -> bool:
    return button.numbers is not None and button.numbers[0] <= number <= button.numbers[1]


def _place(word: str) -> int | None:
    return _RANKS.index(word) if word in _RANKS else _number(word)


def _number(word: str) -> int | None:
    if word in NUMBERS:
        return NUMBERS.index(word)
    return int(word) if word.isascii() and word.isdigit() and len(word) < 4 else None


def _names(button: Button) -> tuple[str, ...]:
    return tuple([_heard_name(name) for name in (button.label, *button.words)])


@lru_cache(maxsize=4096)
def _heard_name(name: str) -> str:
    """What stands on buttons is always the same, and is compared with whatever is typed."""
    return heard(name)


def _only(buttons: Iterable[Button]) -> Button | None:
    found = set(buttons)
    return found.pop() if len(found) == 1 else None
