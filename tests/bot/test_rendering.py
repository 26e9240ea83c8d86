"""Whether what is said becomes messages that Telegram takes, with every word in them, whatever was typed."""

from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.outgoing import Outgoing
from bot.telegram.rendering import Message, chosen, render
from dialogs.checks.relied_on import LEFT_OVER
from dialogs.clean import clean_text
from dialogs.library import Library
from dialogs.questions import LABEL_LIMIT, ClosedQuestion, StoryQuestion
from dialogs.taps import LIMIT
from dialogs.texts import placeholders
from tests.botapi.formatting import MESSAGE_LENGTH, Formatted, formatted
from tests.botapi.keyboards import check_markup
from tests.botapi.wire import Json, Object, a_number
from tests.talk.world import library

REVIEW = "Kijk even na:\n\n📖 *{titel}*\n{verhaal}\n\n{antwoorden}\n\nMag dat?"
LONGEST_LABEL = "x" * LABEL_LIMIT

HOSTILE = [
    "<b>",
    "</b>",
    "<script>alert(1)</script>",
    "<a href='tg://user?id=1'>x</a>",
    "&",
    "&lt;&amp;&#60;&#x3c;",
    "\"'`",
    "*vet* _schuin_ ~weg~ `code` [x](http://y)",
    "{titel} {verhaal} {0} %s {{",
    "\\*\\n",
    "👩‍👩‍👧‍👦🏳️‍🌈🇳🇱",
    "مرحبا بكم",
    "שלום",
    "é ñ ü ß ĳ",
    "a\u0301\u0301\u0301",
    "@admin #tag /start +31 6 0000 0000 x@example.org",
    "\u2028\u2029",
    "\u2800",
    "\u200d\u200d",
]


def as_shown(message: Message) -> Formatted:
    """The message as Telegram's own parser reads it; raises where Telegram would refuse it."""
    return formatted(message.text, "HTML", [], MESSAGE_LENGTH)


def spoken(text: str) -> str:
    """Letters and digits only: blanks go at the cuts, and Telegram takes away some marks that nobody sees."""
    return "".join(filter(str.isalnum, text))


def fits(waiting: Outgoing) -> list[Formatted]:
    """The messages of a reply as they are shown, each of them with room for the answer that comes under it."""
    shown = [as_shown(message) for message in render(waiting)]
    assert all(message.text for message in shown)
    assert all(len(message.text + chosen(LONGEST_LABEL)) <= MESSAGE_LENGTH for message in shown)
    assert spoken("".join(message.text for message in shown)) == spoken(waiting.plain({"kanaal": "Telegram"}))
    return shown


def bold_in(shown: Formatted) -> list[str]:
    """The words that are shown in bold."""
    units = shown.text.encode("utf-16-le")
    marks = (mark for mark in shown.entities if mark["type"] == "bold")
    return [_cut(units, mark) for mark in marks]


def _cut(units: bytes, mark: Object) -> str:
    start, length = a_number(mark["offset"]), a_number(mark["length"])
    return units[2 * start : 2 * (start + length)].decode("utf-16-le")


def review(title: str, story: str) -> Outgoing:
    return Outgoing(REVIEW, {"titel": title, "verhaal": story, "antwoorden": None}, ((("Ja", "q:a:b:c"),),))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_was_typed_is_shown_as_it_was_typed(words: str) -> None:
    [shown] = fits(review(words, f"Ik zei: {words}!"))
    assert f"Ik zei: {words}!" in shown.text


