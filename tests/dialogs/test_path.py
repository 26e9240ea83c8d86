"""Which question is asked follows from the answers alone, whatever they are and in whatever order they came."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.interview import Answer, Interview
from dialogs.path import Place, applies, current, in_pair_step, options, path, place, previous, prompts
from dialogs.questions import (
    PAIR,
    ChoiceQuestion,
    Option,
    Prompt,
    Question,
    QuestionSet,
    ReviewQuestion,
    Role,
    StoryQuestion,
    TriadQuestion,
    When,
)
from tests.dialogs.situations import agreed
from tests.talk.world import library

YES_NO = (Option(id="ja", code=1, label="Ja"), Option(id="nee", code=2, label="Nee"))


def closed(name: str, when: When | None = None, block: str | None = None) -> ChoiceQuestion:
    """A question with yes and no."""
    return ChoiceQuestion(kind="choice", id=name, name=name, text=name, options=YES_NO, when=when, block=block)


def on(question: str, option: str = "ja") -> When:
    """Holds if this question got this option."""
    return When(question=question, options=(option,))


REVIEW = ReviewQuestion(kind="review", id="nakijken", name="nakijken")
CHAIN = (
    library()
    .sets["bewoner", 1]
    .model_copy(update={"questions": (closed("a"), closed("b", on("a")), closed("c", on("b")), closed("d"), REVIEW)})
)


def done(question: str, option: str = "ja") -> Answer:
    """An answer that was given."""
    return Answer(question, option=option, done=True)


def begun() -> Interview:
    """An interview of a resident without an answer."""
    return agreed("bewoner")


def ids(questions: QuestionSet, interview: Interview) -> list[str]:
    """The questions that apply, by id."""
    return [question.id for question in path(questions, interview)]


def test_a_question_with_a_condition_applies_only_if_that_holds() -> None:
    assert ids(CHAIN, begun()) == ["a", "d", "nakijken"]
    assert ids(CHAIN, begun().having(done("a"))) == ["a", "b", "d", "nakijken"]
    assert ids(CHAIN, begun().having(done("a"), done("b"))) == ["a", "b", "c", "d", "nakijken"]


def test_an_answer_that_does_not_apply_itself_decides_nothing_further_on() -> None:
    changed = begun().having(done("a", "nee"), done("b"))
    assert ids(CHAIN, changed) == ["a", "d", "nakijken"]


def test_the_first_question_that_is_not_done_is_asked() -> None:
    assert current(CHAIN, begun()).id == "a"
    assert current(CHAIN, begun().having(done("a", "nee"))).id == "d"
    assert current(CHAIN, begun().having(done("d"))).id == "a"


def test_a_question_that_is_opened_again_is_asked_before_all_that_follow() -> None:
    answered = begun().having(done("a"), done("b"), done("c"), done("d"))
    assert current(CHAIN, answered) is REVIEW
    assert current(CHAIN, answered.having(replace(done("b"), done=False))).id == "b"


def test_when_all_is_done_the_last_question_is_asked_again() -> None:
    answered = begun().having(done("a", "nee"), done("d"), done("nakijken"))
    assert current(CHAIN, answered) is REVIEW


def test_a_skipped_question_is_done_and_holds_for_no_condition() -> None:
    skipped = begun().having(Answer("a", skipped=True, done=True))
    assert ids(CHAIN, skipped) == ["a", "d", "nakijken"]
    assert current(CHAIN, skipped).id == "d"


def test_back_leads_to_the_question_before_that_applies() -> None:
    assert previous(CHAIN, begun()) is None
    assert _id(previous(CHAIN, begun().having(done("a", "nee")))) == "a"
    assert _id(previous(CHAIN, begun().having(done("a"), done("b"), done("c")))) == "c"


def test_a_question_is_counted_among_those_of_its_block_that_apply() -> None:
    together = (closed("a", block="kern"), closed("b", on("a"), "kern"), closed("c", block="kern"), REVIEW)
    counted = CHAIN.model_copy(update={"questions": together})
    assert place(counted, begun(), together[2]) == Place(2, 2)
    assert place(counted, begun().having(done("a")), together[2]) == Place(3, 3)
    assert place(counted, begun(), REVIEW) is None


def test_a_voluntary_block_is_asked_only_if_it_is_wanted() -> None:
    bewoner = library().sets["bewoner", 1]
    wanted = ids(bewoner, replace(begun(), voluntary=True))
    assert [name for name in wanted if name not in ids(bewoner, begun())] == ["wie", "samen", "contact"]
    assert wanted[-1] == "nakijken"


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        (None, True),
        (When(), True),
        (on("a"), True),
        (on("a", "nee"), False),
        (on("b"), False),
        (When(question="a", options=("nee", "ja")), True),
        (When(roles=("bewoner",)), True),
        (When(roles=("gemeente", "bewoner")), True),
        (When(roles=("gemeente",)), False),
        (When(question="a", options=("ja",), roles=("gemeente",)), False),
        (When(question="b", options=("ja",), roles=("bewoner",)), False),
        (When(question="a", options=("ja",), roles=("bewoner",)), True),
    ],
)
def test_a_condition_holds_for_answer_and_role_together(when: When | None, *, holds: bool) -> None:
    assert applies(when, begun().having(done("a"))) is holds


def test_a_role_that_is_not_known_is_no_role() -> None:
    assert not applies(When(roles=("buurtteam",)), agreed("medewerker"))


@pytest.mark.parametrize(("role", "shown"), [("buurtteam", True), ("organisatie", False), ("gemeente", False)])
def test_options_for_another_role_are_not_shown(role: Role, *, shown: bool) -> None:
    keuze = library().sets["medewerker", 1].question("keuze")
    assert isinstance(keuze, ChoiceQuestion)
    seen = [option.id for option in options(keuze, agreed("medewerker", role))]
    assert seen == ["verleden", "heden", "toekomst", *(["blijven"] if shown else [])]


def test_a_triad_shows_its_corners_first_and_its_pairs_when_two_are_meant() -> None:
    tijd = library().sets["bewoner", 1].question("tijd")
    assert isinstance(tijd, TriadQuestion)
    half = begun().having(Answer("tijd", option=PAIR))
    assert [option.id for option in options(tijd, begun())] == ["A", "B", "C", "ABC", "past_niet"]
    assert [option.id for option in options(tijd, half)] == ["AB", "AC", "BC"]
    assert not in_pair_step(tijd, begun().having(done("tijd", "AB")))


def test_there_is_always_a_prompt() -> None:
    verhaal = library().sets["medewerker", 1].question("verhaal")
    assert isinstance(verhaal, StoryQuestion)
    chosen = agreed("medewerker").having(done("keuze", "heden"))
    assert _of(prompts(verhaal, chosen)) == ["heden", "heden_2"]
    assert _of(prompts(verhaal, agreed("medewerker"))) == ["verleden"]


@given(st.data())
def test_whatever_was_answered_there_is_a_question_and_a_way_back(data: st.DataObject) -> None:
    questions = data.draw(st.sampled_from([*library().sets.values(), CHAIN]))
    interview = replace(begun(), voluntary=data.draw(st.booleans())).having(*data.draw(_answers(questions)))
    applying, asked = path(questions, interview), current(questions, interview)
    before = previous(questions, interview)
    assert asked in applying
    assert before == (applying[applying.index(asked) - 1] if applying[0] != asked else None)
    assert applying[-1].kind == "review"
    assert list(applying) == [question for question in questions.questions if question in applying]


@given(st.data())
def test_the_questions_of_a_block_are_counted_without_a_gap(data: st.DataObject) -> None:
    questions = data.draw(st.sampled_from(list(library().sets.values())))
    interview = replace(begun(), voluntary=True).having(*data.draw(_answers(questions)))
    for block in questions.blocks:
        together = [question for question in path(questions, interview) if question.block == block]
        counted = [place(questions, interview, question) for question in together]
        assert counted == [Place(n, len(together)) for n in range(1, len(together) + 1)]


def _answers(questions: QuestionSet) -> st.SearchStrategy[list[Answer]]:
    return st.lists(st.sampled_from(questions.questions).flatmap(_answer), max_size=12)


def _answer(question: Question) -> st.SearchStrategy[Answer]:
    slugs = [option.id for option in question.options] if hasattr(question, "options") else []
    chosen = st.none() | st.sampled_from([*slugs, PAIR])
    return st.builds(Answer, st.just(question.id), option=chosen, skipped=st.booleans(), done=st.booleans())


def _of(items: tuple[Prompt, ...]) -> list[str]:
    return [item.id for item in items]


def _id(question: Question | None) -> str:
    return question.id if question else ""
