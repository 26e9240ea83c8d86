"""Questions that people ask the bot: a fixed answer, and the question that stood open; a story keeps them too."""

import pytest

from dialogs.asking import GROUP, answer_to
from dialogs.engine import step
from dialogs.interview import Part
from dialogs.prompt import prompt
from tests.dialogs.situations import STORY, after, asking, said, situation
from tests.talk.world import library

ANSWERS = [text for text in library().texts.values() if text.id.startswith(GROUP)]
ASKED = [(text.id, way) for text in ANSWERS for way in text.asked]


@pytest.mark.parametrize(("text_id", "way"), ASKED)
def test_every_way_to_ask_leads_to_its_answer_however_it_is_typed(text_id: str, way: str) -> None:
    for typed in (way, way.capitalize() + "?", way.upper() + "!", f"hallo, {way} eigenlijk?", f"en {way}??"):
        answer = answer_to(library(), typed)
        assert answer is not None, typed
        assert answer.text == text_id


@pytest.mark.parametrize(
    ("typed", "text_id"),
    [
        ("wie leest dti?", "VRAAG.lezen"),
        ("Wie leest mijn verhaal eigenlijk", "VRAAG.lezen"),
        ("kunt u mij belen", "VRAAG.bellen"),
        ("hoe lang duurt ditt", "VRAAG.duur"),
    ],
)
def test_a_slip_is_forgiven(typed: str, text_id: str) -> None:
    answer = answer_to(library(), typed)
    assert answer is not None
    assert answer.text == text_id


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "?",
        "wie",
        "dit",
        "Ik had een klacht over de gemeente",
        "Toen vroeg ik wie leest dit allemaal en niemand wist het",
        "Hij zei: wie ben jij en wat doe je hier",
        "Zij belde mij terug",
        "Ik heb gebeld met het Buurtteam",
        STORY,
    ],
)
def test_words_that_are_a_story_are_no_question(typed: str) -> None:
    assert answer_to(library(), typed) is None


@pytest.mark.parametrize("place", [("bewoner", "titel"), ("bewoner", "gevoel"), ("bewoner", "nakijken")])
def test_in_an_interview_the_answer_comes_and_then_the_question_again(place: tuple[str, str]) -> None:
    here = asking(*place)
    taken = step(library(), here, said("wie leest dit?", message="7"))
    assert taken.interview == here
    assert [reply.text for reply in taken.replies] == ["VRAAG.lezen", prompt(library(), here).text]


@pytest.mark.parametrize("before", [(), ("Ik ging naar het Buurtteam.",), ("Ik ging erheen.", "En toen?")])
def test_where_a_story_is_told_the_answer_comes_and_the_words_are_kept_as_well(before: tuple[str, ...]) -> None:
    telling = asking("bewoner", "verhaal")
    for words in before:
        telling = after(telling, said(words))
    taken = step(library(), telling, said("is dit anoniem?", message="8"))
    assert taken.interview is not None
    assert taken.interview.answer("verhaal").parts == (*telling.answer("verhaal").parts, Part("is dit anoniem?", "8"))
    assert [reply.text for reply in taken.replies] == ["VRAAG.naam", "ALG.meer"]
    assert taken.replies[-1] == prompt(library(), taken.interview)


def test_a_question_for_which_a_story_has_no_room_is_answered_and_that_is_said() -> None:
    full = after(asking("bewoner", "verhaal"), said("w" * 8000))
    taken = step(library(), full, said("wie leest dit?"))
    assert [reply.text for reply in taken.replies] == ["VRAAG.lezen", "INV.te_lang"]


@pytest.mark.parametrize("place", ["ALG.rol", "ALG.toestemming", "HELP.start"])
def test_before_consent_the_answer_comes_and_then_the_question_again(place: str) -> None:
    here = situation(place)
    taken = step(library(), None, said("wie leest dit?", screen=here.screen))
    assert taken.interview is None
    assert [reply.text for reply in taken.replies] == ["VRAAG.lezen", place]
    assert taken.replies[-1].buttons == here.screen


def test_no_way_to_ask_leads_to_two_answers() -> None:
    ways = [way for _, way in ASKED]
    assert len(ways) == len(set(ways)) >= 40
