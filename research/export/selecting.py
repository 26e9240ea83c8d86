"""Which stories an export is of, and why another is not in it; knows no file and no database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from dialogs.daytime import date_of
from dialogs.questions import ChoiceQuestion, QuestionSet
from storage.stories import Story


class LeftOut(StrEnum):
    """Why something that was told is not in an export."""

    DRAFT = "concept"
    WITHDRAWN = "ingetrokken"
    OTHER_SET = "andere_vragenset"
    TEST = "proef"
    OTHER_TIME = "andere_periode"
    OTHER_AREA = "ander_gebied"
    OTHER_LINK = "andere_link"
    OTHER_LANGUAGE = "andere_taal"
    NOT_SHOWN = "kenmerk_niet_getoond"
    NOT_TO_QUOTE = "niet_te_citeren"
    NOT_REVIEWED = "niet_nagekeken"
    GONE_SINCE = "sindsdien_weg"


@dataclass(frozen=True)
class Selection:
    """What is asked for; whatever is not said, anything fits. Days are those of sending in Amsterdam, both included.

    `area` is an option of the question that a link may answer, `language` a code as in the column `taal`.
    """

    question_set: str | None = None
    since: date | None = None
    until: date | None = None
    area: str | None = None
    link: str | None = None
    language: str | None = None
    with_test: bool = False

    @property
    def of_teller(self) -> Mapping[LeftOut, str]:
        """What is asked for of whoever told a story, by the reason why another is left out."""
        asked = {
            LeftOut.OTHER_AREA: self.area,
            LeftOut.OTHER_LINK: self.link,
            LeftOut.OTHER_LANGUAGE: self.language,
        }
        return {reason: value for reason, value in asked.items() if value is not None}

    @property
    def of_anybody(self) -> "Selection":
        """The same, whoever told it."""
        return replace(self, area=None, link=None, language=None)


Judges = Callable[[Story], LeftOut | None]


def judge(selection: Selection, sets: Mapping[tuple[str, int], QuestionSet]) -> Judges:
    """What says of a story why it is left out, by the first reason there is; None of one that is in."""
    checks = [*_checks(selection, {key: _of_area(questions) for key, questions in sets.items()})]

    def why_not(story: Story) -> LeftOut | None:
        return next((reason for reason, applies in checks if applies(story)), None)

    return why_not


def _checks(
    selection: Selection, areas: Mapping[tuple[str, int], str]
) -> Iterator[tuple[LeftOut, Callable[[Story], bool]]]:
    """What each story is asked, for what was chosen only: every story of an export comes by here."""
    if selection.question_set is not None:
        yield LeftOut.OTHER_SET, lambda story: story.question_set != selection.question_set
    if not selection.with_test:
        yield LeftOut.TEST, lambda story: story.test
    if selection.since or selection.until:
        first, last = selection.since or date.min, selection.until or date.max
        yield LeftOut.OTHER_TIME, lambda story: not first <= date_of(story.sent_at) <= last
    if selection.area is not None:
        yield LeftOut.OTHER_AREA, lambda story: _area(story, areas) != selection.area
    if selection.link is not None:
        yield LeftOut.OTHER_LINK, lambda story: story.link != selection.link
    if selection.language is not None:
        yield LeftOut.OTHER_LANGUAGE, lambda story: story.language.code != selection.language


def areas_of(sets: Iterable[QuestionSet]) -> Mapping[str, str]:
    """Every area that can be chosen, as the sets have them, and what it is called."""
    asked = [item for questions in sets for item in questions.questions if item.id == _of_area(questions)]
    return {option.id: option.label for item in asked if isinstance(item, ChoiceQuestion) for option in item.options}


def _area(story: Story, areas: Mapping[tuple[str, int], str]) -> str | None:
    answer = story.answers.get(areas.get((story.question_set, story.version), ""))
    return answer.option if answer else None


def _of_area(questions: QuestionSet) -> str:
    """The question that says where somebody lives or works: the one that a link may answer; "" where there is none."""
    asked = (item.id for item in questions.questions if isinstance(item, ChoiceQuestion) and item.from_link)
    return next(asked, "")
