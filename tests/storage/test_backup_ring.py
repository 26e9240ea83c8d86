"""Which copies stay: enough to go back an hour or a week, never more than so many, and always the newest."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.backup.ring import DAYS, HOURS, Copy, copies, copy_at, name, staying

NOW = datetime(2026, 3, 29, 10, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)

_ages = st.timedeltas(-timedelta(days=2), timedelta(days=12))
_times = st.sets(_ages.map(lambda age: NOW - age), max_size=120)


@given(times=_times)
def test_the_newest_of_each_hour_and_of_each_day_stays_and_nothing_else(times: set[datetime]) -> None:
    kept = staying(times, NOW)
    past = {time for time in times if time <= NOW}
    for back in range(HOURS):
        hour = (NOW - back * HOUR).strftime("%d %H")
        of_hour = [time for time in past if time.strftime("%d %H") == hour and NOW - time < timedelta(days=2)]
        assert set(of_hour) & kept >= {max(of_hour)} if of_hour else True
    for back in range(DAYS):
        day = (NOW - timedelta(days=back)).date()
        of_day = [time for time in past if time.date() == day]
        assert set(of_day) & kept >= {max(of_day)} if of_day else True
    assert kept <= times
    assert len(kept) <= HOURS + DAYS + 1
    assert not times or max(times) in kept


@given(times=_times)
def test_what_stays_stays_when_one_looks_again(times: set[datetime]) -> None:
    kept = staying(times, NOW)
    assert staying(kept, NOW) == kept


@given(minutes=st.integers(1, 180), weeks=st.integers(1, 4))
def test_a_copy_every_so_often_for_weeks_fills_the_ring_and_never_more(minutes: int, weeks: int) -> None:
    kept: set[datetime] = set()
    at = NOW
    for _ in range(weeks * 7 * 24 * 60 // minutes):
        at += timedelta(minutes=minutes)
        kept = staying({*kept, at}, at)
        assert len(kept) <= HOURS + DAYS
    assert (at.date() - min(kept).date()).days == DAYS - 1
    assert len([time for time in kept if at - time < timedelta(hours=HOURS)]) >= min(HOURS, 24 * 60 // minutes) - 1


def test_a_clock_that_was_ahead_leaves_one_copy_behind_and_not_many() -> None:
    ahead = {NOW + timedelta(days=400, hours=hour) for hour in range(50)}
    assert staying({*ahead, NOW}, NOW) == {max(ahead), NOW}


@pytest.mark.parametrize("ahead", [HOUR / 4, HOUR, 26 * HOUR])
def test_what_is_made_now_stays_also_beside_what_a_clock_that_was_ahead_made(ahead: timedelta) -> None:
    later = {NOW + ahead - minutes * HOUR / 60 for minutes in range(3)}
    assert staying({*later, NOW}, NOW) >= {max(later), NOW}


def test_the_three_newest_stay_also_where_the_clock_says_they_are_years_old() -> None:
    times = [NOW + back * HOUR / 2 for back in range(8)]
    assert staying(times, NOW + timedelta(days=3 * 366)) == set(times[-3:])


def test_a_name_says_the_time_in_utc_and_sorts_as_time_does(tmp_path: Path) -> None:
    summer = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(2 * HOUR))
    assert name(summer) == "vertelbot-20261025T003000Z.kopie"
    times = [NOW, NOW - HOUR, summer]
    for time in times:
        (tmp_path / name(time)).touch()
    for other in ("weggehaald-2026-03-04-ab12.txt", ".bezig", "vertelbot-20261025T003000Z.kopie.bezig"):
        (tmp_path / other).touch()
    assert copies(tmp_path) == [Copy(time, tmp_path / name(time)) for time in sorted(times, reverse=True)]
    assert copies(tmp_path / "weg") == []
    assert copy_at(tmp_path / "iets.kopie") is None
