"""From an invitation to a link by which a resident tells; the numbers; a story of their own goes on beside it."""

from datetime import timedelta

import pytest

from bot.handouts.qr import png
from bot.intake import fresh, now
from bot.staff.place_links import PlaceLinks, Wish
from bot.telegram.staff_asks import TAP, Chose, Stage, asked
from dialogs.daytime import date_of
from dialogs.events import Chosen
from dialogs.replies import PlainTap
from dialogs.taps import LIMIT, encode
from disclosure.tables import written
from pages.permissions import OPERATOR
from storage import links, tallies
from storage.database import Work
from storage.staff import Role
from storage.tallies import Kind, Mode, Tally
from tests.bot.running import House
from tests.bot.staff_chat.colleague import (
    ANNE,
    EITHER_WAY,
    LINK,
    PLACE,
    answer,
    begun_anew,
    heard,
    invited,
    made,
    with_picture,
)
from tests.bot.story import FIRST, OPENING, SECOND, STORY, Move, says, taps
from tests.botapi.faults import Fault
from tests.botapi.wire import Upload
from tests.postgres import BOTH_ENGINES
from tests.talk.world import Clock


@BOTH_ENGINES
@EITHER_WAY
async def test_from_an_invitation_to_a_link_by_which_a_resident_tells(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        assert sanne.phone.reads("U bent aangemeld tot")
        assert sanne.phone.reads("/link Maak een link voor een plek")
        await sanne.phone.tell(LINK)
        [link] = await made(house)
        assert (link.place, link.district, link.area, link.question_set) == (PLACE, "noord", "oud_noord", "bewoner")
        assert (link.helped, link.test, link.made_by) == (False, False, sanne.person.id)
        address = f"https://vertel.example/v/{link.code}"
        assert sanne.phone.reads(f"De plek: {PLACE}")
        assert sanne.phone.reads(f"In een browser: {address}\nIn Telegram: https://t.me/voorbeeld?start={link.code}")
        [picture] = with_picture(sanne.phone)
        assert picture.text == f"De QR-code leidt naar {address}"
        [sent] = house.telegram.calls_of("sendPhoto")
        assert sent.params["photo"] == Upload("qr.png", "image/png", png(address))
        assert sanne.phone.texts()[-1].splitlines()[2] == address
        anne = house.phone(ANNE)
        await anne.tell([says(f"/start {link.code}"), *STORY[1:4]])
        draft = await anne.draft()
        assert draft
        assert (draft.link, draft.answer("stadsdeel").option) == (link.code, "noord")
    assert house.telegram.rejected == []


async def test_each_set_has_a_link_and_a_place_needs_no_name_and_no_district(house: House) -> None:
    sanne = await invited(house)
    skip = taps("⏭ Overslaan")
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([says("/link"), taps("Bewoners met een helper"), taps("Heel de stad"), skip])
        await sanne.phone.tell([says("/LINK@voorbeeld"), taps("Medewerkers, organisaties"), skip])
        await sanne.phone.tell([says("/link "), taps("Professionals over hun werk"), taps("Heel de stad"), skip])
    found = [(link.question_set, link.helped, link.district, link.place) for link in await made(house)]
    assert sorted(found) == [
        ("bewoner", True, "", ""),
        ("medewerker", False, "", ""),
        ("professional", False, "stad", ""),
    ]
    assert not sanne.phone.reads("De plek:")
    # The first is for a helper: nobody hangs it up or sends it on.
    assert sum("Hang hem niet op." in said for said in sanne.phone.texts()) == 1
    assert sum("Hang hem op een plek" in said for said in sanne.phone.texts()) == 2
    assert sum("Dit bericht kunt u doorsturen" in said for said in sanne.phone.texts()) == 2
    assert sanne.phone.keyboards() == []


async def test_a_name_that_does_not_fit_is_asked_for_again(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*LINK[:4], says("Plek " * 20), says(PLACE)])
    assert sanne.phone.reads("De naam van de plek is te lang: hooguit 60 tekens.")
    assert [link.place for link in await made(house)] == [PLACE]


async def test_the_whole_of_a_district_or_one_without_parts_is_chosen_as_well(house: House) -> None:
    sanne, skip = await invited(house), taps("⏭ Overslaan")
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*LINK[:3], taps("Heel het stadsdeel"), skip])
        await sanne.phone.tell([*LINK[:2], taps("Weesp of Driemond"), skip])
    assert [(link.district, link.area) for link in await made(house)] == [("noord", ""), ("weesp", "")]


@BOTH_ENGINES
@EITHER_WAY
async def test_a_name_that_was_awaited_when_the_bot_went_is_taken_by_the_next(house: House) -> None:
    sanne, anne = await invited(house), house.phone(ANNE)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:4])
    async with begun_anew(house):
        await anne.tell([says(PLACE)])
        assert await made(house) == []
        await sanne.phone.tell([says("…"), LINK[4]])
    assert sanne.phone.reads("Typ hoe de plek heet.")
    assert [(link.place, link.area) for link in await made(house)] == [(PLACE, "oud_noord")]
    async with begun_anew(house):
        before = len(sanne.phone.screen())
        await sanne.phone.tell([says("Nog een plek")])
        assert len(await made(house)) == 1, heard(sanne.phone, before)


