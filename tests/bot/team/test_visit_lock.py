"""The device of a visit on which nobody moved: whoever picks it up reads nothing, and its helper finds all again."""

import re
from collections.abc import AsyncIterator

import pytest

from bot.browser.kiosk import MARGIN
from bot.browser.on_visit import QUIET, WARNED, WRITING
from bot.intake import Intake
from dialogs.texts import plain
from pages.permissions import OPERATOR
from tests.bot.another_program import amounts
from tests.bot.browser import Answer, Browser
from tests.bot.helping import AGREEING, SENDING, TELLING, WORDS
from tests.bot.team.client import Visitor
from tests.bot.team.house import House, housed
from tests.bot.team.test_visits import ASKED, OPENING, begin, on
from tests.bot.test_web_kiosk import REFRESH, Wall, note_presence
from tests.bot.web_visits import Neighbourhood, heard

LOCK = "/bezoek/slot"
LOCKED = "Dit scherm is op slot"
MORE = "en dit typte ik net, een kwakelzin"
LONG = QUIET + MARGIN + 1
LONGEST = WRITING + MARGIN + 1
CODE = "De code is:"


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
async def house(site: Neighbourhood, intake: Intake, wall: Wall) -> AsyncIterator[House]:
    """All of it, with a clock that the test moves on."""
    async with housed(intake, site.port, wall=wall) as found:
        yield found


@pytest.fixture
async def device(noor: Visitor, house: House) -> Browser:
    """A visit in which somebody told something."""
    await begin(noor, await house.link())
    found = on(noor)
    await found.get()
    await found.tap(AGREEING[0].words)
    await found.say(WORDS)
    await note_presence(found)
    return found


async def opened(device: Browser, code: str = OPENING) -> Answer:
    """The code is typed on the page of the lock."""
    return await device.send({"code": code}, LOCK)


async def sent(device: Browser) -> None:
    """Until the receipt is on the screen, and minded."""
    for move in (*TELLING[1:], SENDING):
        await (device.tap(move.words) if move.taps else device.say(move.words))
    await note_presence(device)


@pytest.mark.parametrize(
    "path", ["/gesprek", "/", "/v/b-noord7", "/wissen", "/rust", "/bezoek/volgende", "/team", "/x"]
)
async def test_whoever_picks_up_a_device_that_was_left_reads_nothing(device: Browser, wall: Wall, path: str) -> None:
    wall.at += LONG
    found = await device.get(path)
    assert WORDS not in found.html
    assert LOCKED in found.html or path == "/team"
    assert LOCKED in (await device.get()).html


async def test_its_helper_opens_it_and_all_is_there(site: Neighbourhood, device: Browser, wall: Wall) -> None:
    wall.at += LONG
    await device.get()
    found = await opened(device)
    assert WORDS in found.html
    assert amounts(site.url)["interviews"] == 1
    assert "Bezoek: " in (await device.get()).html


async def test_a_receipt_is_locked_away_too_and_is_there_again(device: Browser, wall: Wall) -> None:
    await sent(device)
    wall.at += LONG
    assert CODE not in (await device.get()).html
    assert CODE in heard(await opened(device))


async def test_a_wrong_code_opens_nothing_and_five_end_the_visit(
    site: Neighbourhood, noor: Visitor, device: Browser, wall: Wall
) -> None:
    wall.at += LONG
    await device.get()
    for _ in range(4):
        found = await opened(device, "1001")
        assert (found.status, "Deze code is het niet." in found.html, WORDS in found.html) == (422, True, False)
        assert amounts(site.url)["interviews"] == 1
    found = await opened(device, "1001")
    assert "Het bezoek is gestopt." in found.html
    assert (amounts(site.url)["interviews"], amounts(site.url)["outbox"]) == (0, 0)
    assert [name for name in noor.cookies() if "bezoek" in name] == []
    assert (await noor.get("/team")).status == 404


async def test_a_right_code_between_wrong_ones_starts_the_count_anew(device: Browser, wall: Wall) -> None:
    for _ in range(3):
        wall.at += LONG
        await device.get()
        for _ in range(3):
            await opened(device, "1001")
        assert WORDS in (await opened(device)).html
        await note_presence(device)


async def test_the_code_opens_the_device_and_no_page_for_staff(noor: Visitor, device: Browser, wall: Wall) -> None:
    wall.at += LONG
    await device.get()
    await opened(device)
    assert (await noor.get("/team")).path == "/bezoek/stoppen"
    await device.get("/bezoek/stoppen")
    await device.send({}, "/bezoek/stoppen")
    assert "Typ uw code" in (await noor.get("/team")).words


async def test_whoever_is_there_is_never_locked_out(device: Browser, wall: Wall) -> None:
    for _ in range(3):
        wall.at += QUIET
        await note_presence(device)
    wall.at += QUIET
    assert WORDS in (await device.get()).html


async def test_where_nothing_was_told_the_device_may_lie_all_day(noor: Visitor, house: House, wall: Wall) -> None:
    await begin(noor, await house.link())
    device = on(noor)
    assert REFRESH.findall((await device.get()).html) == []
    wall.at += LONG * 10
    assert ASKED in heard(await device.get())


