"""What a typed text means: a button on the screen, a command, or just words; knows no question and no rule.

What could mean two things means neither: to be asked once more costs a tap, a wrong answer is never seen again.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from dialogs.events import Command
from dialogs.replies import Button

_LONGEST_SENTENCE = 7
"""Words in which a label may be wrapped ("ik was toen heel blij"); in longer texts people tell, they do not choose."""

_DENIALS = frozenset("niet nie nit neit geen gen nooit niets niks nix niemand nergens nee zonder nauwelijks".split())
_HEDGES = frozenset("of eerst bijna minder".split())
"""Words that take back the label they stand beside, at least in part."""
_ARTICLES = frozenset("de het een en".split())
_EMPTY = frozenset(
    "het een van bij met mijn wat wel dan dat die was aan voor naar tot deze iets niets niks niet nie geen nee"
    " nog net meer heel veel even was ben ons wie hoe".split()
)
"""Words of labels that say nothing alone ("veel", "niet")."""
_STRONG = frozenset("erg zeer super hele ontzettend".split())
"""Other words for "heel"."""

_FILLERS = frozenset("de het nou doe maar".split())
_POINTERS = frozenset("nummer nr no optie antwoord keuze knop vakje e ste".split())
_NUMBERS = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
_RANKS = ["", *"eerste tweede derde vierde vijfde zesde zevende achtste negende tiende".split()]
_OVER = frozenset("ouder boven plus".split())
_INEXACT = _DENIALS | frozenset("jonger onder minder bijna word wordt geboren geb bouwjaar".split())
"""Words that make another number mean something else than itself ("nog geen 45", "geboren in 58")."""

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

_DONE: dict[str, Command] = {
    "ik ben klaar": Command.DONE,
    "dit was het": Command.DONE,
    "dat was het": Command.DONE,
    "het is af": Command.DONE,
    "mijn verhaal is af": Command.DONE,
    "dit is mijn verhaal": Command.DONE,
}

_LOOSE: dict[str, Command] = {
    "uitleg": Command.HELP,
    "hulp nodig": Command.HELP,
    "snap niet": Command.HELP,
    "snap het niet": Command.HELP,
    "begrijp niet": Command.HELP,
    "begrijp het niet": Command.HELP,
    "ophouden": Command.STOP,
    "pauzeren": Command.PAUSE,
    "later": Command.PAUSE,
    "later verder": Command.PAUSE,
    "morgen verder": Command.PAUSE,
    "vorige": Command.BACK,
    "doorgaan": Command.ON,
    "skip": Command.SKIP,
    "oversla": Command.SKIP,
    "volgende": Command.SKIP,
    "start": Command.START,
    "begin opnieuw": Command.START,
    "opnieuw beginnen": Command.START,
    "privacy": Command.PRIVACY,
    "contact": Command.CONTACT,
    "verwijderen": Command.WITHDRAW,
    "verwijder": Command.WITHDRAW,
    "verhaal weghalen": Command.WITHDRAW,
    "verhaal verwijderen": Command.WITHDRAW,
}

_POLITE = frozenset("ff effe even aub svp pls please me mij".split())
_WANTING = _POLITE | frozenset("ik wil wou graag nu maar ga naar de een deze vraag ermee".split())

_SLASHED = {command.value: command for command in Command if command is not Command.UNKNOWN}
_TELLING = 4
"""Words behind an unknown /word from which it is no mistyped command but a text that happens to start so."""


def choose(text: str, buttons: Sequence[Button]) -> Button | None:
    """The one button that a typed text means, or None where it means none or could mean several.

    Tried in this order: the label or a word for it (or an emoji of it), a number or rank (counted as the buttons
    stand), a number within bounds such as an age, part of one label, one small slip, a label inside a short sentence,
    two slips.
    """
    said = _heard(text)
    if not said:
        return _by_picture(text, buttons)
    ways = (_by_name, _by_place, _by_bounds, _by_part, _by_one_slip, _by_sentence, _by_slips)
    return next((found for way in ways if (found := way(said, buttons))), None)


def choose_firmly(text: str, buttons: Sequence[Button]) -> Button | None:
    """The same for what cannot be undone, and where words are an answer: a whole label, a word for it, or a digit."""
    said = _heard(text)
    if said.isascii() and said.isdigit():
        return _by_place(said, buttons)
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
        return (_SPOKEN | _DONE).get(said) or _SPOKEN.get(_without(said, _POLITE))
    known = _SPOKEN | _LOOSE | _DONE
    wanted = _without(said, _WANTING)
    return known.get(said) or known.get(wanted) or _slipped_command(wanted, known)


def normal(text: str) -> str:
    """`text` in lower case, without accents, emoji and punctuation, one space between words, numbers apart.

    Letters that were held down ("blijjjj") count twice at most.
    """
    bare = unicodedata.normalize("NFKD", re.sub(r"(?<=\d)\s*\+", " plus", text.casefold()))
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’`" else " " for c in bare)
    apart = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", kept)
    return " ".join(re.sub(r"([^\W\d])\1{2,}", r"\1\1", apart).split())


def _heard(text: str) -> str:
    """`text` as it sounds: "erg moeilyk" as "heel moeilijk"."""
    words = normal(text).replace("y", "ij").split()
    return " ".join("heel" if word in _STRONG else word for word in words)


def _by_name(said: str, buttons: Sequence[Button]) -> Button | None:
    return _only(button for button in buttons if _squeezed(said) in map(_squeezed, _names(button)))


def _by_picture(text: str, buttons: Sequence[Button]) -> Button | None:
    known = {c for button in buttons for c in button.label if unicodedata.category(c) == "So"}
    shown = known & set(text)
    return _only(button for button in buttons if shown <= set(button.label)) if shown else None


def _by_place(said: str, buttons: Sequence[Button]) -> Button | None:
    words = [word for word in said.split() if word not in _FILLERS]
    bare = [word for word in words if word not in _POINTERS]
    place = _number(bare[0]) if len(bare) == 1 else None
    if not place or place > len(buttons) or (bare == words and _is_amount(bare[0], buttons)):
        return None
    return buttons[place - 1]


def _by_bounds(said: str, buttons: Sequence[Button]) -> Button | None:
    words = said.split()
    numbers = [int(word) for word in words if _is_count(word)]
    if not numbers or len(words) > _LONGEST_SENTENCE or _INEXACT & set(words):
        return None
    found = _only(button for button in buttons if all(_within(number, button) for number in numbers))
    return found if not _OVER & set(words) or _is_highest(found, buttons) else None


def _by_part(said: str, buttons: Sequence[Button]) -> Button | None:
    words = set(said.split()) - _ARTICLES
    if not any(len(word) > 2 for word in words - _EMPTY):
        return None
    labels = {button: set(_heard(button.label).split()) for button in buttons}
    return _only(button for button, label in labels.items() if words <= label and _fits(words, label))


def _by_one_slip(said: str, buttons: Sequence[Button]) -> Button | None:
    return _nearest(said, buttons, most=1)


def _by_sentence(said: str, buttons: Sequence[Button]) -> Button | None:
    """A label between a few other words, unless these name another label, deny it or take it back."""
    held = [(name, button) for button in buttons for name in _names(button) if _holds(said, name)]
    if not held or len(said.split()) > _LONGEST_SENTENCE:
        return None
    longest, meant = max(held, key=lambda pair: len(pair[0]))
    rest = f" {said} ".replace(f" {longest} ", " ", 1)
    doubtful = any(_holds(rest, name) or name == longest for name, button in held if button != meant)
    return None if doubtful or (_DENIALS | _HEDGES) & set(rest.split()) else meant


def _by_slips(said: str, buttons: Sequence[Button]) -> Button | None:
    """A label as it stands was judged already: letters more or less do not make it another one."""
    held = any(_holds(said, name) for button in buttons for name in _names(button))
    return None if held else _nearest(said, buttons, most=2)


def _nearest(said: str, buttons: Sequence[Button], most: int) -> Button | None:
    slips = {button: min((_slips(said, name) for name in _names(button)), default=most + 1) for button in buttons}
    fewest = min(slips.values(), default=most + 1)
    return _only(button for button, few in slips.items() if few == fewest) if fewest <= most else None


def _slipped_command(said: str, known: dict[str, Command]) -> Command | None:
    names = (name for name in known if len(name) > 4 and name[0] == said[:1])
    near = {known[name] for name in names if _slips(said, name) == 1}
    return near.pop() if len(near) == 1 else None


def _slips(said: str, name: str) -> int:
    """Letters typed wrong, swapped, doubled or forgotten, with spaces of no account; more than 2 where too many."""
    wanted = _squeezed(name)
    distance = OSA.distance(_squeezed(said), wanted)
    allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
    return distance if distance <= allowed and not _turned(said, name) else 3


def _turned(said: str, name: str) -> bool:
    """Whether the few letters that differ turn the meaning round: a denial ("onduidelijk"), another number."""
    reversed_words = {f"on{word}" for word in name.split()}
    digits = [[c for c in words if c.isdigit()] for words in (said, name)]
    return _denies(said) != _denies(name) or digits[0] != digits[1] or bool(reversed_words & set(said.split()))


def _denies(words: str) -> bool:
    return bool(_DENIALS & set(words.split())) or any(denial in _squeezed(words) for denial in ("niet", "geen"))


def _fits(said: set[str], label: set[str]) -> bool:
    """A label that denies ("Niet in Amsterdam") is not meant by words that do not."""
    return bool(said & _DENIALS) or not label & _DENIALS


def _is_amount(word: str, buttons: Sequence[Button]) -> bool:
    """Whether a bare number may be what the labels speak of ("3 jaar", "Twee van deze") and not a place."""
    if word.isdigit():
        return sum(button.numbers is None and any(map(str.isdigit, button.label)) for button in buttons) > 1
    return any(word in _heard(button.label).split() for button in buttons)


def _is_highest(found: Button | None, buttons: Sequence[Button]) -> bool:
    bounds = [button.numbers[1] for button in buttons if button.numbers]
    return found is not None and found.numbers is not None and found.numbers[1] == max(bounds)


def _within(number: int, button: Button) -> bool:
    return button.numbers is not None and button.numbers[0] <= number <= button.numbers[1]


def _number(word: str) -> int | None:
    if _is_count(word):
        return int(word)
    return next((names.index(word) for names in (_NUMBERS, _RANKS) if word in names), None)


def _is_count(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) < 4


def _names(button: Button) -> tuple[str, ...]:
    return tuple(_heard(name) for name in (button.label, *button.words))


def _holds(said: str, name: str) -> bool:
    return f" {name} " in f" {said} "


def _without(said: str, words: frozenset[str]) -> str:
    return " ".join(word for word in said.split() if word not in words)


def _squeezed(words: str) -> str:
    return words.replace(" ", "")


def _only(buttons: Iterable[Button]) -> Button | None:
    found = set(buttons)
    return found.pop() if len(found) == 1 else None
