"""Links and visits as staff make them: with a code of its own, and all that is wrong said at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.intake import Intake
from bot.settings import Settings, StudySettings, TelegramSettings, WebSettings
from bot.staff.addresses import Addresses, addresses_of
from bot.staff.desk import Desk
from bot.staff.place_links import HELPERS, Wish
from counting.places import districts
from dialogs.interview import Visit
from dialogs.links import is_code
from pages.permissions import OPERATOR
from pages.signing_in import Unfit
from storage import links
from storage.staff import Person, Role
from tests.bot.another_program import tables
from tests.talk.world import Clock, library

STAFF = Person("p1", "Sanne", "Noord", Role.STAFF)
OTHER = Person("p2", "Joke", "Zuid", Role.STAFF)


async def test_a_link_has_a_code_of_its_own_and_leads_to_two_addresses(desk: Desk) -> None:
    made = [await desk.links.make(STAFF, Wish(place=" Huis  van de Wijk ", district="noord")) for _ in range(20)]
    assert len({link.code for link in made}) == 20
    assert all(is_code(link.code) for link in made)
    assert {(link.place, link.made_by) for link in made} == {("Huis van de Wijk", "p1")}
    assert await desk.links.every(STAFF) == made[::-1]
    code = made[0].code
    assert desk.addresses.in_browser(code) == f"https://vertel.example/v/{code}"
    assert desk.addresses.in_telegram(code) == f"https://t.me/vertel?start={code}"


async def test_what_is_asked_for_once_is_made_once(desk: Desk) -> None:
    """Also where it is asked many times at once; and of somebody else it is another."""
    found = await asyncio.gather(*(desk.links.make(STAFF, Wish(place="Huis"), "telegram:1 7") for _ in range(5)))
    [code] = {link.code for link in found}
    assert await desk.links.every(STAFF) == [found[0]]
    assert await desk.links.made_once(STAFF, "telegram:1 7") == found[0]
    assert await desk.links.made_once(OTHER, "telegram:1 7") is None
    assert await desk.links.made_once(STAFF, "telegram:1 8") is None
    others = [
        await desk.links.make(OTHER, Wish(place="Huis"), "telegram:1 7"),
        await desk.links.make(STAFF, Wish(place="Huis"), "telegram:1 8"),
        await desk.links.make(STAFF, Wish(place="Huis")),
    ]
    assert len({code, *(link.code for link in others)}) == 4
    assert all(is_code(link.code) for link in others)


async def test_all_that_is_wrong_with_a_wish_is_said_at_once(desk: Desk) -> None:
    yesterday = desk.links.today - timedelta(days=1)
    wrong = Wish("bewoner", "x" * 61, "zuidpool", from_day=desk.links.today, until_day=yesterday)
    with pytest.raises(Unfit) as refused:
        await desk.links.make(STAFF, wrong)
    assert [fault.split(":")[0].split(".")[0] for fault in refused.value.faults] == [
        "Dit stadsdeel of gebied staat niet in de vragenlijst",
        "De naam van de plek is te lang",
        "De laatste dag is al voorbij",
        "De laatste dag ligt vóór de eerste",
    ]
    with pytest.raises(Unfit, match="Deze vragenlijst is er niet"):
        await desk.links.make(STAFF, Wish("nergens"))
    with pytest.raises(Unfit, match="helper"):
        await desk.links.make(STAFF, Wish("medewerker", helped=True))
    assert await desk.links.every(STAFF) == []


def test_the_districts_are_those_of_the_question_that_a_link_may_answer() -> None:
    questions = library().newest("bewoner")
    assert questions
    assert "noord" in {option.id for option in districts(questions)}
    professional = library().newest("professional")
    assert professional
    assert isinstance(districts(professional), tuple)


async def test_a_visit_is_of_its_place_for_twelve_hours_and_by_its_maker(desk: Desk, clock: Clock) -> None:
    link = await desk.links.make(STAFF, Wish(place="Huis", district="noord"))
    visit = await desk.links.visit(STAFF, link.code, "vrijwilliger", own_team=True)
    assert (visit.visit_of, visit.helped, visit.district) == (link.code, True, "noord")
    assert visit.visit == Visit(visit.code, "vrijwilliger", own_team=True)
    assert visit.until_day == desk.links.today
    clock.wait(timedelta(hours=3))
    late = await desk.links.visit(STAFF, link.code, "vrijwilliger", own_team=False)
    assert late.until_day == desk.links.today + timedelta(days=1)
    assert await desk.links.one(STAFF, visit.code) is None
    assert await desk.links.every(STAFF) == [link]


@pytest.mark.parametrize("helper", HELPERS)
async def test_every_role_can_help(desk: Desk, helper: str) -> None:
    link = await desk.links.make(STAFF, Wish())
    visit = await desk.links.visit(STAFF, link.code, helper, own_team=False)
    assert visit.visit
    assert visit.visit.helper == helper


async def test_a_visit_wants_a_place_that_works_and_a_role(desk: Desk) -> None:
    link = await desk.links.make(STAFF, Wish())
    visit = await desk.links.visit(STAFF, link.code, "buurtteam", own_team=False)
    for code in ("dddddddddd", "", "niets", visit.code):
        with pytest.raises(Unfit):
            await desk.links.visit(STAFF, code, "buurtteam", own_team=False)
    with pytest.raises(Unfit):
        await desk.links.visit(STAFF, link.code, "burgemeester", own_team=False)
    await desk.links.end(OPERATOR, link.code)
    with pytest.raises(Unfit):
        await desk.links.visit(STAFF, link.code, "buurtteam", own_team=False)


async def test_a_link_stands_still_works_again_and_ends(desk: Desk, clock: Clock) -> None:
    link = await desk.links.make(STAFF, Wish())

    async def works() -> bool:
        found = await desk.links.one(STAFF, link.code)
        return found is not None and found.works_on(desk.links.today)

    assert await desk.links.pause(STAFF, link.code, on=True)
    assert not await desk.links.pause(STAFF, link.code, on=True)
    assert not await works()
    assert await desk.links.pause(STAFF, link.code, on=False)
    assert await works()
    assert await desk.links.end(STAFF, link.code)
    assert not await works()
    ended = await desk.links.one(STAFF, link.code)
    assert ended == replace(link, until_day=desk.links.today - timedelta(days=1))
    clock.wait(timedelta(days=30))
    assert not await desk.links.end(STAFF, link.code)
    assert await desk.links.one(STAFF, link.code) == ended


async def test_nobody_changes_a_visit_as_if_it_were_a_place(desk: Desk, intake: Intake) -> None:
    link = await desk.links.make(STAFF, Wish())
    visit = await desk.links.visit(STAFF, link.code, "buurtteam", own_team=False)
    for by in (STAFF, OTHER, OPERATOR):
        assert not await desk.links.pause(by, visit.code, on=True)
        assert not await desk.links.end(by, visit.code)
    async with intake.database.reading() as work:
        assert await links.one(work, intake.keys, visit.code) == visit


def test_where_only_telegram_is_open_a_code_leads_there() -> None:
    both, one = Addresses("https://vertel.example", "t.me/vertel"), Addresses("", "t.me/vertel")
    assert both.to_hand_out("abc") == ("https://vertel.example/v/abc", "https://t.me/vertel?start=abc")
    assert one.to_hand_out("abc") == ("https://t.me/vertel?start=abc", "")
    assert (one.in_browser("abc"), one.for_signing_in("x")) == ("", "")
    assert (both.home, one.home) == ("https://vertel.example", "https://t.me/vertel")


@pytest.mark.parametrize("web", ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])
def test_nobody_is_sent_to_an_address_where_only_this_machine_comes(web: str) -> None:
    with_bot, alone = Addresses(web, "t.me/vertel"), Addresses(web)
    assert with_bot.to_hand_out("abc") == ("https://t.me/vertel?start=abc", "")
    assert with_bot.home == "https://t.me/vertel"
    assert (alone.to_hand_out("abc"), alone.home) == ((f"{web}/v/abc", ""), web)


@pytest.mark.parametrize(
    ("chat", "token", "addresses"),
    [
        (True, "voorbeeld", Addresses("http://127.0.0.1:8080", "t.me/vertel")),
        (True, None, Addresses("http://127.0.0.1:8080", "")),
        (False, "voorbeeld", Addresses("", "t.me/vertel")),
    ],
)
def test_the_addresses_are_those_that_people_can_reach(chat: bool, token: str | None, addresses: Addresses) -> None:
    found = Settings(
        web=WebSettings(chat=chat),
        telegram=TelegramSettings(token=SecretStr(token) if token else None),
        study=StudySettings(bot_link="https://t.me/vertel/"),
    )
    assert addresses_of(found) == replace(addresses, research="http://127.0.0.1:8766")


async def test_an_area_says_its_district_as_well(desk: Desk) -> None:
    made = await desk.links.make(STAFF, Wish(place="Huis", district="oud_noord"))
    assert (made.district, made.area) == ("noord", "oud_noord")
    assert await desk.links.one(STAFF, made.code) == made
    visit = await desk.links.visit(STAFF, made.code, "vrijwilliger", own_team=False)
    assert visit.district == "noord"
    professional = await desk.links.make(STAFF, Wish("professional", district="ijburg"))
    assert (professional.district, professional.area) == ("oost", "ijburg")


@pytest.mark.parametrize("wish", [Wish("medewerker", district="oud_noord"), Wish(district="weesp_driemond")])
async def test_an_area_that_is_asked_for_nowhere_is_said_with_those_that_are(desk: Desk, wish: Wish) -> None:
    """A set without districts has no areas, and one area that is all of a district is that district."""
    with pytest.raises(Unfit, match=f"Dit stadsdeel of gebied staat niet in de vragenlijst: {wish.district}. Wel: "):
        await desk.links.make(STAFF, wish)


async def test_every_area_is_within_a_district_that_residents_choose(desk: Desk) -> None:
    questions = desk.library.newest("bewoner")
    assert questions
    known = {option.id: option.label for option in districts(questions)}
    every = desk.library.areas.every
    assert {area.district for area in every} == known.keys() - {"buiten"}
    assert len(every) == len({area.label for area in every}) == 25
    assert {area.id for area in every} & known.keys() == set()


async def test_a_place_gets_another_name_also_for_what_was_counted_before(desk: Desk, url: str) -> None:
    link = await desk.links.make(STAFF, Wish(place="Huis van de Wijk"))
    visit = await desk.links.visit(STAFF, link.code, "vrijwilliger", own_team=False)
    assert await desk.links.rename(OTHER, link.code, "  Buurtkamer   De Zwabber ")
    assert await desk.links.every(STAFF) == [replace(link, place="Buurtkamer De Zwabber")]
    assert "Zwabber" not in str(tables(url)["links"]), "the name of a place was typed by somebody: it is encrypted"
    assert not await desk.links.rename(STAFF, visit.code, "Mijn bezoek"), "a visit is of its helper alone"
    assert not await desk.links.rename(STAFF, "dddddddddd", "Nergens")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Typ hoe de plek heet."),
        (" \u200b ", "Typ hoe de plek heet."),
        ("…!", "Typ hoe de plek heet."),
        ("x" * 61, "De naam van de plek is te lang: hooguit 60 tekens."),
    ],
)
async def test_a_name_that_is_none_is_refused_where_one_is_expected(desk: Desk, typed: str, said: str) -> None:
    link = await desk.links.make(STAFF, Wish(place="Huis"))
    with pytest.raises(Unfit) as refused:
        await desk.links.rename(STAFF, link.code, typed)
    assert refused.value.faults == (said,)
    assert await desk.links.one(STAFF, link.code) == link
    if typed:
        with pytest.raises(Unfit, match=said):
            await desk.links.make(STAFF, Wish(place=typed))
