"""What people type in a chat, and what the rules take it for; every case stands in `understood.toml`."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.asides import EFFECTS
from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Interview
from dialogs.questions import ClosedQuestion, QuestionSet, TriadQuestion
from dialogs.replies import Button, PlainTap, Step
from dialogs.spelling import normal
from dialogs.understand import choose, choose_firmly, slashed, spoken
from tests.dialogs.situations import Situation, chosen, commanded, named, said, situation
from tests.talk.world import library

WORDS = "woorden"
MESSAGE = "7"

ASKED_AGAIN = {"INV.onbekend", "INV.niet_bewaard", "ALG.eerst_ja", "ALG.welkom"}

ANNOUNCED = {
    "hulp": Command.HELP,
    "help": Command.HELP,
    "stop": Command.STOP,
    "stoppen": Command.STOP,
    "pauze": Command.PAUSE,
    "terug": Command.BACK,
    "verder": Command.ON,
    "overslaan": Command.SKIP,
    "sla over": Command.SKIP,
    "opnieuw": Command.START,
    "klaar": Command.DONE,
}
"""The words for commands that the texts tell people to type."""

NAMED_BUTTONS = {
    ("ALG.veranderen.verhaal/nakijken", "terug"): "terug",
    ("ALG.veranderen.antwoord/nakijken", "terug"): "terug",
    ("ALG.veranderen.zeker/nakijken", "terug"): "nee",
    ("ALG.andere_link", "opnieuw"): "nieuw",
    ("ALG.leeg", "terug"): "leeg_nee",
    ("HELP.uitleg", "verder"): "ok",
    ("HELP.dank", "klaar"): "klaar",
}
"""Where such a word names a button that does something of its own: one step back, and not out of it."""


def _told() -> dict[str, dict[str, list[str]]]:
    with (Path(__file__).parent / "understood.toml").open("rb") as file:
        told: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return told


TOLD = _told()
CASES = [(place, meaning, typed) for place, means in TOLD.items() for meaning, all_ in means.items() for typed in all_]
BUTTONS = st.builds(Button, st.text(max_size=12), st.builds(PlainTap, st.text("abc", max_size=3)))


@pytest.mark.parametrize(("place", "meaning", "typed"), CASES, ids=[f"{place}: {typed}" for place, _, typed in CASES])
def test_what_is_typed_means_what_the_teller_meant(place: str, meaning: str, typed: str) -> None:
    here = situation(place)
    heard = step(library(), here.interview, said(typed, message=MESSAGE, screen=here.screen))
    if meaning == WORDS:
        assert _is_no_button(here, heard, typed)
    else:
        assert heard == _meant(here, meaning)


@pytest.mark.parametrize("place", TOLD)
@pytest.mark.parametrize("word", ANNOUNCED)
def test_an_announced_word_counts_everywhere(place: str, word: str) -> None:
    here = situation(place)
    heard = step(library(), here.interview, said(word.upper(), screen=here.screen))
    if (place, word) in NAMED_BUTTONS:
        assert heard == step(library(), here.interview, chosen(here.tap(NAMED_BUTTONS[place, word])))
    else:
        assert heard == step(library(), here.interview, commanded(ANNOUNCED[word], screen=here.screen))


@pytest.mark.parametrize("place", TOLD)
def test_every_button_can_be_typed_by_its_label(place: str) -> None:
    here = situation(place)
    for button in here.screen:
        heard = step(library(), here.interview, said(button.label, screen=here.screen))
        assert heard == step(library(), here.interview, chosen(button.tap))


@pytest.mark.parametrize("place", TOLD)
def test_every_button_can_be_typed_as_its_number(place: str) -> None:
    here = situation(place)
    for number, button in enumerate(here.screen, 1):
        heard = step(library(), here.interview, said(f"nr {number}", screen=here.screen))
        plainly = step(library(), here.interview, said(str(number), screen=here.screen))
        assert step(library(), here.interview, chosen(button.tap)) in (heard, plainly)


def test_there_is_a_case_for_every_closed_question() -> None:
    asked = {f"{questions.id}/{question.id}" for questions, question in _closed()}
    second = {
        f"{questions.id}/{question.id}/twee" for questions, question in _closed() if isinstance(question, TriadQuestion)
    }
    assert (asked | second) - TOLD.keys() == set()
    assert [place for place in asked if WORDS not in TOLD[place]] == []


def test_there_is_a_case_for_every_text_that_asks_something() -> None:
    told = {place.split("/")[0] for place in TOLD}
    assert {owner for owner, _ in EFFECTS} - told == set()
    consents = {questions.consent for questions in library().sets.values()}
    helping = {"HELP.start", "HELP.uitleg", "HELP.toestemming", "HELP.dank"}
    elsewhere = {"ALG.rol", "ALG.leeg", "ALG.verwijderen.zeker", "INV.doorgestuurd"}
    assert (consents | helping | elsewhere) - told == set()


def test_there_are_many_cases_also_of_what_is_no_button() -> None:
    assert len(CASES) >= 140
    assert len([case for case in CASES if case[1] == WORDS]) >= 40


@pytest.mark.parametrize(
    ("typed", "command", "rest"),
    [
        ("/start", Command.START, ""),
        ("/start b-noord-huis", Command.START, "b-noord-huis"),
        ("/START@verhalen_bot b-1", Command.START, "b-1"),
        ("/help", Command.HELP, ""),
        ("/hulp", Command.HELP, ""),
        ("/opnieuw", Command.START, ""),
        ("/verwijderen K7P M4T X9R", Command.WITHDRAW, "K7P M4T X9R"),
        ("/verwijder K7P-M4T-X9R", Command.WITHDRAW, "K7P-M4T-X9R"),
        ("/verwijdern K7P-M4T-X9R", Command.WITHDRAW, "K7P-M4T-X9R"),
        ("/stoppen", Command.STOP, ""),
        ("/onzin", Command.UNKNOWN, ""),
        ("/onbekend", Command.UNKNOWN, ""),
        ("/weg K7P M4T X9R", Command.UNKNOWN, "K7P M4T X9R"),
        ("/", Command.UNKNOWN, ""),
        ("/123", Command.UNKNOWN, ""),
        ("/nood", Command.NOW, ""),
        ("/leegmaken", Command.CLEAR, ""),
        ("/wissen", Command.ERASE, ""),
        (" /stop ", Command.STOP, ""),
    ],
)
def test_a_slash_makes_a_command(typed: str, command: Command, rest: str) -> None:
    assert slashed(typed) == (command, rest)


@pytest.mark.parametrize("typed", ["stop", "", "a/b", "/ik ging met mijn moeder mee", "/ toen", "en /stop"])
def test_words_are_no_command_for_a_slash_in_them(typed: str) -> None:
    assert slashed(typed) is None


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("Verwijder alles", Command.ERASE),
        ("wis alles!", Command.ERASE),
        ("alles weg", Command.ERASE),
        ("Maak leeg", Command.CLEAR),
        ("gesprek leegmaken", Command.CLEAR),
        ("DUR", Command.STOP),
        ("توقف", Command.STOP),
        ("pomoc", Command.HELP),
        ("ayuda!", Command.HELP),
    ],
)
def test_whoever_is_not_safe_or_speaks_no_dutch_is_heard_also_where_words_are_the_answer(
    typed: str, command: Command
) -> None:
    for among_words in (True, False):
        assert spoken(typed, among_words=among_words) is command
    assert spoken(f"Toen zei mijn zus {typed} tegen hem", among_words=True) is None


@given(text=st.text(), buttons=st.lists(BUTTONS, max_size=6))
def test_any_text_means_one_of_the_buttons_or_none(text: str, buttons: list[Button]) -> None:
    for meant in (choose(text, buttons), choose_firmly(text, buttons)):
        assert meant is None or meant in buttons
    assert spoken(text, among_words=True) in (None, *Command)
    assert spoken(text, among_words=False) in (None, *Command)
    assert slashed(text) is None or text.strip().startswith("/")


@given(text=st.text())
def test_the_normal_form_of_a_text_is_its_own(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_without_buttons_nothing_is_meant() -> None:
    assert choose("1", ()) is None
    assert choose_firmly("1", ()) is None


def _closed() -> list[tuple[QuestionSet, ClosedQuestion]]:
    sets = library().sets.values()
    return [(item, question) for item in sets for question in item.questions if isinstance(question, ClosedQuestion)]


def _meant(here: Situation, meaning: str) -> Step:
    """What follows if the teller uses the button, or the command, that they meant."""
    if meaning.startswith("/"):
        command = {**ANNOUNCED, **{item.value: item for item in Command}}[meaning[1:]]
        return step(library(), here.interview, commanded(command, screen=here.screen))
    if meaning in map(named, (button.tap for button in here.screen)):
        return step(library(), here.interview, chosen(here.tap(meaning)))
    return step(library(), here.interview, chosen(here.below().tap(meaning)))


def _is_no_button(here: Situation, heard: Step, typed: str) -> bool:
    """Whether the words were kept as words, or nothing changed and the teller is asked once more."""
    if here.interview is None or heard.interview is None:
        return heard.interview is None and _asks_again(heard)
    return _is_kept(heard.interview, typed) or (heard.interview == here.interview and _asks_again(heard))


def _is_kept(interview: Interview, typed: str) -> bool:
    parts = [part for answer in interview.answers.values() for part in answer.parts]
    return any(part.message == MESSAGE and part.text == typed for part in parts)


def _asks_again(heard: Step) -> bool:
    looked_up = heard.request is not None and heard.request.receipt == ""
    return looked_up or bool({reply.text for reply in heard.replies} & ASKED_AGAIN)
