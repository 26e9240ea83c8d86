"""Whether words become HTML in which receipts, numbers of help and points of a list stand out, and nothing more."""

import re

import pytest

from bot.browser.markup import html
from dialogs.texts import Span, spans
from tests.talk.world import library

TAG = re.compile(r"<[^>]*>")
WHOLE = re.compile(r'<span class="whole">([^<]*)</span>')
CALLED = re.compile(r'<a href="tel:([^"]*)">([^<]*)</a>')
ARABIC = library().text("TAAL.ar").text


def shown(*runs: Span) -> str:
    """Words as HTML, where the lines in other languages are known."""
    return html(runs, {ARABIC: "ar", "C'est l'un & l'autre.": "fr"})


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
    assert CALLED.sub(r"\2", WHOLE.sub(r"\1", found)) == written


def test_a_short_number_is_called_where_it_is_bold() -> None:
    assert str(html((Span("112", bold=True), Span(" of 112")))) == '<b><a href="tel:112">112</a></b> of 112'


def test_words_of_a_teller_call_nobody() -> None:
    assert str(html((Span("Bel 0800-0113 & <b>\nnu"),), calls=False)) == "Bel 0800-0113 &amp; &lt;b&gt;<br>\nnu"


def test_every_number_of_the_help_page_is_called_with_a_tap() -> None:
    said = [html(spans(library().text(text_id).text, {})) for text_id in ("CRISIS", "ALG.contact")]
    numbers = {shown for words in said for _, shown in CALLED.findall(str(words))}
    assert numbers == {"112", "113", "0800-0113", "0800-2000", "020 111 1111", "020 000 0000"}


def test_a_command_that_is_known_is_a_button_in_a_form_and_nothing_else_is() -> None:
    words = (Span("Tik op /start, /nieuws, https://x.nl/start, 1/start of /start/x. Bel 112 of 0800-0113."),)
    found = str(html(words, commands={"/start": "Begin"}))
    assert found.count("<button") == 1
    assert '<button class="command" name="command" value="/start" aria-label="/start: Begin">/start</button>,' in found
    assert TAG.sub("", found) == words[0].text
    assert "<button" not in html(words)
    assert "<button" not in html(words, calls=False, commands={"/start": "Begin"})


def test_a_receipt_is_set_apart() -> None:
    assert shown(Span("K7P-M4T-X9R", bold=True)) == '<b class="code">K7P-M4T-X9R</b>'


def test_every_point_of_a_list_is_set_apart() -> None:
    found = shown(Span("Lees:\n• Eén\n• "), Span("Twee", bold=True), Span("\nDrie • vier"))
    assert found.count('<span class="point">') == 2
    assert TAG.sub("", found) == "Lees:\n• Eén\n• Twee\nDrie • vier"


def test_a_line_in_another_language_says_so_and_goes_its_own_way() -> None:
    found = shown(Span(f"{ARABIC}\nU mag in uw eigen taal schrijven."))
    assert found == (
        f'<span class="foreign" lang="ar" dir="rtl">{ARABIC}</span><br>\nU mag in uw eigen taal schrijven.'
    )
    assert shown(Span("C'est l'un & l'autre.")).startswith('<span class="foreign" lang="fr" dir="ltr">C')


def test_bold_that_goes_on_after_a_point_is_closed_where_it_ends() -> None:
    found = shown(Span("• een "), Span("twee\n• drie", bold=True))
    assert found == "• een <b>twee<br>\n• drie</b>"


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("words", ["• <img src=x>", "<b>\n• </span>", '112" onclick="x', "<br>\n• x"])
def test_what_somebody_typed_is_no_html(words: str, bold: bool) -> None:
    found = shown(Span(words, bold=bold))
    assert {tag.split()[0] for tag in TAG.findall(found)} <= {"<b>", "</b>", "<br>", "<span", "</span>"}
    assert "onclick" not in "".join(TAG.findall(found))


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Bijvoorbeeld: AB1-CD1-EF1", ["AB1-CD1-EF1"]),
        ("mijn code is k7p-m4t-x9r, en nog een: K7P-M4T-X9R.", ["k7p-m4t-x9r", "K7P-M4T-X9R"]),
        ("020-111-222 en 0800-0113 en 01-02-2024", []),
        ("een-twee-drie-vier en xK7P-M4T-X9R", []),
    ],
)
@pytest.mark.parametrize("calls", [True, False], ids=["of the chat", "of a teller"])
def test_a_code_is_never_broken_off_at_the_end_of_a_line(written: str, codes: list[str], calls: bool) -> None:
    found = str(html((Span(written),), calls=calls))
    assert WHOLE.findall(found) == codes
    assert CALLED.sub(r"\2", WHOLE.sub(r"\1", found)) == written
