"""A story as it leaves the house: its words, its teller, and what the teller is known by; knows no file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dialogs.questions import ChoiceQuestion, ClosedQuestion, QuestionSet
from research.deidentify.leaving import second_scan
from research.export.coarsening import HIDDEN, HIDDEN_CODE, LANGUAGE, LINK, ROLE, Known
from research.export.rows import AnswerRow, Choice, StoryRow
from research.faults import MayNotLeave
from storage.second_texts import SecondText, SecondTexts
from storage.stories import Story

_NOT_SHOWN = "niet getoond"


@dataclass(frozen=True)
class Reviewed:
    """Whether a second text is of these very words: see `SecondText.stands_for`."""

    stands_for: Callable[[SecondText, str], bool]

    def covers(self, row: StoryRow, texts: SecondTexts) -> bool:
        """Whether somebody reviewed a second text for everything that was typed in this story."""
        typed = {question: answer.text or answer.remark for question, answer in row.answers.items()}
        return all(self._covered(texts.get(question), words) for question, words in typed.items() if words)

    def _covered(self, second: SecondText | None, words: str) -> bool:
        return second is not None and second.is_reviewed and self.stands_for(second, words)


def with_second_texts(row: StoryRow, texts: SecondTexts) -> StoryRow:
    """The story in its second texts. `MayNotLeave` where one of them holds what may never leave."""
    answers = {question: _in_second_text(answer, texts.get(question)) for question, answer in row.answers.items()}
    kinds = {kind for answer in answers.values() for kind in second_scan(f"{answer.text}\n{answer.remark}")}
    if kinds:
        raise MayNotLeave(
            row.story.id,
            f"In verhaal {row.story.id} staat misschien nog iets wat niet weg mag: {', '.join(sorted(kinds))}."
            f" Er is niets uitgevoerd. Kijk het verhaal na met: verhalen review --story {row.story.id}",
        )
    return replace(row, answers=MappingProxyType(answers))


def _in_second_text(answer: AnswerRow, second: SecondText | None) -> AnswerRow:
    if second is None:
        return answer._replace(text="", remark="")
    return answer._replace(text=second.words) if answer.text else answer._replace(remark=second.words)


def known_by(versions: Sequence[QuestionSet]) -> tuple[str, ...]:
    """What a teller of this set is known by, in any of its versions, in the order in which it is made coarse.

    First the place of the link, then the role, then what was asked of the teller (the last first), then the language,
    and where they live or work last of all.
    """
    asked = [item for questions in versions for item in questions.questions]
    closed = [item for item in asked if isinstance(item, ClosedQuestion) and item.of == "verteller"]
    areas = dict.fromkeys(item.id for item in closed if isinstance(item, ChoiceQuestion) and item.from_link)
    others = dict.fromkeys(item.id for item in reversed(closed) if item.id not in areas)
    return (LINK, ROLE, *others, LANGUAGE, *areas)


def areas_by(known_by: Sequence[str]) -> Sequence[str]:
    """Of these, what says where a teller lives or works."""
    return known_by[known_by.index(LANGUAGE) + 1 :]


def known_of(story: Story, attributes: Sequence[str]) -> Known:
    """The values of these for a story; "" where it has none."""
    return tuple(_value(story, name) for name in attributes)


def _value(story: Story, name: str) -> str:
    match name:
        case "link":
            return story.link or ""
        case "rol":
            return story.role or ""
        case "taal":
            return story.language.code
        case _:
            answer = story.answers.get(name)
            return (answer.option or "overgeslagen") if answer else ""


def made_coarse(row: StoryRow, known: Mapping[str, str]) -> StoryRow:
    """The story with what has to be hidden not shown; `known` has the value of every attribute as it may leave."""
    hidden = {name for name, value in known.items() if value == HIDDEN}
    if not hidden:
        return row
    story = row.story
    story = replace(story, link=HIDDEN) if LINK in hidden else story
    story = replace(story, role=HIDDEN) if ROLE in hidden and story.role else story
    story = replace(story, language=replace(story.language, code=HIDDEN)) if LANGUAGE in hidden else story
    answers = {question: _hidden(answer) if question in hidden else answer for question, answer in row.answers.items()}
    return replace(row, story=story, answers=MappingProxyType(answers))


def _hidden(answer: AnswerRow) -> AnswerRow:
    """What was typed beside the buttons goes too: it may say the same."""
    choice = answer.choice
    return AnswerRow(Choice(choice.question, choice.kind, HIDDEN_CODE, label=_NOT_SHOWN, reason=HIDDEN))
