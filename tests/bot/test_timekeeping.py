"""Whether nothing goes for its age while the clock is wrong, and all of it once the clock is right again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.durations import Span
from bot.figures import Figures
from bot.housekeeping import Upkeep, keep_house, tidy_up
from bot.intake import Intake
from bot.settings import WebSettings
from bot.timekeeping import Timekeeper
from bot.web.health import HEALTH, Health
from pages.app import web_app
from pages.serving import listening, serving
from storage import turns
from storage.addresses import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.another_program import amounts
from tests.bot.person import Person
from tests.bot.running import House, free_port
from tests.bot.story import FIRST, OPENING, STORY, says
from tests.bot.test_web import asked
from tests.postgres import BOTH_ENGINES
from tests.talk.world import Ids, library

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=366)


class Clocks:
    """The time of day, which somebody may set, and one that nobody does."""

    def __init__(self) -> None:
        self.now = NOW
        self.ticks = 100.0
        self.keeper = Timekeeper(self._wall, lambda: self.ticks)

    def _wall(self) -> float:
        return self.now.timestamp()

    def go_on(self, time: timedelta) -> None:
        """Time goes by."""
        self.now += time
        self.ticks += time.total_seconds()

    def hear(self, there: datetime) -> None:
        """An answer of Telegram, where it is so late."""
        self.keeper.told(format_datetime(there, usegmt=True))


def test_a_clock_that_goes_on_is_right_also_where_telegram_says_nothing() -> None:
    clocks = Clocks()
    for date in ("", "gisteren", "Mon, 99 Mar 2026 10:00:00 GMT"):
        clocks.keeper.told(date)
    clocks.go_on(YEAR)
    assert clocks.keeper.is_right()


@pytest.mark.parametrize("jump", [3 * YEAR, -3 * YEAR, 2 * HOUR])
def test_a_clock_that_jumps_is_wrong_until_telegram_says_the_same_or_it_is_put_right(jump: timedelta) -> None:
    clocks = Clocks()
    clocks.hear(NOW)
    clocks.now += jump
    assert not clocks.keeper.is_right()
    clocks.hear(NOW)
    assert not clocks.keeper.is_right()
    clocks.hear(NOW + jump)
    assert clocks.keeper.is_right()
    clocks.now -= jump
    assert not clocks.keeper.is_right()
    clocks.hear(NOW + timedelta(minutes=50))
    assert clocks.keeper.is_right()


def test_a_clock_that_telegram_contradicts_is_wrong_from_the_start_and_it_is_said_once_an_hour(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clocks = Clocks()
    clocks.hear(NOW - 3 * YEAR)
    for _ in range(180):
        assert not clocks.keeper.is_right()
        clocks.go_on(timedelta(minutes=1))
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3
    assert "timedatectl set-ntp true" in caplog.text


@pytest.fixture
async def intake(url: str, keys: KeyRing) -> AsyncIterator[Intake]:
    """A corridor whose own time is that of `Clocks`."""
    database = await open_database(url)
    try:
        await migrate(database)
        await match_keys(database, keys)
        clocks = Clocks()
        made = Intake(database, keys, library(), ids=Ids(), clock=lambda: clocks.now)
        made.timekeeper = clocks.keeper
        async with database.transaction() as work:
            await turns.queue(work, keys, Address("terminal", "terminal"), ["een"], clocks.now)
        await Person(made, "1").tell(STORY)
        await Person(made, "2", first=100).tell([*OPENING, says(FIRST)])
        clocks.now += 3 * YEAR
        yield made
    finally:
        await database.close()


@BOTH_ENGINES
async def test_nothing_goes_while_the_clock_is_wrong_and_all_that_is_old_when_it_is_right(
    intake: Intake, url: str
) -> None:
    stop = asyncio.Event()
    keeping = asyncio.create_task(keep_house(intake, stop, Upkeep(Span(24)), 0.01))
    before = amounts(url)
    await asyncio.sleep(0.5)
    assert amounts(url) == before
    assert (before["stories"], before["interviews"], before["outbox"]) == (1, 1, 1)
    intake.timekeeper.told(format_datetime(NOW + 3 * YEAR, usegmt=True))
    async with asyncio.timeout(60):
        for _ in range(1_000):
            if not amounts(url)["interviews"]:
                break
            await asyncio.sleep(0.05)
    stop.set()
    await keeping
    assert (amounts(url)["stories"], amounts(url)["outbox"]) == (0, 0)


@BOTH_ENGINES
async def test_no_story_and_nothing_that_waits_goes_before_the_channel_was_heard(intake: Intake, url: str) -> None:
    intake.behind = True
    await tidy_up(intake, Upkeep(Span(24)))
    assert (amounts(url)["stories"], amounts(url)["outbox"]) == (1, 1)
    intake.behind = False
    await tidy_up(intake, Upkeep(Span(24)))
    assert (amounts(url)["stories"], amounts(url)["outbox"]) == (0, 0)


async def test_health_says_that_the_clock_is_wrong(intake: Intake) -> None:
    figures = Figures()
    figures.pulse.beat()
    health = Health(intake.database, figures, intake.clock, is_right=intake.timekeeper.is_right)
    port = listening(WebSettings(port=free_port()))
    async with serving(web_app(health.routes), port):
        url = f"http://127.0.0.1:{port.getsockname()[1]}{HEALTH}"
        told = await asked(url)
        assert (told.status, '"clock":false' in told.body) == (503, True)
        intake.timekeeper.told(format_datetime(NOW + 3 * YEAR, usegmt=True))
        told = await asked(url)
        assert (told.status, '"clock":true' in told.body) == (200, True)


async def test_every_answer_of_telegram_says_how_late_it_is(house: House) -> None:
    ahead = Clocks()
    jumped = datetime.now(UTC) + 3 * YEAR - ahead.now
    ahead.go_on(jumped)
    async with house.serving_behind() as intake:
        intake.timekeeper = ahead.keeper
        assert ahead.keeper.is_right()
        await house.telegram.wait_for(lambda: not ahead.keeper.is_right())
    assert house.telegram.rejected == []
