"""Whether what stands on a screen is drawn once, and what was drawn is remembered no longer than it stands there."""

from dataclasses import replace
from weakref import ref

from bot.browser.pages import Pages
from bot.browser.screen import Bubble, Screen
from dialogs.texts import Span
from tests.bot.story import FIRST, SECOND
from tests.talk.world import library


def drawn(pages: Pages, screen: Screen) -> str:
    """The part of the page that changes."""
    return pages.chat(screen, token="t", number=1, words="", note="", whole=False)


def test_words_that_changed_are_drawn_as_they_are_now() -> None:
    pages, bubble = Pages(library()), Bubble(7, (Span(FIRST),), mine=True)
    assert FIRST in drawn(pages, Screen((bubble,)))
    found = drawn(pages, Screen((replace(bubble, spans=(Span(SECOND),)),)))
    assert SECOND in found
    assert FIRST not in found


def test_the_same_number_on_the_screen_of_somebody_else_shows_her_own_words() -> None:
    pages = Pages(library())
    for words in (FIRST, SECOND):
        assert words in drawn(pages, Screen((Bubble(7, (Span(words),), mine=True),)))


def test_nothing_that_left_the_screen_is_remembered() -> None:
    pages, bubble = Pages(library()), Bubble(7, (Span(FIRST),), mine=True)
    drawn(pages, Screen((bubble,)))
    remembered = ref(bubble)
    del bubble
    assert remembered() is None
