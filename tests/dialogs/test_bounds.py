"""However much is typed or changed, in however many messages: nothing is left out without a word about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.engine import step
from dialogs.events import Edited
from dialogs.interview import Interview
from dialogs.prompt import prompt
from dialogs.replies import Step
from dialogs.telling import REMARK_LIMIT
from dialogs.texts import plain
from tests.dialogs.situations import AT, FRESH, after, asked, asking, chosen, said, tapping
from tests.talk.world import library

BOUND = 8000
REMARK = "Dat vind ik heel moeilijk om te kiezen, want het was van alles wat."


def told(*messages: str) -> Interview:
    """A resident's interview with these messages as the story, numbered from 1."""
    interview = asking("bewoner", "verhaal")
    for number, text in enumerate(messages, 1):
        interview = after(interview, said(text, message=str(number)))
    return interview


def say(interview: Interview, text: str) -> Step:
    """What follows when this is typed."""
    return step(library(), interview, said(text))


def edit(interview: Interview, message: str, text: str) -> Step:
    """What follows when an earlier message is changed."""
    return step(library(), interview, Edited(at=AT, channel="test", fresh=FRESH, text=text, message=message))


def following(taken: Step) -> Interview:
    """The interview as it is now."""
    assert taken.interview is not None
    return taken.interview


def story(taken: Step) -> str:
    """The words that are kept as the story."""
    return following(taken).answer("verhaal").text


def test_a_story_may_come_in_two_hundred_short_messages() -> None:
    messages = [f"Toen gebeurde er dit: {number}." for number in range(200)]
    interview, replies = told(), 0
    for message in messages:
        taken = say(interview, message)
        interview, replies = following(taken), replies + len(taken.replies)
    assert [part.text for part in interview.answer("verhaal").parts] == messages
    assert replies == 1
    assert asked(tapping(interview, "klaar")).id == "titel"


def test_a_story_up_to_the_bound_is_kept_whole() -> None:
    taken = say(told("x" * 4000), "y" * (BOUND - 4000 - 1))
    assert story(taken) == "x" * 4000 + "\n" + "y" * 3999
    assert taken.replies == ()


def test_the_message_that_goes_over_the_bound_is_cut_and_the_teller_is_thanked_and_told() -> None:
    taken = say(told("x" * 4000, "y" * 3990), "Dit past niet meer helemaal.")
    assert story(taken) == "x" * 4000 + "\n" + "y" * 3990 + "\nDit past"
    words = plain(taken.replies[0].template, taken.replies[0].values)
    assert words == (
        "Dat is een lang verhaal. Dank u wel!\nIk bewaar de eerste 8000 tekens. De rest past niet.\nTik nu op Klaar."
    )


def test_each_message_to_a_full_story_hears_that_it_does_not_fit() -> None:
    full = told("x" * BOUND)
    for _ in range(3):
        taken = say(full, "Nog iets.")
        assert (taken.interview, _texts(taken)) == (full, ["INV.te_lang"])
        assert [button.label for button in taken.replies[0].buttons] == ["✅ Klaar"]
        assert after(full, chosen(taken.replies[0].buttons[0].tap)) == tapping(full, "klaar")
    assert asked(tapping(tapping(full, "klaar"), "klaar")).id == "titel"


@pytest.mark.parametrize("question_set", ["bewoner", "medewerker", "professional"])
def test_whoever_adds_to_a_full_story_is_not_asked_what_happened_next(question_set: str) -> None:
    interview = after(asking(question_set, "verhaal"), said("woord " * (BOUND // 6) + "vol"))
    while asked(interview).id == "verhaal":
        interview = tapping(interview, "klaar")
    while asked(interview).id != "nakijken":
        interview = tapping(interview, "overslaan")
    for option in ("veranderen", "verhaal", "erbij"):
        interview = tapping(interview, option)
    taken = say(interview, "En dan nog iets.")
    assert _texts(taken) == ["INV.te_lang"]
    assert asked(after(interview, chosen(taken.replies[0].buttons[0].tap))).id == "nakijken"


@given(st.lists(st.integers(1, 4000).map(lambda size: "x" * size), max_size=5))
def test_nothing_is_ever_left_out_in_silence(messages: list[str]) -> None:
    interview = told()
    for message in messages:
        before = interview.answer("verhaal").text
        whole = f"{before}\n{message}" if before else message
        taken = say(interview, message)
        assert story(taken) == whole[:BOUND].rstrip()
        assert ("INV.te_lang" in _texts(taken)) == (len(whole) > BOUND)
        interview = following(taken)


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=3), st.integers(1, 9000), st.data())
def test_no_change_makes_a_story_longer_than_its_bound(sizes: list[int], size: int, data: st.DataObject) -> None:
    before = told(*("x" * length for length in sizes)).answer("verhaal")
    part = data.draw(st.sampled_from(before.parts))
    taken = edit(told(*("x" * length for length in sizes)), part.message, "w" * size)
    whole = len(before.text) - len(part.text) + size
    assert len(story(taken)) == min(whole, BOUND)
    assert _texts(taken) == ["INV.te_lang_kort" if whole > BOUND else "INV.bewerkt"]
    assert len(following(taken).answer("verhaal").parts) == len(before.parts)


def test_a_change_in_the_middle_leaves_what_stands_around_it() -> None:
    taken = edit(told("x" * 4000, "y" * 3000, "z" * 900), "2", "w" * 4000)
    assert story(taken) == "x" * 4000 + "\n" + "w" * (BOUND - 4000 - 900 - 2) + "\n" + "z" * 900


def test_full_remarks_are_told_so_each_time_and_the_question_can_still_be_answered() -> None:
    full = after(asking("bewoner", "regels"), said("x" * REMARK_LIMIT))
    for _ in range(3):
        taken = say(full, REMARK)
        assert (taken.interview, _texts(taken)) == (full, ["INV.te_lang_kort", "bewoner/1/regels"])
        assert taken.replies[-1] == prompt(library(), full)
    answered = tapping(full, "50").answer("regels")
    assert (answered.option, answered.text) == ("50", "x" * REMARK_LIMIT)


def test_whoever_goes_on_typing_at_a_button_sees_the_question_every_third_time() -> None:
    interview = asking("bewoner", "regels")
    told_so: list[list[str]] = []
    for _ in range(7):
        taken = say(interview, REMARK)
        interview = following(taken)
        told_so.append(_texts(taken))
    thanks, question = ["INV.tekst_bij_knop"], ["INV.tekst_bij_knop", "bewoner/1/regels"]
    assert told_so == [question, thanks, thanks, question, thanks, thanks, question]
    assert interview.answer("regels").text == "\n".join([REMARK] * 7)


def _texts(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]
