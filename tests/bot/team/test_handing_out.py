"""What can be handed out of a link, as it comes from the pages."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from bot.staff.place_links import Wish
from tests.bot.team.client import Visitor
from tests.bot.team.house import PLACE, House
from tests.printing.printed import codes_in

KINDS = {
    "qr.png": ("image/png", b"\x89PNG"),
    "qr.svg": ("image/svg+xml", b"<?xml"),
    "poster.pdf": ("application/pdf", b"%PDF"),
    "tafelkaart.pdf": ("application/pdf", b"%PDF"),
    "kaartjes.pdf": ("application/pdf", b"%PDF"),
}


@pytest.mark.parametrize("name", KINDS)
async def test_everything_that_is_handed_out_can_be_had_and_is_kept_by_nobody(
    house: House, noor: Visitor, name: str
) -> None:
    made = await house.link()
    found = await noor.get(f"/team/link/{made.code}/{name}")
    kind, begins = KINDS[name]
    assert (found.status, found.headers["content-type"].partition(";")[0]) == (200, kind)
    assert found.content.startswith(begins)
    assert found.headers["cache-control"] == "no-store"


async def test_the_code_leads_where_the_page_says(house: House, noor: Visitor) -> None:
    made = await house.link()
    picture = await noor.get(f"/team/link/{made.code}/qr.png")
    [address] = codes_in(np.asarray(Image.open(BytesIO(picture.content)).convert("L")))
    assert address == house.team.desk.addresses.in_browser(made.code)
    shown = await noor.get(f"/team/link/{made.code}")
    assert address in shown.words
    assert f"/team/link/{made.code}/qr.png" in shown.html


async def test_what_is_not_handed_out_is_nowhere(house: House, noor: Visitor) -> None:
    made = await house.link()
    for name in ("vlag.pdf", "qr.gif", "qr.png/"):
        assert (await noor.get(f"/team/link/{made.code}/{name}")).status == 404
    assert (await noor.get("/team/link/BCDFGHJKMN/qr.png")).status == 404


async def test_there_is_a_message_to_forward(house: House, noor: Visitor) -> None:
    made = await house.link()
    shown = await noor.get(f"/team/link/{made.code}")
    assert house.team.desk.addresses.in_browser(made.code) in shown.words
    assert "Een bericht om door te sturen" in shown.words


async def test_a_link_for_a_helper_is_not_to_be_hung_up(house: House, noor: Visitor) -> None:
    made = await house.link(Wish(place=PLACE, helped=True))
    shown = await noor.get(f"/team/link/{made.code}")
    assert "Niet ophangen." in shown.words
    assert "poster.pdf" not in shown.html
    assert "Een bericht om door te sturen" not in shown.words
    found = {name: (await noor.get(f"/team/link/{made.code}/{name}")).status for name in KINDS}
    assert found == {"qr.png": 200, "qr.svg": 200, "poster.pdf": 404, "tafelkaart.pdf": 404, "kaartjes.pdf": 404}


async def test_each_form_on_paper_is_known_from_when_it_is_printed(house: House, noor: Visitor) -> None:
    made = await house.link()
    await noor.get(f"/team/link/{made.code}")
    found = await noor.post(f"/team/link/{made.code}/papier", copies="2")
    assert (found.status, found.content[:4]) == (200, b"%PDF")
    assert found.headers["content-disposition"] == "attachment; filename=formulieren.pdf"
    async with house.intake.database.reading() as work:
        assert [row["amount"] for row in await work.fetch("SELECT COUNT(*) AS amount FROM papers")] == [2]


@pytest.mark.parametrize("copies", ["", "0", "21", "veel", "-1", "1e3", "９"])
async def test_so_many_forms_are_not_made(house: House, noor: Visitor, copies: str) -> None:
    made = await house.link()
    await noor.get(f"/team/link/{made.code}")
    found = await noor.post(f"/team/link/{made.code}/papier", copies=copies)
    assert found.status == 422
    assert "van 1 tot en met 20" in found.words