@pytest.mark.parametrize("sign", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_a_sign_that_turns_the_direction_does_not_turn_what_the_bot_says_after_it(sign: str) -> None:
    [shown] = fits(review(f"x{sign}y", f"مرحبا {sign} omgekeerd"))
    assert sign not in shown.text
    assert "مرحبا  omgekeerd" in shown.text
    assert "xy" in shown.text


@pytest.mark.parametrize("words", [words for words in HOSTILE if spoken(words)])
def test_only_what_the_template_makes_bold_is_bold(words: str) -> None:
    [shown] = fits(review(f"x {words} x", words))
    assert [spoken(bold) for bold in bold_in(shown)] == [spoken(f"x {words} x")]


def test_the_channel_is_called_by_its_name_and_a_line_without_a_value_goes() -> None:
    [shown] = fits(Outgoing("• {kanaal} bewaart dit ook.\n• {nergens} niet.\n\n\n\nKlaar {n}.", {"n": "1"}))
    assert shown.text == "• Telegram bewaart dit ook.\n\nKlaar 1."


def test_that_something_had_to_stay_on_the_screen_is_said_only_where_it_had_to() -> None:
    waiting = Outgoing("Leeg.\n{over} berichten zijn te oud voor mij.")
    assert [as_shown(message).text for message in render(waiting)] == ["Leeg."]
    [left] = [as_shown(message).text for message in render(waiting, left_over=True)]
    assert left == "Leeg.\nSommige berichten zijn te oud voor mij."


def test_a_long_story_goes_in_several_messages_with_the_buttons_under_the_last() -> None:
    story = "Toen ging ik weer naar het loket. " * 240
    messages = render(review("Het loket", story))
    shown = fits(review("Het loket", story))
    assert [bool(message.keyboard) for message in messages] == [False, False, True]
    whole = review("Het loket", story).plain({})
    assert [word for message in shown for word in message.text.split()] == whole.split()


@pytest.mark.parametrize("letter", ["x", "&", '"', "😀", "👩‍👩‍👧‍👦", "\u0645", "\n", " ", "\u2800"])
def test_a_story_without_a_place_to_cut_fits_all_the_same(letter: str) -> None:
    assert fits(review("Titel", (letter * 8000)[:8000]))
    assert fits(Outgoing("*{titel}* {verhaal}", {"titel": (letter * 4500) + "a", "verhaal": "b" * 4500}))


@pytest.mark.parametrize("words", ["", " ", "\n\n", "\u2800", "\u200b\u200d", "{weg}"])
def test_a_reply_of_nothing_becomes_no_message(words: str) -> None:
    assert render(Outgoing(words, {}, ((("Ja", "q:a:b:c"),),))) == ()


def test_the_answer_under_a_question_has_one_mark() -> None:
    assert chosen("😀 Blij") == "\n\n✅ 😀 Blij"
    assert chosen("✅ Klaar") == "\n\n✅ Klaar"


def test_buttons_stand_in_their_rows_and_carry_what_they_carried() -> None:
    rows = ((("Ja", "q:a:b:ja"), ("Nee & <b>", "q:a:b:nee")), (("👍", "g:x:"),))
    [message] = render(Outgoing("Kies", {}, rows))
    assert message.keyboard
    assert markup_of(message) == {
        "inline_keyboard": [
            [{"text": "Ja", "callback_data": "q:a:b:ja"}, {"text": "Nee & <b>", "callback_data": "q:a:b:nee"}],
            [{"text": "👍", "callback_data": "g:x:"}],
        ]
    }


def test_a_reply_without_buttons_has_no_keyboard() -> None:
    assert [message.keyboard for message in render(Outgoing("Dag"))] == [[]]


def markup_of(message: Message) -> Object:
    rows: list[Json] = [[dict(button) for button in row] for row in message.keyboard]
    return {"inline_keyboard": rows} if rows else {}


def every_template(found: Library) -> list[str]:
    """All that the house can say: its texts, and the questions of all sets."""
    questions = list(chain.from_iterable(item.questions for item in found.sets.values()))
    asked = [question.text for question in questions if isinstance(question, ClosedQuestion)]
    prompts = [item.text for question in questions if isinstance(question, StoryQuestion) for item in question.prompts]
    return [*(text.text for text in found.texts.values() if text.text), *asked, *prompts]


def test_everything_that_the_house_says_fits_in_one_message() -> None:
    for template in every_template(library()):
        assert len(fits(Outgoing(template, dict.fromkeys(placeholders(template) - LEFT_OVER, "x")))) == 1


# Whatever somebody types.

_typed = st.text(st.characters(codec=None, categories=None), max_size=60) | st.sampled_from(HOSTILE)
_long = st.builds(lambda words, times: words * times, _typed, st.integers(1, 200))
_data = st.text("abcdefghijklmnopqrstuvwxyz0123456789:_", min_size=1, max_size=LIMIT)
_label = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=LABEL_LIMIT)
_rows = st.lists(st.lists(st.tuples(_label, _data), min_size=1, max_size=2).map(tuple), max_size=12).map(tuple)
_template = st.lists(st.sampled_from(["*{titel}*", "{verhaal}", "Tekst & uitleg.\n", "*Kop*\n", "\n", " ", "{weg}"]))


@given(_template.map("".join), _long.map(clean_text), _long.map(clean_text), _rows)
@example("*{titel}*{verhaal}", "a" * 4000, "b" * 4000, ())
@example("*{titel}*{verhaal}", "a" * 3999, " b", ())
def test_every_reply_fits(template: str, title: str, story: str, rows: tuple[tuple[tuple[str, str], ...], ...]) -> None:
    waiting = Outgoing(template, {"titel": title, "verhaal": story}, rows)
    fits(waiting)
    *before, last = [markup_of(message) for message in render(waiting)] or [{}]
    check_markup(last)
    assert not any(before)
