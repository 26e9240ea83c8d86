"""Whether words that residents read are understood as the time that they say, and nothing else is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.durations import Span, span_of

LEAP_DAY = datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("2 jaar", Span(24)),
        ("een jaar", Span(12)),
        ("één jaar", Span(12)),
        ("Twaalf  maanden", Span(12)),
        ("18 maanden", Span(18)),
        ("1 maand", Span(1)),
        ("6 weken", Span(days=42)),
        ("een week", Span(days=7)),
        ("90 dagen", Span(days=90)),
        ("half jaar", Span(6)),
        ("een half jaar", Span(6)),
        ("anderhalf jaar", Span(18)),
        ("2 jaar en 6 maanden", Span(30)),
        ("10 jaren", Span(120)),
    ],
)
def test_a_span_is_understood(words: str, span: Span) -> None:
    assert span_of(words) == span


@pytest.mark.parametrize(
    "words",
    ["", "jaar", "0 dagen", "2", "twee", "lang", "2 uur", "-1 jaar", "1,5 jaar", "2 jaar na het onderzoek", "101 jaar"],
)
def test_what_says_no_span_is_none(words: str) -> None:
    assert span_of(words) is None


@given(st.text())
def test_anything_may_be_asked(words: str) -> None:
    found = span_of(words)
    assert found is None or found.before(LEAP_DAY) < LEAP_DAY


@pytest.mark.parametrize(
    ("span", "day"),
    [
        (Span(12), "2027-02-28"),
        (Span(48), "2024-02-29"),
        (Span(1), "2028-01-29"),
        (Span(3), "2027-11-29"),
        (Span(days=90), "2027-12-01"),
        (Span(24, 1), "2026-02-27"),
    ],
)
def test_months_are_those_of_the_calendar(span: Span, day: str) -> None:
    assert span.before(LEAP_DAY).date().isoformat() == day


@given(st.builds(Span, st.integers(0, 1200), st.integers(0, 400)), st.integers(0, 2**31))
def test_a_longer_span_is_longer_ago(span: Span, second: int) -> None:
    now = datetime.fromtimestamp(second, UTC)
    assert Span(span.months + 1, span.days).before(now) < Span(span.months, span.days).before(now) <= now
