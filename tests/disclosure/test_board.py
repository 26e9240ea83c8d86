"""The coverage board by hand: what is on it, and what is not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from disclosure.board import Board, Count, Counted, Kind, Row, Stop
from disclosure.tabulating import tabulate
from tests.disclosure.counted import DAYS, LATER, MONDAY, ended, sent, stopped

BUSY_PLACES = [
    sent("Noord/Buurthuis", 12),
    stopped("Noord/Buurthuis", 8),
    sent("Noord/Markt", 24),
    stopped("Noord/Markt", 6),
    sent("West/Loket", 9),
]


def counts(row: Row) -> tuple[str, Count, Count, Count]:
    """A row without its medians and its places."""
    return (row.name, row.started, row.sent, row.unsent)


def test_where_nothing_is_small_all_is_shown() -> None:
    board = tabulate(BUSY_PLACES, MONDAY)
    assert counts(board.total) == ("", 59, 45, 14)
    assert [counts(area) for area in board.areas] == [("Noord", 50, 36, 14), ("West", None, 9, None)]
    assert [counts(place) for place in board.areas[0].places] == [("Buurthuis", 20, 12, 8), ("Markt", 30, 24, 6)]
    assert [counts(week) for week in board.weeks] == [("2026-W48", 59, 45, 14)]
    assert [row.sent for row in board.modes] == [45, None, None]
    assert board.stopped == (Stop("wie", 14),)


def test_who_is_too_few_in_a_row_is_in_the_total_and_in_no_table_with_some_of_the_largest() -> None:
    board = tabulate([*BUSY_PLACES, sent("Zuid/Kerk", 3)], MONDAY)
    assert [(area.name, area.sent) for area in board.areas] == [("Noord", 34), ("West", 9), ("Zuid", None)]
    assert (board.total.sent, board.weeks[0].sent, board.modes[0].sent) == (48, 48, 43)


def test_three_more_are_seen_only_when_there_are_many_and_first_in_the_total() -> None:
    more = [(3, DAYS[1]), (2, DAYS[2]), (6, LATER)]
    counted = [*BUSY_PLACES, *(sent("West/Loket", amount, day) for amount, day in more)]
    boards = [tabulate(counted, day) for day in (*DAYS, LATER)]
    assert [(board.total.sent, board.areas[1].sent) for board in boards] == [(45, 9), (45, 9), (50, 9), (56, 20)]
    assert replace(boards[1], until=boards[0].until) == boards[0]


def test_of_who_stopped_where_few_do_the_question_is_said_when_there_are_others() -> None:
    counted = [*BUSY_PLACES, stopped("Noord/Markt", 3, "tijd"), stopped("Noord/Markt", 6, "tijd", DAYS[1])]
    boards = [tabulate(counted, day) for day in DAYS[:2]]
    assert [board.stopped for board in boards] == [(Stop("wie", 12),), (Stop("wie", 12), Stop("tijd", 6))]
    assert [board.total.unsent for board in boards] == [17, 23]


def test_in_which_part_of_the_conversation_people_stopped_stands_by_area_mode_and_week() -> None:
    counted = [
        stopped("Noord/Markt", 9, "verhaal"),
        stopped("Noord/Markt", 6, "tijd", mode="helped"),
        stopped("West/Loket", 7, "gevoel"),
        stopped("West/Loket", 9, "keuze"),
        stopped("West/Loket", 2, "verhaal", mode="paper"),
    ]
    board = tabulate(counted, MONDAY)
    assert [(row.name, row.story, row.after) for row in board.areas] == [("Noord", 7, 6), ("West", 8, 7)]
    assert [(row.story, row.after) for row in board.modes] == [(15, 7), (None, 6), (None, None)]
    assert [(row.unsent, row.story, row.after) for row in (board.total, *board.weeks)] == [(33, 15, 13)] * 2
    assert [place.story for area in board.areas for place in area.places] == [None, None]


def test_where_hardly_anybody_stopped_at_the_story_only_the_total_is_said() -> None:
    board = tabulate([stopped("Noord/Markt", 2, "verhaal"), stopped("Noord/Markt", 4, "tijd")], MONDAY)
    assert (counts(board.total), board.total.story, board.total.after) == (("", None, None, 6), None, None)


def test_places_of_the_same_name_in_two_areas_are_two_places() -> None:
    board = tabulate([sent("Noord/Bibliotheek", 9), sent("West/Bibliotheek", 7)], MONDAY)
    assert [(area.name, place.sent) for area in board.areas for place in area.places] == [("Noord", 9), ("West", 7)]


def test_a_place_with_a_link_where_nobody_came_is_on_the_board_as_one_with_few() -> None:
    board = tabulate([*BUSY_PLACES, sent("Oost/School", 0), sent("Oost/Plein", 4)], MONDAY)
    [oost] = [area for area in board.areas if area.name == "Oost"]
    assert [counts(row) for row in oost.places] == [("Plein", None, None, None), ("School", None, None, None)]


def test_weeks_are_in_order_and_without_gaps_up_to_that_of_the_board_also_past_the_end_of_a_long_year() -> None:
    days = [date(2027, 1, 11), date(2026, 12, 21)]
    board = tabulate([sent("Noord/Markt", 9, day) for day in days], date(2027, 1, 20))
    assert [(week.name, week.sent) for week in board.weeks] == [
        ("2026-W52", 9),
        ("2026-W53", None),
        ("2027-W01", None),
        ("2027-W02", 9),
        ("2027-W03", None),
    ]


def test_who_waited_counts_for_the_week_in_which_they_were_added() -> None:
    later = MONDAY + timedelta(weeks=2)
    board = tabulate([sent("West/Loket", 6), sent("Noord/Markt", 3, DAYS[1]), sent("Noord/Markt", 2, later)], later)
    assert [(week.name, week.sent) for week in board.weeks] == [("2026-W48", 6), ("2026-W49", None), ("2026-W50", 5)]


def test_what_came_after_the_day_is_not_on_it() -> None:
    assert tabulate([*BUSY_PLACES, sent("Zuid/Kerk", 30, DAYS[1])], MONDAY) == tabulate(BUSY_PLACES, MONDAY)


@pytest.mark.parametrize(
    ("there", "withdrawn", "shown"),
    [(30, [0], None), (30, [4], None), (30, [5], 5), (30, [6, 3], 6), (30, [6, 3, 2], 11), (30, [27], None)],
)
def test_how_many_withdrew_grows_in_groups_and_is_hidden_where_few_are_left(
    there: int, withdrawn: list[int], shown: Count
) -> None:
    gone = [ended(Kind.WITHDRAWN, "", amount, day=day) for amount, day in zip(withdrawn, DAYS, strict=False)]
    assert tabulate([sent("Noord/Buurthuis", there), *gone], DAYS[-1]).withdrawn == shown


def test_how_many_came_by_a_code_is_counted_whether_it_works_or_not() -> None:
    came = [(Kind.OPENED, 12), (Kind.STALE, 5), (Kind.STRANGE, 4)]
    board = tabulate([ended(kind, "", amount, mode="") for kind, amount in came], MONDAY)
    assert (board.opened, board.stale, board.strange, board.total.sent) == (12, 5, None, None)


def test_minutes_are_the_median_of_enough_people_where_it_is_shown_how_many_sent() -> None:
    board = _timed([5, 6, 7, 7, 8, 30], [4, 4, 5, 5, 9, 9])
    assert [place.minutes for place in board.areas[0].places] == [7, 5]
    assert board.total.minutes == 7
    assert [row.minutes for row in (*board.areas, *board.weeks, *board.modes)] == [None] * 5


def test_minutes_of_few_are_nobodys_business() -> None:
    board = _timed([5, 6, 7, 8, 9], [4, 4, 5, 5, 9, 9], [1] * 8)
    assert [(place.sent, place.minutes) for place in board.areas[0].places] == [(None, None), (6, 5), (8, 1)]
    assert _timed([3, 5, 5, 7]).total.minutes is None
    assert _timed([3, 5, 5, 7, 9]).total.minutes == 5


def test_minutes_change_only_with_the_number_beside_them() -> None:
    times = [
        ended(Kind.MINUTES, 4, 6),
        ended(Kind.MINUTES, 50, 4, day=DAYS[1]),
        ended(Kind.MINUTES, 50, 9, day=DAYS[2]),
    ]
    counted = [sent("Noord/Buurthuis", 6), sent("Noord/Buurthuis", 4, DAYS[1]), sent("Noord/Buurthuis", 9, DAYS[2])]
    assert [tabulate([*counted, *times], day).total.minutes for day in DAYS] == [4, 4, 50]


def test_minutes_that_are_not_known_of_enough_people_are_not_shown() -> None:
    board = tabulate([sent("Noord/Buurthuis", 9), ended(Kind.MINUTES, 6, 4)], MONDAY)
    assert (board.total.sent, board.total.minutes) == (9, None)


def test_nothing_counted_is_an_empty_board() -> None:
    board = tabulate([], MONDAY)
    assert counts(board.total) == ("", None, None, None)
    assert (board.areas, board.weeks, board.stopped, board.withdrawn) == ((), (), (), None)


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (sent("Noord/Markt", -9), "below zero"),
        (sent("Noord/Markt", 9, mode="duif"), "duif"),
        (replace(stopped("Noord/Markt", 9), part="ergens"), "ergens"),
    ],
)
def test_what_cannot_be_is_refused(counted: Counted, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        tabulate([counted], MONDAY)


def _timed(*places: list[int]) -> Board:
    names = [f"Noord/{number}" for number in range(len(places))]
    visits = [sent(name, len(minutes)) for name, minutes in zip(names, places, strict=True)]
    times = [
        ended(Kind.MINUTES, time, place=name) for name, minutes in zip(names, places, strict=True) for time in minutes
    ]
    return tabulate([*visits, *times], MONDAY)
