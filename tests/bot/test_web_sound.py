"""Whether a question that its set reads aloud can be heard in a browser, and no other file can be had that way."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import pytest

from bot.browser.files import SOUNDS
from bot.rehearsal import STUDY
from dialogs.load import load_library
from dialogs.prompt import read_aloud
from dialogs.questions import SoundFile
from storage.secrets import KeyRing
from tests.bot.browser import Answer, Browser, browser, visited
from tests.bot.person import corridor
from tests.bot.running import free_port
from tests.bot.sounding import sets_read_aloud

HEARD = re.compile(r'<audio controls preload="none" src="([^"]+)" aria-label="Lees voor"></audio>')
ASKED = "Vertel wat u meemaakte."


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    return sets_read_aloud(tmp_path / "sets", seconds=1)


@pytest.fixture
async def anne(url: str, sets: Path, keys: KeyRing) -> AsyncIterator[Browser]:
    """A browser, and the site that it may visit."""
    port, shelf = free_port(), load_library(STUDY, folder=sets)
    async with corridor(url, keys, shelf=shelf) as intake, visited(intake, port), browser(port) as found:
        yield found


async def asked(anne: Browser) -> Answer:
    """Comes in and says yes: the first question is asked."""
    await anne.get("/v/v-huis")
    return await anne.tap("✅ Ja, ik doe mee")


async def test_a_question_that_its_set_reads_aloud_is_heard(anne: Browser, sets: Path) -> None:
    found = await asked(anne)
    assert ASKED in found.html
    [address] = HEARD.findall(found.html)
    async with anne.http.get(f"http://127.0.0.1:{anne.port}{address}") as answer:
        assert (answer.status, answer.headers["content-type"]) == (200, "audio/wav")
        assert answer.headers.getall("cache-control") == ["public, max-age=31536000, immutable"]
        assert await answer.read() == (sets / "verhaal.wav").read_bytes()
    assert "media-src 'self';" in found.headers["content-security-policy"]


async def test_a_part_of_a_sound_is_given_to_who_asks_for_it(anne: Browser) -> None:
    [address] = HEARD.findall((await asked(anne)).html)
    async with anne.http.get(f"http://127.0.0.1:{anne.port}{address}", headers={"range": "bytes=0-3"}) as answer:
        assert (answer.status, await answer.read()) == (206, b"RIFF")


async def test_another_question_is_silent(anne: Browser) -> None:
    await asked(anne)
    found = await anne.tap("🔄 Een andere vraag")
    assert len(HEARD.findall(found.html)) == found.html.count(ASKED)


@pytest.mark.parametrize("name", ["verhaal.wav", "vragen.toml", "..%2Fvragen.toml", "x-0000000000.wav"])
async def test_nothing_else_is_served_as_a_sound(anne: Browser, name: str) -> None:
    async with anne.http.get(f"http://127.0.0.1:{anne.port}/audio/{name}") as answer:
        assert answer.status == 404


def test_every_kind_of_sound_that_a_set_may_name_has_a_type() -> None:
    pattern = get_args(SoundFile)[1].pattern
    assert {kind for kind in SOUNDS if re.fullmatch(pattern, f"x{kind}")} == set(SOUNDS)
    assert pattern.count("|") == len(SOUNDS) - 1


def test_the_words_of_a_sound_are_those_that_are_said_first_and_again(sets: Path) -> None:
    said = read_aloud(load_library(STUDY, folder=sets))
    assert set(said) == {ASKED, f"Dit onderzoek is van Bureau Voorbeeld.\n\n{ASKED}"}
    assert set(said.values()) == {"verhaal.wav"}
