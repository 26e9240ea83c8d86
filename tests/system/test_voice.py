"""Whether a message is read aloud by a voice of the device itself, and by nobody else's."""

import json
from collections.abc import Mapping, Sequence

import pytest
from playwright.async_api import Browser

from tests.bot.story import LINK
from tests.system.chromium import Visitor
from tests.system.visiting import visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

DUTCH = {"name": "Dutch", "lang": "nl-NL", "localService": True}
ENGLISH = {"name": "English", "lang": "en-US", "localService": True}
FAR_AWAY = {"name": "Nederlands", "lang": "nl-NL", "localService": False}
"""A voice that sends the words to whoever made it."""

# Headless Chromium has no voices: what it would be told is written down.
SPEECH = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  speaking: false,
  getVoices: () => VOICES,
  cancel() { this.speaking = false; window.current?.onend?.(); window.current = null; },
  speak(spoken) { this.speaking = true; window.current = spoken; window.said.push(spoken); },
  addEventListener() {},
} });
"""


async def opened(anne: Visitor, voices: Sequence[Mapping[str, object]]) -> None:
    """The page of a link, on a device with these voices."""
    await anne.context.add_init_script(SPEECH.replace("VOICES", json.dumps(list(voices))))
    await anne.get(f"/v/{LINK}")


async def test_a_message_is_read_by_the_dutch_voice_of_the_device(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await opened(anne, [FAR_AWAY, ENGLISH, DUTCH])
        button = anne.tab.locator(".said .aloud").first
        await button.click()
        [said] = await anne.tab.evaluate("said.map(({text, lang, voice}) => ({text, lang, voice}))")
        assert said["text"].startswith("Hallo!")
        assert (said["lang"][:2], said["voice"]) == ("nl", DUTCH)
        assert await button.inner_text() == "⏹ Stop met lezen"
        await button.click()
        assert await button.inner_text() == "🔊 Lees voor"
        assert await anne.tab.evaluate("said.length") == 1


async def test_what_was_read_stops_where_another_message_is_read(browser: Browser) -> None:
    async with visiting(browser) as anne:
        await opened(anne, [DUTCH])
        buttons = anne.tab.locator(".said .aloud")
        await buttons.nth(0).click()
        await buttons.nth(1).click()
        assert [await buttons.nth(at).inner_text() for at in (0, 1)] == ["🔊 Lees voor", "⏹ Stop met lezen"]
        assert await anne.tab.evaluate("said.length") == 2


@pytest.mark.parametrize("voices", [[FAR_AWAY], [ENGLISH], [FAR_AWAY, ENGLISH]])
async def test_without_a_dutch_voice_of_its_own_there_is_no_button(
    voices: list[Mapping[str, object]], browser: Browser
) -> None:
    async with visiting(browser) as anne:
        await opened(anne, voices)
        assert await anne.tab.locator(".said").count() > 0
        assert await anne.tab.locator(".aloud").count() == 0
