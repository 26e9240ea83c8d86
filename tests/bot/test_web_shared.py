"""Whether who tells next on the same device reads nothing of who told before: between two tellers of one helper."""

from collections.abc import Iterable

import pytest

from tests.bot.browser import Answer, Browser
from tests.bot.helping import AGREEING, ENOUGH, HELPER_LINK, NEXT, OF_THE_TELLER, SENDING, TOLD
from tests.bot.story import Move

PAGE_OF_BEFORE = "Dat was een pagina van eerder."
LATE = "Nog iets over mijn zwabbelbrief"


async def does(visitor: Browser, moves: Iterable[Move]) -> Answer:
    """The page after the last of these."""
    found = [await (visitor.tap(move.words) if move.taps else visitor.say(move.words)) for move in moves]
    return found[-1]


def told_of(found: Answer) -> list[str]:
    """What of the teller before stands on a page."""
    return [words for words in OF_THE_TELLER if words.lower() in found.html.lower()]


async def helped(visitor: Browser) -> Answer:
    """A helper types a story for somebody, up to looking it over."""
    await visitor.get(f"/v/{HELPER_LINK}")
    return await does(visitor, TOLD)


async def test_after_sending_and_at_every_step_to_the_next_teller_nothing_is_left(anne: Browser) -> None:
    assert told_of(await helped(anne)) == list(OF_THE_TELLER)
    for move in (SENDING, NEXT, *AGREEING):
        assert told_of(await does(anne, [move])) == []
        assert told_of(await anne.get()) == []


async def test_words_that_stood_in_the_field_go_with_the_story(anne: Browser) -> None:
    await helped(anne)
    found = await anne.tap(SENDING.words, words=LATE)
    assert found.page.field == ""
    assert told_of(found) == []


async def test_words_stay_in_the_field_where_the_same_teller_goes_on(anne: Browser) -> None:
    await helped(anne)
    found = await anne.tap("✏️ Iets veranderen", words=LATE)
    assert found.page.field == LATE


@pytest.mark.parametrize("after", [[SENDING], [SENDING, NEXT], [SENDING, NEXT, *AGREEING], [SENDING, ENOUGH]])
async def test_a_page_of_before_shows_nothing_and_is_answered_kindly(anne: Browser, after: list[Move]) -> None:
    await helped(anne)
    old = anne.twin()
    await does(anne, after)
    old.with_cookie(anne.token)
    found = await old.say(LATE)
    await old.http.close()
    assert PAGE_OF_BEFORE in found.page.notices[0]
    assert (found.page.field, told_of(found), told_of(await anne.get())) == ("", [], [])


async def test_a_button_of_before_shows_nothing(anne: Browser) -> None:
    await helped(anne)
    old = anne.twin()
    await does(anne, [SENDING, NEXT])
    found = await old.tap("🔒 Nee, maar wel versturen", words=LATE)
    await old.http.close()
    assert (found.status, found.page.field, told_of(found)) == (200, "", [])
