"""What a column and its codes are called where a program shows a label beside them; knows no program."""

from collections.abc import Mapping, Sequence

from dialogs.questions import QuestionSet, ReviewQuestion, StoryQuestion
from research.export.columns import Part
from research.export.variables import Variable


def label_of(variable: Variable, sets: Sequence[QuestionSet]) -> str:
    """Its title, and what was asked where every set asks it in the same words: else it would be that of one of them."""
    asked = {
        question.text
        for item in sets
        for question in item.questions
        if question.id == variable.question and not isinstance(question, StoryQuestion | ReviewQuestion)
    }
    if len(asked) != 1 or variable.part not in (Part.CODE, Part.TEXT):
        return variable.title
    return " ".join(f"{variable.title}: {asked.pop()}".split())


def labels_of(variable: Variable) -> Mapping[int, str]:
    """What each of its codes means, also those that say why there is none."""
    return dict((*variable.labels, *variable.missing))


def cut(text: str, limit: int) -> str:
    """As much of the text as fits in this many bytes of UTF-8, in whole characters."""
    return text.encode()[:limit].decode(errors="ignore")
