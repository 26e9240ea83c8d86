"""What a message looks like: only addresses of pages, only emoji, or words; and what is said to the first two."""

import pytest

from dialogs.engine import step
from dialogs.looks import is_only_links, is_only_pictures
from dialogs.replies import Step
from tests.dialogs.situations import after, asked, asking, said, tapping
from tests.talk.world import library

STORY = asking("bewoner", "verhaal")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        "http://example.org/klacht?x=1",
        "www.amsterdam.nl",
        "t.me/verhalen_bot",
        "amsterdam.nl",
        "mijn-site.co.com/pad",
        "https://a.nl\nhttps://b.nl",
        "HTTPS://EXAMPLE.ORG",
    ],
)
def test_an_address_alone_is_only_a_link(text: str) -> None:
    assert is_only_links(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "Kijk eens op https://example.org", "Toen.", "ik@example.org", "3.5", "dr. Bakker", "https:// x", "e.d."],
)
def test_words_with_or_without_a_link_are_words(text: str) -> None:
    assert not is_only_links(text)


@pytest.mark.parametrize("text", ["😀", "😀😀 👍", "👍🏽", "🤷‍♀️", "❤️", "🇳🇱"])
def test_emoji_alone_are_only_pictures(text: str) -> None:
    assert is_only_pictures(text)


@pytest.mark.parametrize("text", ["", " ", "😀 blij", "ok 👍", "...", "!?", "نعم", "12"])
def test_words_and_marks_are_no_pictures(text: str) -> None:
    assert not is_only_pictures(text)


def test_a_story_that_is_only_a_link_is_not_kept() -> None:
    taken = step(library(), STORY, said("https://example.org/klacht", message="7"))
    assert taken.interview == STORY
    assert [reply.text for reply in taken.replies] == ["INV.link"]


def test_a_link_among_words_is_part_of_the_story() -> None:
    told = after(STORY, said("Het stond op www.amsterdam.nl en dat klopte niet.", message="7"))
    assert "www.amsterdam.nl" in told.answer("verhaal").text


def test_elsewhere_a_link_is_words_like_others() -> None:
    assert after(asking("bewoner", "titel"), said("www.amsterdam.nl")).answer("titel").text == "www.amsterdam.nl"


def test_emoji_are_kept_and_words_are_asked_for_once() -> None:
    first = step(library(), STORY, said("😀😀", message="7"))
    assert [reply.text for reply in first.replies] == ["INV.emoji"]
    assert first.interview is not None
    assert first.interview.answer("verhaal").text == "😀😀"
    second = step(library(), first.interview, said("👍", message="8"))
    assert second.interview is not None
    assert second.interview.answer("verhaal").text == "😀😀\n👍"
    assert second == Step(second.interview)
    assert asked(tapping(second.interview, "klaar")).id == "verhaal"


def test_under_the_request_for_words_the_way_on_is_there() -> None:
    taken = step(library(), STORY, said("😀", message="7"))
    assert taken.interview is not None
    assert [button.label for button in taken.replies[0].buttons] == ["✅ Klaar"]
