"""How questions follow one another: skipped or not, more asked or not, other prompts, extra questions."""

import pytest

from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Interview
from dialogs.path import current, in_pair_step, path
from dialogs.prompt import DONE, FEW_WORDS, ask, prompt, story_prompt
from dialogs.questions import PAIR, SKIP, StoryQuestion, comes_after_story
from dialogs.replies import AskTap
from dialogs.texts import plain
from tests.dialogs.situations import (
    after,
    agreed,
    asked,
    asking,
    chosen,
    commanded,
    helped,
    named,
    onward,
    said,
    tapping,
)
from tests.talk.world import library

SETS = ("bewoner", "medewerker", "professional")
SHORT = "Ik ging naar het Buurtteam toe."


OPTIONAL = [
    (questions.id, question.id)
    for questions in library().sets.values()
    for question in questions.questions
    if not question.required
]


@pytest.mark.parametrize(("question_set", "question"), OPTIONAL)
def test_every_question_that_is_not_required_can_be_skipped(question_set: str, question: str) -> None:
    interview = asking(question_set, question)
    assert prompt(library(), interview).buttons[-1].tap == AskTap(interview.tag, question, SKIP)
    for skipped in (tapping(interview, SKIP), after(interview, commanded(Command.SKIP)), after(interview, said(SKIP))):
        assert skipped.answer(question).skipped
        assert skipped.answer(question).option is None
        assert asked(skipped).id != question


@pytest.mark.parametrize("question_set", SETS)
def test_what_is_required_cannot_be_skipped(question_set: str) -> None:
    required = [item.id for item in library().sets[question_set, 1].questions if item.required]
    assert required[-2:] == ["verhaal", "nakijken"]
    for question in required:
        interview = asking(question_set, question)
        skipped = step(library(), interview, commanded(Command.SKIP))
        assert skipped.interview == interview
        assert skipped.replies[0].text == "ALG.moet"
        assert SKIP not in _offered(interview)


@pytest.mark.parametrize("question_set", SETS)
def test_every_question_comes_by_and_is_asked_in_its_own_words(question_set: str) -> None:
    interview = agreed(question_set)
    come_by = [asked(interview).id]
    while (question := asked(interview)).kind != "review" or "extra" in _offered(interview):
        interview = tapping(interview, "extra") if question.kind == "review" else onward(interview)
        come_by.append(asked(interview).id)
    asked_here = [item for item in library().sets[question_set, 1].questions if not item.when or not item.when.helped]
    assert set(come_by) == {question.id for question in asked_here}


def test_where_somebody_helps_it_is_asked_who_held_the_phone_and_who_chose() -> None:
    interview, come_by = helped(), []
    while asked(interview).kind != "review":
        interview = onward(interview)
        come_by.append(asked(interview).id)
    assert come_by[-3:] == ["toestel", "gekozen", "nakijken"]
    assert {"toestel", "gekozen"} & set(asking("bewoner", "nakijken").answers) == set()


def test_the_second_step_of_a_triad_is_not_counted_as_a_question() -> None:
    between = tapping(asking("bewoner", "tijd"), PAIR)
    assert "4 van 8" in _words(between)
    assert "Welke twee?" in _words(between)
    assert in_pair_step(asked(between), between)
    assert "5 van 8" in _words(tapping(between, "BC"))


def test_how_many_questions_there_are_is_told_once() -> None:
    first = asking("bewoner", "gevoel")
    assert "Nu 8 korte vragen." in _words(first)
    assert "Nu 8 korte vragen." not in _words(after(first, said("Dat is moeilijk te zeggen eigenlijk")))
    assert "Nu twee vragen over uzelf." in _words(asking("bewoner", "stadsdeel"))
    assert "Nu twee vragen over uzelf." not in _words(asking("bewoner", "leeftijd"))


def test_a_prompt_takes_the_place_of_the_one_before_it() -> None:
    interview = agreed("bewoner")
    for option in ("anders", "geen_contact"):
        taken = step(library(), interview, chosen(AskTap(interview.tag, "verhaal", option)))
        assert [reply.in_place for reply in taken.replies] == [True]


def test_the_prompts_go_round() -> None:
    interview = agreed("bewoner")
    assert _shown(interview) == "contact"
    assert _shown(tapping(interview, "anders")) == "onvergetelijk"
    assert _shown(tapping(tapping(interview, "anders"), "anders")) == "hulp_zoeken"
    assert _shown(tapping(tapping(tapping(interview, "anders"), "anders"), "anders")) == "contact"
    assert _shown(tapping(tapping(interview, "geen_contact"), "anders")) == "contact"


