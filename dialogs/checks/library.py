"""Checks between files: what sets share, what they name of each other and of the texts; knows no single question."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dialogs.checks.options import buttons_of
from dialogs.checks.relied_on import CONSENT_BUTTONS
from dialogs.checks.sets import FREE, KINDS
from dialogs.checks.tables import Table
from dialogs.faults import Fault, hint, quoted

FREE_ID = 8
FREE_START = 5
"""The exports make names of at most eight characters out of the first five of a question for words."""


@dataclass(frozen=True)
class Shelf:
    """All that was read: the sets in the order of their files, the texts by id."""

    sets: tuple[Table, ...]
    texts: Mapping[str, Table]


Check = Callable[[Shelf], Iterator[Fault]]


def repeated_versions(shelf: Shelf) -> Iterator[Fault]:
    """An interview is pinned to an id and a version."""
    first: dict[tuple[str, int | None], Table] = {}
    for item in shelf.sets:
        same = first.setdefault((item.word("id"), item.number("version")), item)
        if same is not item and item.word("id") and item.number("version") is not None:
            told = f"Versie {item.number('version')} van {quoted(item.word('id'))} staat ook in {same.file}."
            yield item.fault("version", f"{told} Geef deze een hogere versie.")


def shared_letters(shelf: Shelf) -> Iterator[Fault]:
    """A letter in a link leads to one set."""
    owners: dict[str, Table] = {}
    for item in shelf.sets:
        owner = owners.setdefault(item.word("letter"), item)
        if item.word("letter") and owner.word("id") != item.word("id"):
            told = f"De letter {quoted(item.word('letter'))} is al van {quoted(owner.word('id'))} ({owner.file})."
            yield item.fault("letter", told)


def shared_roles(shelf: Shelf) -> Iterator[Fault]:
    """A role leads to one set."""
    owners: dict[str, Table] = {}
    for item in shelf.sets:
        for role in item.words("roles"):
            owner = owners.setdefault(role, item)
            if owner.word("id") != item.word("id"):
                told = f"De rol {quoted(role)} is al van {quoted(owner.word('id'))} ({owner.file})."
                yield item.fault("roles", told)


def free_ids(shelf: Shelf) -> Iterator[Fault]:
    """Questions for words differ in their first five characters, unless they are the same variable."""
    owners: dict[str, Table] = {}
    for question in (question for item in shelf.sets for question in item.tables("questions")):
        name = question.word("id")
        if question.word("kind") not in FREE or not name:
            continue
        if len(name) > FREE_ID:
            yield question.fault("id", f"De id van een vraag om woorden heeft hoogstens {FREE_ID} tekens.")
        owner = owners.setdefault(name[:FREE_START], question)
        if owner.word("id") != name:
            told = f"De eerste {FREE_START} tekens zijn ook die van {quoted(owner.word('id'))} ({owner.file})."
            yield question.fault("id", f"{told} Kies een andere id.")


def shared_questions(shelf: Shelf) -> Iterator[Fault]:
    """A question with the same id is the same variable in every set: one kind, and one code for each option."""
    first: dict[str, Table] = {}
    for question in (question for item in shelf.sets for question in item.tables("questions")):
        owner = first.setdefault(question.word("id"), question)
        kinds = owner.word("kind"), question.word("kind")
        if question.word("id") and kinds[0] != kinds[1] and set(kinds) <= set(KINDS) and owner.file != question.file:
            told = (
                f"De vraag {quoted(question.word('id'))} is in {owner.file} van de soort {quoted(owner.word('kind'))}."
            )
            yield question.fault("kind", f"{told} Kies een andere id, of dezelfde soort.")


def shared_codes(shelf: Shelf) -> Iterator[Fault]:
    """An option and its code belong together in all sets and versions."""
    codes: dict[tuple[str, ...], Table] = {}
    slugs: dict[tuple[str, str, int], Table] = {}
    for question in (question for item in shelf.sets for question in item.tables("questions")):
        for button in buttons_of(question):
            slug, code, owner = button.word("id"), button.number("code"), (question.word("id"), question.word("kind"))
            if not slug or code is None:
                continue
            same_slug = codes.setdefault((*owner, slug), button)
            same_code = slugs.setdefault((*owner, code), button)
            if same_slug.number("code") != code and same_slug.file != button.file:
                told = f"De optie {quoted(slug)} heeft in {same_slug.file} de code {same_slug.number('code')}."
                yield button.fault("code", f"{told} Een code blijft altijd gelijk.")
            elif same_code.word("id") != slug and same_code.file != button.file:
                told = f"De code {code} is in {same_code.file} van de optie {quoted(same_code.word('id'))}."
                yield button.fault("code", f"{told} Kies een code die nog vrij is.")


def leads(shelf: Shelf) -> Iterator[Fault]:
    """An option leads on to another set that is there."""
    known = [item.word("id") for item in shelf.sets]
    for item in shelf.sets:
        for option in (option for question in item.tables("questions") for option in question.tables("options")):
            wanted = option.word("leads_to")
            if wanted and wanted not in known:
                yield option.fault("leads_to", f"Er is geen vragenlijst {quoted(wanted)}.{hint(wanted, known)}")
            elif wanted and wanted == item.word("id"):
                yield option.fault("leads_to", "Deze optie leidt naar haar eigen vragenlijst. Noem een andere.")


def named_texts(shelf: Shelf) -> Iterator[Fault]:
    """Consent and thanks are texts, and to the consent somebody can say yes and no."""
    for item in shelf.sets:
        for key in ("consent", "thanks"):
            wanted = item.word(key)
            if wanted and wanted not in shelf.texts:
                yield item.fault(key, f"Er is geen tekst {quoted(wanted)}.{hint(wanted, shelf.texts)}")
        consent = shelf.texts.get(item.word("consent"))
        buttons = consent and consent.table("buttons")
        for slug in CONSENT_BUTTONS if consent else ():
            if buttons is None or slug not in buttons.values:
                yield item.fault("consent", f"De tekst {quoted(item.word('consent'))} heeft geen knop {quoted(slug)}.")


CHECKS: tuple[Check, ...] = (
    repeated_versions,
    shared_letters,
    shared_roles,
    free_ids,
    shared_questions,
    shared_codes,
)
"""What sets have to share or may not share."""

REFERENCES: tuple[Check, ...] = (leads, named_texts)
"""What they name elsewhere: it can only be told where every file could be read."""
