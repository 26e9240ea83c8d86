"""From what was found in the texts of one story to what stands in its place; knows no rule that finds it."""

from collections.abc import Iterable, Mapping, Sequence

from dialogs.spelling import wordset
from research.deidentify.kinds import COUNTED, Finding, Kind
from research.deidentify.pieces import words
from storage.second_texts import Mask, Masked

SUREST = (
    Kind.BSN,
    Kind.IBAN,
    Kind.EMAIL,
    Kind.PHONE,
    Kind.LINK,
    Kind.HANDLE,
    Kind.PLATE,
    Kind.CASE,
    Kind.STREET,
    Kind.POSTCODE,
    Kind.DATE,
    Kind.SCHOOL,
    Kind.SHELTER,
    Kind.NAME,
    Kind.AGE,
    Kind.NUMBER,
    Kind.OTHER,
)
"""Of two findings over one another the first of these says what it is."""

_LITTLE = wordset("van de der den el al ben bin ten ter te la ait het")

Person = frozenset[str]
"""The words of a name, without the little ones."""


def apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order, none over another: those that were become one, as wide as both."""
    done: list[Finding] = []
    for finding in sorted(findings, key=lambda item: (item.start, -item.end)):
        if done and finding.start < done[-1].end:
            done[-1] = _both(done[-1], finding)
        else:
            done.append(finding)
    return tuple(done)


def mask(texts: Mapping[str, str], found: Mapping[str, Sequence[Finding]]) -> tuple[Masked, ...]:
    """The texts of one story, by question, with a placeholder for each finding in them.

    Names have a number: the same wherever somebody is named, also by a part of the name ("fatima", "Fatima El Amrani").
    """
    people = numbered(
        [person_of(texts[question][item.start : item.end]) for question in texts for item in _counted(found[question])]
    )
    return tuple(Masked(question, typed, _masks(typed, found[question], people)) for question, typed in texts.items())


def person_of(name: str) -> Person:
    """What a name is known by, however it is written."""
    said = [word.low for word in words(name)]
    return frozenset(word for word in said if word not in _LITTLE) or frozenset(said)


def numbered(people: Sequence[Person]) -> Mapping[Person, int]:
    """A number for each, from 1 in the order in which they are first named; part of one longer name has its number."""
    whole = {person: _whole(person, people) for person in people}
    numbers: dict[Person, int] = {}
    for person in people:
        numbers.setdefault(whole[person], len(numbers) + 1)
    return {person: numbers[longest] for person, longest in whole.items()}


def placeholder(kind: Kind, number: int | None = None) -> str:
    """What stands for a finding: "[STRAAT]", and where it has a number "[NAAM-2]"."""
    return f"[{kind.value}]" if number is None else f"[{kind.value}-{number}]"


def _counted(found: Sequence[Finding]) -> list[Finding]:
    return [item for item in found if item.kind in COUNTED]


def _whole(person: Person, people: Sequence[Person]) -> Person:
    """The one longer name that this is a part of; itself where there is none, or more than one."""
    longer = {other for other in people if person < other}
    largest = [one for one in longer if not any(one < other for other in longer)]
    return largest[0] if len(largest) == 1 else person


def _masks(typed: str, found: Sequence[Finding], people: Mapping[Person, int]) -> tuple[Mask, ...]:
    return tuple(
        Mask(item.start, item.end, placeholder(item.kind, _number(typed, item, people)), item.rule) for item in found
    )


def _number(typed: str, item: Finding, people: Mapping[Person, int]) -> int | None:
    return people[person_of(typed[item.start : item.end])] if item.kind in COUNTED else None


def _both(one: Finding, other: Finding) -> Finding:
    surer = min(one, other, key=lambda item: SUREST.index(item.kind))
    return Finding(min(one.start, other.start), max(one.end, other.end), surer.kind, surer.rule)
