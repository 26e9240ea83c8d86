"""Whether the web chat keeps what was promised where a disk, a program beside it or our own code fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.browser import unseen
from bot.browser.routes import Site
from bot.browser.screens import IDLE_SECONDS, Screens
from bot.browser.unseen import UNSEEN_SECONDS
from bot.figures import Figures
from bot.intake import Intake
from bot.running import run
from bot.settings import BackupSettings, Settings, WebSettings
from bot.turn import Inbound
from storage import turns
from storage.addresses import Address
from storage.faults import DatabaseGone
from storage.secrets import create_key_file, read_key_file
from storage.settings import StorageSettings
from tests.bot.another_program import amounts, held, place, refusing
from tests.bot.browser import Browser, browser, visited
from tests.bot.running import free_port
from tests.bot.story import FIRST, LINK, SECOND, STORY
from tests.bot.web_visits import CODE, NOT_KEPT, THANKS, Neighbourhood, agreed, heard, pieces
from tests.postgres import BOTH_ENGINES
from tests.talk.world import Clock

ON_A_SERVER = pytest.mark.parametrize("url", ["postgres"], indirect=True)


@asynccontextmanager
async def with_two_programs(site: Neighbourhood) -> AsyncIterator[tuple[Intake, Browser, int]]:
    """Two programs on one database, a browser on the first of them, and the port of the second."""
    first, second, port = await site.open(), await site.open(), free_port()
    async with visited(first, site.port), visited(second, port), browser(site.port) as anne:
        yield first, anne, port
    await second.database.close()
    await first.database.close()


# Several programs.


@ON_A_SERVER
async def test_a_story_goes_on_in_order_with_whichever_program_a_form_comes_to(site: Neighbourhood) -> None:
    async with with_two_programs(site) as (intake, anne, other):
        await anne.get(f"/v/{LINK}")
        await anne.tap(STORY[1].words)
        ports = [anne.port, other]
        told = [FIRST, SECOND, "en daarna niets meer", "tot de brief kwam"]
        for number, words in enumerate(told):
            anne.port = ports[number % 2]
            found = await anne.say(words)
            assert found.status == 200
        assert await pieces(intake, anne.address) == told


@ON_A_SERVER
async def test_a_form_that_comes_to_two_programs_at_once_counts_once(site: Neighbourhood) -> None:
    async with with_two_programs(site) as (intake, anne, other):
        await agreed(anne)
        for words in (FIRST, SECOND):
            twin = anne.twin()
            twin.port = other
            answers = await asyncio.gather(anne.say(words), twin.say(words))
            await twin.http.close()
            assert [found.status for found in answers] == [200, 200]
        assert await pieces(intake, anne.address) == [FIRST, SECOND]


@ON_A_SERVER
async def test_a_receipt_is_there_when_the_program_that_made_it_is_no_more(site: Neighbourhood) -> None:
    async with with_two_programs(site) as (_, anne, other):
        found = await anne.get(f"/v/{LINK}")
        for move in STORY[1:]:
            found = await (anne.tap(move.words) if move.taps else anne.say(move.words))
        code = CODE.search(heard(found))
        anne.port = other
        again = CODE.search(heard(await anne.get()))
    assert code
    assert again
    assert again[1] == code[1]


# What goes wrong.


@BOTH_ENGINES
async def test_whoever_watches_sees_that_nothing_can_be_kept_and_when_it_can_again(
    site: Neighbourhood, intake: Intake
) -> None:
    figures = Figures()
    async with visited(intake, site.port, figures=figures), browser(site.port) as anne:
        await agreed(anne)
        handled = figures.handled["web"]
        async with held(site.url):
            assert (await anne.say(FIRST)).status == 503
        assert (figures.keeping, figures.failed["bezet"], figures.handled["web"]) == (False, 1, handled)
        assert (await anne.say(FIRST)).status == 200
    assert (figures.keeping, figures.handled["web"]) == (True, handled + 1)


@BOTH_ENGINES
async def test_a_full_disk_costs_nobody_a_word_and_nobody_is_thanked(site: Neighbourhood, intake: Intake) -> None:
    async with visited(intake, site.port), browser(site.port) as anne:
        await agreed(anne)
        async with refusing(site.url, "INSERT ON parts"):
            found = await anne.say(FIRST)
        assert (found.status, found.page.field) == (503, FIRST)
        assert THANKS not in heard(found)
        assert THANKS in heard(await anne.say(found.page.field))
        assert await pieces(intake, anne.address) == [FIRST]


async def test_a_fault_of_our_own_leaves_the_words_in_the_field(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_inbound: Inbound) -> None:
        raise ZeroDivisionError

    figures = Figures()
    async with visited(intake, site.port, figures=figures), browser(site.port) as anne:
        await agreed(anne)
        with monkeypatch.context() as wrong:
            wrong.setattr(intake, "receive", broken)
            found = await anne.say(FIRST)
        assert (found.status, found.page.field) == (503, FIRST)
        assert NOT_KEPT in heard(found)
        assert (figures.failed["fout"], figures.keeping) == (1, True)
        await anne.say(found.page.field)
        assert await pieces(intake, anne.address) == [FIRST]


async def test_an_answer_that_cannot_be_read_after_all_was_kept_comes_when_it_is_asked_for_again(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise DatabaseGone

    async with visited(intake, site.port), browser(site.port) as anne:
        await agreed(anne)
        with monkeypatch.context() as wrong:
            wrong.setattr(turns, "waiting", away)
            found = await anne.say(FIRST)
        assert (found.status, found.page.field) == (503, FIRST)
        again = await anne.say(found.page.field)
        assert (again.status, again.page.field) == (200, "")
        assert THANKS in heard(again)
        assert await pieces(intake, anne.address) == [FIRST]


async def test_words_that_were_changed_before_they_were_sent_again_stay_in_the_field(
    site: Neighbourhood, intake: Intake
) -> None:
    async with visited(intake, site.port), browser(site.port) as anne:
        await agreed(anne)
        number = anne.page.hidden["number"]
        await anne.say(FIRST)
        found = await anne.send({"words": f"{FIRST} En toen nog iets.", "number": number})
        assert found.page.field == f"{FIRST} En toen nog iets."
        assert await pieces(intake, anne.address) == [FIRST]


async def test_a_program_whose_database_is_taken_away_ends(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unseen, "LOOK_SECONDS", 0.01)
    async with visited(intake, site.port) as opened, browser(site.port) as anne:
        await agreed(anne)
        serving = asyncio.create_task(opened.serve(asyncio.Event()))
        place(site.url).unlink()
        with pytest.raises(DatabaseGone):
            await asyncio.wait_for(serving, 30)
        assert THANKS not in heard(await anne.say(FIRST))


# What waits unseen.


async def until(found: Callable[[], bool]) -> None:
    """Looks often, and gives up after a long time."""
    for _ in range(6_000):
        if found():
            return
        await asyncio.sleep(0.005)
    pytest.fail("waited in vain")


async def waits(intake: Intake, address: Address) -> int:
    """How much waits for this browser."""
    async with intake.database.reading() as work:
        return len(await turns.waiting(work, intake.keys, address))


@BOTH_ENGINES
async def test_what_nobody_comes_back_for_goes(site: Neighbourhood, intake: Intake) -> None:
    times = [0.0]

    async def later(opened: Site, seconds: float) -> None:
        times[0] += seconds
        await opened.chat.unseen.clear()

    async with visited(intake, site.port, steady=lambda: times[0]) as opened, browser(site.port) as anne:
        await agreed(anne)
        await later(opened, 0)
        await later(opened, UNSEEN_SECONDS)
        assert await waits(intake, anne.address)
        await later(opened, 1)
        assert not await waits(intake, anne.address)


@BOTH_ENGINES
async def test_whoever_talks_on_for_an_hour_loses_nothing_that_was_said_just_now(
    site: Neighbourhood, intake: Intake
) -> None:
    times = [0.0]
    async with visited(intake, site.port, steady=lambda: times[0]) as opened, browser(site.port) as anne:
        await agreed(anne)
        waiting = 0
        for move in STORY[2:]:
            await opened.chat.unseen.clear()
            times[0] += UNSEEN_SECONDS - 1
            await (anne.tap(move.words) if move.taps else anne.say(move.words))
            waiting = await waits(intake, anne.address)
            times[0] += 2
            await opened.chat.unseen.clear()
            assert await waits(intake, anne.address) == waiting
        assert waiting > 0


async def test_what_was_on_a_screen_is_forgotten_in_time_also_where_nobody_comes_any_more(
    site: Neighbourhood, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unseen, "LOOK_SECONDS", 0.01)
    times, stop = [0.0], asyncio.Event()
    screens = Screens(lambda: times[0])
    async with visited(intake, site.port, screens=screens) as opened, browser(site.port) as anne:
        await agreed(anne)
        assert len(screens) > 0
        times[0] += IDLE_SECONDS
        serving = asyncio.create_task(opened.serve(stop))
        await until(lambda: len(screens) == 0)
        stop.set()
        await serving


async def test_what_was_said_in_a_browser_goes_also_where_that_is_turned_off_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unseen, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(unseen, "UNSEEN_SECONDS", 0.0)
    url, key_file = f"sqlite:///{tmp_path}/v.db", tmp_path / "keys" / "sleutels"
    create_key_file(key_file)
    site = Neighbourhood(url, read_key_file(key_file), free_port(), Clock())
    intake = await site.open()
    async with intake.database.transaction() as work:
        await turns.queue(work, intake.keys, Address("web", "iemand"), ["{}"], intake.clock())
    await intake.database.close()
    settings = Settings(
        storage=StorageSettings(url=url, key_file=key_file),
        backup=BackupSettings(folder=tmp_path / "backups"),
        web=WebSettings(chat=False, port=0),
    )
    stop = asyncio.Event()
    running = asyncio.create_task(run(settings, stop))
    await until(lambda: not amounts(url)["outbox"])
    stop.set()
    await running
