"""A message that was passed on: it is asked whose words these are, and those of another are not kept."""

from dataclasses import replace

import pytest

from dialogs.engine import step
from dialogs.events import Command, Said
from dialogs.interview import CUT_AT, FORWARDED, Interview, Part, Status
from dialogs.prompt import prompt
from dialogs.replies import AskTap, Step
from tests.dialogs.situations import after, asking, chosen, commanded, said, tapping
from tests.talk.world import library

STORY = asking("bewoner", "verhaal")
WORDS = "Gisteren ging ik met mijn brieven naar het Buurtteam."


def asked_about(words: str) -> Interview:
    """The interview in which it is asked whose these words are."""
    return replace(STORY, waiting=words).asking(None)


def forwarded(text: str) -> Said:
    """A message that was passed on."""
    return replace(said(text, message="7"), forwarded=True)


def test_it_is_asked_whose_words_these_are_and_nothing_is_kept_yet() -> None:
    taken = step(library(), STORY, forwarded(WORDS))
    assert taken.interview == asked_about(WORDS)
    assert [reply.text for reply in taken.replies] == [FORWARDED]
    assert WORDS not in str(taken.replies)


def test_ones_own_words_are_told() -> None:
    told = tapping(after(STORY, forwarded(WORDS)), "ja")
    assert told.answer("verhaal").parts == (Part(WORDS),)
    assert (told.aside, told.waiting) == (None, "")
    assert prompt(library(), told).text == "ALG.meer"


@pytest.mark.parametrize("typed", ["nee", "Nee, ik typ het zelf", "2"])
def test_the_words_of_another_are_not_kept(typed: str) -> None:
    assert step(library(), after(STORY, forwarded(WORDS)), said(typed)) == Step(STORY, (prompt(library(), STORY),))


@pytest.mark.parametrize("command", [Command.HELP, Command.PAUSE, Command.STOP, Command.NOW, Command.WITHDRAW])
def test_another_question_comes_before_it_and_then_it_is_asked_again(command: Command) -> None:
    asked = after(STORY, forwarded(WORDS))
    aside = after(asked, commanded(command))
    assert (aside.aside != FORWARDED, aside.waiting) == (True, WORDS)
    assert after(aside, commanded(Command.BACK)) == asked
    assert after(asked, commanded(Command.ON)) == asked


def test_of_several_messages_it_is_asked_once() -> None:
    asked = after(STORY, forwarded(WORDS))
    again = step(library(), asked, forwarded("En toen?"))
    assert again == Step(asked_about(f"{WORDS}\nEn toen?"))
    assert tapping(again.interview or STORY, "ja").answer("verhaal").text == f"{WORDS}\nEn toen?"


def test_when_more_waits_than_a_story_can_hold_that_is_said() -> None:
    asked = STORY
    for sign in "xyz":
        asked = after(asked, forwarded(sign * CUT_AT))
    buttons = prompt(library(), asked).buttons
    taken = step(library(), asked, chosen(buttons[0].tap))
    assert [reply.text for reply in taken.replies] == ["INV.te_lang"]
    assert taken.interview is not None
    assert len(taken.interview.answer("verhaal").text) == 8000


def test_at_another_question_it_is_asked_as_well() -> None:
    title = asking("bewoner", "titel")
    taken = step(library(), title, forwarded("Lieve mama"))
    assert [reply.text for reply in taken.replies] == [FORWARDED]
    assert tapping(taken.interview or title, "ja").answer("titel").text == "Lieve mama"


def test_what_is_typed_meanwhile_is_told_and_the_question_comes_back() -> None:
    taken = step(library(), after(STORY, forwarded(WORDS)), said("Dit schreef mijn zus aan mij.", message="8"))
    assert taken.interview is not None
    assert taken.interview.answer("verhaal").parts == (Part("Dit schreef mijn zus aan mij.", "8"),)
    assert (taken.interview.aside, taken.interview.waiting) == (FORWARDED, WORDS)
    assert [reply.text for reply in taken.replies] == [FORWARDED]


def test_the_number_of_a_person_waits_nowhere() -> None:
    asked = after(STORY, forwarded("Mijn BSN is 111222333, stuur op."))
    assert "111222333" not in asked.waiting


def test_a_crisis_in_words_of_another_is_answered_and_they_are_not_kept() -> None:
    taken = step(library(), STORY, forwarded("Ik wil niet meer leven."))
    assert taken.replies[-1].text == "CRISIS"
    assert taken.interview is not None
    assert taken.interview.answers == STORY.answers
    assert tapping(taken.interview, "verder").aside == FORWARDED


def test_at_the_review_a_message_that_was_passed_on_is_like_any_other() -> None:
    here = asking("bewoner", "nakijken")
    assert step(library(), here, forwarded(WORDS)) == step(library(), here, said(WORDS, message="7"))


def test_beside_a_button_ones_own_words_are_a_remark() -> None:
    asked = after(asking("bewoner", "gevoel"), forwarded(WORDS))
    assert asked.aside == FORWARDED
    told = step(library(), asked, said("ja"))
    assert told.interview is not None
    assert told.interview.answer("gevoel").text == WORDS
    assert [reply.text for reply in told.replies] == ["INV.tekst_bij_knop", "bewoner/1/gevoel"]


def test_after_an_answer_to_the_question_below_it_is_asked_again() -> None:
    asked = after(asking("bewoner", "gevoel"), forwarded(WORDS))
    taken = step(library(), asked, chosen(AskTap(asked.tag, "gevoel", "blij")))
    assert taken.interview is not None
    assert (taken.interview.answer("gevoel").option, taken.interview.waiting) == ("blij", WORDS)
    assert [reply.text for reply in taken.replies] == [FORWARDED]


@pytest.mark.parametrize("aside", ["ALG.stop", "ALG.hulp", "CRISIS", "ALG.verwijderen"])
def test_in_another_question_it_is_asked_as_well(aside: str) -> None:
    taken = step(library(), STORY.asking(aside), forwarded(WORDS))
    assert taken == Step(asked_about(WORDS), (prompt(library(), asked_about(WORDS)),))


@pytest.mark.parametrize(("aside", "option"), [("ALG.stop", "ja"), ("ALG.pauze", "weg"), ("ALG.jong", "ja")])
def test_with_the_draft_the_words_go_too(aside: str, option: str) -> None:
    gone = tapping(replace(STORY, waiting=WORDS).asking(aside), option)
    assert (gone.status, gone.waiting, gone.aside) == (Status.DROPPED, "", None)


def test_a_story_that_is_sent_has_no_words_that_wait() -> None:
    review = replace(asking("bewoner", "nakijken"), waiting=WORDS).asking(None)
    sent = after(review, chosen(AskTap(review.tag, "nakijken", "verstuur_wel")))
    assert (sent.status, sent.waiting, sent.aside) == (Status.SENT, "", None)


def test_the_number_of_a_person_that_was_passed_on_in_two_messages_is_not_kept() -> None:
    asked = after(after(STORY, forwarded("Mijn BSN is 11122")), forwarded("2333, zei ik."))
    assert "2333" not in tapping(asked, "ja").answer("verhaal").text


def test_a_command_that_was_passed_on_is_a_command() -> None:
    assert after(STORY, forwarded("/stop")).aside == "ALG.stop"
