"""The conversation in a terminal: the same corridor as every channel, for whoever tries, writes or reviews a set."""

import asyncio
import os
import shutil
import stat
import sys
import textwrap
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from pathlib import Path

from prompt_toolkit import PromptSession

from bot import transcript
from bot.intake import Intake
from bot.outgoing import Outgoing, unpack
from bot.turn import Inbound, Outcome
from dialogs.clean import clean_text
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.interview import Interview
from dialogs.replies import AskTap
from dialogs.taps import decode
from storage import interviews, stories, turns
from storage.interviews import Address

CHANNEL = "terminal"
WIDEST = 80
LONGEST_LINE = 2**20
CLEAR = "\033[2J\033[3J\033[H"
"""Empties the screen of a terminal, with what can be scrolled back to."""

BOLD, PLAIN = "\033[1m", "\033[0m"

CHANNEL_VALUES: dict[str, str | None] = {"kanaal": None, "over": None}
"""A terminal keeps nothing, and has nothing on its screen that cannot go."""

ReadLine = Callable[[], Awaitable[str | None]]
Write = Callable[[str], None]


class TerminalChat:
    """One chat. `read` gives the next line, or None at the end; `write` shows a line.

    With `record` the conversation is written there as a transcript; `story_kept` is told of every story that was sent.
    """

    def __init__(
        self,
        intake: Intake,
        read: ReadLine,
        write: Write,
        *,
        record: Path | None = None,
        story_kept: Callable[[], None] = lambda: None,
    ) -> None:
        self._intake = intake
        self._read = read
        self._write = write
        self._record = record
        self._story_kept = story_kept
        self._address = Address(CHANNEL, CHANNEL)
        self._numbers = count(int(intake.clock().timestamp() * 1_000_000))
        self._shown: tuple[tuple[str, str], ...] = ()
        self._tellers = transcript.Tellers()

    async def talk(self, question_set: str = "", first_line: str = "/start") -> None:
        """Comes in with a question set, or with a line as it would be typed; then talks until there are no more."""
        await (self._open(question_set) if question_set else self._turn(self._event(first_line)))
        while (line := await self._read()) is not None:
            await self._turn(self._event(line))

    async def _open(self, question_set: str) -> None:
        self._note([f"set: {question_set}"])
        at, ids = self._intake.clock(), self._intake.ids()
        await self._turn(Opened(at=at, channel=CHANNEL, fresh=ids, question_set=question_set))

    def _event(self, line: str) -> Event:
        """A bare number is the button with that number; everything else is typed."""
        at, ids = self._intake.clock(), self._intake.ids()
        label, data = self._button(line.strip())
        tap = decode(data) if data else None
        if tap:
            self._note([transcript.used(label)])
            return Chosen(at=at, channel=CHANNEL, fresh=ids, tap=tap)
        self._note([transcript.said(clean_text(line))])
        return Said(at=at, channel=CHANNEL, fresh=ids, text=clean_text(line))

    def _button(self, typed: str) -> tuple[str, str]:
        place = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 0
        return self._shown[place - 1] if 1 <= place <= len(self._shown) else ("", "")

    async def _turn(self, event: Event) -> None:
        before = await self._draft()
        used = CHANNEL if isinstance(event, Chosen) else ""
        outcome = await self._intake.receive(Inbound(CHANNEL, next(self._numbers), self._address, event, used))
        if outcome.notice:
            self._note([transcript.noticed(outcome.notice)])
            self._write(outcome.notice)
        self._say([*outcome.direct, *await self._waiting(outcome)])
        story = await self._story(event) if before else None
        self._note(transcript.kept(before, await self._draft(), story, self._tellers))
        if story:
            self._story_kept()

    async def _draft(self) -> Interview | None:
        async with self._intake.database.reading() as work:
            return await interviews.load(work, self._intake.keys, self._address)

    async def _story(self, event: Event) -> Interview | None:
        async with self._intake.database.reading() as work:
            return await stories.find(work, self._intake.keys, event.fresh.receipt)

    async def _waiting(self, outcome: Outcome) -> list[Outgoing]:
        if not outcome.queued:
            return []
        keys = self._intake.keys
        async with self._intake.database.transaction() as work:
            rows = await turns.waiting(work, keys, self._address)
            for row in rows:
                await turns.delivered(work, keys, self._address, row.position)
        return [unpack(row.payload) for row in rows]

    def _say(self, replies: Sequence[Outgoing]) -> None:
        if replies:
            # A number counts for the newest buttons; of older ones only for a question that may still stand open.
            self._shown = tuple(shown for shown in self._shown if isinstance(decode(shown[1]), AskTap))
        for reply in replies:
            self._note(transcript.heard(reply, None))
            self._write(CLEAR if reply.clears and sys.stdout.isatty() else "")
            self._write(_words(reply))
            self._ask(reply)

    def _ask(self, reply: Outgoing) -> None:
        buttons = tuple(button for row in reply.rows for button in row)
        self._shown = buttons or self._shown
        for place, (label, _) in enumerate(buttons, 1):
            self._write(f"  {place:>2}  {label}")

    def _note(self, lines: Sequence[str]) -> None:
        if self._record and lines:
            with self._record.open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")


def _words(reply: Outgoing) -> str:
    """The words of a reply, on a terminal with bold and broken between words."""
    if not sys.stdout.isatty():
        return reply.plain(CHANNEL_VALUES)
    spans = reply.spans(CHANNEL_VALUES)
    words = "".join(f"{BOLD}{span.text}{PLAIN}" if span.bold else span.text for span in spans)
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return "\n".join(textwrap.fill(line, width) for line in words.split("\n"))


def line_reader() -> ReadLine:
    """Reads from the terminal with its editing keys, or plain lines where standard input is a pipe or a file."""
    if sys.stdin is None:
        return _nothing
    if sys.stdin.isatty():
        return _prompted()
    kind = os.fstat(sys.stdin.fileno()).st_mode
    return _piped() if stat.S_ISFIFO(kind) or stat.S_ISSOCK(kind) else _from_file()


async def _nothing() -> str | None:
    return None


def _prompted() -> ReadLine:
    session: PromptSession[str] = PromptSession()

    async def read() -> str | None:
        try:
            return await session.prompt_async("\n> ")
        except (EOFError, KeyboardInterrupt):
            return None

    return read


def _from_file() -> ReadLine:
    """A file (and /dev/null) is always ready, so reading it holds nobody up."""

    async def read() -> str | None:
        return _line(sys.stdin.buffer.readline())

    return read


def _piped() -> ReadLine:
    """A pipe is waited for by the loop itself: a thread that waits could not be stopped."""
    stream = asyncio.StreamReader(limit=LONGEST_LINE)
    connected = False

    async def read() -> str | None:
        nonlocal connected
        if not connected:
            protocol = asyncio.StreamReaderProtocol(stream)
            await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
            connected = True
        try:
            return _line(await stream.readline())
        except ValueError:
            # A line without an end: it is passed over, as nobody can have typed it.
            return ""

    return read


def _line(read: bytes) -> str | None:
    return read.decode("utf-8", "replace").rstrip("\n") if read else None
