"""Who says to be too young, what becomes of it, and what is only part of a story."""

import pytest

from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Status
from dialogs.prompt import prompt
from dialogs.young import OLD_ENOUGH, is_young_age, says_too_young
from tests.dialogs.situations import after, asking, commanded, edited, said, situation, tapping
from tests.talk.world import library

TOO_YOUNG = [
    "ik ben 12",
    "Ik ben 15.",
    "ik ben pas 14 jaar",
    "hallo ik ben 13 jaar oud",
    "ik ben nog maar veertien",
    "Maar ik ben 15 hoor",
    "ik ben twaalf",
    "im 14 years old",
    "i am 15",
    "ik zit in groep 8",
    "Ik zit nog op de basisschool",
    "ik zit in de brugklas van het Gerrit van der Veen",
]
NOT_SAID = [
    "ik ben 16",
    "ik ben 67 jaar",
    "ik ben 0",
    "ik ben 150",
    "ik ben een bewoner",
    "ik ben zestien",
    "ik ben blij",
    "ik ben 12 keer geweest",
    "Ik was 12 toen mijn vader stierf",
    "Ik ben 12 jaar getrouwd",
    "mijn zoon is 12",
    "mijn dochter zit in groep 8",
    "Ik ben 15 jaar geleden hier komen wonen",
    "ik ben ١٢",
    "12",
    "",
]


@pytest.mark.parametrize("text", TOO_YOUNG)
def test_the_whole_of_a_message_says_so(text: str) -> None:
    assert says_too_young(text)


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_says_something_else_does_not(text: str) -> None:
    assert not says_too_young(text)


@pytest.mark.parametrize("text", ["12", "15 jaar", "veertien", "1", "ik ben 15", "vijftien jaar oud"])
def test_an_age_below_it_is_an_answer_to_the_question_for_an_age(text: str) -> None:
    assert is_young_age(text)


@pytest.mark.parametrize("text", ["16", "67", "0", "een", "100", "1958", "zestig", "15 euro", "blij", ""])
def test_another_answer_to_that_question_is_none(text: str) -> None:
    assert not is_young_age(text)


def test_the_age_is_that_of_the_texts() -> None:
    assert str(OLD_ENOUGH) in library().text("ALG.jong").text
    assert str(OLD_ENOUGH) in library().text("ALG.te_jong").text


@pytest.mark.parametrize("place", ["ALG.rol", "ALG.toestemming", "MED.toestemming", "HELP.toestemming"])
def test_before_consent_that_is_the_end_of_it(place: str) -> None:
    here = situation(place)
    taken = step(library(), None, said("ik ben 14", screen=here.screen))
    assert [reply.text for reply in taken.replies] == ["ALG.te_jong"]
    assert (taken.interview, taken.over) == (None, True)
    assert "14" not in str(taken.replies[0].values)


@pytest.mark.parametrize("text", ["12", "ik ben 15", "veertien"])
def test_at_the_question_for_an_age_it_is_asked_first(text: str) -> None:
    here = asking("bewoner", "leeftijd")
    taken = step(library(), here, said(text))
    assert taken.interview == here.asking("ALG.jong")
    assert [reply.text for reply in taken.replies] == ["ALG.jong"]


def test_in_a_story_the_words_are_kept_and_it_is_asked() -> None:
    here = asking("bewoner", "verhaal")
    taken = step(library(), here, said("ik ben 14", message="7"))
    assert taken.interview is not None
    assert taken.interview.answer("verhaal").text == "ik ben 14"
    assert [reply.text for reply in taken.replies] == ["ALG.jong"]
    going_on = tapping(taken.interview, "nee")
    assert going_on.answer("verhaal").text == "ik ben 14"
    assert prompt(library(), going_on).text == "ALG.meer"


def test_in_a_message_that_is_changed_it_is_asked_too() -> None:
    told = after(asking("bewoner", "verhaal"), said("Toen.", message="7"))
    taken = step(library(), told, edited("Ik ben 14", "7"))
    assert taken.interview is not None
    assert taken.interview.aside == "ALG.jong"


def test_whoever_is_too_young_leaves_nothing_and_whoever_is_not_goes_on() -> None:
    asked = after(asking("bewoner", "leeftijd"), said("15"))
    gone = step(library(), asked, said("Ja, ik ben jonger"))
    assert gone.interview is not None
    assert gone.interview.status is Status.DROPPED
    assert [reply.text for reply in gone.replies] == ["ALG.te_jong"]
    assert after(asked, said("nee")) == asking("bewoner", "leeftijd")
    assert after(asked, commanded(Command.BACK)) == asking("bewoner", "leeftijd")
