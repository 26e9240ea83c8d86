"""Whether hostile strings are words to a real browser: all of them as it reads pages, some as somebody types them."""

import pytest
from playwright.async_api import Browser

from bot.browser.pages import Pages
from dialogs.clean import clean_text
from tests.bot.hostile import hostile
from tests.bot.story import LINK
from tests.bot.test_hostile import foreign, shown
from tests.system.visiting import visiting
from tests.talk.world import library

pytestmark = pytest.mark.asyncio(loop_scope="session")

SOME = [clean_text(words) for words in hostile()[::27]]
READ = """pages => pages.map(html => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const named = one => [one.localName, ...[...one.attributes].map(at => at.name + "=" + at.value)].join(" ");
  const tags = [...page.querySelectorAll(":not(br)")].map(named);
  return [tags.join("|"), page.querySelector(".mine p").textContent, page.querySelector("textarea").value];
})"""


async def test_as_a_browser_reads_them_they_are_no_element_and_no_attribute(browser: Browser) -> None:
    pages, strings = Pages(library()), list(map(clean_text, hostile()))
    async with visiting(browser) as anne:
        await anne.get("/hulp")
        [(ours, _, _)] = await anne.tab.evaluate(READ, [shown(pages, "woord")])
        found = await anne.tab.evaluate(READ, [shown(pages, words) for words in strings])
    assert {tags for tags, _, _ in found} == {ours}
    assert [(mine, field) for _, mine, field in found] == [(words, words) for words in strings]


async def test_typed_one_after_the_other_nothing_happens_but_a_conversation(browser: Browser) -> None:
    dialogs = list[str]()
    async with visiting(browser) as anne:
        anne.tab.on("dialog", lambda dialog: dialogs.append(dialog.message))
        await anne.get(f"/v/{LINK}")
        await anne.tap("✅ Ja, ik doe mee")
        for words in SOME:
            await anne.say(words)
        typed = [said.words for said in anne.page.spoken if said.mine]
        html = await anne.tab.evaluate("document.querySelector('main').outerHTML")
    assert [words for words in typed if "qx" in words] == SOME
    assert foreign(html) == []
    assert (dialogs, anne.complaints) == ([], [])
