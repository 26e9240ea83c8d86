"""Which questions apply to an interview and which of them is to be asked: derived from the answers, stored nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.interview import Interview
from dialogs.questions import (
    PAIR,
    AnyOption,
    ClosedQuestion,
    Prompt,
    Question,
    QuestionSet,
    StoryQuestion,
    TriadQuestion,
    When,
    is_pair,
)


@dataclass(frozen=True)
class Place:
    """Question `n` of the `m` that are counted together."""

    n: int
    m: int


def path(questions: QuestionSet, interview: Interview) -> tuple[Question, ...]:
    """The questions that apply, in order. An answer that does not apply itself decides nothing further on."""
    return tuple(_applying(questions, interview))


def current(questions: QuestionSet, interview: Interview) -> Question:
    """The question to ask: the first that applies and is not done, in the end the review."""
    question = questions.questions[-1]
    for question in _applying(questions, interview):
        if not interview.answer(question.id).done:
            break
    return question


def previous(questions: QuestionSet, interview: Interview) -> Question | None:
    """The question to go back to: the one before the current one."""
    applying = path(questions, interview)
    at = applying.index(current(questions, interview))
    return applying[at - 1] if at else None


def place(questions: QuestionSet, interview: Interview, question: Question) -> Place | None:
    """Where a question stands in its block ("3 van 8"); None where it belongs to no block, or came along answered."""
    if question.block is None or interview.answer(question.id).carried:
        return None
    block = (item.id for item in _applying(questions, interview) if item.block == question.block)
    together = [question_id for question_id in block if not interview.answer(question_id).carried]
    return Place(together.index(question.id) + 1, len(together))


def options(question: ClosedQuestion, interview: Interview) -> tuple[AnyOption, ...]:
    """The options on the screen: those that apply, and of a triad those of the step that is to be taken."""
    applying = (option for option in question.options if applies(option.when, interview))
    if not isinstance(question, TriadQuestion):
        return tuple(applying)
    second = in_pair_step(question, interview)
    return tuple(option for option in applying if is_pair(option) == second)


def in_pair_step(question: Question, interview: Interview) -> bool:
    """Whether "Twee van deze" of a triad was chosen and the two are still to be named."""
    answer = interview.answer(question.id)
    return isinstance(question, TriadQuestion) and answer.option == PAIR and not answer.done


def prompts(question: StoryQuestion, interview: Interview) -> tuple[Prompt, ...]:
    """The prompts that apply; at least the first, so that a story can always be asked for."""
    applying = tuple(item for item in question.prompts if applies(item.when, interview))
    return applying or question.prompts[:1]


def applies(when: When | None, interview: Interview) -> bool:
    """Whether a condition holds for what the interview has so far."""
    if when is None:
        return True
    said = when.question is None or interview.answer(when.question).option in when.options
    helped = when.helped in (None, interview.helped)
    return said and helped and (not when.roles or interview.role in when.roles)


def stands(question: Question, interview: Interview) -> bool:
    """Whether the option that was chosen, if any, is still one that applies."""
    chosen = interview.answer(question.id).option
    if chosen in (None, PAIR) or not isinstance(question, ClosedQuestion):
        return True
    return any(option.id == chosen and applies(option.when, interview) for option in question.options)


def _applying(questions: QuestionSet, interview: Interview) -> Iterator[Question]:
    """The path, one by one: whoever wants to know what comes first need not know what comes after it."""
    asked: set[str | None] = {None}
    for question in questions.questions:
        when = question.when
        if _is_wanted(questions, interview, question) and (
            when is None or (when.question in asked and applies(when, interview))
        ):
            asked.add(question.id)
            yield question


def _is_wanted(questions: QuestionSet, interview: Interview, question: Question) -> bool:
    """Whether it is asked of everybody, the teller wants more, or its answer came along from the story before."""
    voluntary = question.block is not None and questions.blocks[question.block].voluntary
    return interview.voluntary or not voluntary or bool(interview.answer(question.id).carried)