async def test_words_that_come_too_late_are_in_the_field_again_for_whoever_opens_it_and_for_nobody_else(
    site: Neighbourhood, device: Browser, wall: Wall
) -> None:
    wall.at += LONG
    locked = await device.say(MORE)
    assert LOCKED in locked.html
    assert MORE not in locked.html
    assert MORE not in (await opened(device, "1001")).html
    found = await opened(device)
    assert (found.page.field, WORDS in found.html) == (MORE, True)
    assert MORE in heard_of_all(await device.say(found.page.field))
    assert amounts(site.url)["interviews"] == 1


def heard_of_all(found: Answer) -> str:
    """All that stands on a page, also what the teller said."""
    return "\n".join(said.words for said in found.page.spoken)


async def test_what_the_page_itself_sends_along_when_it_locks_is_in_the_field_again(device: Browser) -> None:
    locked = await device.send({"words": MORE}, LOCK)
    assert (LOCKED in locked.html, MORE in locked.html) == (True, False)
    assert (await opened(device)).page.field == MORE


async def test_sealed_words_of_one_teller_are_nothing_to_the_next(device: Browser, wall: Wall) -> None:
    await device.send({"words": MORE}, LOCK)
    kept = device.page.hidden["kept"]
    await opened(device)
    await device.get("/bezoek/volgende")
    await device.send({}, "/bezoek/volgende")
    await device.get(LOCK)
    found = await device.send({"code": OPENING, "kept": kept}, LOCK)
    assert (found.page.field, MORE in found.html) == ("", False)


@pytest.mark.parametrize("kept", ["", "x", "é"])
async def test_what_was_not_sealed_here_is_no_words(device: Browser, kept: str) -> None:
    await device.get(LOCK)
    found = await device.send({"code": OPENING, "kept": kept}, LOCK)
    assert (found.status, found.page.field) == (200, "")


async def test_a_form_of_another_site_tries_no_code(device: Browser) -> None:
    await device.get(LOCK)
    for _ in range(6):
        await device.send({"visit": "x", "code": "1001"}, LOCK)
    await device.get(LOCK)
    assert WORDS in (await opened(device)).html


async def test_help_can_be_read_and_the_visit_can_be_stopped_on_a_locked_device(
    site: Neighbourhood, device: Browser, wall: Wall
) -> None:
    wall.at += LONG
    assert "112" in (await device.get("/hulp")).html
    assert "Dan gooi ik dit verhaal weg." in (await device.get("/bezoek/stoppen")).html
    assert "Dank u wel voor uw hulp!" in (await device.send({}, "/bezoek/stoppen")).html
    assert amounts(site.url)["interviews"] == 0


async def test_whose_helper_is_signed_out_a_locked_device_can_only_be_stopped(
    house: House, noor: Visitor, device: Browser, wall: Wall
) -> None:
    await noor.post(f"/team/in/{await house.invited(name='Een ander')}")
    wall.at += LONG
    found = await device.get()
    assert "U kunt alleen het bezoek stoppen." in found.html
    assert 'name="code"' not in found.html


async def test_who_is_removed_opens_nothing(house: House, device: Browser, wall: Wall) -> None:
    wall.at += LONG
    await device.get()
    [helper] = await house.team.desk.signing_in.people(OPERATOR)
    await house.team.desk.signing_in.remove(OPERATOR, helper.person.id)
    assert "Dit bezoek is voorbij." in (await opened(device)).html


async def test_without_scripts_the_page_asks_and_then_locks(device: Browser, wall: Wall) -> None:
    found = await device.get()
    assert REFRESH.findall(found.html) == [(str(WRITING - WARNED), "/rust")]
    asked = await device.get("/rust")
    assert "Bent u er nog?" in asked.html
    assert WORDS not in asked.html
    assert REFRESH.findall(asked.html) == [(str(WARNED), LOCK)]
    assert WORDS in (await device.get()).html
    assert LOCKED in (await device.get(LOCK)).html
    assert WORDS not in (await device.get()).html


async def test_without_scripts_whoever_types_has_time(device: Browser, wall: Wall) -> None:
    await device.get()
    wall.at += LONG
    assert MORE in heard_of_all(await device.say(MORE))
    await device.get()
    wall.at += LONGEST
    assert LOCKED in (await device.say(MORE)).html


async def test_the_texts_say_how_long_it_waits(house: House) -> None:
    texts = house.intake.library.texts
    for text_id in ("WEB.slot_let_op", "WEB.pauze_bezoek"):
        assert re.findall(r"(\d+) minuten", plain(texts[text_id].text, {})) == [str(QUIET // 60)]


async def test_a_device_of_a_release_before_goes_on(noor: Visitor, device: Browser) -> None:
    [(name, mark)] = [(name, mark) for name, mark in noor.cookies().items() if "bezoek" in name]
    noor.with_cookies({**noor.cookies(), name: mark.partition(".")[2]})
    assert WORDS in (await device.get()).html