@pytest.mark.parametrize(("words", "follows"), [(24, True), (25, False), (3, True), (500, False)])
def test_a_resident_with_a_short_story_is_asked_for_more(words: int, follows: bool) -> None:
    told = tapping(after(agreed("bewoner"), said("woord " * words)), DONE)
    assert (asked(told).id == "verhaal") is follows
    assert ("Hoe ging het verder?" in _words(told)) is follows


@pytest.mark.parametrize("question_set", SETS)
def test_a_story_of_two_words_gets_another_question(question_set: str) -> None:
    told = tapping(after(asking(question_set, "verhaal"), said("Ging goed")), DONE)
    assert prompt(library(), told).text == "INV.te_kort"
    assert asked(tapping(told, DONE)).id == "titel"
    enough = tapping(after(asking(question_set, "verhaal"), said("Het ging best goed")), DONE)
    assert prompt(library(), enough).text != "INV.te_kort"
    assert FEW_WORDS == 2


@pytest.mark.parametrize("more", [(), ("Meer is er niet.",), ("Toen.", "En toen.", "En daarna nog iets.")])
def test_more_is_asked_at_most_once(more: tuple[str, ...]) -> None:
    interview = tapping(after(agreed("bewoner"), said(SHORT)), DONE)
    assert "Hoe ging het verder?" in _words(interview)
    for words in more:
        interview = after(interview, said(words))
        assert prompt(library(), interview).text == "ALG.meer"
    done = tapping(interview, DONE)
    assert asked(done).id == "titel"
    assert done.answer("verhaal").text == "\n".join((SHORT, *more))


def test_words_that_were_added_in_the_review_lead_to_no_more_questions() -> None:
    interview = tapping(tapping(after(agreed("bewoner"), said(SHORT)), DONE), DONE)
    while asked(interview).kind != "review":
        interview = onward(interview)
    adding = tapping(tapping(tapping(interview, "veranderen"), "verhaal"), "erbij")
    done = after(after(adding, said("En toen.")), commanded(Command.DONE))
    assert asked(done).kind == "review"
    assert done.answer("verhaal").text == f"{SHORT}\nEn toen."


def test_a_story_is_not_done_without_words() -> None:
    interview = agreed("bewoner")
    done = step(library(), interview, commanded(Command.DONE))
    assert done.interview == interview
    assert done.replies == (prompt(library(), interview),)


@pytest.mark.parametrize("question_set", SETS)
def test_the_extra_questions_are_offered_only_where_there_are_some(question_set: str) -> None:
    review = asking(question_set, "nakijken")
    assert ("extra" in _offered(review)) is (question_set == "bewoner")


def test_the_extra_questions_are_offered_once() -> None:
    interview = tapping(asking("bewoner", "nakijken"), "extra")
    come_by = []
    while asked(interview).kind != "review":
        come_by.append(asked(interview).id)
        interview = onward(interview)
    assert come_by == ["wie", "samen", "contact"]
    assert "extra" not in _offered(interview)


@pytest.mark.parametrize("question_set", SETS)
def test_buttons_of_questions_that_are_done_do_nothing(question_set: str) -> None:
    review = asking(question_set, "nakijken")
    for question in path(library().of(review), review)[:-1]:
        for button in ask(library(), review, question).buttons:
            taken = step(library(), review, chosen(button.tap))
            assert taken.interview == review
            assert not taken.accepted
            assert taken.notice is not None
    assert current(library().of(review), review).id == "nakijken"


def _offered(interview: Interview) -> list[str]:
    return [named(button.tap) for button in prompt(library(), interview).buttons]


def _words(interview: Interview) -> str:
    reply = prompt(library(), interview)
    return plain(reply.template, reply.values)


def _shown(interview: Interview) -> str:
    question = asked(interview)
    assert isinstance(question, StoryQuestion)
    return story_prompt(question, interview).id


@pytest.mark.parametrize(
    ("question_set", "before"),
    [("bewoner", ["verhaal"]), ("medewerker", ["keuze", "verhaal"]), ("professional", ["verhaal"])],
)
def test_what_comes_up_to_the_story_and_what_after(question_set: str, before: list[str]) -> None:
    questions = library().newest(question_set)
    assert questions
    assert [item.id for item in questions.questions if not comes_after_story(questions, item.id)] == before
    with pytest.raises(KeyError):
        comes_after_story(questions, "bestaat_niet")
