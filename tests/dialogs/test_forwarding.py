"""A message that was passed on: it is asked whose words these are, and those of another are not kept."""

from dataclasses import replace

import pytest

from dialogs.engine import step
from dialogs.events import Command, Said
from dialogs.forwarding import FORWARDED, LIMIT
from dialogs.interview import Part
from dialogs.prompt import prompt
from dialogs.replies import Step
from tests.dialogs.situations import after, asking, commanded, said, tapping
from tests.talk.world import library

STORY = asking("bewoner", "verhaal")
WORDS = "Gisteren ging ik met mijn brieven naar het Buurtteam."


def forwarded(text: str) -> Said:
    """A message that was passed on."""
    return replace(said(text, message="7"), forwarded=True)


def test_it_is_asked_whose_words_these_are_and_nothing_is_kept_yet() -> None:
    taken = step(library(), STORY, forwarded(WORDS))
    assert taken.interview == STORY.asking(FORWARDED, WORDS)
    assert [reply.text for reply in taken.replies] == [FORWARDED]
    assert WORDS not in str(taken.replies)


def test_ones_own_words_are_told() -> None:
    told = tapping(after(STORY, forwarded(WORDS)), "ja")
    assert told.answer("verhaal").parts == (Part(WORDS),)
    assert (told.aside, told.about) == (None, "")
    assert prompt(library(), told).text == "ALG.meer"


@pytest.mark.parametrize("typed", ["nee", "Nee, ik typ het zelf", "2"])
def test_the_words_of_another_are_not_kept(typed: str) -> None:
    assert step(library(), after(STORY, forwarded(WORDS)), said(typed)) == Step(STORY, (prompt(library(), STORY),))


def test_out_of_the_question_the_words_are_not_kept_either() -> None:
    asked = after(STORY, forwarded(WORDS))
    for command in (Command.BACK, Command.ON):
        assert after(asked, commanded(command)) == STORY
    assert after(asked, commanded(Command.PAUSE)) == STORY.asking("ALG.pauze")


def test_of_several_messages_it_is_asked_once() -> None:
    asked = after(STORY, forwarded(WORDS))
    again = step(library(), asked, forwarded("En toen?"))
    assert again == Step(STORY.asking(FORWARDED, f"{WORDS}\nEn toen?"))
    assert tapping(again.interview or STORY, "ja").answer("verhaal").text == f"{WORDS}\nEn toen?"


def test_no_more_waits_than_a_story_can_hold() -> None:
    asked = after(after(STORY, forwarded("x" * LIMIT)), forwarded("y" * LIMIT))
    assert asked.about == "x" * LIMIT


def test_what_is_typed_meanwhile_is_told_and_the_question_comes_back() -> None:
    taken = step(library(), after(STORY, forwarded(WORDS)), said("Dit schreef mijn zus aan mij.", message="8"))
    assert taken.interview is not None
    assert taken.interview.answer("verhaal").parts == (Part("Dit schreef mijn zus aan mij.", "8"),)
    assert (taken.interview.aside, taken.interview.about) == (FORWARDED, WORDS)
    assert [reply.text for reply in taken.replies] == [FORWARDED]


def test_the_number_of_a_person_waits_nowhere() -> None:
    asked = after(STORY, forwarded("Mijn BSN is 111222333, stuur op."))
    assert "111222333" not in asked.about


def test_a_crisis_in_words_of_another_is_answered_and_they_are_not_kept() -> None:
    taken = step(library(), STORY, forwarded("Ik wil niet meer leven."))
    assert taken.replies[-1].text == "CRISIS"
    assert taken.interview is not None
    assert taken.interview.answers == STORY.answers


@pytest.mark.parametrize("question", ["titel", "gevoel", "nakijken"])
def test_at_other_questions_a_message_that_was_passed_on_is_like_any_other(question: str) -> None:
    here = asking("bewoner", question)
    assert step(library(), here, forwarded(WORDS)) == step(library(), here, said(WORDS, message="7"))


def test_a_command_that_was_passed_on_is_a_command() -> None:
    assert after(STORY, forwarded("/stop")).aside == "ALG.stop"
