"""Interviews told along the real question sets, each answer picked by rule; knows no database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from dialogs.interview import Answer, Consent, Interview, Part, Status
from dialogs.library import Library
from dialogs.load import load_library
from dialogs.path import applies, current, prompts
from dialogs.questions import (
    AnyOption,
    ClosedQuestion,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    StoryQuestion,
)

LIBRARY: Library = load_library({})
BEWONER = LIBRARY.sets["bewoner", 1]
MEDEWERKER = LIBRARY.sets["medewerker", 1]
PROFESSIONAL = LIBRARY.sets["professional", 1]
SETS = (BEWONER, MEDEWERKER, PROFESSIONAL)

NOON = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CONSENT = Consent("ALG.toestemming", "9f86d081", NOON)
BLANK = Interview("", "", "", 1, "telegram", CONSENT)

Choose = Callable[[Question, Interview], Answer]


def nth(number: int, words: str = "Mijn verhaal.") -> Choose:
    """Gives the option with this number of every question, going round, and these words where words are asked for."""

    def choose(question: Question, telling: Interview) -> Answer:
        match question:
            case StoryQuestion():
                told = prompts(question, telling)
                return Answer(question.id, prompt=told[number % len(told)].id, parts=(Part(words, "81001"),))
            case OpenQuestion() | ReviewQuestion():
                return Answer(question.id, parts=(Part(words, "81002"),))
            case _:
                fitting = choosable(question, telling)
                return Answer(question.id, option=fitting[number % len(fitting)].id)

    return choose


def skipping(question: Question, telling: Interview) -> Answer:
    """Skips whatever may be skipped."""
    return nth(0)(question, telling) if question.required else Answer(question.id, skipped=True)


def remarking(remark: str) -> Choose:
    """Types this beside every button."""

    def choose(question: Question, telling: Interview) -> Answer:
        given = nth(0)(question, telling)
        return given if given.parts else replace(given, parts=(Part(remark, "81003"),))

    return choose


def choosable(question: ClosedQuestion, telling: Interview) -> list[AnyOption]:
    """The options that end up as an answer: those that apply and do not lead to another set."""
    return [option for option in question.options if applies(option.when, telling) and not option.leads_to]


def tell(questions: QuestionSet, choose: Choose, about: Interview = BLANK) -> Interview:
    """An interview that was answered to its end and sent; `about` has what is known besides the answers."""
    telling = replace(about, question_set=questions.id, version=questions.version, answers={})
    while not isinstance(question := current(questions, telling), ReviewQuestion):
        telling = telling.having(replace(choose(question, telling), done=True))
    return replace(telling, status=Status.SENT)


def every_option() -> list[Interview]:
    """Interviews that together have every option and every prompt of every set, with the extra questions.

    With every second one somebody helps.
    """
    wanting = [replace(BLANK, voluntary=True, quote=True, helped=number % 2 == 0) for number in range(10)]
    return [tell(item, nth(number), _in_time(wanting[number], item, number)) for item in SETS for number in range(10)]


def _in_time(about: Interview, questions: QuestionSet, number: int) -> Interview:
    return replace(about, role=questions.roles[number % len(questions.roles)] if questions.roles else None)
