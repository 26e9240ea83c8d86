"""The sets that are shipped, to their last button: every option can be tapped and typed, every prompt is reached."""

from dataclasses import replace

import pytest

from dialogs.engine import step
from dialogs.interview import Interview, Part
from dialogs.path import options, path, place
from dialogs.prompt import prompt, story_prompt
from dialogs.questions import PAIR, AnyOption, ClosedQuestion, Prompt, StoryQuestion, TriadQuestion, is_pair
from dialogs.replies import AskTap, DoorTap
from dialogs.texts import plain
from tests.dialogs.situations import STORY, after, agreed, asked, asking, chosen, opened, said, situation, tapping
from tests.talk.world import library

SETS = ("bewoner", "medewerker", "professional")
CLOSED = [
    (set_id, question.id)
    for set_id in SETS
    for question in library().sets[set_id, 1].questions
    if isinstance(question, ClosedQuestion)
]
TIMES = ("verleden", "heden", "toekomst")
ROUND = 5
"""More than the prompts that go round in any set."""


def closed(set_id: str, question_id: str) -> ClosedQuestion:
    """A question with options."""
    question = library().sets[set_id, 1].question(question_id)
    assert isinstance(question, ClosedQuestion)
    return question


def before(set_id: str, question_id: str, option: AnyOption) -> Interview:
    """An interview in which this option is on the screen."""
    interview = asking(set_id, question_id)
    return tapping(interview, PAIR) if is_pair(option) else interview


def is_chosen(interview: Interview, question_id: str, option: AnyOption) -> bool:
    """Whether this option was chosen and led on."""
    if option.leads_to:
        return interview.question_set == option.leads_to
    answer = interview.answer(question_id)
    return (answer.option, answer.done, answer.parts) == (option.id, True, ())


@pytest.mark.parametrize(("set_id", "question_id"), CLOSED)
def test_every_option_can_be_tapped(set_id: str, question_id: str) -> None:
    for option in closed(set_id, question_id).options:
        interview = before(set_id, question_id, option)
        taken = step(library(), interview, chosen(AskTap(interview.tag, question_id, option.id)))
        assert taken.accepted
        assert taken.interview is not None
        assert is_chosen(taken.interview, question_id, option), option.id
        assert asked(taken.interview).id != question_id


@pytest.mark.parametrize(("set_id", "question_id"), CLOSED)
def test_every_option_can_be_typed_by_its_label_and_by_each_word_for_it(set_id: str, question_id: str) -> None:
    typed = [
        (form, option)
        for option in closed(set_id, question_id).options
        for name in (option.label, *option.words)
        for form in (name, name.upper(), f"  {name}. ")
    ]
    missed = [
        form
        for form, option in typed
        if not is_chosen(after(before(set_id, question_id, option), said(form)), question_id, option)
    ]
    assert missed == []


@pytest.mark.parametrize(("set_id", "question_id"), CLOSED)
def test_every_number_within_the_bounds_of_an_option_means_that_option(set_id: str, question_id: str) -> None:
    bounded = [(option, option.numbers) for option in closed(set_id, question_id).options if option.numbers]
    for option, (least, most) in bounded:
        for number in (least, most):
            interview = after(asking(set_id, question_id), said(str(number)))
            assert interview.answer(question_id).option == option.id


@pytest.mark.parametrize(
    ("set_id", "question_id"), [pair for pair in CLOSED if isinstance(closed(*pair), TriadQuestion)]
)
def test_two_of_these_can_be_typed(set_id: str, question_id: str) -> None:
    interview = asking(set_id, question_id)
    assert after(interview, said("twee van deze")) == tapping(interview, PAIR)


@pytest.mark.parametrize("start", [*SETS, *TIMES])
def test_every_prompt_is_reached(start: str) -> None:
    interview = _before_telling(start)
    wanted = {item.text for item in _prompts(interview)}
    assert wanted == _reached(interview)


def test_every_prompt_of_the_staff_is_for_one_time() -> None:
    texts = [item.text for time in TIMES for item in _prompts(_before_telling(time))]
    assert sorted(texts) == sorted(item.text for item in _story("medewerker").prompts)


@pytest.mark.parametrize(
    ("set_id", "block", "total"),
    [("bewoner", "kern", 8), ("bewoner", "extra", 3), ("medewerker", "kern", 8), ("professional", "kern", 8)],
)
def test_questions_are_counted_from_the_first_to_the_last(set_id: str, block: str, total: int) -> None:
    together = [question for question in library().sets[set_id, 1].questions if question.block == block]
    counter = library().sets[set_id, 1].blocks[block].counter
    for n, question in enumerate(together, 1):
        reply = prompt(library(), asking(set_id, question.id))
        assert plain(counter, {"n": str(n), "m": str(total)}) in plain(reply.template, reply.values).split("\n")
    assert len(together) == total


def test_the_extra_questions_do_not_change_how_the_others_are_counted() -> None:
    extra = replace(asking("bewoner", "gevoel"), voluntary=True)
    counted = place(library().of(extra), extra, asked(extra))
    assert counted is not None
    assert (counted.n, counted.m) == (1, 8)


