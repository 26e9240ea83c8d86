"""How a template is filled: values in place, lines left out, bold where the template says so and nowhere else."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.texts import Span, Text, fingerprint, placeholders, plain, settled, spans

NOTHING = MappingProxyType[str, str | None]({})
HOSTILE = [
    "*vet*",
    "**",
    "{titel}",
    "{verhaal}",
    "{",
    "}",
    "{{titel}}",
    "{0}",
    "%s",
    "\\1",
    "\\g<0>",
    "_x_",
    "*\n*",
    "",
]
VALUES = st.text() | st.sampled_from(HOSTILE)


def test_a_value_stands_where_its_name_stood() -> None:
    assert plain("Uw code is: {code}.", {"code": "K7P"}) == "Uw code is: K7P."


def test_a_name_may_be_used_several_times() -> None:
    assert plain("{n} van {m}, {n}", {"n": "1", "m": "8"}) == "1 van 8, 1"


def test_stars_make_words_bold_and_go() -> None:
    assert spans("Dit is *heel belangrijk* nieuws.", NOTHING) == (
        Span("Dit is "),
        Span("heel belangrijk", bold=True),
        Span(" nieuws."),
    )


def test_a_value_between_stars_is_bold() -> None:
    assert spans("📖 *{titel}*", {"titel": "De brief"}) == (Span("📖 "), Span("De brief", bold=True))


@pytest.mark.parametrize("template", ["5 * 3", "een *\ntwee*", "**", "*", "* a", "***"])
def test_a_star_without_its_like_on_the_same_line_stays(template: str) -> None:
    assert plain(template, NOTHING) == template
    assert not any(span.bold for span in spans(template, NOTHING) if "a" in span.text or "t" in span.text)


@given(titel=VALUES, verhaal=VALUES)
def test_what_a_teller_typed_stays_as_typed(titel: str, verhaal: str) -> None:
    filled = spans("📖 *{titel}*\nU schreef: {verhaal}!", {"titel": titel, "verhaal": verhaal})
    bold = (Span(titel, bold=True),) if titel else ()
    assert filled == (Span("📖 "), *bold, Span(f"\nU schreef: {verhaal}!"))


@given(verhaal=VALUES)
def test_blank_lines_of_a_teller_stay(verhaal: str) -> None:
    typed = f"\n\n\n\n{verhaal}\n\n\n\n"
    assert plain("{verhaal}", {"verhaal": typed}) == typed


@pytest.mark.parametrize("values", [{}, {"kanaal": None}])
def test_a_line_without_its_value_is_left_out(values: dict[str, str | None]) -> None:
    assert plain("Eerst.\n{kanaal} bewaart dit ook.\nDaarna.", values) == "Eerst.\nDaarna."


def test_a_line_needs_all_of_its_values() -> None:
    assert plain("Eerst.\n{n} van {m}", {"n": "1", "m": None}) == "Eerst."


def test_an_empty_value_is_a_value() -> None:
    assert plain("Titel: {titel}.", {"titel": ""}) == "Titel: ."


def test_around_a_line_that_is_left_out_one_empty_line_is_left() -> None:
    assert plain("Eerst.\n\n{antwoorden}\n\nDaarna.", NOTHING) == "Eerst.\n\nDaarna."
    assert plain("{titel}\n\nDaarna.\n\n{antwoorden}", NOTHING) == "Daarna."


def test_where_no_line_is_left_nothing_is_said() -> None:
    assert spans("{titel}", NOTHING) == ()


def test_braces_that_are_no_name_stay() -> None:
    assert plain("{} {Titel} {n1} { n }", {"n": "x"}) == "{} {Titel} {n1} { n }"
    assert placeholders("{} {Titel} {n1} {n} {max_tekens}") == {"n", "max_tekens"}


def test_what_a_study_fills_in_is_there_for_good_and_the_rest_stays_open() -> None:
    texts = settled({"A": Text("A", "Bel {contact} over *{titel}*.", {"ja": "Ja"})}, {"contact": "020 000 0000"})
    assert texts["A"] == Text("A", "Bel 020 000 0000 over *{titel}*.", {"ja": "Ja"})


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_fingerprint_tells_words_apart(some: str, other: str) -> None:
    assert (fingerprint(some) == fingerprint(other)) == (some == other)
    assert len(fingerprint(some)) == 8
    assert set(fingerprint(some)) <= set("0123456789abcdef")
