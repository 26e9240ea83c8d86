"""A draft stays with the version of the set that it began with, and consent with the words that were agreed to."""

from dataclasses import replace
from types import MappingProxyType

from dialogs.engine import step
from dialogs.library import Library
from dialogs.path import path
from dialogs.prompt import prompt
from dialogs.questions import QuestionSet
from dialogs.replies import AgainTap, DoorTap
from tests.dialogs.situations import Situation, asking, chosen, opened, tapping
from tests.talk.world import library


def test_a_draft_goes_on_with_its_version_when_a_newer_one_is_there() -> None:
    shelf = _with_newer()
    interview = tapping(asking("bewoner", "gevoel"), "blij", shelf)
    assert (interview.question_set, interview.version) == ("bewoner", 1)
    assert [item.id for item in path(shelf.of(interview), interview)] == [
        item.id for item in path(library().of(interview), interview)
    ]


def test_whoever_comes_in_now_gets_the_newer_version() -> None:
    shelf = _with_newer()
    entered = step(shelf, None, opened(question_set="bewoner"))
    agreed = next(button.tap for button in entered.replies[-1].buttons)
    begun = step(shelf, None, chosen(agreed)).interview
    assert begun is not None
    assert begun.version == 2


def test_another_story_asks_for_consent_again_when_there_is_a_newer_version() -> None:
    asked = step(_with_newer(), None, chosen(_another()))
    assert asked.interview is None
    tap = asked.replies[-1].buttons[0].tap
    assert isinstance(tap, DoorTap)
    assert (tap.option, tap.offer.version) == ("ja", 2)


def test_another_story_asks_for_consent_again_when_the_words_have_changed() -> None:
    texts = library().texts
    changed = replace(texts["ALG.toestemming"], text=f"{texts['ALG.toestemming'].text} En nog iets.")
    shelf = replace(library(), texts=MappingProxyType({**texts, "ALG.toestemming": changed}))
    asked = step(shelf, None, chosen(_another()))
    assert asked.interview is None
    assert asked.replies[-1].text == "ALG.toestemming"


def _another() -> AgainTap:
    """The button "Nog een verhaal" under the thanks for a story."""
    review = asking("bewoner", "nakijken")
    send = Situation(review, prompt(library(), review).buttons).tap("verstuur_wel")
    tap = step(library(), review, chosen(send)).replies[-1].buttons[0].tap
    assert isinstance(tap, AgainTap)
    return tap


def _with_newer() -> Library:
    """The shipped library with a second version of the set for residents, that asks less."""
    old = library().newest("bewoner")
    assert old
    newer = _without(old, "veranderd")
    return replace(library(), sets=MappingProxyType({**library().sets, ("bewoner", 2): newer}))


def _without(questions: QuestionSet, question_id: str) -> QuestionSet:
    kept = tuple(item for item in questions.questions if item.id != question_id)
    return questions.model_copy(update={"version": questions.version + 1, "questions": kept})
