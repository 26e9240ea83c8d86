"""What people call the place of a link; knows no count."""

from dialogs.questions import ChoiceQuestion, Option, QuestionSet
from storage.links import Made

NAMELESS = "Plek zonder naam"


def place_named(link: Made) -> str:
    """The name of its place, or that it has none."""
    return link.place or f"{NAMELESS} ({link.code})"


def districts(questions: QuestionSet) -> tuple[Option, ...]:
    """The places that a link may name in this set."""
    found = (item for item in questions.questions if isinstance(item, ChoiceQuestion) and item.from_link)
    return next((item.options for item in found), ())


def district_named(questions: QuestionSet | None, district: str) -> str:
    """What people call the district of a link; its id where this set has it no more, or is not there."""
    options = districts(questions) if questions else ()
    return next((option.label for option in options if option.id == district), district)
