"""Whether a page that stood open through anything loses words: its form comes again, later, or to a new program."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.browser.routes import Site
from bot.intake import Intake
from storage import turns
from tests.bot.another_program import held
from tests.bot.browser import Answer, Browser, browser, visited
from tests.bot.story import FIRST, LINK, SECOND
from tests.bot.web_visits import NOT_KEPT, THANKS, Neighbourhood, agreed, heard, pieces
from tests.postgres import BOTH_ENGINES

YES = "✅ Ja, ik doe mee"
DONE = "✅ Klaar"
BACK = "Welkom terug."
BSN = "111222333"


@asynccontextmanager
async def program(site: Neighbourhood) -> AsyncIterator[tuple[Intake, Site]]:
    """One that has just started, on the database that is there."""
    intake = await site.open()
    async with visited(intake, site.port) as opened:
        yield intake, opened
    await intake.database.close()


async def seen_by_nobody(intake: Intake, visitor: Browser) -> None:
    """What was said goes from the outbox: it was seen, or waited too long."""
    async with intake.database.transaction() as work:
        await turns.give_up(work, intake.keys, visitor.address)


def own(found: Answer) -> list[str]:
    """The words of the teller on a page."""
    return [said.words for said in found.page.spoken if said.mine]


def goes_on(found: Answer) -> bool:
    """Whether something can be answered with a button."""
    return any(said.rows for said in found.page.spoken)


# A number that is used again.


@BOTH_ENGINES
async def test_words_with_the_number_of_a_tap_whose_answer_got_lost_stay_in_the_field(
    anne: Browser, intake: Intake
) -> None:
    await agreed(anne)
    await anne.say(FIRST)
    twin = anne.twin()
    await twin.tap(DONE)
    await twin.http.close()
    found = await anne.say(SECOND)
    assert (found.status, found.page.field) == (200, SECOND)
    assert await pieces(intake, anne.address) == [FIRST]
    again = await anne.say(found.page.field)
    assert again.page.field == ""
    assert SECOND in own(again)


@BOTH_ENGINES
async def test_words_with_the_number_of_a_yes_whose_answer_got_lost_stay_in_the_field(
    anne: Browser, intake: Intake
) -> None:
    await anne.get(f"/v/{LINK}")
    twin = anne.twin()
    await twin.tap(YES)
    await twin.http.close()
    found = await anne.say(FIRST)
    assert (found.page.field, anne.token) == (FIRST, twin.token)
    await anne.say(found.page.field)
    assert await pieces(intake, anne.address) == [FIRST]


async def test_words_with_the_number_of_a_form_of_which_nothing_could_be_shown_stay_in_the_field(
    anne: Browser, intake: Intake
) -> None:
    await agreed(anne)
    twin = anne.twin()
    await twin.say(BSN)
    await twin.http.close()
    assert (await anne.say(FIRST)).page.field == FIRST
    await anne.say(FIRST)
    assert await pieces(intake, anne.address) == ["[nummer]", FIRST]


@BOTH_ENGINES
async def test_words_that_were_changed_and_come_to_a_program_that_has_just_started_stay_in_the_field(
    site: Neighbourhood,
) -> None:
    async with browser(site.port) as anne:
        async with program(site):
            await agreed(anne)
            twin = anne.twin()
            await twin.say(FIRST)
            await twin.http.close()
        async with program(site) as (intake, _):
            found = await anne.say(f"{FIRST} {SECOND}")
            assert (found.status, found.page.field) == (200, f"{FIRST} {SECOND}")
            assert await pieces(intake, anne.address) == [FIRST]
            assert (await anne.say(found.page.field)).page.field == ""
            assert await pieces(intake, anne.address) == [FIRST, f"{FIRST} {SECOND}"]


@BOTH_ENGINES
async def test_words_that_come_again_as_they_were_to_a_program_that_has_just_started_are_kept_once(
    site: Neighbourhood,
) -> None:
    async with browser(site.port) as anne:
        async with program(site):
            await agreed(anne)
            twin = anne.twin()
            await twin.say(FIRST)
            await twin.http.close()
        async with program(site) as (intake, _):
            found = await anne.say(FIRST)
            assert found.page.field == ""
            assert await pieces(intake, anne.address) == [FIRST]


@BOTH_ENGINES
async def test_the_number_of_a_form_of_somebody_else_swallows_no_words(anne: Browser, intake: Intake) -> None:
    async with browser(anne.port) as bert:
        await agreed(anne)
        await agreed(bert)
        number = anne.page.hidden["number"]
        await anne.say(FIRST)
        found = await bert.send({"words": SECOND, "number": number})
        assert THANKS in heard(found)
        assert await pieces(intake, bert.address) == [SECOND]


# A page that is open still, of which nothing is known any more.


@BOTH_ENGINES
async def test_a_form_of_a_page_of_before_a_restart_is_kept_and_the_question_comes_again(site: Neighbourhood) -> None:
    async with browser(site.port) as anne:
        async with program(site) as (first, _):
            await agreed(anne)
            await anne.say(FIRST)
            await seen_by_nobody(first, anne)
        async with program(site) as (intake, _):
            found = await anne.say(SECOND)
            assert await pieces(intake, anne.address) == [FIRST, SECOND]
            assert own(found) == [SECOND]
            assert BACK in heard(found)
            assert goes_on(found)


@BOTH_ENGINES
async def test_the_same_form_to_a_program_that_has_just_started_gives_no_empty_page(site: Neighbourhood) -> None:
    async with browser(site.port) as anne:
        async with program(site) as (first, _):
            await agreed(anne)
            twin = anne.twin()
            await twin.say(FIRST)
            await twin.http.close()
            await seen_by_nobody(first, anne)
        async with program(site) as (intake, _):
            found = await anne.say(FIRST)
            assert await pieces(intake, anne.address) == [FIRST]
            assert BACK in heard(found)
            assert goes_on(found)


# While nothing can be kept.


async def test_an_excuse_stands_there_once_however_often_somebody_tries(anne: Browser, site: Neighbourhood) -> None:
    await agreed(anne)
    async with held(site.url):
        for _ in range(3):
            found = await anne.say(FIRST)
            assert (found.status, found.page.field) == (503, FIRST)
            assert heard(found).count(NOT_KEPT) == 1
    assert THANKS in heard(await anne.say(FIRST))


async def test_that_nothing_can_be_kept_is_logged_once_when_it_begins_and_once_when_it_is_over(
    anne: Browser, site: Neighbourhood, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="bot")
    await agreed(anne)
    async with held(site.url):
        for _ in range(2):
            await anne.say(FIRST)
            assert (await anne.get(f"/v/{LINK}")).status in (200, 503)
    await anne.say(FIRST)
    ours = [said.getMessage() for said in caplog.records if said.name.startswith("bot.")]
    assert [said.partition(" en ")[0] for said in ours] == [
        "een bericht kon niet worden bewaard",
        "er wordt weer bewaard",
    ]
