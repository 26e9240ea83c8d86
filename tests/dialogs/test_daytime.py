"""When it is day in Amsterdam, also in the nights in which the clocks are changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.daytime import AMSTERDAM, date_of, day_before, is_day, next_day, same_day

MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
AROUND = st.sampled_from([datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)]).flatmap(
    lambda day: st.integers(0, 48 * 60).map(lambda minutes: day + timedelta(minutes=minutes))
)
"""Moments of any time, and moments around the two nights in 2026 in which the clocks are changed."""

ANY = MOMENTS | AROUND


def amsterdam(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    """A moment as the clock in Amsterdam tells it, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (amsterdam(2026, 3, 2, 9, 59), False),
        (amsterdam(2026, 3, 2, 10, 0), True),
        (amsterdam(2026, 3, 2, 18, 59), True),
        (amsterdam(2026, 3, 2, 19, 0), False),
        (amsterdam(2026, 7, 1, 10, 0), True),
        (amsterdam(2026, 7, 1, 9, 59), False),
        (datetime(2026, 3, 28, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 29, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 28, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), False),
    ],
)
def test_it_is_day_by_the_clock_of_amsterdam(at: datetime, day: bool) -> None:
    assert is_day(at) is day


@pytest.mark.parametrize(
    ("at", "following"),
    [
        (amsterdam(2026, 3, 2, 12, 30), amsterdam(2026, 3, 2, 12, 30)),
        (amsterdam(2026, 3, 2, 3, 0), amsterdam(2026, 3, 2, 10, 0)),
        (amsterdam(2026, 3, 2, 19, 0), amsterdam(2026, 3, 3, 10, 0)),
        (amsterdam(2026, 12, 31, 23, 0), amsterdam(2027, 1, 1, 10, 0)),
        (amsterdam(2026, 3, 28, 20, 0), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (amsterdam(2026, 10, 24, 20, 0), datetime(2026, 10, 25, 9, tzinfo=UTC)),
    ],
)
def test_what_may_not_be_said_by_night_waits_for_the_morning(at: datetime, following: datetime) -> None:
    assert next_day(at) == following


@pytest.mark.parametrize(
    ("at", "nearest"),
    [
        (amsterdam(2026, 3, 2, 12, 30), amsterdam(2026, 3, 2, 12, 30)),
        (amsterdam(2026, 3, 2, 0, 0), amsterdam(2026, 3, 2, 10, 0)),
        (amsterdam(2026, 3, 2, 19, 0), amsterdam(2026, 3, 2, 18, 0)),
        (amsterdam(2026, 3, 2, 23, 59), amsterdam(2026, 3, 2, 18, 0)),
        (amsterdam(2026, 10, 25, 23, 30), datetime(2026, 10, 25, 17, tzinfo=UTC)),
    ],
)
def test_what_belongs_to_a_date_is_said_on_that_date(at: datetime, nearest: datetime) -> None:
    assert same_day(at) == nearest


@given(ANY)
def test_what_waits_for_the_day_waits_for_the_next_one_and_no_longer(at: datetime) -> None:
    waited = next_day(at)
    assert is_day(waited)
    assert timedelta() <= waited - at <= timedelta(hours=16)
    assert next_day(waited) == waited


@given(ANY)
def test_what_belongs_to_a_date_is_said_by_day_on_that_date(at: datetime) -> None:
    said = same_day(at)
    assert is_day(said)
    assert date_of(said) == date_of(at)
    assert same_day(said) == said


@given(ANY)
def test_the_day_before_is_one_date_earlier_whatever_the_clocks_do(at: datetime) -> None:
    assert date_of(day_before(at)) == date_of(at) - timedelta(days=1)
    assert abs(at - day_before(at) - timedelta(days=1)) <= timedelta(hours=1)


def test_a_date_is_that_of_amsterdam() -> None:
    assert date_of(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert date_of(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)) == date(2026, 1, 1)
