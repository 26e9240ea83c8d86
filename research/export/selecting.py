"""Which stories an export is of, and why another is not in it; knows no file and no database."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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


Judges = Callable[[Story], LeftOut | None]


def judge(selection: Selection, sets: Mapping[tuple[str, int], QuestionSet]) -> Judges:
    """What says of a story why it is left out, by the first reason there is; None of one that is in."""
    areas = {key: _of_area(questions) for key, questions in sets.items()}

    def why_not(story: Story) -> LeftOut | None:
        day = date_of(story.sent_at)
        reasons = {
            LeftOut.OTHER_SET: selection.question_set not in (None, story.question_set),
            LeftOut.TEST: story.test and not selection.with_test,
            LeftOut.OTHER_TIME: bool(selection.since and day < selection.since)
            or bool(selection.until and day > selection.until),
            LeftOut.OTHER_AREA: selection.area not in (None, _area(story, areas)),
            LeftOut.OTHER_LINK: selection.link not in (None, story.link),
            LeftOut.OTHER_LANGUAGE: selection.language not in (None, story.language.code),
        }
        return next((reason for reason, applies in reasons.items() if applies), None)

    return why_not


def areas_of(sets: Iterable[QuestionSet]) -> Sequence[str]:
    """Every area that can be chosen, as the sets have them."""
    asked = [item for questions in sets for item in questions.questions if item.id == _of_area(questions)]
    options = [option.id for item in asked if isinstance(item, ChoiceQuestion) for option in item.options]
    return list(dict.fromkeys(options))


def _area(story: Story, areas: Mapping[tuple[str, int], str]) -> str | None:
    answer = story.answers.get(areas.get((story.question_set, story.version), ""))
    return answer.option if answer else None


def _of_area(questions: QuestionSet) -> str:
    """The question that says where somebody lives or works: the one that a link may answer; "" where there is none."""
    asked = (item.id for item in questions.questions if isinstance(item, ChoiceQuestion) and item.from_link)
    return next(asked, "")
