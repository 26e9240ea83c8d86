"""Updates that hold anything at all: none is a fault of ours, and whoever comes beside them is answered at once."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median

import pytest
from aiohttp import ClientSession

from bot.figures import Figures
from bot.intake import Intake
from bot.outgoing import Outgoing, unpack
from bot.telegram.reading import Aside, Group, Reader, Update
from bot.telegram.rendering import render
from storage import turns
from storage.secrets import KeyRing
from tests.bot.running import House
from tests.bot.story import OPENING
from tests.botapi.courier import SECRET
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Json, a_text, an_object
from tests.stress.mutating import update
from tests.stress.numbers import Numbers
from tests.stress.owntime import own_time
from tests.talk.world import library

SEED = 20_261_130
FIRST = 800_000_000
BATCH = 25
BEHIND = 5
GOOD, HELP, ANSWER = 72_000_001, "/hulp", "Zo werkt het"
POLL = "getUpdates"
ANSWERED_WITHIN = 1.0
"""Seconds: a promise of the house, to each."""

Figure = Callable[[str, str], None]
Progress = Callable[[str], None]
Bring = Callable[[Random, Sequence[Json]], Awaitable[None]]
"""How nonsense comes to the bot."""


async def test_any_update_goes_through_the_corridor_without_a_fault(
    tmp_path: Path, keys: KeyRing, numbers: Numbers, figure: Figure, progress: Progress
) -> None:
    """What is read is kept and answered for real, and what is to be said can be sent. A fault comes out as it is."""
    lot, amount = Random(SEED), numbers.nonsense - 2 * (numbers.nonsense // 4)
    read = {Update: 0, Group: 0, Aside: 0}
    async with House(FakeTelegram(), f"sqlite:///{tmp_path}/vertelbot.db", keys, library()).intake() as intake:
        reader = Reader("telegram:123", intake.ids, intake.clock)
        buttons: list[str] = []
        for number in range(amount):
            found = reader.read(update(lot, FIRST + number, buttons))
            read[type(found)] += 1
            if isinstance(found, Update):
                outcome = await intake.receive(found.inbound)
                buttons = _shown([*outcome.direct, *await _delivered(intake)]) or buttons
            if number % 5_000 == 0:
                progress(f"{number} van {amount} updates door de gang")
    assert min(read.values()) > 0
    told = f"{read[Update]} gelezen, {read[Aside]} opzij, {read[Group]} uit groepen"
    figure("onzin door de gang", f"{amount} updates: {told}; geen fout")


async def test_any_update_that_is_fetched_leaves_the_others_to_be_answered(
    tmp_path: Path, keys: KeyRing, numbers: Numbers, figure: Figure, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram(pause=0.2) as telegram:
        house, figures = House(telegram, f"sqlite:///{tmp_path}/vertelbot.db", keys, library()), Figures()
        async with house.serving(figures) as running:
            await house.phone(GOOD).tell(OPENING)
            answered = await _beside(house, numbers.nonsense // 4, _waiting_for(telegram))
            assert not running.done()
    _has_no_fault(figures, caplog)
    figure("onzin opgehaald", _line(numbers.nonsense // 4, figures, answered))


async def test_who_writes_behind_what_cannot_be_confirmed_is_answered(
    tmp_path: Path, keys: KeyRing, figure: Figure
) -> None:
    """An update without a number is there again at every poll. The worst is to write just after such a poll.

    How long the bot rests then is the same every time, so the least is what it takes, however busy the machine is.
    """
    async with FakeTelegram(pause=0.2) as telegram:
        house = House(telegram, f"sqlite:///{tmp_path}/vertelbot.db", keys, library())
        async with house.serving():
            await house.phone(GOOD).tell(OPENING)
            answered = [await _behind_one_without_a_number(house) for _ in range(BEHIND)]
    assert min(answered) <= ANSWERED_WITHIN
    figure("achter onzin zonder nummer", f"beantwoord in {min(answered):.2f} tot {max(answered):.2f} s")


async def test_anything_that_is_brought_leaves_the_others_to_be_answered(
    tmp_path: Path, keys: KeyRing, numbers: Numbers, figure: Figure, caplog: pytest.LogCaptureFixture
) -> None:
    """Here also what is no JSON, or only half of it."""
    async with FakeTelegram() as telegram, ClientSession() as session:
        house, figures = House(telegram, f"sqlite:///{tmp_path}/vertelbot.db", keys, library(), brought=True), Figures()
        async with house.serving(figures) as running:
            await telegram.wait_for(lambda: bool(telegram.account.webhook["url"]))
            await house.phone(GOOD).tell(OPENING)
            answered = await _beside(house, numbers.nonsense // 4, _brought_to(telegram, session))
            assert not running.done()
    _has_no_fault(figures, caplog)
    figure("onzin gebracht", _line(numbers.nonsense // 4, figures, answered))


async def _beside(house: House, amount: int, bring: Bring) -> list[float]:
    """So much nonsense, and with every batch somebody who asks for help; after how many seconds of ours each got it."""
    lot, answered = Random(SEED + 1), list[float]()
    for begin in range(0, amount, BATCH):
        nonsense = [update(lot, FIRST + begin + number, ()) for number in range(BATCH)]
        begun = own_time()
        await bring(lot, nonsense[: BATCH // 2])
        house.telegram.say(GOOD, HELP)
        await bring(lot, nonsense[BATCH // 2 :])
        await house.telegram.wait_for(lambda: _times_helped(house) > len(answered), timeout=60)
        answered.append(own_time() - begun)
    assert _times_helped(house) == len(answered), "somebody got two answers, so the next was measured too early"
    return answered


async def _behind_one_without_a_number(house: House) -> float:
    """After how many seconds somebody is helped who writes when the bot has just met an update without a number."""
    telegram, helped, loop = house.telegram, _times_helped(house), asyncio.get_running_loop()
    telegram.push({"update_id": "zeven"})
    fetched = len(telegram.calls_of(POLL))
    await telegram.wait_for(lambda: len(telegram.calls_of(POLL)) > fetched)
    begun = loop.time()
    telegram.say(GOOD, HELP)
    await telegram.wait_for(lambda: _times_helped(house) > helped)
    return loop.time() - begun


async def _delivered(intake: Intake) -> list[Outgoing]:
    """All that waits, as a channel takes it away."""
    async with intake.database.reading() as work:
        chats = await turns.chats(work, intake.keys)
        waiting = [row for chat in chats for row in await turns.waiting(work, intake.keys, chat)]
    if waiting:
        async with intake.database.transaction() as work:
            for row in waiting:
                await turns.delivered(work, intake.keys, row.address, row.position)
    return [unpack(row.payload) for row in waiting]


def _shown(said: Sequence[Outgoing]) -> list[str]:
    """What the buttons under these carry, once they have been made fit to send."""
    for one in said:
        assert all(len(message.text) > 0 for message in render(one))
    return [data for one in said for row in one.rows for _, data in row]


def _waiting_for(telegram: FakeTelegram) -> Bring:
    """It waits to be fetched. What has a number gets one that goes on, or no update after it could be confirmed."""

    async def bring(_lot: Random, nonsense: Sequence[Json]) -> None:
        for raw in map(an_object, nonsense):
            telegram.push({name: item for name, item in raw.items() if name != "update_id" or not _is_number(item)})

    return bring


def _brought_to(telegram: FakeTelegram, session: ClientSession) -> Bring:
    """It is brought at once, all beside each other; now and then only a part of it arrives, or something else."""
    headers = {"Content-Type": "application/json"}

    async def bring(lot: Random, nonsense: Sequence[Json]) -> None:
        url = a_text(telegram.account.webhook["url"])
        shown = {**headers, SECRET: telegram.account.webhook_secret}
        bodies = [_spoiled(lot, json.dumps(raw).encode()) for raw in nonsense]
        got = await asyncio.gather(*(session.post(url, data=body, headers=shown) for body in bodies))
        assert {answer.status for answer in got} == {200}

    return bring


def _spoiled(lot: Random, body: bytes) -> bytes:
    at = lot.randrange(len(body))
    match lot.randrange(10):
        case 0:
            return body[:at]
        case 1:
            return body[:at] + lot.randbytes(4) + body[at + 4 :]
        case _:
            return body


def _is_number(value: Json) -> bool:
    return isinstance(value, int)


def _times_helped(house: House) -> int:
    return sum(ANSWER in a_text(call.params["text"]) for call in house.sent(GOOD))


def _has_no_fault(figures: Figures, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing failed, and nobody complained of a task that ended where no one looked."""
    assert figures.failed == {}
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []
    assert "kon niet worden behandeld" not in caplog.text


def _line(amount: int, figures: Figures, answered: Sequence[float]) -> str:
    late = [round(seconds, 2) for seconds in answered if seconds > ANSWERED_WITHIN]
    assert late == [], f"late, of {len(answered)}"
    return (
        f"{amount} updates, {figures.aside.total()} opzij, geen fout; {len(answered)} goede berichten ertussen "
        f"beantwoord binnen {max(answered):.2f} s (midden {median(answered):.2f} s)"
    )
