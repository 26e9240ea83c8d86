"""The pages for staff in a real browser: a house with links and counts, and the way through all pages; no test."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from bot.intake import Intake
from bot.staff.addresses import Addresses
from bot.staff.place_links import Wish
from dialogs.paper import consent_on
from pages.permissions import OPERATOR
from storage import links, papers, tallies
from storage.database import Work
from storage.links import Made, Pause
from storage.papers import Paper
from storage.secrets import create_key_file, read_key_file
from storage.tallies import Kind, Mode, Tally
from tests.bot.person import corridor
from tests.bot.running import free_port
from tests.bot.team.house import House, housed
from tests.system.chromium import Visitor
from tests.talk.world import RECEIPTS, Clock, library

CODE = "k7pm4tx9r2"
NUMBER = "h3wd8nyc"
PLACE = "Huis van de Wijk De Klinker"
ADDRESSES = Addresses("https://vertel.voorbeeld.nl", "t.me/voorbeeldbot")

DAYS = [date(2026, 1, 25) + timedelta(weeks=week) for week in range(6)]
STOPPED: Mapping[str, tuple[int, ...]] = {CODE: (2, 2, 4, 5, 6, 5), "": (5, 5, 7, 5, 5, 5)}
SENT: Mapping[str, tuple[int, ...]] = {CODE: (7, 12, 18, 12, 19, 7), "": (7, 6, 2, 9, 5, 8)}


@asynccontextmanager
async def a_team(addresses: Addresses | None = None) -> AsyncIterator[House]:
    """The pages for staff beside the conversation; nobody was there yet."""
    with TemporaryDirectory(prefix="vertelbot-") as folder:
        create_key_file(Path(folder) / "keys")
        keys = read_key_file(Path(folder) / "keys")
        port = free_port()
        found = addresses or Addresses(f"http://127.0.0.1:{port}")
        async with (
            corridor(f"sqlite:///{folder}/team.db", keys, Clock()) as intake,
            housed(intake, port, addresses=found) as house,
        ):
            yield house


@asynccontextmanager
async def furnished() -> AsyncIterator[House]:
    """The same with links in every state, and counts of six weeks; what stands on the pages is always the same."""
    async with a_team(ADDRESSES) as house:
        await _furnish(house, house.intake)
        yield house


async def _furnish(house: House, intake: Intake) -> None:
    at_desk, today = house.team.desk.links, house.team.desk.links.today
    alarm = await at_desk.make(OPERATOR, Wish(place="Buurtkamer De Kade", district="oost"))
    over = await at_desk.make(OPERATOR, Wish(place="Zomermarkt", district="west"))
    await at_desk.end(OPERATOR, over.code)
    await at_desk.make(OPERATOR, Wish(place="Oefenen met het team", test=True))
    await at_desk.make(OPERATOR, Wish(place="Taalcafé", helped=True, from_day=today + timedelta(days=4)))

    async def unit(work: Work) -> None:
        await links.pause(work, alarm.code, Pause.BURST)
        place = Made(code=CODE, question_set="bewoner", made_at=intake.clock(), place=PLACE, district="noord")
        await links.keep(work, intake.keys, place)
        await papers.note(work, intake.keys, [_paper_of_today(intake)])
        await tallies.add(work, _happened())

    await intake.database.run(unit)


def _paper_of_today(intake: Intake) -> Paper:
    asked = library().newest("bewoner")
    assert asked
    consent = consent_on(intake.library, asked)
    return Paper(NUMBER, RECEIPTS[0], "verhaal", asked.id, asked.version, consent, intake.clock(), CODE)


def _happened() -> list[Tally]:
    counted = [(Kind.STOPPED, STOPPED), (Kind.SENT, SENT)]
    many = [
        Tally(day, code, Mode.SELF, kind, "" if kind is Kind.SENT else ("verhaal" if code else "makkelijk"))
        for kind, amounts in counted
        for code, each in amounts.items()
        for day, amount in zip(DAYS, each, strict=True)
        for _ in range(amount)
    ]
    helped = [Tally(DAYS[4], CODE, Mode.HELPED, Kind.SENT)] * 7
    return [*many, *helped, *[Tally(DAYS[0], CODE, Mode.SELF, Kind.MINUTES, "6")] * 12]


async def used(noor: Visitor, role: Literal["button", "link"], name: str) -> None:
    """Uses the link or button with this name, and waits for the page that follows."""
    async with noor.tab.expect_navigation():
        await noor.tab.get_by_role(role, name=name).first.click()


async def walk(noor: Visitor, house: House) -> AsyncIterator[str]:
    """Goes through all pages, and says the name of each that is open."""
    invitation = await house.invited()
    await noor.get(f"/team/in/{invitation}")
    yield "aanmelden"
    await used(noor, "button", "Aanmelden")
    yield "begin"
    for part in (_new_link, _link, _visit):
        await noor.tab.goto(f"http://127.0.0.1:{noor.port}/team")
        async for name in part(noor):
            yield name
    async for name in _paper(noor):
        yield name
    await used(noor, "link", "Cijfers")
    yield "cijfers"
    await used(noor, "button", "Afmelden")
    yield "uit"
    await noor.get(f"/team/in/{invitation}")
    yield "gebruikt"


async def _new_link(noor: Visitor) -> AsyncIterator[str]:
    await used(noor, "link", "Nieuwe link")
    yield "nieuw"
    await noor.tab.get_by_label("Hoe heet de plek?").fill("Bibliotheek")
    await noor.tab.get_by_label("Tot en met welke dag?").fill("2026-01-31")
    await noor.tab.get_by_label("Welke vragen?").select_option("medewerker")
    await noor.tab.get_by_label("Iemand met een helper").check()
    await used(noor, "button", "Link maken")
    yield "fouten"


async def _link(noor: Visitor) -> AsyncIterator[str]:
    await used(noor, "link", PLACE)
    yield "link"
    await noor.tab.get_by_label("Hoeveel?").fill("0")
    await noor.tab.locator(".copies").evaluate("form => form.noValidate = true")
    await used(noor, "button", "Formulieren maken")
    yield "aantal"
    await used(noor, "link", "Terug naar de link")
    await used(noor, "link", "Voorgoed stoppen")
    yield "stoppen"


async def _visit(noor: Visitor) -> AsyncIterator[str]:
    await used(noor, "link", PLACE)
    await used(noor, "link", "Bezoek beginnen")
    yield "bezoek"
    await used(noor, "button", "Beginnen")
    yield "bezoek-fouten"
    await noor.tab.get_by_label("Ik werk bij het Buurtteam").check()
    await noor.tab.get_by_label("Ja", exact=True).check()
    await noor.tab.get_by_label("Kies een code van 4 cijfers").fill("2580")
    await used(noor, "button", "Beginnen")
    yield "eigen"


async def _paper(noor: Visitor) -> AsyncIterator[str]:
    await used(noor, "link", "Papier")
    yield "papier"
    await noor.tab.get_by_label("Welk nummer staat op het formulier?").fill("aaaa-aaaa")
    await used(noor, "button", "Verder")
    yield "papier-fout"
    await noor.tab.get_by_label("Welk nummer staat op het formulier?").fill(NUMBER)
    await used(noor, "button", "Verder")
    yield "overtypen"
    await used(noor, "button", "Bewaren")
    yield "overtypen-fouten"
