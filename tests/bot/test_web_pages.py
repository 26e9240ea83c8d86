"""How words become HTML: numbers that a tap calls, and nothing else that was written."""

import re

import pytest

from bot.browser.pages import html
from dialogs.texts import Span, spans
from tests.talk.world import library

CALLED = re.compile(r'<a href="tel:([^"]*)">([^<]*)</a>')


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("Bel 0800-0113.", ["08000113"]),
        ("Bel 020 111 1111 of 06-12345678", ["0201111111", "0612345678"]),
        ("Bel +31 20 111 1111", ["+31201111111"]),
        ("Bel 14 020, of mail naar a@voorbeeld.nl", ["14020"]),
        ("(020-0000000)", ["0200000000"]),
        ("op 01-02-2024 kreeg ik 112 euro, nummer 123456789012", []),
        ("NL91ABNA0417164300 en K7P-M4T-X9R", []),
    ],
)
def test_a_number_of_a_telephone_is_called_with_a_tap(written: str, called: list[str]) -> None:
    found = str(html((Span(written),)))
    assert [number for number, _ in CALLED.findall(found)] == called
    assert CALLED.sub(r"\2", found) == written


def test_a_short_number_is_called_where_it_is_bold() -> None:
    assert str(html((Span("112", bold=True), Span(" of 112")))) == '<b><a href="tel:112">112</a></b> of 112'


def test_words_of_a_teller_call_nobody() -> None:
    assert str(html((Span("Bel 0800-0113 & <b>\nnu"),), calls=False)) == "Bel 0800-0113 &amp; &lt;b&gt;<br>\nnu"


def test_every_number_of_the_help_page_is_called_with_a_tap() -> None:
    said = [html(spans(library().text(text_id).text, {})) for text_id in ("CRISIS", "ALG.contact")]
    numbers = {shown for words in said for _, shown in CALLED.findall(str(words))}
    assert numbers == {"112", "113", "0800-0113", "0800-2000", "020 111 1111", "020 000 0000"}
