"""Whether an operator reads that Telegram is away and is back, and not a line for every call that fails meanwhile."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from telegram.error import BadRequest, Conflict, NetworkError, TelegramError, TimedOut

from bot.telegram.reaching import AGAIN, FIRST, LONGEST, Reach
from tests.bot.running import free_port
from tests.botapi.faults import in_order, reset
from tests.botapi.server import FakeTelegram
from tests.corridor.process import Bot

AWAY, BACK = "Telegram is niet te bereiken", "Telegram is weer te bereiken"
BEGINS = re.compile(r"INFO bot\.running: Vertelbot \d+\.\d+\S* begint; kanaal: Telegram \((\w+)\); opslag: (\w+)\n")


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def exchanged(reach: Reach, fault: TelegramError | None = None) -> None:
    """One exchange that went well, or not."""
    with reach.heard():
        if fault:
            raise fault


def lost(reach: Reach, fault: TelegramError | None = None) -> None:
    """One exchange in which nobody was met."""
    with pytest.raises(TelegramError):
        exchanged(reach, fault or NetworkError("ClientConnectorDNSError in transport.py:98"))


def test_it_is_said_at_once_and_then_ever_less_often_and_once_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    reach, said = Reach(clock), []
    for second in range(2 * 60 * 60):
        clock.now, before = float(second), len(caplog.messages)
        lost(reach)
        said += [second] * (len(caplog.messages) - before)
    apart = [after - before for before, after in pairwise(said)]
    assert said[0] == 0
    assert apart[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert apart == sorted(apart)
    assert apart[-1] == LONGEST
    assert caplog.messages[0] == f"{AWAY} (ClientConnectorDNSError); ik blijf het proberen"
    for _ in range(3):
        exchanged(reach)
    assert caplog.messages[len(said) :] == [f"{BACK}, na 7199 seconden"]


def test_where_it_comes_and_goes_a_silence_is_told_within_a_minute_and_not_more_often(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    reach = Reach(clock)
    for second in range(3600):
        clock.now = float(second)
        lost(reach, TimedOut())
        exchanged(reach)
    away = [record for record in caplog.messages if record.startswith(AWAY)]
    assert 3600 / AGAIN <= len(away) <= 3600 / AGAIN + 3
    assert len(caplog.messages) == 2 * len(away)


def test_a_silence_long_after_another_is_told_as_the_first_was(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    reach = Reach(clock)
    for at in (0.0, FIRST, 3 * FIRST, 3 * FIRST + 1, 24 * 3600.0, 24 * 3600 + FIRST):
        clock.now = at
        lost(reach)
        if at == 3 * FIRST + 1:
            exchanged(reach)
    assert [message.partition(" (")[0] for message in caplog.messages] == [
        *[AWAY] * 3,
        f"{BACK}, na {3 * FIRST + 1:.0f} seconden",
        *[AWAY] * 2,
    ]


def test_what_telegram_itself_says_is_no_silence(caplog: pytest.LogCaptureFixture) -> None:
    reach = Reach(Clock())
    for fault in (BadRequest("400"), Conflict("409")):
        lost(reach, fault)
    assert caplog.messages == []
    lost(reach)
    lost(reach, Conflict("409"))
    assert len(caplog.messages) == 2


async def test_a_start_without_a_network_is_a_line_that_it_begins_one_that_it_waits_and_one_that_it_is_there(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    telegram.faults = in_order("getMe", [reset()] * 3)
    async with Bot(telegram, tmp_path, {"VERTELBOT_LOG__LEVEL": "INFO"}) as bot:
        await bot.start()
        log = bot.log.read_text(encoding="utf-8")
        assert await bot.stop() == 0
    [begins] = BEGINS.finditer(log)
    assert begins.groups() == ("ophalen", "SQLite")
    assert (log.count(AWAY), log.count(BACK)) == (1, 1)
    assert log.index("begint") < log.index(AWAY) < log.index(BACK) < log.index("ik luister")
    assert [word for word in ("Traceback", "NetworkError", str(tmp_path), telegram.token) if word in log] == []


async def test_an_address_where_nobody_listens_is_one_line(telegram: FakeTelegram, tmp_path: Path) -> None:
    nowhere = {"VERTELBOT_TELEGRAM__API_URL": f"http://127.0.0.1:{free_port()}", "VERTELBOT_LOG__LEVEL": "INFO"}
    async with Bot(telegram, tmp_path, nowhere) as bot:
        await bot.start(AWAY)
        assert await bot.stop() == 0
        log = bot.log.read_text(encoding="utf-8")
    assert f"{AWAY} (ClientConnectorError)" in log
    assert "Traceback" not in log
