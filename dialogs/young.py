"""Whether somebody says that they are too young to take part; knows no question and keeps nothing."""

import re

from dialogs.spelling import NUMBERS, normal

OLD_ENOUGH = 16
"""The age from which somebody may agree without a parent (AVG article 8, as the Netherlands apply it)."""

_AGE = re.compile(
    r"(?:(?:hallo|hoi|maar|en|sorry) )*(?:ik ben|i am|im|ben) (?:pas |nu |al |nog maar |maar )*"
    r"(?P<age>\w+)(?: jaar| jr| years old)?(?: oud)?(?: hoor| pas)?"
)
_SCHOOL = re.compile(
    r"(?:hallo |hoi )?ik zit (?:nu |nog )*(?:in|op) (?:groep [1-8]|de basisschool|de brugklas)(?: van .{1,40})?"
)


def says_too_young(text: str) -> bool:
    """Whether the whole of a text says so: "ik ben 12", "ik zit in groep 8". In a story it may be of another time."""
    said = normal(text)
    found = _AGE.fullmatch(said)
    return bool(_SCHOOL.fullmatch(said)) or (found is not None and _is_young(found["age"]))


def is_young_age(text: str) -> bool:
    """Whether an answer to the question for an age is one below it: "12", "veertien", "12 jaar"."""
    said = normal(text)
    found = re.fullmatch(r"(?P<age>\w+)(?: jaar| jr)?(?: oud)?", said)
    return says_too_young(text) or (found is not None and _is_young(found["age"]))


def _is_young(word: str) -> bool:
    more = ("dertien", "veertien", "vijftien")
    ages = {name: age for age, name in enumerate((*NUMBERS, *more))}
    if word.isascii() and word.isdigit():
        return len(word) < 3 and 0 < int(word) < OLD_ENOUGH
    return word != "een" and ages.get(word, OLD_ENOUGH) < OLD_ENOUGH
