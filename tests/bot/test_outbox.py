"""Whether of several programs that send for the same chats one goes on only with what is surely still its own."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import pytest
from telegram import Bot

from bot.intake import Intake
from bot.outgoing import Outgoing, pack
from bot.telegram.api import Api, Lines
from bot.telegram.calling import Caller
from bot.telegram.outbox import HELD
from bot.telegram.pace import Pace
from bot.telegram.speaking import Speaker
from bot.telegram.transport import AiohttpRequest
from storage import deliveries, turns
from storage.addresses import Address
from storage.opening import open_database
from storage.schema import migrate
from storage.secrets import KeyRing
from tests.botapi.faults import Fault, too_many
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Values
from tests.postgres import PostgresServer
from tests.talk.world import Clock, library

ANNE = 4201


@pytest.fixture
async def intake(postgres: PostgresServer, keys: KeyRing) -> AsyncIterator[Intake]:
    """A corridor on a server, where others may be at work as well."""
    name = await postgres.database()
    database = await open_database(postgres.url(name))
    await migrate(database)
    yield Intake(database, keys, library(), clock=Clock())
    await database.close()
    await postgres.drop(name)


@pytest.fixture
async def speaker(telegram: FakeTelegram, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    """Who sends what waits there."""
    # As the channel has it, or the library warns.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    lines = Lines(polling=AiohttpRequest(), sending=AiohttpRequest())
    bot = Bot(telegram.token, f"{telegram.url}/bot", request=lines.sending, get_updates_request=lines.polling)
    async with bot:
        yield Speaker(Api(bot, lines, Caller(Pace(10_000, 10_000), Counter())), intake)


async def queued(telegram: FakeTelegram, intake: Intake, chat: int, words: Sequence[str]) -> Address:
    """These words wait for this chat."""
    telegram.meet(chat)
    address = Address("telegram", str(chat))
    async with intake.database.transaction() as work:
        await turns.queue(work, intake.keys, address, [pack(Outgoing(one)) for one in words], intake.clock())
    return address


async def taken_by_another(intake: Intake, address: Address, at: datetime) -> bool:
    """Whether another program may send for this chat at this time; if so, it does from now on."""
    async with intake.database.transaction() as work:
        return await deliveries.take(work, intake.keys, address, "een ander", at, at + HELD)


async def waiting(intake: Intake, address: Address) -> list[turns.Waiting]:
    """What still waits for this chat."""
    async with intake.database.reading() as work:
        return await turns.waiting(work, intake.keys, address)


async def test_what_was_fetched_before_a_long_wait_is_left_to_whoever_took_over(
    telegram: FakeTelegram, intake: Intake, speaker: Speaker
) -> None:
    address = await queued(telegram, intake, ANNE, ["een", "twee", "drie"])
    taking: list[asyncio.Task[bool]] = []

    def stall(method: str, _values: Values) -> Fault | None:
        if method != "sendMessage" or taking:
            return None
        assert isinstance(intake.clock, Clock)
        intake.clock.wait(2 * HELD)
        taking.append(asyncio.create_task(taken_by_another(intake, address, intake.clock())))
        return too_many(1)

    telegram.faults = stall
    await speaker.deliver(address)
    assert await taking[0]
    assert [call.params["text"] for call in telegram.calls_of("sendMessage") if call.ok] == ["een"]
    assert len(await waiting(intake, address)) == 2


async def test_what_takes_long_is_still_sent_where_nobody_took_over(
    telegram: FakeTelegram, intake: Intake, speaker: Speaker
) -> None:
    words = ["een", "twee", "drie"]
    address = await queued(telegram, intake, ANNE, words)

    def slow(_method: str, _values: Values) -> None:
        assert isinstance(intake.clock, Clock)
        intake.clock.wait(2 * HELD)

    telegram.faults = slow
    await speaker.deliver(address)
    assert [call.params["text"] for call in telegram.calls_of("sendMessage")] == words
    assert await waiting(intake, address) == []


async def test_who_stops_leaves_what_waits_to_others_at_once(
    telegram: FakeTelegram, intake: Intake, speaker: Speaker
) -> None:
    address = await queued(telegram, intake, ANNE, ["een", "twee"])
    telegram.faults = lambda method, values: too_many(30) if method == "sendMessage" else None
    await speaker.deliver_all()
    await telegram.wait_for(lambda: bool(telegram.calls_of("sendMessage")))
    assert not await taken_by_another(intake, address, intake.clock())
    await speaker.drain(0.2)
    assert await taken_by_another(intake, address, intake.clock())
    assert len(await waiting(intake, address)) == 2
