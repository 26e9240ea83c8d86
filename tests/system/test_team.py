"""The whole way of staff in a real browser: from an invitation to a story that is counted, on pages for everybody."""

import base64
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.async_api import Browser

from pages.permissions import OPERATOR
from tests.bot.person import Person
from tests.bot.story import SENDING, STORY, TELLING, says, taps
from tests.printing.printed import codes_in, pages
from tests.system.chromium import Visitor, visitor
from tests.system.faults import faults
from tests.system.team import CODE, PLACE, a_team, furnished, used, walk
from tests.system.visiting import does
from tests.talk.world import Clock

pytestmark = pytest.mark.asyncio(loop_scope="session")

BEFORE = 5
"""Stories that were told by the link already."""

AFTER_DISTRICT = tuple(move for move in TELLING if move != taps("Noord"))
"""The link says in which district its place is."""


async def test_nothing_is_wrong_with_any_page(browser: Browser) -> None:
    async with furnished() as house, visitor(browser, house.port) as noor:
        found = {name: await faults(noor) async for name in walk(noor, house)}
        assert len(found) == 17
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        assert [said for said in noor.complaints if "422" not in said and "410" not in said] == []


async def test_no_page_needs_scripts(browser: Browser) -> None:
    async with furnished() as house, visitor(browser, house.port, scripts=False) as noor:
        assert [name async for name in walk(noor, house)][-1] == "gebruikt"


async def test_from_an_invitation_to_a_story_that_is_counted(browser: Browser, tmp_path: Path) -> None:
    async with a_team() as house, visitor(browser, house.port) as noor, visitor(browser, house.port) as anne:
        clock = house.intake.clock
        assert isinstance(clock, Clock)
        clock.wait(timedelta(hours=6))
        await noor.get(f"/team/in/{await house.invited()}")
        await used(noor, "button", "Aanmelden")
        await used(noor, "link", "Nieuwe link")
        await noor.tab.get_by_label("Hoe heet de plek?").fill("Bibliotheek")
        await noor.tab.get_by_label("In welk stadsdeel of gebied?").select_option("noord")
        await used(noor, "button", "Link maken")
        [poster] = pages(await downloaded(noor, "Poster (A4)", tmp_path))
        [address] = poster.codes()
        assert codes_in(pixels(await downloaded(noor, "QR als PNG", tmp_path))) == [address]
        assert codes_in(await drawn(anne, await downloaded(noor, "QR als SVG", tmp_path))) == [address]
        path = address.removeprefix(f"http://127.0.0.1:{house.port}")
        [made] = await house.team.desk.links.every(OPERATOR)
        assert path == f"/v/{made.code}"
        for number in range(BEFORE):
            teller = Person(house.intake, str(87_654_321_000 + number), first=1 + 100 * number)
            await teller.tell([says(f"/start {made.code}"), taps("✅ Ja, ik doe mee"), *AFTER_DISTRICT, *SENDING])
        await anne.get(path)
        await does(anne, STORY[1], *AFTER_DISTRICT, *SENDING)
        assert (await house.team.desk.numbers.seen(OPERATOR)).board.total.sent is None
        clock.wait(timedelta(hours=7, minutes=30))
        await used(noor, "link", "Cijfers")
        shown = await noor.tab.locator("tr", has_text="Bibliotheek").inner_text()
        assert shown.split()[1:4] == ["–", str(BEFORE + 1), "–"]
        assert noor.complaints == []


async def test_an_address_and_a_message_are_copied_or_shared_with_one_button(browser: Browser) -> None:
    async with furnished() as house, visitor(browser, house.port) as noor:
        await noor.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await noor.get(f"/team/in/{await house.invited()}")
        await used(noor, "button", "Aanmelden")
        # A browser on a telephone has a list of apps to hand something to; this one is given one.
        await noor.tab.add_init_script("navigator.share = async (what) => { window.shared = what.text; };")
        await used(noor, "link", PLACE)
        for what, words in (("adres voor een browser", f"https://vertel.voorbeeld.nl/v/{CODE}"), ("bericht", "Hallo!")):
            await noor.tab.get_by_role("button", name=f"Kopiëren (het {what})").click()
            await noor.tab.get_by_text("Gekopieerd.").first.wait_for()
            copied = await noor.tab.evaluate("navigator.clipboard.readText()")
            assert copied.startswith(words), what
            await noor.tab.get_by_role("button", name=f"Delen (het {what})").click()
            assert await noor.tab.evaluate("window.shared") == copied
        assert noor.complaints == []


async def test_without_scripts_there_is_no_button_that_does_nothing(browser: Browser) -> None:
    async with furnished() as house, visitor(browser, house.port, scripts=False) as noor:
        await noor.get(f"/team/in/{await house.invited()}")
        await used(noor, "button", "Aanmelden")
        await used(noor, "link", PLACE)
        assert await noor.tab.locator("[data-pass-on]").count() == 3
        shown = noor.tab.locator("[data-pass-on] button:visible")
        assert await shown.count() == 0


def pixels(picture: bytes) -> NDArray[np.uint8]:
    """A picture in grey."""
    return np.array(Image.open(BytesIO(picture)).convert("L"))


async def drawn(visitor: Visitor, drawing: bytes) -> NDArray[np.uint8]:
    """What a browser makes of a drawing."""
    source = base64.b64encode(drawing).decode()
    await visitor.tab.set_content(f'<img width="300" height="300" src="data:image/svg+xml;base64,{source}">')
    return pixels(await visitor.tab.locator("img").screenshot())


async def downloaded(noor: Visitor, label: str, folder: Path) -> bytes:
    """What a link gives to keep."""
    async with noor.tab.expect_download() as coming:
        await noor.tab.get_by_role("link", name=label).click()
    file = folder / (await coming.value).suggested_filename
    await (await coming.value).save_as(file)
    return file.read_bytes()
