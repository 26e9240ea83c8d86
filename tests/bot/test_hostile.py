"""Whether a thousand hostile strings are words: on every page, in what is kept, and in what researchers get."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from bot.browser.chat import Chat, new_number
from bot.browser.hearing import read
from bot.browser.pages import Pages
from bot.browser.screen import Bubble, Screen
from bot.browser.session import new_session
from dialogs.clean import clean_text
from dialogs.taps import LINK_LIMIT
from dialogs.texts import spans
from storage.secrets import KeyRing, read_key_file
from tests.bot.browser import browser, visited
from tests.bot.disk import amounts
from tests.bot.hostile import Tag, hostile, tags
from tests.bot.person import corridor
from tests.bot.running import free_port
from tests.bot.web_page import page
from tests.bot.web_visits import agreed, pieces
from tests.corridor.resident import LINK
from tests.research.kept import House, build, export, table
from tests.stress.residents import QUESTIONS, SEND, YES
from tests.talk.world import library

OF_ONE_STORY, AT_ONCE = 40, 10
LONGEST_TITLE = 80
OURS = {
    *("html", "head", "meta", "title", "link", "script", "body", "a", "header", "nav", "main", "footer", "h1", "div"),
    *("form", "input", "ol", "li", "span", "p", "br", "button", "label", "textarea", "details", "summary", "b"),
}
"""The elements that the conversation is made of."""

REVIEW = "*{titel}*\n\n{verhaal}\n\nKlopt dit?"


def shown(pages: Pages, words: str) -> str:
    """A page with these words wherever words of somebody can be."""
    said = Bubble(2, spans(REVIEW, {"titel": words, "verhaal": words}), rows=((("Ja", "q:a28296:verhaal:klaar"),),))
    screen = Screen((said, Bubble(3, spans("{x}", {"x": words}), mine=True)), notice=words, link=words)
    return pages.chat(screen, token="t", number=1, words=words, note="", whole=True)


def foreign(html: str) -> list[Tag]:
    """What stands on a page that the conversation is not made of; a picture is ours only with all that ours has."""
    ours = set(tags(shown(Pages(library()), "woord")))
    return [tag for tag in tags(html) if tag[0] not in OURS and tag not in ours]


def test_they_are_a_thousand_and_no_two_are_kept_alike() -> None:
    assert len({clean_text(words) for words in hostile()}) == 1_000


def test_on_a_page_they_are_no_element_and_no_attribute_and_read_as_they_were_typed() -> None:
    pages = Pages(library())
    ours = tags(shown(pages, "woord"))
    for words in map(clean_text, hostile()):
        html = shown(pages, words)
        read_back = page(html)
        assert tags(html) == ours
        assert [said.words for said in read_back.spoken] == [f"{words}\n\n{words}\n\nKlopt dit?", words]
        assert (read_back.notices, read_back.field) == ((words,), words)


def test_as_a_story_and_as_an_open_answer_they_are_kept_and_exported_as_they_are(tmp_path: Path) -> None:
    house, strings = build(tmp_path / "huis", []), hostile()
    told = [strings[at : at + OF_ONE_STORY] for at in range(0, len(strings), OF_ONE_STORY)]
    asyncio.run(tell_all(house, told))
    uitvoer = export(house, tmp_path / "uitvoer")
    wanted = {"\n".join(map(clean_text, words)) for words in told}
    assert {row["verhaal"] for row in table(uitvoer / "verhalen.csv")} == wanted
    assert {row["opmerking"] for row in table(uitvoer / "antwoorden.csv") if row["opmerking"]} == wanted
    assert {row["titel"] for row in table(uitvoer / "verhalen.csv")} == {titled(words) for words in told}


async def tell_all(house: House, told: Sequence[Sequence[str]]) -> None:
    """A story of each, by somebody in a browser, who types them once more where a button is asked for."""
    async with corridor(house.url, read_key_file(house.key_file)) as intake:
        chat, pages = Chat(intake), Pages(library())
        for words in told:
            await Teller(chat, pages).tells(words)


def titled(words: Sequence[str]) -> str:
    """The title of a story: the first of its words that is short enough for one."""
    return next(clean for one in words if len(clean := clean_text(one)) <= LONGEST_TITLE and "\n" not in clean)


def bunches(words: Sequence[str]) -> list[str]:
    """Several in one message each."""
    clean = list(map(clean_text, words))
    return ["\n".join(clean[at : at + AT_ONCE]) for at in range(0, len(clean), AT_ONCE)]


class Teller:
    """Somebody whose forms are read and whose pages are shown as they are, without a connection between them."""

    def __init__(self, chat: Chat, pages: Pages) -> None:
        self._chat = chat
        self._pages = pages
        self._session = new_session()
        self._screen = Screen()

    async def tells(self, words: Sequence[str]) -> None:
        """From the link to the receipt."""
        self._screen = await self._chat.come_in(self._session, LINK, "nl")
        await self._taps(YES)
        for said in (*words, "klaar", titled(words), *bunches(words)):
            await self._says(said)
        for question in QUESTIONS:
            await self._says(question.options[0].label)
        self._shows(words)
        await self._taps(SEND)
        assert "Uw code is" in self._html()

    def _shows(self, words: Sequence[str]) -> None:
        """All that was typed stands on the page, and no element that is not ours."""
        html = self._html()
        typed = [said.words for said in page(html).spoken if said.mine and "qx" in said.words]
        assert typed == [*map(clean_text, words), titled(words), *bunches(words)]
        assert foreign(html) == []

    def _html(self) -> str:
        return self._pages.chat(self._screen, token="t", number=1, words="", note="", whole=True)

    async def _taps(self, label: str) -> None:
        await self._sends({"tap": page(self._html()).button(label)})

    async def _says(self, words: str) -> None:
        await self._sends({"words": words})

    async def _sends(self, said: Mapping[str, str]) -> None:
        form = read({"number": str(new_number()), "seen": str(self._screen.last), **said})
        assert form
        taken = await self._chat.take(self._session, form, "nl")
        assert taken.kept
        self._session, self._screen = taken.session, taken.screen


async def test_as_the_code_of_a_link_they_open_a_page_of_ours(tmp_path: Path, keys: KeyRing) -> None:
    async with corridor(f"sqlite:///{tmp_path}/v.db", keys) as intake:
        chat, pages = Chat(intake), Pages(library())
        plain = await come_in_by(chat, pages, "geen code")
        for words in hostile():
            html = await come_in_by(chat, pages, words[:LINK_LIMIT])
            assert unnumbered(html) == unnumbered(plain)
        assert amounts(tmp_path / "v.db")["interviews"] == 0


async def come_in_by(chat: Chat, pages: Pages, link: str) -> str:
    """The first page of who comes by a link."""
    screen = await chat.come_in(new_session(), link, "nl")
    return pages.chat(screen, token="t", number=1, words="", note="", whole=True)


def unnumbered(html: str) -> str:
    """A page without the numbers of its bubbles, which are new every time."""
    return re.sub(r"\d{10,}", "", html)


async def test_over_http_it_is_the_same(tmp_path: Path, keys: KeyRing) -> None:
    some, port = hostile()[::25], free_port()
    async with corridor(f"sqlite:///{tmp_path}/v.db", keys) as intake, visited(intake, port), browser(port) as anne:
        for words in some:
            found = await anne.get(f"/v/{quote(words.encode('utf-8', 'replace'), safe='')}")
            assert found.status == 404 or foreign(found.html) == []
        found = await agreed(anne)
        for words in some:
            found = await anne.say(words.encode("utf-8", "replace").decode())
            assert found.status == 200
        kept = [clean_text(words.encode("utf-8", "replace").decode()) for words in some]
        assert await pieces(intake, anne.address) == kept
        assert [said.words for said in found.page.spoken if said.mine and "qx" in said.words] == kept
