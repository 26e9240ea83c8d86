"""A review in a terminal, key by key, over a real database: what is kept, by whom, and what the next one finds."""

import asyncio
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from research import review_view
from research.__main__ import run
from research.deidentify.reviewing import Choosing, Moved, Review, begin, step
from research.faults import ResearchFault
from research.review_commands import review_all
from research.review_screen import Mode, Screen, Verdict
from research.reviews import Desk
from storage import second_texts, stories
from storage.database import Database
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.second_texts import Mask, Masked, SecondTexts
from storage.secrets import KeyRing
from tests.research.kept import House, build, receipt, story_id
from tests.research.told import BEWONER, LIBRARY, NOON, nth, tell

TOLD = "Fatima belde Piet. Roos kwam langs."
MASKS = (Mask(0, 6, "[NAAM-1]", "voornaam"), Mask(13, 17, "[NAAM-2]", "voornaam"))
LEFT = "[NAAM-1] belde [NAAM-2]. Roos kwam langs."
ENTER, RIGHT, ESC, TAB, BACKSPACE = "\r", "\x1b[C", "\x1b", "\t", "\x7f"
PLACES = sorted(range(3), key=story_id)
"""The stories in the order of their ids."""


@pytest.fixture
async def db(tmp_path: Path, keys: KeyRing) -> AsyncIterator[Database]:
    opened = await open_database(f"sqlite:///{tmp_path / 'data' / 'v.db'}")
    await migrate(opened)
    await match_keys(opened, keys)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(db: Database, keys: KeyRing) -> Desk:
    """Three stories, each with one text that has two proposals."""
    told = tell(BEWONER, nth(0, TOLD))
    answers = {name: replace(answer, parts=()) for name, answer in told.answers.items()}
    answers["verhaal"] = told.answers["verhaal"]
    async with db.transaction() as work:
        for number in range(3):
            alone = replace(told, id=f"c{number}", answers=answers)
            await stories.keep(work, keys, alone, story_id(number), receipt(number), NOON)
            await second_texts.propose(work, keys, story_id(number), [Masked("verhaal", TOLD, MASKS)], "1", NOON)
    return Desk(db, keys, LIBRARY, "Noor")


class Terminal(DummyOutput):
    """A screen that nobody looks at, of a size; `drawn` is set when something stands on it."""

    columns = 120

    def __init__(self) -> None:
        self.drawn = asyncio.Event()

    def flush(self) -> None:
        """What is drawn is there now."""
        self.drawn.set()

    def get_size(self) -> Size:
        """Rows and signs of a line."""
        return Size(rows=40, columns=self.columns)


class Narrow(Terminal):
    """One on which the texts stand under each other."""

    columns = 50


