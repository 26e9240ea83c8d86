"""The sets and texts that come with the project are read without a fault, with what a study fills in."""

from pathlib import Path

from dialogs.checks.relied_on import STUDY_VALUES
from dialogs.load import load_library
from dialogs.questions import QuestionSet, StoryQuestion
from dialogs.texts import placeholders

GOOD = Path(__file__).parents[1] / "sets" / "good"


def test_the_sets_and_texts_of_the_project_have_no_faults() -> None:
    library = load_library({name: f"<{name}>" for name in STUDY_VALUES})
    assert {questions.id for questions in library.sets.values()} == {"bewoner", "medewerker", "professional"}
    assert not STUDY_VALUES & {name for text in library.texts.values() for name in placeholders(text.text)}


def test_a_study_fills_in_the_texts_and_the_words_of_the_sets() -> None:
    library = load_library({"onderzoeker": "de Hogeschool"}, folder=GOOD)
    assert _story(library.sets["vragen", 1]).intro == "Dit onderzoek is van de Hogeschool."
    assert "Onderzoekers van de Hogeschool lezen uw verhaal." in library.text("ALG.toestemming").text


def test_what_a_study_does_not_know_stays_open_so_that_its_line_can_be_left_out() -> None:
    library = load_library({"onderzoeker": ""}, folder=GOOD)
    assert _story(library.sets["vragen", 1]).intro == "Dit onderzoek is van {onderzoeker}."
    assert "onderzoeker" in placeholders(library.text("ALG.toestemming").text)


def test_what_a_reply_fills_in_stays_open() -> None:
    library = load_library({"n": "een"}, folder=GOOD)
    assert library.sets["blokken", 1].blocks["kern"].counter == "{n} van {m}"


def test_all_versions_of_a_set_are_kept() -> None:
    library = load_library({}, folder=GOOD)
    newest = library.newest("keuze")
    assert newest is library.sets["keuze", 2]
    assert library.lettered("c") is library.for_role("gemeente") is newest


def test_a_text_has_its_buttons_in_order_with_other_words_for_them() -> None:
    stop = load_library({}).text("ALG.stop")
    assert list(stop.buttons) == ["ja", "pauze", "verder"]
    assert stop.words["verder"] == ("nee",)
    assert "ALG.veranderen.verhaal" in load_library({}).texts


def _story(questions: QuestionSet) -> StoryQuestion:
    return next(question for question in questions.questions if isinstance(question, StoryQuestion))