@pytest.mark.parametrize("time", TIMES)
def test_the_time_that_staff_choose_decides_how_the_story_is_asked(time: str) -> None:
    interview = tapping(asking("medewerker", "keuze"), time)
    assert [item.id for item in _prompts(interview)] == [time, f"{time}_2"]
    assert story_prompt(_story("medewerker"), interview).id == time


def test_another_time_keeps_the_words_that_were_told() -> None:
    reviewed = asking("medewerker", "nakijken")
    again = _reopened(reviewed, "keuze")
    changed = tapping(again, "toekomst")
    assert asked(changed).id == "nakijken"
    assert changed.answer("keuze").option == "toekomst"
    assert changed.answer("verhaal") == reviewed.answer("verhaal")
    assert changed.keeping(set(changed.answers) - {"keuze"}) == reviewed.keeping(set(reviewed.answers) - {"keuze"})


def test_staff_who_choose_staying_go_on_in_the_other_set() -> None:
    interview = asking("medewerker", "keuze")
    moved = tapping(interview, "blijven")
    assert (moved.question_set, moved.version) == ("professional", 1)
    assert (moved.consent, moved.role, moved.link) == (interview.consent, "buurtteam", interview.link)
    assert (moved.id, moved.teller, moved.tag) == (interview.id, interview.teller, interview.tag)
    assert asked(moved).id == "verhaal"
    assert moved.answers == {}


def test_words_that_were_told_go_along_to_the_other_set() -> None:
    told = _reopened(after(tapping(asking("medewerker", "keuze"), "heden"), said(STORY, message="4")), "keuze")
    moved = tapping(told, "blijven")
    assert moved.answer("verhaal").parts == (Part(STORY, "4"),)
    assert moved.answer("verhaal").prompt is None
    assert set(moved.answers) == {"verhaal"}
    finished = tapping(moved, "klaar")
    assert asked(finished).id == "titel"


def test_the_other_set_can_be_told_to_its_end() -> None:
    moved = tapping(asking("medewerker", "keuze"), "blijven")
    named = [question.id for question in path(library().of(moved), moved)]
    assert named == [question.id for question in library().sets["professional", 1].questions]


@pytest.mark.parametrize("role", ["organisatie", "gemeente", ""])
def test_only_who_works_at_a_buurtteam_is_asked_about_staying(role: str) -> None:
    interview = agreed("medewerker", role)
    assert [option.id for option in options(closed("medewerker", "keuze"), interview)] == list(TIMES)
    forged = step(library(), interview, chosen(AskTap(interview.tag, "keuze", "blijven")))
    assert (forged.interview, forged.accepted) == (interview, False)
    typed = after(interview, said("Over blijven of weggaan"))
    assert (typed.question_set, typed.answer("keuze").option) == ("medewerker", None)


def test_whoever_says_who_they_are_keeps_that_role() -> None:
    for role, set_id in [(role, item.id) for item in library().sets.values() for role in item.roles]:
        door = step(library(), None, chosen(situation("ALG.rol").tap(role)))
        yes = next(button.tap for button in door.replies[-1].buttons if button.label.startswith("✅"))
        begun = step(library(), None, chosen(yes)).interview
        assert begun is not None
        assert (begun.question_set, begun.role) == (set_id, role)


@pytest.mark.parametrize("set_id", SETS)
def test_a_link_with_its_letter_leads_to_a_set(set_id: str) -> None:
    questions = library().sets[set_id, 1]
    link = f"{questions.letter}-noord"
    door = step(library(), None, opened(link)).replies[-1]
    assert door.text == questions.consent
    offers = [button.tap.offer for button in door.buttons if isinstance(button.tap, DoorTap)]
    assert {(offer.letter, offer.version, offer.link) for offer in offers} == {(questions.letter, 1, link)}


def _before_telling(start: str) -> Interview:
    return tapping(asking("medewerker", "keuze"), start) if start in TIMES else asking(start, "verhaal")


def _story(set_id: str) -> StoryQuestion:
    question = library().sets[set_id, 1].question("verhaal")
    assert isinstance(question, StoryQuestion)
    return question


def _prompts(interview: Interview) -> list[Prompt]:
    said_at = interview.answer("keuze").option
    every = _story(interview.question_set).prompts
    return [item for item in every if item.when is None or said_at in item.when.options]


def _reached(interview: Interview) -> set[str]:
    """The words of all prompts that the buttons lead to."""
    seen: set[str] = set()
    for _ in range(ROUND):
        reply = prompt(library(), interview)
        own = [button.tap.option for button in reply.buttons if isinstance(button.tap, AskTap)]
        further = (tapping(interview, option) for option in own if option != "anders")
        seen |= {reply.template, *(prompt(library(), other).template for other in further)}
        interview = tapping(interview, "anders")
    return seen


def _reopened(interview: Interview, question_id: str) -> Interview:
    return interview.having(replace(interview.answer(question_id), done=False))
