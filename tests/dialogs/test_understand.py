"""What people type in a chat, and what the rules take it for; every case is in `understood.toml`, told by people."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Interview
from dialogs.questions import ClosedQuestion
from dialogs.replies import Step
from dialogs.spelling import normal
from dialogs.understand import choose, choose_firmly, slashed, spoken
from tests.dialogs.situations import Situation, chosen, commanded, named, said, situation
from tests.talk.world import library

WORDS = "woorden"
COMMANDS = {
    "hulp": Command.HELP,
    "stop": Command.STOP,
    "pauze": Command.PAUSE,
    "terug": Command.BACK,
    "verder": Command.ON,
    "overslaan": Command.SKIP,
    "opnieuw": Command.START,
    "klaar": Command.DONE,
    "verwijderen": Command.WITHDRAW,
    "privacy": Command.PRIVACY,
    "contact": Command.CONTACT,
}
"""The words of commands, as data and people write them."""


def _told() -> dict[str, dict[str, list[str]]]:
    with (Path(__file__).parent / "understood.toml").open("rb") as file:
        told: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return told


TOLD = _told()
CASES = [(place, meaning, typed) for place, means in TOLD.items() for meaning, all_ in means.items() for typed in all_]


@pytest.mark.parametrize(("place", "meaning", "typed"), CASES, ids=[f"{place}: {typed}" for place, _, typed in CASES])
def test_what_is_typed_means_what_the_teller_meant(place: str, meaning: str, typed: str) -> None:
    here = situation(place)
    heard = step(library(), here.interview, said(typed, message="7", screen=here.screen))
    if meaning == WORDS:
        assert _is_no_button(here, heard, typed), _gist(heard)
    else:
        assert heard == _meant(here, meaning), _gist(heard)


def _meant(here: Situation, meaning: str) -> Step:
    """What follows if the teller uses the button, or the command, that they meant."""
    if meaning.startswith("/"):
        return step(library(), here.interview, commanded(COMMANDS[meaning[1:]], screen=here.screen))
    if meaning in map(named, (button.tap for button in here.screen)):
        return step(library(), here.interview, chosen(here.tap(meaning)))
    return step(library(), here.interview, chosen(here.below().tap(meaning)))


def _is_no_button(here: Situation, heard: Step, typed: str) -> bool:
    """Whether the words were kept as words, or nothing changed and the teller is asked once more."""
    if here.interview is None or heard.interview is None:
        return heard.interview is None and _asks_again(heard)
    return _is_kept(heard.interview, typed) or (heard.interview == here.interview and _asks_again(heard))


def _is_kept(interview: Interview, typed: str) -> bool:
    return any(part.message == "7" and part.text == typed for item in interview.answers.values() for part in item.parts)


def _asks_again(heard: Step) -> bool:
    texts = {reply.text for reply in heard.replies}
    looked_up = heard.request is not None and heard.request.receipt == ""
    return looked_up or bool(texts & {"INV.onbekend", "ALG.eerst_ja", "ALG.welkom"})


def _gist(heard: Step) -> str:
    kept = heard.interview.answers if heard.interview else {}
    told = {key: (item.option, item.text, item.skipped) for key, item in kept.items() if item.option or item.text}
    return f"{[reply.text for reply in heard.replies]} {heard.interview and heard.interview.aside} {told}"
