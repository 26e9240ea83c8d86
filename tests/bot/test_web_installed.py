"""Whether the site can be put among the apps of a tablet: its name, its pictures, and where it begins there."""

import json
import re
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.bot.browser import Browser
from tests.bot.story import LINK

WHAT_A_BROWSER_ASKS = {"name", "short_name", "lang", "start_url", "display", "icons"}
PNG = b"\x89PNG\r\n\x1a\n"
KIOSK = f"/v/{LINK}?kiosk"


async def app_of(anne: Browser, path: str) -> dict[str, Any]:
    """What the page at this path names as its app."""
    found = re.search(r'<link rel="manifest" href="([^"]+)">', (await anne.get(path)).html)
    assert found
    app: dict[str, Any] = json.loads((await anne.get(found[1])).html)
    return app


async def content(anne: Browser, path: str) -> tuple[int, str, bytes]:
    """The status, the kind and the bytes of a file."""
    async with ClientSession() as http, http.get(f"http://127.0.0.1:{anne.port}{path}") as answer:
        return answer.status, answer.headers["content-type"], await answer.read()


async def test_a_page_names_an_app_whose_beginning_is_there(anne: Browser) -> None:
    app = await app_of(anne, "/")
    assert app.keys() >= WHAT_A_BROWSER_ASKS
    assert (app["name"], app["display"], app["start_url"]) == ("Verhalen over het Buurtteam", "standalone", "/")
    assert (await anne.get(app["start_url"])).page.spoken != ()


async def test_its_pictures_are_there_in_every_kind_and_size_that_is_asked_for(anne: Browser) -> None:
    icons = (await app_of(anne, "/"))["icons"]
    assert {icon["sizes"] for icon in icons} == {"any", "192x192", "512x512"}
    for icon in icons:
        assert (await content(anne, icon["src"]))[:2] == (200, icon["type"])
    for_apple = re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', (await anne.get("/")).html)
    assert for_apple
    status, kind, picture = await content(anne, for_apple[1])
    assert (status, kind, picture[:8]) == (200, "image/png", PNG)


async def test_a_kiosk_opens_as_one_from_its_home_screen(anne: Browser) -> None:
    assert (await app_of(anne, KIOSK))["start_url"] == KIOSK


@pytest.mark.parametrize("start", ["https://elders.example/", "//elders.example", "/v/a/b?kiosk", "/hulp", ""])
async def test_an_app_opens_nowhere_else(anne: Browser, start: str) -> None:
    app = json.loads((await anne.get(f"/manifest.webmanifest?start={start}")).html)
    assert app["start_url"] == "/"
