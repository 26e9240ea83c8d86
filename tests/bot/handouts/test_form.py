"""A question set as a form: its numbers, and its words for who has a pen."""

import pytest

from bot.handouts.form import QUOTING, Form
from dialogs.questions import ChoiceQuestion, ReviewQuestion, ScaleQuestion, StoryQuestion, TriadQuestion
from tests.talk.world import library

SETS = ["bewoner", "medewerker", "professional"]


def form(name: str) -> Form:
    """The form of a set as it is shipped."""
    found = library().newest(name)
    assert found is not None
    return Form(found, library().texts)


@pytest.mark.parametrize("name", SETS)
def test_the_questions_are_numbered_in_their_order_and_none_is_for_a_helper(name: str) -> None:
    made = form(name)
    asked = [question for question in made.questions.questions if not (question.when and question.when.helped)]
    assert [item.question for item in made.items()] == asked
    assert [item.number for item in made.items()] == list(range(1, len(asked) + 1))


@pytest.mark.parametrize("name", SETS)
def test_every_option_has_the_number_of_its_place(name: str) -> None:
    for item in form(name).items():
        match item.question:
            case StoryQuestion(prompts=ways):
                expected = [way.id for way in ways]
            case ReviewQuestion():
                expected = list(QUOTING)
            case ChoiceQuestion(options=options) | ScaleQuestion(options=options) | TriadQuestion(options=options):
                expected = [option.id for option in options]
            case _:
                expected = []
        assert [(box.number, box.id) for box in item.boxes] == list(enumerate(expected, start=1))


@pytest.mark.parametrize("name", SETS)
def test_nobody_is_asked_to_tap_or_to_type(name: str) -> None:
    for item in form(name).items():
        said = [item.asked, item.heading, *(box.label for box in item.boxes)]
        assert not {"tik", "typ", "knop"} & {word.strip(".,:").lower() for words in said for word in words.split()}


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("Nu 8 korte vragen. Tik steeds op één knop.", "Nu 8 korte vragen. Zet steeds één kruisje."),
        ("Welke titel? Typ een paar woorden.", "Welke titel? Schrijf een paar woorden."),
        ("Een.\nTyp het hieronder.\n\nTwee", "Een.\nSchrijf het hieronder.\n\nTwee"),
        ("Type uw naam niet. Tikken mag.", "Type uw naam niet. Tikken mag."),
        ("", ""),
    ],
)
def test_words_for_a_screen_become_words_for_paper(said: str, seen: str) -> None:
    assert form("bewoner").on_paper(said) == seen


def test_what_is_not_for_everybody_says_for_whom_it_is() -> None:
    when, story, *_ = form("medewerker").items()
    assert [box.note for box in when.boxes[:3]] == ["", "", ""]
    assert when.boxes[3].note == (
        "Alleen als dit klopt: Ik werk bij het Buurtteam\nKiest u dit? Vraag dan om het andere papier."
    )
    assert [box.note for box in story.boxes] == [
        *2 * ["Koos u bij vraag 1 voor “Vroeger: de start”?"],
        *2 * ["Koos u bij vraag 1 voor “Nu: mijn werk”?"],
        *2 * ["Koos u bij vraag 1 voor “Straks: na 2027”?"],
    ]


def test_a_part_that_may_be_left_out_says_so_once() -> None:
    headings = {item.question.id: item.heading for item in form("bewoner").items() if item.heading}
    assert headings == {
        "gevoel": "Nu 8 korte vragen. Zet steeds één kruisje.",
        "stadsdeel": "Nu twee vragen over uzelf.",
        "wie": "Extra vragen. Deze mag u allemaal overslaan.",
    }


def test_who_has_little_to_tell_finds_that_by_its_name() -> None:
    story, *_ = form("bewoner").items()
    assert [box.name for box in story.boxes] == ["", "", "", "Ik had nog geen contact"]


def test_a_point_of_a_triangle_lies_between_its_corners() -> None:
    triad = next(item for item in form("bewoner").items() if item.question.id == "tijd")
    assert [box.shares for box in triad.boxes[:4]] == [(100, 0, 0), (0, 100, 0), (0, 0, 100), (50, 50, 0)]
    assert triad.boxes[-1].shares is None
