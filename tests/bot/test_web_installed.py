"""Whether the site can be put among the apps of a tablet: what it is called there, its picture, and where it begins."""

import json
from pathlib import Path

from bot.intake import Intake
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.browser import browser, visited
from tests.bot.running import free_port
from tests.talk.world import library

WHAT_A_BROWSER_ASKS = {"name", "short_name", "lang", "start_url", "display", "icons"}


async def test_a_page_names_an_app_whose_picture_and_beginning_are_there(tmp_path: Path, keys: KeyRing) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/verhalen.db")
    await migrate(database)
    await match_keys(database, keys)
    port = free_port()
    async with visited(Intake(database, keys, library()), port), browser(port) as anne:
        assert '<link rel="manifest" href="/manifest.webmanifest">' in (await anne.get("/")).html
        app = json.loads((await anne.get("/manifest.webmanifest")).html)
        [icon] = app["icons"]
        picture, beginning = await anne.get(icon["src"]), await anne.get(app["start_url"])
    await database.close()
    assert app.keys() >= WHAT_A_BROWSER_ASKS
    assert (app["name"], app["display"]) == ("Verhalen over het Buurtteam", "standalone")
    assert (picture.status, picture.headers["content-type"]) == (200, icon["type"])
    assert (beginning.status, beginning.page.spoken != ()) == (200, True)
