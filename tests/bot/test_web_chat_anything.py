"""Whether any form and any header at all is no fault of the web chat, and whoever comes next is answered."""

from random import Random

from bot.browser import hearing
from bot.browser.chat import Chat
from bot.browser.pages import Pages
from bot.browser.screen import Screen
from bot.browser.session import Session, new_session
from bot.figures import Figures
from storage.secrets import KeyRing
from tests.bot.browser import browser, visited
from tests.bot.running import free_port
from tests.bot.story import FIRST, LINK
from tests.bot.web_visits import Neighbourhood, agreed, pieces
from tests.stress.mutating import ODD_NUMBERS, ODD_WORDS
from tests.talk.world import Clock

SEED = 20_261_128
FORMS = 1_000
ANEW = 0.05
"""The share of forms after which another browser comes."""

ODD_HEADERS = (
    *({"origin": origin} for origin in ("http://[", "http://a]b", "//[::1", "http://\u2100", "null ", "x" * 900)),
    *({"accept-language": words} for words in ("", ";;,", "nl" * 500, "\u00e9\u00df", "*", "tlh-Latn-x-x-x-x-x")),
    *({"cookie": f"vertelbot={value}"} for value in ("", "x", "\u00e9" * 60, '"', "a" * 43, "; ; =")),
    {"x-forwarded-for": "fe80::1%x, ::ffff:1.2.3.4, niemand"},
    {"content-type": "application/x-www-form-urlencoded; charset=utf-7"},
    {"sec-fetch-site": "\u00e9"},
    {"host": "[::1"},
)


def odd_form(lot: Random, screen: Screen) -> dict[str, str]:
    """The fields of a form: as the page has them, or anything at all."""
    buttons = [f"{b.number} {data}" for b in screen.bubbles for row in b.rows for _, data in row]
    odd = (*ODD_WORDS, *(str(number)[:400] for number in ODD_NUMBERS))
    made = {"number": str(lot.randrange(1, 10**9)), "seen": str(screen.last)}
    if buttons and lot.random() < 0.5:
        made["tap"] = lot.choice(buttons)
    for name in lot.sample(("number", "seen", "tap", "command", "words", "token", "\u00e9"), lot.randrange(4)):
        made[name] = lot.choice(odd)
    if "tap" in made and lot.random() < 0.2:
        at = lot.randrange(len(made["tap"]) + 1)
        made["tap"] = made["tap"][:at] + lot.choice(odd) + made["tap"][at:]
    return made


async def test_any_form_goes_through_the_corridor_without_a_fault(url: str, keys: KeyRing) -> None:
    lot, figures = Random(SEED), Figures()
    intake = await Neighbourhood(url, keys, 0, Clock()).open()
    chat, pages = Chat(intake, figures=figures), Pages(intake.library)
    session: Session | None = None
    screen = Screen()
    for _ in range(FORMS):
        if session is None or lot.random() < ANEW:
            session = new_session()
            screen = await chat.come_in(session, lot.choice(("", LINK, *ODD_WORDS)), "nl")
        form = hearing.read(odd_form(lot, screen))
        if form is None or not (form.data or form.says):
            continue
        taken = await chat.take(session, form, lot.choice(("", "nl", "tr")))
        session, screen = taken.session, taken.screen
        assert pages.chat(screen, token="t", number=1, words=taken.words, note=taken.note, whole=True)
    await intake.database.close()
    assert figures.failed == {}
    assert figures.handled["web"] > FORMS / 4


async def test_whatever_a_header_holds_is_answered_and_so_is_whoever_comes_next(url: str, keys: KeyRing) -> None:
    site = Neighbourhood(url, keys, free_port(), Clock())
    intake = await site.open()
    async with visited(intake, site.port), browser(site.port) as anne:
        await agreed(anne)
        for headers in ODD_HEADERS:
            async with browser(site.port, headers) as odd:
                odd.page = anne.page
                statuses = [(await odd.get(f"/v/{LINK}")).status, (await odd.say(FIRST)).status]
            assert max(statuses) < 500, headers
        assert (await anne.say(FIRST)).status == 200
        assert await pieces(intake, anne.address) == [FIRST]
    await intake.database.close()
