"""The coverage board by hand: what is on it, and what is not."""

import pytest

from disclosure.board import Board, Counted, Kind, Row, Stop, tabulate
from disclosure.hiding import Count
from tests.disclosure.counted import WEEK, ended, visit

BUSY_PLACES = [*visit("Noord/Buurthuis", 20, 12), *visit("Noord/Markt", 30, 24), *visit("West/Loket", 15, 9)]


def counts(row: Row) -> tuple[str, Count, Count, Count]:
    """A row without its medians and its places."""
    return (row.name, row.started, row.sent, row.unsent)


def test_where_nothing_is_small_all_is_shown() -> None:
    board = tabulate(BUSY_PLACES)
    assert counts(board.total) == ("", 65, 45, 20)
    assert [counts(area) for area in board.areas] == [("Noord", 50, 36, 14), ("West", 15, 9, 6)]
    assert [counts(place) for place in board.areas[0].places] == [("Buurthuis", 20, 12, 8), ("Markt", 30, 24, 6)]
    assert [counts(week) for week in board.weeks] == [(WEEK, 65, 45, 20)]
    assert [counts(mode) for mode in board.modes] == [("self", 65, 45, 20), ("helped", 0, 0, 0), ("paper", 0, 0, 0)]
    assert (board.busy, board.withdrawn, board.stopped) == (20, 0, ())


def test_a_small_area_takes_another_with_it_and_the_places_of_both() -> None:
    board = tabulate([*BUSY_PLACES, *visit("Zuid/Kerk", 3, 3)])
    assert [(area.name, area.sent) for area in board.areas] == [("Noord", 36), ("West", None), ("Zuid", None)]
    assert [place.sent for area in board.areas for place in area.places] == [12, 24, None, None]


def test_a_small_place_takes_another_of_its_area_with_it() -> None:
    board = tabulate([*BUSY_PLACES, *visit("Noord/Kerk", 2, 2)])
    assert [(area.name, area.sent) for area in board.areas] == [("Noord", 38), ("West", 9)]
    assert [(place.name, place.sent) for place in board.areas[0].places] == [
        ("Buurthuis", None),
        ("Kerk", None),
        ("Markt", 24),
    ]


def test_who_began_is_hidden_where_it_would_tell_who_did_not_send() -> None:
    board = tabulate([*visit("Noord/Markt", 20, 12), *visit("West/Loket", 15, 13), *visit("Zuid/Kerk", 30, 10)])
    assert [counts(area) for area in board.areas] == [
        ("Noord", None, 12, None),
        ("West", None, 13, None),
        ("Zuid", 30, 10, 20),
    ]


def test_a_small_total_hides_all_its_parts() -> None:
    board = tabulate([*visit("Noord/Markt", 20, 18), *visit("West/Loket", 15, 15)])
    assert counts(board.total) == ("", None, 33, None)
    assert [(area.sent, area.unsent) for area in board.areas] == [(18, None), (15, None)]
    assert [row.unsent for row in (*board.weeks, *board.modes, *board.areas[0].places)] == [None] * 5
    assert board.busy is None


def test_places_of_the_same_name_in_two_areas_are_two_places() -> None:
    board = tabulate([*visit("Noord/Bibliotheek", 9, 9), *visit("West/Bibliotheek", 7, 7)])
    assert [(area.name, place.sent) for area in board.areas for place in area.places] == [("Noord", 9), ("West", 7)]


def test_a_place_with_a_link_where_nobody_came_is_on_the_board() -> None:
    board = tabulate([*BUSY_PLACES, *visit("Oost/School", 0, 0)])
    assert [counts(area) for area in board.areas][1] == ("Oost", 0, 0, 0)


def test_weeks_are_in_order_and_without_gaps_also_past_the_end_of_a_long_year() -> None:
    weeks = ["2027-W02", "2026-W52", "2027-W02"]
    board = tabulate([item for week in weeks for item in visit("Noord/Markt", 9, 9, week)])
    assert [(week.name, week.sent) for week in board.weeks] == [
        ("2026-W52", 9),
        ("2026-W53", 0),
        ("2027-W01", 0),
        ("2027-W02", 18),
    ]


def test_the_modes_are_counted_each() -> None:
    shown = tabulate(
        [item for mode in ("paper", "helped", "self", "self") for item in visit("Noord/Markt", 15, 9, mode=mode)]
    )
    assert [(mode.name, mode.sent) for mode in shown.modes] == [("self", 18), ("helped", 9), ("paper", 9)]


def test_a_week_of_one_place_is_hidden_where_its_place_is() -> None:
    """Whoever knows that all of week 48 were at the market could otherwise work out the three at the church."""
    board = tabulate(
        [
            *visit("Noord/Kerk", 3, 3, "2026-W47"),
            *visit("Noord/Markt", 6, 6, "2026-W48"),
            *visit("Noord/School", 5, 5, "2026-W49"),
            *visit("Noord/School", 15, 15, "2026-W50"),
        ]
    )
    assert [(place.name, place.sent) for place in board.areas[0].places] == [
        ("Kerk", None),
        ("Markt", None),
        ("School", 20),
    ]
    assert [week.sent for week in board.weeks] == [None, None, None, 15]


