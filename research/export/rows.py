"""A story as the numbers and words that go into every file of an export; knows no file and no column.

All files are written from these rows, so that they cannot say different things.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from dialogs.daytime import AMSTERDAM
from dialogs.interview import Answer, Interview, Status
from dialogs.library import Library
from dialogs.path import path
from dialogs.questions import (
    AnyOption,
    ClosedQuestion,
    OpenQuestion,
    Question,
    QuestionSet,
    ReviewQuestion,
    ScaleOption,
    StoryQuestion,
    TriadOption,
    option_of,
    prompt_of,
)
from research.export.missing import CODES, Reason
from research.faults import ResearchFault
from storage.stories import Story

KINDS = MappingProxyType(
    {"story": "verhaal", "open": "open", "choice": "keuze", "scale": "schaal", "triad": "driehoek"}
)
"""What the kind of a question is called in the files."""

Shares = tuple[int, int, int]


@dataclass(frozen=True)
class AnswerRow:
    """One question of one story.

    `code` is that of the option, of the prompt that a story was told to, or of the reason that there is neither;
    `label` the words on its button, of a prompt its id. `value` (0 to 100) and `shares` (summing to 100) are those of
    the option. `text` is an answer in words, `remark` what was typed beside the buttons. `reason` says why there is
    no code, or by its id which option has no value. `source` is `Answer.carried`: where it came from, "" from here.
    """

    question: str
    kind: str
    code: int | None = None
    value: int | None = None
    shares: Shares | None = None
    label: str = ""
    text: str = ""
    remark: str = ""
    reason: str = Reason.NONE
    source: str = ""


@dataclass(frozen=True)
class StoryRow:
    """One story. `day` is that of sending in Amsterdam; `answers` has every question of its version of the set."""

    story: Story
    day: date
    answers: Mapping[str, AnswerRow]

    @property
    def week(self) -> str:
        """The week of ISO 8601, of which the year may differ from that of the day."""
        year, week, _ = self.day.isocalendar()
        return f"{year}-W{week:02}"


def story_row(library: Library, story: Story) -> StoryRow:
    """The story with all its answers. `ResearchFault` where anything of it cannot be placed: nothing is left out."""
    questions = library.sets.get((story.question_set, story.version))
    if questions is None:
        known = f"vragenlijst {story.question_set} versie {story.version}"
        raise ResearchFault(f"Verhaal {story.id} hoort bij {known}, en die is er niet. Er is niets uitgevoerd.")
    asked = [question for question in questions.questions if not isinstance(question, ReviewQuestion)]
    stray = story.answers.keys() - {question.id for question in asked}
    if stray:
        raise _unplaced(story, min(stray))
    told = _as_interview(questions, story)
    answers = {question.id: _answer_row(questions, told, question) for question in asked}
    return StoryRow(story, story.sent_at.astimezone(AMSTERDAM).date(), MappingProxyType(answers))


def _as_interview(questions: QuestionSet, story: Story) -> Interview:
    """As it was when it was sent. The extra questions were wanted if one of them has an answer, or was skipped."""
    extra = {question.id for question in questions.questions if _is_voluntary(questions, question)}
    return Interview(
        id=story.id,
        teller=story.teller,
        question_set=story.question_set,
        version=story.version,
        channel=story.channel,
        consent=story.consent,
        role=story.role,
        answers=story.answers,
        voluntary=not extra.isdisjoint(story.answers),
        helped=story.helped,
        status=Status.SENT,
    )


def _is_voluntary(questions: QuestionSet, question: Question) -> bool:
    return question.block is not None and questions.blocks[question.block].voluntary


def _answer_row(questions: QuestionSet, told: Interview, question: Question) -> AnswerRow:
    answer = told.answers.get(question.id)
    empty = AnswerRow(question.id, KINDS[question.kind])
    if answer is None:
        return _missing(empty, _why_absent(questions, told, question))
    given = replace(empty, source=answer.carried)
    if answer.skipped:
        return _missing(replace(given, remark=answer.text), Reason.SKIPPED)
    try:
        return _answered(given, question, answer)
    except KeyError:
        raise _unplaced(told, question.id) from None


def _missing(empty: AnswerRow, reason: Reason) -> AnswerRow:
    return replace(empty, code=CODES[reason], reason=reason)


def _why_absent(questions: QuestionSet, told: Interview, question: Question) -> Reason:
    unwanted = _is_voluntary(questions, question) and not told.voluntary
    if unwanted or question in path(questions, told):
        return Reason.NOT_ASKED
    return Reason.NOT_APPLICABLE


def _answered(empty: AnswerRow, question: Question, answer: Answer) -> AnswerRow:
    match question:
        case StoryQuestion():
            return _told(empty, question, answer)
        case OpenQuestion() | ReviewQuestion():
            return replace(empty, text=answer.text)
        case _:
            return _chosen(empty, question, answer)


def _told(empty: AnswerRow, question: StoryQuestion, answer: Answer) -> AnswerRow:
    """Words that came along from another set were told to none of the prompts of this one."""
    worded = replace(empty, text=answer.text)
    if answer.prompt is None:
        return _missing(worded, Reason.NOT_APPLICABLE)
    prompt = prompt_of(question, answer.prompt)
    return replace(worded, code=prompt.code, label=prompt.id)


def _chosen(empty: AnswerRow, question: ClosedQuestion, answer: Answer) -> AnswerRow:
    option = option_of(question, answer.option or "")
    return replace(
        empty,
        code=option.code,
        value=option.value if isinstance(option, ScaleOption) else None,
        shares=option.shares if isinstance(option, TriadOption) else None,
        label=option.label,
        remark=answer.text,
        reason=_why_no_value(option),
    )


def _why_no_value(option: AnyOption) -> str:
    """The id of an option with which a teller says that no place on the scale, or in the triangle, is theirs."""
    match option:
        case ScaleOption(value=None) | TriadOption(shares=None):
            return option.id
        case _:
            return Reason.NONE


def _unplaced(story: Story | Interview, question: str) -> ResearchFault:
    return ResearchFault(
        f"Verhaal {story.id} heeft bij de vraag '{question}' een antwoord dat niet past bij vragenlijst"
        f" {story.question_set} versie {story.version}. Er is niets uitgevoerd."
    )
