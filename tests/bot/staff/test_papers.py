"""Forms on paper: a code for each copy, typed in once, and kept as any other story with the rules of the chat."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handouts.paper import MOST
from bot.intake import Intake
from bot.staff.desk import Desk
from bot.staff.permissions import OPERATOR, Refused
from bot.staff.place_links import Wish
from bot.staff.signing_in import Unfit
from dialogs.interview import Interview
from dialogs.paper import Written
from dialogs.receipts import is_receipt, spelled
from storage import papers, stories, tallies
from storage.staff import Person, Role
from storage.tallies import Kind, Mode
from tests.bot.another_program import tables

STAFF = Person("p1", "Sanne", "Noord", Role.STAFF)
RESEARCHER = Person("p2", "Kees", "UvA", Role.RESEARCHER)
WORDS = "Ik kreeg een kwakelbrief van de bank, en bel mij op 06-12345678 want mijn BSN is 111222333."


@pytest.fixture
def written(intake: Intake) -> Written:
    return Written(
        agreed=True,
        on=intake.clock() - timedelta(days=3),
        words={"verhaal": WORDS, "titel": "De zwabbelbrief"},
        options={"gevoel": "opgelucht", "stadsdeel": "west"},
        quote=True,
    )


async def _story(intake: Intake, receipt: str) -> Interview | None:
    async with intake.database.reading() as work:
        return await stories.find(work, intake.keys, receipt)


async def test_every_copy_has_a_code_of_its_own_that_stands_nowhere_as_it_is(desk: Desk, url: str) -> None:
    printed = await desk.papers.printed(OPERATOR, "bewoner", copies=MOST)
    assert len(set(printed.receipts)) == MOST
    assert all(map(is_receipt, printed.receipts))
    rows = str(tables(url)["papers"])
    assert [receipt for receipt in printed.receipts if receipt in rows] == []


async def test_what_is_typed_in_is_a_story_of_the_place_and_the_teller_can_take_it_back(
    desk: Desk, intake: Intake, written: Written
) -> None:
    link = await desk.links.make(STAFF, Wish(district="noord"))
    printed = await desk.papers.printed(STAFF, "bewoner", link.code.upper())
    [receipt] = printed.receipts
    assert await desk.papers.questions_on(STAFF, spelled(receipt)) == printed.questions
    await desk.papers.type_in(STAFF, spelled(receipt), written)
    told = await _story(intake, receipt)
    assert told
    assert (told.channel, told.link, told.quote, told.helped) == ("papier", link.code, True, False)
    assert (
        told.answer("verhaal").text
        == "Ik kreeg een kwakelbrief van de bank, en bel mij op [nummer] want mijn BSN is [nummer]."
    )
    assert told.answer("stadsdeel").option == "west"
    assert told.answer("hulp").skipped
    async with intake.database.reading() as work:
        found = {(tally.link, tally.mode, tally.kind): amount for tally, amount in await tallies.every(work)}
    assert found == {(link.code, Mode.PAPER, Kind.STARTED): 1, (link.code, Mode.PAPER, Kind.SENT): 1}
    async with intake.database.transaction() as work:
        assert await stories.withdraw(work, intake.keys, receipt, intake.clock())


async def test_the_place_of_the_link_answers_where_the_form_does_not(
    desk: Desk, intake: Intake, written: Written
) -> None:
    link = await desk.links.make(STAFF, Wish(district="noord"))
    [receipt] = (await desk.papers.printed(STAFF, "bewoner", link.code)).receipts
    await desk.papers.type_in(STAFF, receipt, replace(written, options={}))
    told = await _story(intake, receipt)
    assert told
    assert (told.answer("stadsdeel").option, told.answer("stadsdeel").carried) == ("noord", "link")


async def test_a_form_is_typed_in_once_also_by_two_at_the_same_time(
    desk: Desk, intake: Intake, written: Written
) -> None:
    [receipt] = (await desk.papers.printed(STAFF, "bewoner")).receipts
    tries = (desk.papers.type_in(STAFF, receipt, written) for _ in range(3))
    came = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in came) == ["NoneType", "Unfit", "Unfit"]
    assert await desk.papers.questions_on(STAFF, receipt) is None
    async with intake.database.reading() as work:
        assert (await stories.counts(work))["stories"] == 1


async def test_without_a_yes_on_paper_nothing_is_kept_and_all_faults_are_said(desk: Desk, written: Written) -> None:
    [receipt] = (await desk.papers.printed(STAFF, "bewoner")).receipts
    wrong = replace(
        written, agreed=False, words={"titel": "x" * 5000}, options={"gevoel": "zot"}, on=written.on + timedelta(days=9)
    )
    with pytest.raises(Unfit) as refused:
        await desk.papers.type_in(STAFF, receipt, wrong)
    said = "\n".join(refused.value.faults)
    assert [
        word for word in ("dag op het papier", "kruisje", "Hier moet iets staan", "te lang", "Kies een") if word in said
    ] == [
        "dag op het papier",
        "kruisje",
        "Hier moet iets staan",
        "te lang",
        "Kies een",
    ]
    assert await desk.papers.questions_on(STAFF, receipt)


@pytest.mark.parametrize("receipt", ["", "K7P-M4T-X9R", "onzin"])
async def test_a_code_of_no_form_leads_nowhere(desk: Desk, written: Written, receipt: str) -> None:
    with pytest.raises(Unfit):
        await desk.papers.type_in(STAFF, receipt, written)


async def test_who_may_print_and_who_may_type_in(desk: Desk, written: Written) -> None:
    [receipt] = (await desk.papers.printed(OPERATOR, "bewoner")).receipts
    for person in (OPERATOR, RESEARCHER):
        with pytest.raises(Refused):
            await desk.papers.type_in(person, receipt, written)
        with pytest.raises(Refused):
            await desk.papers.questions_on(person, receipt)
    with pytest.raises(Refused):
        await desk.papers.printed(RESEARCHER, "bewoner")


@pytest.mark.parametrize(
    ("question_set", "code", "copies"), [("zot", "", 1), ("bewoner", "dddddddddd", 1), ("bewoner", "", 0)]
)
async def test_what_cannot_be_printed(desk: Desk, question_set: str, code: str, copies: int) -> None:
    with pytest.raises(Unfit):
        await desk.papers.printed(OPERATOR, question_set, code, copies)


@pytest.mark.parametrize("question_set", ["bewoner", "medewerker", "professional"])
async def test_every_set_can_be_told_on_paper(desk: Desk, intake: Intake, written: Written, question_set: str) -> None:
    [receipt] = (printed := await desk.papers.printed(STAFF, question_set)).receipts
    options = {item.id: item.options[0].id for item in printed.questions.questions if hasattr(item, "options")}
    words = {item.id: "Woorden." for item in printed.questions.questions if item.kind in ("story", "open")}
    await desk.papers.type_in(STAFF, receipt, replace(written, words=words, options=options))
    told = await _story(intake, receipt)
    assert told
    assert told.question_set == question_set


async def test_forms_that_nobody_brings_back_are_forgotten(desk: Desk, intake: Intake) -> None:
    [receipt] = (await desk.papers.printed(STAFF, "bewoner")).receipts
    async with intake.database.transaction() as work:
        assert await papers.forget(work, intake.clock() - timedelta(days=1)) == 0
        assert await papers.forget(work, intake.clock() + timedelta(days=1)) == 1
        assert await papers.find(work, intake.keys, receipt) is None
