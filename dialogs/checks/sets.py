"""Checks of one question set as a whole: the order of its questions, conditions, blocks, words; knows no other set."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dialogs.checks.relied_on import COUNTED, EVERYWHERE, misplaced
from dialogs.checks.set_keys import LITERALS, TEMPLATES
from dialogs.checks.tables import Table
from dialogs.faults import Fault, hint, quoted

Check = Callable[[Table], Iterator[Fault]]

CLOSED = ("choice", "scale", "triad")
FREE = ("story", "open")
KINDS = (*CLOSED, *FREE, "review")
ALWAYS_ASKED = ("story", "review")

_ASIDE_SLUG = "terug"
"""A button of the screen with answers to change, where every other button is a question."""


def repeated(items: Iterable[Table], key: str) -> Iterator[tuple[Table, Table]]:
    """The items whose id or code was there before, each with the first that had it."""
    first: dict[object, Table] = {}
    for item in items:
        value = item.word(key) or item.number(key)
        if value is not None and first.setdefault(value, item) is not item:
            yield item, first[value]


def repeated_questions(questions: Table) -> Iterator[Fault]:
    """An answer is kept by the id of its question."""
    for item, _ in repeated(questions.tables("questions"), "id"):
        yield item.fault("id", f"Er is al een vraag met de id {quoted(item.word('id'))}. Geef deze een andere.")


def reserved_ids(questions: Table) -> Iterator[Fault]:
    """One name cannot be a question: where answers are changed it is a button of its own."""
    for item in questions.tables("questions"):
        if item.word("id") == _ASIDE_SLUG:
            yield item.fault("id", f"Een vraag kan niet {quoted(_ASIDE_SLUG)} heten: zo heet een vaste knop.")


def conditions(questions: Table) -> Iterator[Fault]:
    """A condition looks back only, at an option that is there: `path` reads the answers from first to last."""
    every = {item.word("id"): item for item in questions.tables("questions")}
    earlier: dict[str, Table] = {}
    for question in questions.tables("questions"):
        for when in _conditions_of(question):
            yield from _empty(when)
            yield from _backward(when, question, earlier, every)
            yield from _options_asked(when, earlier)
        earlier.setdefault(question.word("id"), question)


def _conditions_of(question: Table) -> Iterator[Table]:
    for item in (question, *question.tables("options"), *question.tables("prompts")):
        when = item.table("when")
        if when:
            yield when


def _empty(when: Table) -> Iterator[Fault]:
    has_question, has_options = "question" in when.values, bool(when.values.get("options"))
    if has_question and not has_options:
        yield when.fault("", 'Bij deze vraag ontbreken de opties die tellen: "options".')
    if has_options and not has_question:
        yield when.fault("", 'Bij deze opties ontbreekt de vraag waar ze bij horen: "question".')
    if not (has_question or has_options or when.values.get("roles") or "helped" in when.values):
        yield when.fault("", "Deze voorwaarde is leeg. Noem een vraag met opties, of rollen.")


def _backward(
    when: Table, question: Table, earlier: Mapping[str, Table], every: Mapping[str, Table]
) -> Iterator[Fault]:
    wanted = when.word("question")
    if not wanted or wanted in earlier:
        return
    if wanted == question.word("id"):
        yield when.fault("question", "Een voorwaarde kan niet over de eigen vraag gaan.")
    elif wanted in every:
        yield when.fault("question", f"De vraag {quoted(wanted)} komt later. Een voorwaarde kijkt alleen terug.")
    else:
        near = hint(wanted, earlier)
        yield when.fault("question", f"Er is geen vraag {quoted(wanted)} in deze vragenlijst.{near}")


def _options_asked(when: Table, earlier: Mapping[str, Table]) -> Iterator[Fault]:
    asked = earlier.get(when.word("question"))
    if asked is None or asked.word("kind") not in KINDS:
        return
    if asked.word("kind") not in CLOSED:
        yield when.fault("question", f"De vraag {quoted(asked.word('id'))} heeft geen opties.")
        return
    known = [option.word("id") for option in asked.tables("options")]
    for option in when.words("options"):
        if option not in known:
            told = f"De vraag {quoted(asked.word('id'))} heeft geen optie {quoted(option)}."
            yield when.fault("options", told + hint(option, known))


def blocks(questions: Table) -> Iterator[Fault]:
    """A question stands in a block that is there; what is voluntary cannot be required."""
    known = questions.table("blocks") or Table(questions.file, "blocks", {})
    for item in questions.tables("questions"):
        name = item.word("block")
        if name and name not in known.values and isinstance(questions.values.get("blocks", {}), dict):
            yield item.fault("block", f"Er is geen blok {quoted(name)} in deze vragenlijst.{hint(name, known.values)}")
        block = known.table(name)
        voluntary = block is not None and block.values.get("voluntary") is True
        if voluntary and (item.values.get("required") is True or item.word("kind") in ALWAYS_ASKED):
            yield item.fault("block", f"Het blok {quoted(name)} is vrijwillig, maar deze vraag is verplicht.")


def story_and_review(questions: Table) -> Iterator[Fault]:
    """Every interview holds one story and ends with its review; a kind that is unknown may be either of them."""
    items = questions.tables("questions")
    kinds = [item.word("kind") for item in items]
    if not items or any(kind not in KINDS for kind in kinds):
        return
    if kinds.count("story") != 1:
        told = f'Een vragenlijst heeft precies één verhaal (kind = "story"); hier zijn het er {kinds.count("story")}.'
        yield questions.fault("questions", told)
    if "review" not in kinds:
        yield questions.fault("questions", 'Het nakijken ontbreekt: een vraag met kind = "review", als laatste.')
    for item in (item for item in items[:-1] if item.word("kind") == "review"):
        yield item.fault("", "Het nakijken is de laatste vraag, en komt maar één keer.")


def always_asked(questions: Table) -> Iterator[Fault]:
    """A story or a review that is left out would leave an interview that cannot be sent."""
    for item in questions.tables("questions"):
        if item.word("kind") in ALWAYS_ASKED and "when" in item.values:
            yield item.fault("when", "Een verhaal en het nakijken worden altijd gevraagd, zonder voorwaarde.")


def places(questions: Table) -> Iterator[Fault]:
    """A placeholder without a value takes its whole line away; on a button it would be shown as it is."""
    for part in questions.below():
        for key in TEMPLATES:
            for told in misplaced(part.word(key), EVERYWHERE | _counted(questions, part)):
                yield part.fault(key, told)
        for key in LITERALS:
            if any(sign in said for said in (part.word(key), *part.words(key)) for sign in "{}"):
                yield part.fault(key, "Hier kan geen invulplek staan: schrijf het zonder accolades.")


def _counted(questions: Table, part: Table) -> frozenset[str]:
    within = [item for item in questions.tables("questions") if f"{part.key}.".startswith(f"{item.key}.")]
    return COUNTED if part.key.startswith("blocks.") or any("block" in item.values for item in within) else frozenset()


CHECKS: tuple[Check, ...] = (
    repeated_questions,
    reserved_ids,
    conditions,
    blocks,
    story_and_review,
    always_asked,
    places,
)