def test_no_more_weeks_or_modes_are_hidden_than_will_do() -> None:
    """Each place was alone in its week and mode; without the weeks it would do too, and those are four."""
    board = tabulate(
        [
            *visit("Noord/Markt", 6, 6, "2026-W47", "paper"),
            *visit("Noord/Markt", 9, 9, "2026-W50", "helped"),
            *visit("Noord/Kerk", 3, 3, "2026-W50", "paper"),
        ]
    )
    assert [week.sent for week in board.weeks] == [6, 0, 0, 12]
    assert [mode.sent for mode in board.modes] == [None, None, None]


def test_a_week_of_more_places_is_shown_beside_a_place_that_is_hidden() -> None:
    board = tabulate(
        [
            *visit("Noord/Kerk", 3, 3, "2026-W47"),
            *visit("Noord/School", 9, 9, "2026-W47"),
            *visit("Noord/Markt", 6, 6, "2026-W48"),
            *visit("Noord/School", 5, 5, "2026-W48"),
        ]
    )
    assert [place.sent for place in board.areas[0].places] == [None, None, 14]
    assert [week.sent for week in board.weeks] == [12, 11]


def test_where_people_stopped_most_first_with_who_is_busy_beside_them() -> None:
    stops = [ended(Kind.STOPPED, "gevoel", 7), ended(Kind.STOPPED, "wie", 2), ended(Kind.STOPPED, "wie", 6)]
    board = tabulate([*visit("Noord/Buurthuis", 60, 30), *stops])
    assert (board.stopped, board.busy) == ((Stop("wie", 8), Stop("gevoel", 7)), 15)


def test_a_question_where_few_stopped_is_not_named_and_takes_another_with_it() -> None:
    stops = [ended(Kind.STOPPED, "gevoel", 7), ended(Kind.STOPPED, "wie", 2), ended(Kind.STOPPED, "tijd", 9)]
    board = tabulate([*visit("Noord/Buurthuis", 60, 30), *stops])
    assert (board.stopped, board.busy) == ((Stop("tijd", 9),), 12)


@pytest.mark.parametrize(
    ("started", "stopped", "busy"), [(60, 27, None), (60, 30, 0), (33, 3, None), (30, 0, 0), (38, 8, 0)]
)
def test_who_is_still_busy_is_hidden_where_it_is_small(started: int, stopped: int, busy: Count) -> None:
    board = tabulate([*visit("Noord/Buurthuis", started, 30), ended(Kind.STOPPED, "wie", stopped)])
    assert board.busy == busy
    assert board.stopped == (() if busy is None or not stopped else (Stop("wie", stopped),))


@pytest.mark.parametrize(
    ("sent", "withdrawn", "shown"), [(30, 0, 0), (30, 4, None), (30, 5, 5), (30, 27, None), (30, 30, 30), (4, 0, None)]
)
def test_how_many_withdrew_is_hidden_where_it_or_what_is_left_is_small(sent: int, withdrawn: int, shown: Count) -> None:
    board = tabulate([*visit("Noord/Buurthuis", sent, sent), ended(Kind.WITHDRAWN, "", withdrawn)])
    assert board.withdrawn == shown


def test_minutes_are_the_median_of_enough_people_where_it_is_shown_how_many_sent() -> None:
    board = _timed([5, 6, 7, 8, 30], [4, 4, 5, 5, 9, 9])
    assert [place.minutes for place in board.areas[0].places] == [7, 5]
    assert board.total.minutes == 6
    assert [row.minutes for row in (*board.areas, *board.weeks, *board.modes)] == [None] * 5


def test_minutes_of_few_are_nobodys_business() -> None:
    board = _timed([5, 6, 7, 8], [4, 4, 5, 5, 9, 9], [1] * 8)
    assert [(place.sent, place.minutes) for place in board.areas[0].places] == [(None, None), (None, None), (8, 1)]
    assert _timed([3, 5, 5, 7]).total.minutes is None


def test_minutes_that_are_not_known_of_enough_people_are_not_shown() -> None:
    board = tabulate([*visit("Noord/Buurthuis", 9, 9), ended(Kind.MINUTES, 6, 4)])
    assert (board.total.sent, board.total.minutes) == (9, None)


def test_nothing_counted_is_an_empty_board() -> None:
    board = tabulate([])
    assert counts(board.total) == ("", 0, 0, 0)
    assert (board.areas, board.weeks, board.stopped, board.busy, board.withdrawn) == ((), (), (), 0, 0)


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (visit("Noord/Markt", 8, 9), "Noord Markt 2026-W48 self"),
        ([ended(Kind.STOPPED, "wie")], "stopped"),
        ([ended(Kind.WITHDRAWN, "")], "withdrawn"),
        (visit("Noord/Markt", -9, -9), "below zero"),
        (visit("Noord/Markt", 9, 9, mode="duif"), "duif"),
        (visit("Noord/Markt", 9, 9, week="2026-W60"), "60"),
    ],
)
def test_what_cannot_be_is_refused(counted: list[Counted], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        tabulate(counted)


def _timed(*places: list[int]) -> Board:
    names = [f"Noord/{number}" for number in range(len(places))]
    visits = [item for name, minutes in zip(names, places, strict=True) for item in visit(name, 99, len(minutes))]
    times = [
        ended(Kind.MINUTES, time, place=name) for name, minutes in zip(names, places, strict=True) for time in minutes
    ]
    return tabulate([*visits, *times])
