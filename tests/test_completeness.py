"""Nothing that can be said, asked or typed goes without a transcript that shows it."""

import re

import pytest

from dialogs.checks.relied_on import SAID_BY_CHANNELS
from dialogs.emergency import command_in
from dialogs.events import Command
from dialogs.questions import ClosedQuestion
from dialogs.taps import decode
from dialogs.understand import slashed
from tests.talk.players import StepPlayer
from tests.talk.script import FOLDER, SHOWN, Script, read, scripts
from tests.talk.world import library

ELSEWHERE = {
    "BOT.naam": "the profile: tests/bot/test_polling.py",
    "BOT.kort": "the profile: tests/bot/test_polling.py",
    "BOT.beschrijving": "the profile: tests/bot/test_polling.py",
    "BOT.menu": "the profile: tests/bot/test_polling.py",
    "INV.groep": "a group is no conversation: tests/bot/test_polling.py",
    "INV.gestoord": "a fault of our own: tests/bot/test_polling.py",
    "INV.niet_gewist": "Telegram could not take a message away: tests/bot/test_clearing.py",
    "ALG.overslaan": "only its button is used",
    "ALG.proef": "only a link of staff can be a trial: tests/dialogs/test_links.py",
    "ALG.anders": "only its button is used",
    "UIT.papier.nog_niet": "said of a form that was not typed in yet: tests/bot/staff/test_papers.py",
    "ALG.zonder_titel": "stands in the place of a title: tests/dialogs/test_withdrawal.py",
}
ELSEWHERE |= dict.fromkeys(
    (name for name in SAID_BY_CHANNELS if name.startswith("WEB.")),
    "stands around the conversation: tests/bot/test_web_chat.py",
)
ELSEWHERE |= dict.fromkeys(
    (name for name in SAID_BY_CHANNELS if name.startswith("UIT.")),
    "stands on paper, or is forwarded: tests/bot/handouts",
)
ELSEWHERE |= dict.fromkeys(
    (name for name in SAID_BY_CHANNELS if name.startswith("STAF.")),
    "for staff, who tell nothing: tests/bot/staff_chat/",
)
"""Texts that no transcript can reach, and why, or where they are tested."""


@pytest.fixture(scope="module")
def played() -> list[Script]:
    """All transcripts."""
    return [read(path) for path in scripts()]


@pytest.fixture
async def said(played: list[Script]) -> set[str]:
    """The ids of everything that is said in them."""
    texts: set[str] = set()
    for script in played:
        player = StepPlayer(library(is_open=script.is_open))
        for turn in script.turns:
            await player.play(turn.action)
        texts |= player.texts
    return texts


async def test_every_text_is_said_in_a_transcript(said: set[str]) -> None:
    assert set(library().texts) - said == set(ELSEWHERE)


async def test_every_question_of_every_set_is_asked_in_a_transcript(said: set[str]) -> None:
    asked = {
        f"{item.id}/{item.version}/{question.id}"
        for item in library().sets.values()
        for question in item.questions
        if question.kind != "review"
    }
    assert asked - said == set()


def test_every_command_is_typed_in_a_transcript(played: list[Script]) -> None:
    typed = [turn.action.words for script in played for turn in script.turns if turn.action.kind == "say"]
    found = {command for words in typed if (command := _command(words))}
    assert set(Command) - found == set()


def test_every_promise_names_conversations_and_tests_that_are_there() -> None:
    promised = (FOLDER.parent.parent / "docs" / "beloften.md").read_text(encoding="utf-8")
    rows = [line for line in promised.splitlines() if line.startswith("| ") and "`" in line]
    named = [name for line in rows for name in re.findall(r"`([\w./-]+)`", line)]
    root = FOLDER.parent.parent
    gone = [name for name in named if not ((root / name).is_file() or (FOLDER / f"{name}.txt").is_file())]
    assert len(rows) > 10
    assert gone == []


def test_everything_that_is_no_words_is_sent_in_a_transcript(played: list[Script]) -> None:
    sent = {turn.action.name for script in played for turn in script.turns}
    assert set(SHOWN) - sent == set()


def test_the_way_of_a_resident_is_twelve_taps_or_answers(played: list[Script]) -> None:
    """The length that the texts promise (five minutes), for a link that tells who the teller is and where."""
    [script] = [script for script in played if script.name == "bewoner-twaalf"]
    way_in, *acts = script.turns
    sent = [at for at, turn in enumerate(acts, 1) if any(line.startswith("= verstuurd") for line in turn.expected)]
    assert (way_in.action.words, sent) == ("/start b-noord-huis", [12])
    assert [turn.action.words for turn in acts if turn.action.words == "⏭ Overslaan"] == []


def test_every_command_of_the_menu_is_known() -> None:
    menu = library().text("BOT.menu").commands
    assert [name for name in menu if (_slashed(f"/{name}") or Command.UNKNOWN) is Command.UNKNOWN] == []


def test_every_option_of_every_set_has_a_button_that_fits() -> None:
    for questions in library().sets.values():
        for question in questions.questions:
            if isinstance(question, ClosedQuestion):
                assert all(decode(f"q:abcdef:{question.id}:{option.id}") for option in question.options)


def _command(words: str) -> Command | None:
    return _slashed(words) or command_in(library(), words, among_words=False)


def _slashed(words: str) -> Command | None:
    found = slashed(words)
    return found[0] if found else None
