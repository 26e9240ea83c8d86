"""A story as the numbers and words that go into every file of an export; knows no file and no column.

All files are written from these rows, so that they cannot say different things.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from dialogs.daytime import AMSTERDAM
from dialogs.interview import Answer, Interview, Status
from dialogs.library import Library
from dialogs.path import path
from dialogs.questions import (
    AnyOption,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    ScaleOption,
    StoryQuestion,
    TriadOption,
)
from disclosure.tabulating import week_of
from research.export.missing import CODES, Reason
from research.faults import ResearchFault
from storage.stories import Story

KINDS = MappingProxyType(
    {"story": "verhaal", "open": "open", "choice": "keuze", "scale": "schaal", "triad": "driehoek"}
)
"""What the kind of a question is called in the files."""

NO_SHARES = (None, None, None)

REMEMBERED = 4096
"""Things that can be chosen of which the lines are made once: there are fewer, and every story has many."""


@dataclass(frozen=True, eq=False)
class Choice:
    """What was chosen for a question, or why nothing was; one and the same object wherever it was chosen.

    `code` is that of the option, of the prompt that a story was told to, or of the reason that there is neither;
    `label` the words on its button, of a prompt its id. `value` (0 to 100) and the shares (summing to 100) are those
    of the option. `reason` says why there is no code, or by its id which option has no value.
    """

    question: str
    kind: str
    code: int | None = None
    value: int | None = None
    share_a: int | None = None
    share_b: int | None = None
    share_c: int | None = None
    label: str = ""
    reason: str = ""


class AnswerRow(NamedTuple):
    """One question of one story.

    `text` is an answer in words, `remark` what was typed beside the buttons. `source` is `Answer.carried`: where it
    came from, "" from here.
    """

    choice: Choice
    text: str = ""
    remark: str = ""
    source: str = ""


@dataclass(frozen=True)
class StoryRow:
    """One story. `day` is that of sending in Amsterdam; `answers` has every question of its version of the set."""

    story: Story
    day: date
    answers: Mapping[str, AnswerRow]

    @property
    def week(self) -> str:
        """The week in which it was sent."""
        return week_of(self.day)


@dataclass(frozen=True)
class _Asked:
    """A question with all that can be chosen for it: rows without words, of which stories have many.

    `given` has the row of whatever `chosen` can find in an answer, `absent` that of every reason for having none.
    """

    voluntary: bool
    chosen: Callable[[Answer], str | None]
    given: Mapping[str | None, AnswerRow]
    absent: Mapping[Reason, AnswerRow]
    in_words: bool


class StoryRows:
    """Makes the rows of stories that were told along the question sets of a library."""

    def __init__(self, library: Library) -> None:
        self._sets = library.sets
        self._asked = {key: _all_asked(questions) for key, questions in library.sets.items()}

    def of(self, story: Story) -> StoryRow:
        """A story with all its answers. `ResearchFault` where anything of it cannot be placed: nothing is left out."""
        pinned = story.question_set, story.version
        if pinned not in self._sets:
            known = f"vragenlijst {story.question_set} versie {story.version}"
            raise ResearchFault(f"Verhaal {story.id} hoort bij {known}, en die is er niet. Er is niets uitgevoerd.")
        asked = self._asked[pinned]
        stray = story.answers.keys() - asked.keys()
        if stray:
            raise _unplaced(story, min(stray))
        answers = _answer_rows(self._sets[pinned], asked, story)
        return StoryRow(story, story.sent_at.astimezone(AMSTERDAM).date(), MappingProxyType(answers))


def _answer_rows(questions: QuestionSet, asked: Mapping[str, _Asked], story: Story) -> dict[str, AnswerRow]:
    told = _as_interview(asked, story)
    applying = {question.id for question in path(questions, told)}
    rows = {}
    for key, item in asked.items():
        answer = story.answers.get(key)
        if answer is not None:
            rows[key] = _given(story, item, answer)
        elif key in applying or (item.voluntary and not told.voluntary):
            rows[key] = item.absent[Reason.NOT_ASKED]
        else:
            rows[key] = item.absent[Reason.NOT_APPLICABLE]
    return rows


def _as_interview(asked: Mapping[str, _Asked], story: Story) -> Interview:
    """As it was when it was sent. The extra questions were wanted if one of them has an answer, or was skipped."""
    return Interview(
        id=story.id,
        teller=story.teller,
        question_set=story.question_set,
        version=story.version,
        channel=story.channel,
        consent=story.consent,
        role=story.role,
        answers=story.answers,
        voluntary=any(asked[key].voluntary for key in story.answers),
        helped=story.helped,
        status=Status.SENT,
    )


def _given(story: Story, asked: _Asked, answer: Answer) -> AnswerRow:
    row = asked.absent[Reason.SKIPPED] if answer.skipped else asked.given.get(asked.chosen(answer))
    if row is None:
        raise _unplaced(story, answer.question)
    if not answer.parts and not answer.carried:
        return row
    if asked.in_words and not answer.skipped:
        return AnswerRow(row.choice, answer.text, "", answer.carried)
    return AnswerRow(row.choice, "", answer.text, answer.carried)


def _all_asked(questions: QuestionSet) -> Mapping[str, _Asked]:
    return {item.id: _asked(questions, item) for item in questions.questions if not isinstance(item, ReviewQuestion)}


def _asked(questions: QuestionSet, question: Question) -> _Asked:
    empty = Choice(question.id, KINDS[question.kind])
    return _Asked(
        voluntary=question.block is not None and questions.blocks[question.block].voluntary,
        chosen=_chosen(question),
        given=_rows_given(question, empty),
        absent={reason: _missing(empty, reason) for reason in CODES},
        in_words=isinstance(question, StoryQuestion | OpenQuestion),
    )


def _chosen(question: Question) -> Callable[[Answer], str | None]:
    """What of an answer says which row it is."""
    match question:
        case StoryQuestion():
            return lambda answer: answer.prompt
        case OpenQuestion() | ReviewQuestion():
            return lambda answer: None
        case _:
            return lambda answer: answer.option


def _rows_given(question: Question, empty: Choice) -> Mapping[str | None, AnswerRow]:
    """Words that came along from another set were told to none of the prompts of this one."""
    match question:
        case StoryQuestion():
            rows = {item.id: AnswerRow(replace(empty, code=item.code, label=item.id)) for item in question.prompts}
            return rows | {None: _missing(empty, Reason.NOT_APPLICABLE)}
        case OpenQuestion() | ReviewQuestion():
            return {None: AnswerRow(empty)}
        case _:
            return {option.id: _of_option(empty, option) for option in question.options}


def _missing(empty: Choice, reason: Reason) -> AnswerRow:
    return AnswerRow(replace(empty, code=CODES[reason], reason=reason.value))


def _of_option(empty: Choice, option: AnyOption) -> AnswerRow:
    shares = option.shares if isinstance(option, TriadOption) else None
    share_a, share_b, share_c = shares or NO_SHARES
    chosen = replace(
        empty,
        code=option.code,
        value=option.value if isinstance(option, ScaleOption) else None,
        share_a=share_a,
        share_b=share_b,
        share_c=share_c,
        label=option.label,
        reason=_why_no_value(option),
    )
    return AnswerRow(chosen)


def _why_no_value(option: AnyOption) -> str:
    """The id of an option with which a teller says that no place on the scale, or in the triangle, is theirs."""
    match option:
        case ScaleOption(value=None) | TriadOption(shares=None):
            return option.id
        case _:
            return ""


def _unplaced(story: Story, question: str) -> ResearchFault:
    return ResearchFault(
        f"Verhaal {story.id} heeft bij de vraag '{question}' een antwoord dat niet past bij vragenlijst"
        f" {story.question_set} versie {story.version}. Er is niets uitgevoerd."
    )
