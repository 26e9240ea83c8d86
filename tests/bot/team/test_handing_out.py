"""What can be handed out of a link, as it comes from the pages."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from bot.intake import Intake
from bot.staff.addresses import Addresses
from bot.staff.place_links import Wish
from tests.bot.team.client import Visitor
from tests.bot.team.house import PLACE, House, housed
from tests.bot.web_visits import Neighbourhood
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


@pytest.mark.parametrize(
    ("addresses", "leads_to"),
    [
        (Addresses("https://vertel.voorbeeld.nl", "t.me/voorbeeld"), "https://vertel.voorbeeld.nl/v/{code}"),
        (Addresses("http://127.0.0.1:8080", "t.me/voorbeeld"), "https://t.me/voorbeeld?start={code}"),
    ],
    ids=["open to all", "only here"],
)
async def test_the_code_and_the_message_lead_where_people_can_come(
    intake: Intake, site: Neighbourhood, addresses: Addresses, leads_to: str
) -> None:
    async with housed(intake, site.port, addresses=addresses) as house, house.signed_in() as noor:
        made = await house.link()
        picture = await noor.get(f"/team/link/{made.code}/qr.png")
        shown = await noor.get(f"/team/link/{made.code}")
    [address] = codes_in(np.asarray(Image.open(BytesIO(picture.content)).convert("L")))
    assert address == leads_to.format(code=made.code)
    assert address in shown.words.partition("Een bericht om door te sturen")[2]
    assert f"/team/link/{made.code}/qr.png" in shown.html
    assert ("Deel dit adres nog niet uit." in shown.words) is addresses.is_of_this_machine


async def test_what_is_not_handed_out_is_nowhere(house: House, noor: Visitor) -> None:
    made = await house.link()
    for name in ("vlag.pdf", "qr.gif", "qr.png/"):
        assert (await noor.get(f"/team/link/{made.code}/{name}")).status == 404
    assert (await noor.get("/team/link/BCDFGHJKMN/qr.png")).status == 404


async def test_there_is_a_message_to_forward(house: House, noor: Visitor) -> None:
    made = await house.link()
    shown = await noor.get(f"/team/link/{made.code}")
    assert house.team.desk.addresses.in_telegram(made.code) in shown.words
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
