"""Checks of what can be answered: options, codes, scales, triangles, prompts; knows one question at a time."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from dialogs.checks.sets import repeated
from dialogs.checks.tables import Table
from dialogs.faults import Fault, listed, quoted
from dialogs.prompt import ANOTHER, DONE
from dialogs.questions import CANNOT_SAY, PAIR, SKIP
from dialogs.replies import AskTap
from dialogs.taps import LIMIT, encode

Check = Callable[[Table], Iterator[Fault]]

HIGHEST_CODE = 999
"""Three digits are enough for any list of buttons, and hold the codes of `CANNOT_SAY`."""

RESERVED: Mapping[str, tuple[str, ...]] = {
    "choice": (SKIP,),
    "scale": (SKIP,),
    "triad": (SKIP, PAIR),
    "story": (SKIP, DONE, ANOTHER),
}
"""Slugs of buttons that the conversation itself puts beside the options or prompts of a kind of question."""

TAG = "x" * 6
"""Stands for the mark of an interview, which has six characters."""

_POINTS: Mapping[tuple[int, ...], str] = {
    (100, 0, 0): "de eerste hoek",
    (0, 100, 0): "de tweede hoek",
    (0, 0, 100): "de derde hoek",
    (50, 50, 0): "tussen de eerste en de tweede hoek",
    (50, 0, 50): "tussen de eerste en de derde hoek",
    (0, 50, 50): "tussen de tweede en de derde hoek",
}
_MIDDLE = "het midden"


def buttons_of(question: Table) -> tuple[Table, ...]:
    """What a teller can choose at a question: its options, or the prompts of a story."""
    return (*question.tables("options"), *question.tables("prompts"))


def repeated_buttons(question: Table) -> Iterator[Fault]:
    """An id and a code stand for one answer each."""
    for items in (question.tables("options"), question.tables("prompts")):
        for item, _ in repeated(items, "id"):
            yield item.fault("id", f"De id {quoted(item.word('id'))} komt twee keer voor. Geef deze een andere.")
        for item, first in repeated(items, "code"):
            told = (
                f"De code {item.number('code')} is al van {quoted(first.word('id'))}. Geef elke optie een eigen code."
            )
            yield item.fault("code", told)


def reserved_slugs(question: Table) -> Iterator[Fault]:
    """A button that the conversation adds itself has its name to itself."""
    for item in buttons_of(question):
        if item.word("id") in RESERVED.get(question.word("kind"), ()):
            yield item.fault("id", f"De id {quoted(item.word('id'))} is van een vaste knop. Kies een andere.")


def codes(question: Table) -> Iterator[Fault]:
    """Codes are three digits at most; 888 and 889 mean the same everywhere, and no code is one of what is missing."""
    theirs = {code: slug for slug, code in CANNOT_SAY.items()}
    for item in buttons_of(question):
        slug, code = item.word("id"), item.number("code")
        if code is None:
            continue
        if slug in CANNOT_SAY and code != CANNOT_SAY[slug]:
            yield item.fault("code", f"De optie {quoted(slug)} heeft altijd de code {CANNOT_SAY[slug]}.")
        elif slug not in CANNOT_SAY and code in theirs:
            yield item.fault("code", f"De code {code} is altijd van {quoted(theirs[code])}. Kies een andere.")
        elif not 0 <= code <= HIGHEST_CODE:
            told = f"Een code is een getal van 0 tot en met {HIGHEST_CODE}; onder nul staan antwoorden die ontbreken."
            yield item.fault("code", told)


def bounds(question: Table) -> Iterator[Fault]:
    """Bounds of numbers run upwards."""
    for option in question.tables("options"):
        numbers = option.numbers("numbers")
        if len(numbers) == 2 and numbers[0] > numbers[1]:
            yield option.fault("numbers", "Het eerste getal is hoger dan het tweede. Zet ze andersom.")


def scale(question: Table) -> Iterator[Fault]:
    """The steps of a scale run from 0 to 100; who cannot say stands outside it."""
    if question.word("kind") != "scale":
        return
    steps = [option for option in question.tables("options") if option.word("id") not in CANNOT_SAY]
    for option in question.tables("options"):
        yield from _value_where_due(option, option in steps)
    values = [value for step in steps if (value := step.number("value")) is not None]
    if len(values) == len(steps) and all(0 <= value <= 100 for value in values):
        yield from _from_0_to_100(question, steps, values)


def _value_where_due(option: Table, is_step: bool) -> Iterator[Fault]:
    if is_step and "value" not in option.values:
        yield option.fault("", f'Hier ontbreekt "value"; alleen {listed(CANNOT_SAY)} staat buiten de schaal.')
    if not is_step and "value" in option.values:
        yield option.fault("value", "Deze optie staat buiten de schaal. Haal de waarde weg.")


def _from_0_to_100(question: Table, steps: list[Table], values: list[int]) -> Iterator[Fault]:
    if len(steps) < 2:
        yield question.fault("options", "Een schaal heeft minstens twee stappen met een waarde.")
        return
    if values[0] != 0:
        yield steps[0].fault("value", f"De eerste stap van een schaal heeft de waarde 0; hier staat {values[0]}.")
    if values[-1] != 100:
        yield steps[-1].fault("value", f"De laatste stap van een schaal heeft de waarde 100; hier staat {values[-1]}.")
    for step, (before, value) in zip(steps[1:], pairwise(values), strict=True):
        if value <= before:
            yield step.fault("value", f"De waarden van een schaal lopen op; hier komt {value} na {before}.")


def triad(question: Table) -> Iterator[Fault]:
    """A triangle has its seven points, each once: three corners, between two of them, and the middle."""
    if question.word("kind") != "triad":
        return
    for option in question.tables("options"):
        yield from _shares_where_due(option)
    points = [(option, _point(option)) for option in question.tables("options") if _is_point(option)]
    told = [point for _, point in points]
    for at, (option, point) in enumerate(points):
        if point and point in told[:at]:
            yield option.fault("shares", f"Dit punt van de driehoek is er al: {point}.")
    for point in (*_POINTS.values(), _MIDDLE):
        if all(told) and point not in told:
            yield question.fault("options", f"Er ontbreekt een punt van de driehoek: {point}.")


def _shares_where_due(option: Table) -> Iterator[Fault]:
    shares, cannot_say = option.numbers("shares"), option.word("id") in CANNOT_SAY
    if "shares" not in option.values and not cannot_say:
        yield option.fault("", f'Hier ontbreekt "shares"; alleen {listed(CANNOT_SAY)} staat buiten de driehoek.')
    if "shares" in option.values and cannot_say:
        yield option.fault("shares", 'Deze optie staat buiten de driehoek. Haal "shares" weg.')
    elif len(shares) == 3 and sum(shares) != 100:
        yield option.fault("shares", f"De drie delen zijn samen {sum(shares)}; ze horen samen 100 te zijn.")
    elif len(shares) == 3 and not _point(option) and all(0 <= share <= 100 for share in shares):
        told = "Een hoek is 100, 0 en 0; tussen twee hoeken is 50, 50 en 0; het midden is 34, 33 en 33."
        yield option.fault("shares", f"Dit is geen punt van de driehoek. {told}")


def _is_point(option: Table) -> bool:
    return "shares" in option.values and option.word("id") not in CANNOT_SAY


def _point(option: Table) -> str:
    shares = option.numbers("shares")
    if len(shares) == 3 and sum(shares) == 100 and all(share in (33, 34) for share in shares):
        return _MIDDLE
    return _POINTS.get(shares, "")


def prompts(question: Table) -> Iterator[Fault]:
    """ "Een andere vraag" goes round the prompts without a button of their own: one of them has to be there always."""
    items = question.tables("prompts")
    if not items:
        return
    if "button" in items[0].values:
        yield items[0].fault("button", "De eerste vraag om een verhaal heeft geen knop: daarmee begint het.")
    elif "when" in items[0].values and any("button" in item.values for item in items):
        yield items[0].fault("when", "De eerste vraag heeft geen voorwaarde, als een volgende vraag een knop heeft.")


def taps(question: Table) -> Iterator[Fault]:
    """What a button carries fits the channel that has the least room."""
    for item in buttons_of(question):
        carried = encode(AskTap(TAG, question.word("id"), item.word("id")))
        if len(carried.encode()) > LIMIT:
            yield item.fault("id", "De id van de vraag en die van deze knop zijn samen te lang. Maak ze korter.")


CHECKS: tuple[Check, ...] = (
    repeated_buttons,
    reserved_slugs,
    codes,
    bounds,
    scale,
    triad,
    prompts,
    taps,
)
"""Each of them takes one question."""
