"""Forms on paper: a number and a receipt for each, typed in once, and kept as any other story, with its rules."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.handouts.paper import MOST
from bot.intake import Intake
from bot.opening import know_all_sets
from bot.staff.desk import Desk
from bot.staff.papers import Papers
from bot.staff.place_links import Wish
from dialogs.form_numbers import is_number
from dialogs.form_numbers import spelled as number_spelled
from dialogs.interview import Interview
from dialogs.links import is_code
from dialogs.paper import Written
from dialogs.receipts import is_receipt, spelled
from dialogs.texts import fingerprint
from pages.permissions import OPERATOR, Refused
from pages.signing_in import Unfit
from storage import erased, papers, stories, tallies
from storage.faults import StorageFault
from storage.staff import Person as Member
from storage.staff import Role
from storage.tallies import Kind, Mode
from tests.bot.another_program import tables
from tests.bot.person import Person
from tests.talk.world import Clock

STAFF = Member("p1", "Sanne", "Noord", Role.STAFF)
RESEARCHER = Member("p2", "Kees", "UvA", Role.RESEARCHER)
WORDS = "Ik kreeg een kwakelbrief van de bank, en bel mij op 06-12345678 want mijn BSN is 111222333."


@pytest.fixture
def written(intake: Intake) -> Written:
    return Written(
        agreed=True,
        on=intake.clock() + timedelta(hours=1),
        words={"verhaal": WORDS, "titel": "De zwabbelbrief"},
        options={"gevoel": "opgelucht", "stadsdeel": "west"},
        quote=True,
    )


async def _story(intake: Intake, receipt: str) -> Interview | None:
    async with intake.database.reading() as work:
        return await stories.find(work, intake.keys, receipt)


async def test_every_copy_has_a_number_and_a_receipt_that_stands_nowhere_as_it_is(desk: Desk, url: str) -> None:
    printed = await desk.papers.printed(OPERATOR, "bewoner", copies=MOST)
    assert len({copy.number for copy in printed.copies}) == len({copy.receipt for copy in printed.copies}) == MOST
    assert all(is_number(copy.number) and is_receipt(copy.receipt) for copy in printed.copies)
    assert [copy for copy in printed.copies if is_receipt(copy.number) or is_code(copy.number)] == []
    rows = str(tables(url))
    assert [copy for copy in printed.copies if copy.receipt in rows or spelled(copy.receipt) in rows] == []


async def test_what_is_typed_in_is_a_story_of_the_place_and_the_teller_can_take_it_back(
    desk: Desk, intake: Intake, written: Written
) -> None:
    link = await desk.links.make(STAFF, Wish(district="noord"))
    printed = await desk.papers.printed(STAFF, "bewoner", link.code.upper())
    [form] = printed.copies
    assert await desk.papers.questions_on(STAFF, number_spelled(form.number).upper()) == printed.questions
    await desk.papers.type_in(STAFF, number_spelled(form.number), written)
    told = await _story(intake, form.receipt)
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
        assert await stories.withdraw(work, intake.keys, form.receipt, intake.clock())


async def test_the_place_of_the_link_answers_where_the_form_does_not(
    desk: Desk, intake: Intake, written: Written
) -> None:
    link = await desk.links.make(STAFF, Wish(district="noord"))
    [form] = (await desk.papers.printed(STAFF, "bewoner", link.code)).copies
    await desk.papers.type_in(STAFF, form.number, replace(written, options={}))
    told = await _story(intake, form.receipt)
    assert told
    assert (told.answer("stadsdeel").option, told.answer("stadsdeel").carried) == ("noord", "link")


async def test_a_form_is_typed_in_once_also_by_two_at_the_same_time(
    desk: Desk, intake: Intake, written: Written
) -> None:
    [form] = (await desk.papers.printed(STAFF, "bewoner")).copies
    tries = (desk.papers.type_in(STAFF, form.number, written) for _ in range(3))
    came = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in came) == ["NoneType", "Unfit", "Unfit"]
    assert await desk.papers.questions_on(STAFF, form.number) is None
    async with intake.database.reading() as work:
        assert (await stories.counts(work))["stories"] == 1


async def test_without_a_yes_on_paper_nothing_is_kept_and_all_faults_are_said(desk: Desk, written: Written) -> None:
    [form] = (await desk.papers.printed(STAFF, "bewoner")).copies
    wrong = replace(
        written, agreed=False, words={"titel": "x" * 5000}, options={"gevoel": "zot"}, on=written.on + timedelta(days=9)
    )
    with pytest.raises(Unfit) as refused:
        await desk.papers.type_in(STAFF, form.number, wrong)
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
    assert await desk.papers.questions_on(STAFF, form.number)


@pytest.mark.parametrize("number", ["", "K7P-M4T-X9R", "k7pm-4tx9", "onzin"])
async def test_a_number_of_no_form_leads_nowhere(desk: Desk, written: Written, number: str) -> None:
    with pytest.raises(Unfit):
        await desk.papers.type_in(STAFF, number, written)


async def test_the_receipt_types_nothing_in(desk: Desk, written: Written) -> None:
    [form] = (await desk.papers.printed(STAFF)).copies
    assert await desk.papers.questions_on(STAFF, form.receipt) is None
    with pytest.raises(Unfit):
        await desk.papers.type_in(STAFF, form.receipt, written)


async def test_who_may_print_and_who_may_type_in(desk: Desk, written: Written) -> None:
    [form] = (await desk.papers.printed(OPERATOR, "bewoner")).copies
    for person in (OPERATOR, RESEARCHER):
        with pytest.raises(Refused):
            await desk.papers.type_in(person, form.number, written)
        with pytest.raises(Refused):
            await desk.papers.questions_on(person, form.number)
    with pytest.raises(Refused):
        await desk.papers.printed(RESEARCHER, "bewoner")


@pytest.mark.parametrize(
    ("question_set", "code", "copies"),
    [("zot", "", 1), ("bewoner", "dddddddddd", 1), ("bewoner", "kort", 1), ("bewoner", "", 0), ("", "", MOST + 1)],
)
async def test_what_cannot_be_printed(desk: Desk, question_set: str, code: str, copies: int) -> None:
    with pytest.raises(Unfit):
        await desk.papers.printed(OPERATOR, question_set, code, copies)


@pytest.mark.parametrize("question_set", ["bewoner", "medewerker", "professional"])
async def test_every_set_can_be_told_on_paper(desk: Desk, intake: Intake, written: Written, question_set: str) -> None:
    [form] = (printed := await desk.papers.printed(STAFF, question_set)).copies
    options = {item.id: item.options[0].id for item in printed.questions.questions if hasattr(item, "options")}
    words = {item.id: "Woorden." for item in printed.questions.questions if item.kind in ("story", "open")}
    await desk.papers.type_in(STAFF, form.number, replace(written, words=words, options=options))
    told = await _story(intake, form.receipt)
    assert told
    assert told.question_set == question_set


async def test_a_form_asks_what_its_link_asks_and_nothing_else(desk: Desk) -> None:
    link = await desk.links.make(STAFF, Wish(question_set="professional"))
    assert (await desk.papers.printed(STAFF, code=link.code)).questions.id == "professional"
    assert (await desk.papers.printed(STAFF, "professional", link.code)).questions.id == "professional"
    assert (await desk.papers.printed(STAFF)).questions.id == "bewoner"
    with pytest.raises(Unfit, match="voor een andere vragenlijst: professional"):
        await desk.papers.printed(STAFF, "bewoner", link.code)


async def test_a_form_of_a_link_for_a_helper_was_told_alone(desk: Desk, intake: Intake, written: Written) -> None:
    link = await desk.links.make(STAFF, Wish(district="noord", helped=True))
    [form] = (await desk.papers.printed(STAFF, code=link.code)).copies
    await desk.papers.type_in(STAFF, form.number, written)
    told = await _story(intake, form.receipt)
    assert told
    assert (told.link, told.helped, told.consent.text) == (link.code, False, "ALG.toestemming")


async def test_the_day_on_a_form_is_not_before_it_was_printed_and_not_after_today(
    desk: Desk, clock: Clock, written: Written
) -> None:
    [form] = (await desk.papers.printed(STAFF)).copies
    clock.wait(timedelta(days=3))
    for day, wrong in ((date(2026, 3, 1), "gemaakt op 02-03-2026"), (date(2026, 3, 6), "nog niet geweest")):
        with pytest.raises(Unfit, match=wrong):
            await desk.papers.type_in(STAFF, form.number, replace(written, on=desk.papers.moment_of(day)))
    # The day of printing itself is good, although its beginning was before the moment of printing.
    await desk.papers.type_in(STAFF, form.number, replace(written, on=desk.papers.moment_of(date(2026, 3, 2))))


async def test_what_was_agreed_to_are_the_words_on_the_form_also_where_they_have_changed_since(
    desk: Desk, intake: Intake, written: Written
) -> None:
    [form] = (await desk.papers.printed(STAFF)).copies
    before = intake.library.text("ALG.toestemming")
    changed = replace(before, text=f"{before.text} En nog iets.")
    library = replace(intake.library, texts={**intake.library.texts, changed.id: changed})
    later = Papers(intake.database, intake.keys, library, intake.clock)
    await later.type_in(STAFF, form.number, written)
    told = await _story(intake, form.receipt)
    assert told
    assert told.consent.fingerprint == fingerprint(before.text) != fingerprint(changed.text)
    [other] = (await later.printed(STAFF)).copies
    await later.type_in(STAFF, other.number, written)
    told = await _story(intake, other.receipt)
    assert told
    assert told.consent.fingerprint == fingerprint(changed.text)


async def test_a_teller_takes_a_form_back_before_it_is_typed_in_as_any_story(
    desk: Desk, intake: Intake, written: Written, url: str
) -> None:
    [form, other] = (await desk.papers.printed(STAFF, copies=2)).copies
    teller = Person(intake)
    await teller.say(f"/verwijderen {spelled(form.receipt)}")
    assert "Ik heb uw verhaal gevonden." in teller.heard[-1].plain({})
    await teller.tap("👀 Eerst lezen")
    assert "Dit verhaal staat nog op papier." in teller.heard[-2].plain({})
    await teller.tap("🗑 Ja, haal weg")
    assert "Uw verhaal is weg." in teller.heard[-1].plain({})
    assert await desk.papers.questions_on(STAFF, form.number) is None
    with pytest.raises(Unfit, match="haalde het weg"):
        await desk.papers.type_in(STAFF, form.number, written)
    await desk.papers.type_in(STAFF, other.number, written)
    assert await _story(intake, other.receipt)
    found = tables(url)
    assert (len(found["papers"]), len(found["withdrawals"]), found["wrong_codes"]) == (0, 1, [])
    assert [row["kind"] for row in found["tallies"]] == ["sent", "started"]
    await teller.say(f"/verwijderen {spelled(form.receipt)}")
    assert "Ik vind geen verhaal met deze code." in teller.heard[-1].plain({})


async def test_a_form_that_was_taken_back_is_no_form_in_an_older_copy_either(
    desk: Desk, intake: Intake, written: Written
) -> None:
    [form, typed] = (await desk.papers.printed(STAFF, copies=2)).copies
    async with intake.database.reading() as work:
        older = [await papers.find(work, intake.keys, one.number) for one in (form, typed)]
    await desk.papers.type_in(STAFF, typed.number, written)
    teller = Person(intake)
    for one in (form, typed):
        await teller.say(f"/verwijderen {spelled(one.receipt)}")
        await teller.tap("🗑 Ja, haal weg")
    async with intake.database.transaction() as work:
        gone = await erased.every(work)
        await papers.note(work, intake.keys, [paper for paper in older if paper])
        assert await erased.erase(work, gone) == 2
    assert [await desk.papers.questions_on(STAFF, one.number) for one in (form, typed)] == [None, None]


async def test_who_types_in_while_the_teller_takes_it_back_leaves_no_story(
    desk: Desk, intake: Intake, written: Written, url: str
) -> None:
    forms = (await desk.papers.printed(STAFF, copies=8)).copies
    tellers = [Person(intake, str(number), first=1000 * number) for number, _ in enumerate(forms, start=1)]
    for teller, form in zip(tellers, forms, strict=True):
        await teller.say(f"/verwijderen {spelled(form.receipt)}")
    typing = [desk.papers.type_in(STAFF, form.number, written) for form in forms]
    taps = [teller.tap("🗑 Ja, haal weg") for teller in tellers]
    both = [act for pair in zip(typing, taps, strict=True) for act in pair]
    came = await asyncio.gather(*both, return_exceptions=True)
    assert {type(one) for one in came if isinstance(one, BaseException)} <= {Unfit}
    found = tables(url)
    assert (found["stories"], found["papers"], len(found["withdrawals"])) == ([], [], len(forms))


async def test_forms_that_nobody_brings_back_are_forgotten(desk: Desk, intake: Intake) -> None:
    [form] = (await desk.papers.printed(STAFF, "bewoner")).copies
    async with intake.database.transaction() as work:
        assert await papers.forget(work, intake.clock() - timedelta(days=1)) == 0
        assert await papers.forget(work, intake.clock() + timedelta(days=1)) == 1
        assert await papers.find(work, intake.keys, form.number) is None


async def test_a_start_is_refused_where_nobody_could_type_in_a_form_that_is_still_out(
    desk: Desk, intake: Intake
) -> None:
    printed = await desk.papers.printed(OPERATOR, "bewoner")
    asked = (printed.questions.id, printed.questions.version)
    library = intake.library
    await know_all_sets(intake.database, library)
    without = replace(library, sets={name: found for name, found in library.sets.items() if name != asked})
    with pytest.raises(StorageFault, match=f"{asked[0]} versie {asked[1]}. Zet het bestand terug."):
        await know_all_sets(intake.database, without)