async def typed(desk: Desk, keys: str, story: str = "", screen: Terminal | None = None) -> str:
    """What was told at the end of a review in which these keys were typed."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=screen or Terminal()):
        pipe.send_text(keys)
        async with asyncio.timeout(60):
            return await review_all(desk, story)


async def second(desk: Desk, place: int) -> tuple[str, str]:
    """The second text of a story and who reviewed it."""
    there = await of_story(desk, story_id(PLACES[place]))
    return there["verhaal"].words, there["verhaal"].reviewer


async def of_story(desk: Desk, story: str) -> SecondTexts:
    async with desk.database.reading() as work:
        return (await second_texts.of(work, desk.keys, [story]))[story]


async def test_enter_keeps_a_story_as_proposed_and_the_next_session_goes_on_with_the_rest(desk: Desk) -> None:
    assert await typed(desk, f"{ENTER}s") == "Nagekeken: 1 verhaal. Nog na te kijken: 2."
    assert [await second(desk, place) for place in range(3)] == [(LEFT, "Noor"), (LEFT, ""), (LEFT, "")]
    assert await typed(desk, ENTER * 2) == "Nagekeken: 2 verhalen. Alles is nagekeken."
    assert await typed(desk, "") == "Nagekeken: 0 verhalen. Alles is nagekeken."


async def test_what_is_skipped_waits(desk: Desk) -> None:
    assert await typed(desk, f"oo{ENTER}") == "Nagekeken: 1 verhaal. Nog na te kijken: 2."
    assert [(await second(desk, place))[1] for place in range(3)] == ["", "", "Noor"]


@pytest.mark.parametrize(
    ("presses", "left"),
    [
        ("w", "Fatima belde [NAAM-2]. Roos kwam langs."),
        (f"{RIGHT}w", "[NAAM-1] belde Piet. Roos kwam langs."),
        (f"{TAB}W", "[NAAM-1] belde Piet. Roos kwam langs."),
        ("nvd", "[NAAM-1] belde [STRAAT]. Roos kwam langs."),
        ("wwu", "Fatima belde [NAAM-2]. Roos kwam langs."),
        (f"nt{ENTER}c", "[NAAM-1] belde [NAAM-2]. [NAAM-3] kwam langs."),
        (f"nt++-{ENTER}c", "[NAAM-1] belde [NAAM-2]. [NAAM-3] langs."),
        (f"t{RIGHT}{RIGHT}{ENTER}a", "[NAAM-1] belde [NAAM-2]. [NAAM-1] kwam langs."),
        ("np", LEFT),
        ("9xq", LEFT),
    ],
)
async def test_keys_change_what_is_kept(desk: Desk, presses: str, left: str) -> None:
    await typed(desk, f"{presses}{ENTER}s")
    assert await second(desk, 0) == (left, "Noor")


@pytest.mark.parametrize("begun", ["v", "t", f"t{ENTER}"])
async def test_a_key_leads_back_and_changes_nothing(desk: Desk, begun: str) -> None:
    await typed(desk, f"{begun}{BACKSPACE}{BACKSPACE}{ENTER}s")
    assert await second(desk, 0) == (LEFT, "Noor")


@pytest.mark.parametrize("begun", ["v", "t", f"t{ENTER}"])
async def test_so_does_esc_which_is_known_by_the_silence_behind_it(desk: Desk, begun: str) -> None:
    screen = Screen(await shown(desk), "Verhaal 1 van 1")
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=Terminal()):
        showing = asyncio.create_task(screen.show())
        async with asyncio.timeout(60):
            for presses, modes in ((begun, {Mode.CHOOSING, Mode.ASKING}), (ESC, {Mode.READING})):
                pipe.send_text(presses)
                await _until(screen, modes)
            pipe.send_text(ENTER)
            assert (await showing)[0] is Verdict.ACCEPTED


async def _until(screen: Screen, modes: set[Mode]) -> None:
    for _ in range(6_000):
        if screen.mode in modes:
            return
        await asyncio.sleep(0.01)


async def test_ctrl_c_stops_and_what_was_kept_stays_kept(desk: Desk) -> None:
    assert await typed(desk, f"{ENTER}w\x03") == "Nagekeken: 1 verhaal. Nog na te kijken: 2."
    assert [await second(desk, place) for place in range(2)] == [(LEFT, "Noor"), (LEFT, "")]


async def test_a_story_with_what_may_never_leave_is_not_kept_until_that_is_gone(desk: Desk) -> None:
    bsn = Masked("verhaal", TOLD, (*MASKS, Mask(19, 23, "111222333", "zelf")))
    async with desk.database.transaction() as work:
        await second_texts.propose(work, desk.keys, story_id(PLACES[0]), [bsn], "1", NOON)
    assert await typed(desk, f"{ENTER}{ENTER}s") == "Nagekeken: 0 verhalen. Nog na te kijken: 3."
    assert await typed(desk, f"nnw{ENTER}s") == "Nagekeken: 1 verhaal. Nog na te kijken: 2."
    assert await second(desk, 0) == (LEFT, "Noor")


async def test_of_two_reviewers_the_first_wins_and_the_second_hears_it(desk: Desk) -> None:
    other = replace(desk, reviewer="Bo")
    terminal = Terminal()
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=terminal):
        slow = asyncio.create_task(review_all(desk))
        pipe.send_text("w")
        await terminal.drawn.wait()
        with create_pipe_input() as quick, create_app_session(input=quick, output=Terminal()):
            quick.send_text(f"{ENTER}s")
            assert await review_all(other) == "Nagekeken: 1 verhaal. Nog na te kijken: 2."
        pipe.send_text(f"{ENTER}s")
        async with asyncio.timeout(60):
            told = await slow
    assert told == "Nagekeken: 0 verhalen. Nog na te kijken: 2."
    assert await second(desk, 0) == (LEFT, "Bo")


async def test_a_story_that_is_taken_back_or_reviewed_meanwhile_is_passed_over(desk: Desk) -> None:
    terminal = Terminal()
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=terminal):
        reviewing = asyncio.create_task(review_all(desk))
        await terminal.drawn.wait()
        async with desk.database.transaction() as work:
            await stories.withdraw(work, desk.keys, receipt(PLACES[1]), NOON)
            seen = (await second_texts.of(work, desk.keys, [story_id(PLACES[2])]))[story_id(PLACES[2])]
            await second_texts.review(work, desk.keys, seen, [Masked("verhaal", TOLD, MASKS)], "Bo", NOON)
        pipe.send_text(ENTER)
        async with asyncio.timeout(60):
            assert await reviewing == "Nagekeken: 1 verhaal. Alles is nagekeken."


async def test_one_story_can_be_reviewed_once_more(desk: Desk) -> None:
    await typed(desk, ENTER * 3)
    assert await typed(desk, f"w{ENTER}", story_id(PLACES[1])) == "Nagekeken: 1 verhaal. Alles is nagekeken."
    assert (await second(desk, 1))[0] == "Fatima belde [NAAM-2]. Roos kwam langs."
    with pytest.raises(ResearchFault, match="Dit verhaal is er niet"):
        await typed(desk, "", "bestaat-niet")
    async with desk.database.transaction() as work:
        await work.execute("DELETE FROM second_texts WHERE story_id = $1", story_id(PLACES[1]))
    with pytest.raises(ResearchFault, match="nog geen tweede tekst"):
        await typed(desk, "", story_id(PLACES[1]))


async def test_a_narrow_terminal_does_the_same(desk: Desk) -> None:
    assert await typed(desk, f"wt{ENTER}c{ENTER}s", screen=Narrow()) == "Nagekeken: 1 verhaal. Nog na te kijken: 2."


# What stands on the screen.


async def shown(desk: Desk) -> Review:
    there = await of_story(desk, story_id(0))
    return begin(story_id(0), {"verhaal": TOLD}, there)


def marked(fragments: list[tuple[str, str]]) -> str:
    """What is on the screen, with signs for how it looks."""
    signs = {review_view.POINTED: "<{}>", review_view.MARKED: "_{}_", review_view.HEADING: "#{}"}
    return "".join(signs.get(style, "{}").format(words) for style, words in fragments)


async def test_both_texts_show_what_is_masked_and_what_is_pointed_at(desk: Desk) -> None:
    review = step(await shown(desk), Moved(1))
    assert marked(review_view.original(review)) == "#verhaal\n_Fatima_ belde <Piet>. Roos kwam langs.\n\n"
    assert marked(review_view.second(review)) == "#verhaal\n_[NAAM-1]_ belde <[NAAM-2]>. Roos kwam langs.\n\n"
    choosing = step(review, Choosing())
    assert marked(review_view.original(choosing)) == "#verhaal\nFatima belde Piet. <Roos> kwam langs.\n\n"


# The command in a terminal.


def test_without_a_terminal_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0))])
    assert run(["review", "--config", str(house.config), "--name", "Noor"]) == 2
    assert "Doe het in een terminal." in capsys.readouterr().err


def test_the_command_works_in_a_real_terminal(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0, TOLD))])
    assert run(["deidentify", "--config", str(house.config)]) == 0
    screen = in_terminal(house, ["Verhaal 1 van 1", "Nagekeken: 1 verhaal. Alles is nagekeken."], [ENTER])
    assert "[NAAM-1] belde" in screen
    assert "Enter goed" in screen


def in_terminal(house: House, awaited: list[str], keys: list[str]) -> str:
    """Everything that a terminal of 120 by 40 got; after each awaited piece the next keys are typed."""
    command = [sys.executable, "-m", "research", "review", "--config", str(house.config), "--name", "Noor"]
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "40"}
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environment, close_fds=True) as process:
        os.close(slave)
        got = ""
        for number, piece in enumerate(awaited):
            got += _read_until(master, piece)
            if number < len(keys):
                os.write(master, keys[number].encode())
        assert process.wait(60) == 0
    os.close(master)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", got)


def _read_until(master: int, piece: str) -> str:
    got, until = "", time.monotonic() + 60
    while piece not in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", got):
        assert time.monotonic() < until, got
        if select.select([master], [], [], 1)[0]:
            got += os.read(master, 65536).decode(errors="replace")
    return got