async def test_a_picture_that_is_turned_down_holds_up_nothing(house: House) -> None:
    """The address stands in words as well."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        house.telegram.faults = lambda method, values: Fault(400, "Bad Request") if method == "sendPhoto" else None
        await sanne.phone.tell(LINK)
    [link] = await made(house)
    address = f"https://vertel.example/v/{link.code}"
    assert sanne.phone.texts()[-3] == f"De QR-code leidt naar {address}"
    assert address in sanne.phone.texts()[-1]
    assert with_picture(sanne.phone) == []


async def test_the_numbers_are_those_of_the_board_without_the_small_ones(house: House, clock: Clock) -> None:
    sanne, yesterday = await invited(house, Role.RESEARCHER), date_of(clock()) - timedelta(days=1)
    stops = {Tally(yesterday, "", Mode.SELF, Kind.STOPPED, at): times for at, times in {"wie": 9, "verhaal": 7}.items()}
    counted = {Tally(yesterday, "", Mode.SELF, Kind.SENT): 8, **stops}
    async with house.intake() as intake:

        async def unit(work: Work) -> None:
            await tallies.add(work, [tally for tally, times in counted.items() for _ in range(times)])

        await intake.database.run(unit)
        board = (await house.desk(intake).numbers.seen(OPERATOR)).board
    async with house.serving():
        await sanne.comes_in()
        [(said, _)] = await answer(sanne.phone, says("/cijfers"))
        assert said.splitlines()[:6] == [
            "Deze week erbij: 8",
            "Alle verhalen: 8",
            "Gestopt: 16",
            f"Tot en met het verhaal: {written(board.total.story)}",
            f"Na het verhaal: {written(board.total.after)}",
            f"Gestopt bij: {', '.join(f'{stop.question} {stop.amount}' for stop in board.stopped)}",
        ][: 6 if board.stopped else 5] + [""] * (not board.stopped)
        assert "Tot en met 1 maart 2026." in said
        await house.phone(ANNE).tell(STORY)
        [(again, _)] = await answer(sanne.phone, says("/cijfers"))
        assert again == said


async def test_a_link_that_stands_still_is_named_to_who_may_see_numbers(house: House) -> None:
    sanne = await invited(house, Role.RESEARCHER)
    async with house.intake() as intake:
        at = PlaceLinks(intake.database, intake.keys, intake.library, intake.clock)
        link = await at.make(OPERATOR, Wish(place="Buurtkamer"))

        async def unit(work: Work) -> None:
            await links.pause(work, link.code, links.Pause.BURST)

        await intake.database.run(unit)
    async with house.serving():
        await sanne.comes_in()
        [(said, _)] = await answer(sanne.phone, says("/cijfers"))
    assert said.splitlines()[0] == "Staat stil, te veel mensen tegelijk: Buurtkamer"


async def test_a_small_number_is_not_told(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await house.phone(ANNE).tell(STORY)
        [(said, _)] = await answer(sanne.phone, says("/cijfers"))
    lines = [line for line in said.splitlines() if ": " in line]
    assert [line.rsplit(": ", 1)[1] for line in lines[:5]] == ["–"] * 5
    assert "Gestopt bij" not in said


@EITHER_WAY
async def test_the_story_of_somebody_of_the_staff_hears_nothing_of_their_work(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*OPENING, says(FIRST), *LINK, says(SECOND)])
        assert await sanne.phone.pieces() == [FIRST, SECOND]
        await sanne.phone.tell([taps("✅ Klaar")])
        assert sanne.phone.reads("Welke titel")
    assert [link.place for link in await made(house)] == [PLACE]


@pytest.mark.parametrize(
    "away", [says("/start"), says("/hulp"), taps("🔄 Een andere vraag")], ids=lambda move: move.words
)
async def test_who_went_on_with_something_else_names_no_place(house: House, away: Move) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*OPENING, *LINK[:4], away, says(FIRST[:50])])
    assert await made(house) == []


async def test_who_is_in_need_is_heard_also_where_a_name_is_awaited(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([*LINK[:4], says("ik wil niet meer leven")])
        assert sanne.phone.reads("Praat alstublieft met een mens")
    assert await made(house) == []


def test_a_button_carries_the_longest_choice() -> None:
    chosen = Chose(Stage.UNNAMED, "b", helped=True, district="x" * 16)
    assert asked(Chosen(at=now(), channel="telegram", fresh=fresh(), tap=chosen.tap)) == chosen
    assert len(encode(chosen.tap)) <= LIMIT


@pytest.mark.parametrize("rest", ["", "w", "w.b.e", "w.b.x.", "q.b.e.", "w.b.e.noord.more"])
def test_a_button_of_staff_that_was_made_up_is_none(rest: str) -> None:
    assert asked(Chosen(at=now(), channel="telegram", fresh=fresh(), tap=PlainTap(TAP, rest))) is None
