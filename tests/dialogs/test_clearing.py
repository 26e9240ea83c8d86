"""Taking the conversation from the screen: asked once, and what was told stays as it is."""

import pytest

from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Interview
from dialogs.prompt import prompt
from dialogs.replies import PlainTap, Step
from tests.dialogs.situations import after, asking, chosen, commanded, said, situation
from tests.talk.world import library

TELLING = after(asking("bewoner", "verhaal"), said("Ik ging naar het Buurtteam."))
DRAFTS = [None, asking("bewoner", "gevoel"), TELLING]


def texts(taken: Step) -> list[str]:
    """The ids of what is said."""
    return [reply.text for reply in taken.replies]


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("way", ["/leegmaken", "maak leeg", "Gesprek leegmaken"])
def test_it_is_asked_first_and_nothing_is_gone_yet(draft: Interview | None, way: str) -> None:
    taken = step(library(), draft, said(way))
    assert taken.interview == draft
    assert texts(taken) == ["ALG.leeg_concept" if draft else "ALG.leeg"]
    assert [button.tap for button in taken.replies[0].buttons] == [PlainTap("leeg_ja"), PlainTap("leeg_nee")]
    assert not any(reply.clears or reply.wipes for reply in taken.replies)


@pytest.mark.parametrize("draft", DRAFTS)
def test_with_ja_all_goes_from_the_screen_and_the_question_comes_back(draft: Interview | None) -> None:
    asked = step(library(), draft, commanded(Command.CLEAR))
    for way in (chosen(PlainTap("leeg_ja")), said("ja", screen=asked.screen(()))):
        taken = step(library(), asked.interview, way)
        assert taken.interview == draft
        assert taken.replies[0].text == "ALG.leeg_klaar"
        assert [reply.clears for reply in taken.replies] == [True, *([False] if draft else [])]
        assert taken.replies[1:] == ((prompt(library(), draft),) if draft else ())


@pytest.mark.parametrize("draft", DRAFTS)
def test_with_nee_all_stays(draft: Interview | None) -> None:
    taken = step(library(), draft, chosen(PlainTap("leeg_nee")))
    assert taken.interview == draft
    assert taken.replies[0].text == "ALG.leeg_niet"
    assert not any(reply.clears for reply in taken.replies)


def test_from_the_thanks_the_screen_can_be_emptied() -> None:
    assert texts(step(library(), None, chosen(situation("ALG.dank").tap("leeg")))) == ["ALG.leeg"]


@pytest.mark.parametrize("draft", DRAFTS)
def test_of_a_message_that_is_wiped_it_is_known_what_to_say_if_it_had_to_stay(draft: Interview | None) -> None:
    taken = step(library(), draft, chosen(PlainTap("wis", "7")))
    [wiped] = taken.replies
    assert (wiped.text, wiped.wipes) == ("INV.gewist", ("7",))
    assert wiped.otherwise == library().text("INV.niet_gewist").text


@pytest.mark.parametrize("draft", DRAFTS)
def test_whoever_wants_everything_gone_is_asked_what_that_is(draft: Interview | None) -> None:
    taken = step(library(), draft, said("verwijder alles"))
    assert texts(taken) == (["ALG.stop"] if draft else ["ALG.verwijderen"])


def test_in_a_story_the_same_words_are_the_story() -> None:
    taken = step(library(), TELLING, said("Toen moest ik het huis leegmaken en alles weg doen."))
    assert taken.interview is not None
    assert "leegmaken" in taken.interview.answer("verhaal").text
