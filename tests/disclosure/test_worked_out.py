"""Whether anybody who looks every day can work out from the boards what is not on them."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product
from typing import TypeAlias
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.board import THRESHOLD, Board, Counted, Kind, Row
from disclosure.releasing import divided, released
from disclosure.tabulating import tabulate
from tests.disclosure.counted import DAYS, QUESTIONS, ended, said, sent, stopped, sums, truth, weekly
from tests.disclosure.readers import Sum, narrowed, tables, worked_out

PLACES = ("Noord/Buurthuis", "Noord/Markt", "West/Loket", "/")
MODES = ("self", "helped", "paper")
TINY = 3

Make = Callable[[Sequence[Counted], date, int], Board]


@st.composite
def anything(draw: st.DrawFn) -> list[Counted]:
    """What may have been counted on three days."""
    kinds = st.one_of(st.just((Kind.SENT, "")), st.tuples(st.just(Kind.STOPPED), st.sampled_from([*QUESTIONS])))
    spots = st.tuples(kinds, st.sampled_from(PLACES), st.sampled_from(DAYS), st.sampled_from(MODES))
    amounts = st.one_of(st.integers(0, 6), st.integers(0, 20))
    found = draw(st.lists(st.tuples(spots, amounts), max_size=25))
    return [ended(kind, detail, amount, place, day, mode) for ((kind, detail), place, day, mode), amount in found]


@st.composite
def chance(draw: st.DrawFn) -> Callable[[str], bool]:
    """Which rows are passed over, and on which days."""
    seed, often = draw(st.tuples(st.integers(0, 99), st.sampled_from([1, 3, 8])))
    return lambda words: crc32(f"{seed} {words}".encode()) % often == 1


@settings(max_examples=150)
@given(anything(), chance())
def test_no_number_and_no_difference_of_two_days_is_small(
    counted: list[Counted], passes_over: Callable[[str], bool]
) -> None:
    days = [said(tabulate(counted, day, passes_over=passes_over)) for day in DAYS]
    names = {name for numbers in days for name in numbers}
    for name in names:
        values = [0, *((numbers.get(name) or 0) for numbers in days)]
        assert all(later - sooner == 0 or later - sooner >= THRESHOLD for sooner, later in combinations(values, 2)), (
            name
        )


@settings(max_examples=150)
@given(anything(), chance())
def test_what_is_left_of_a_number_without_its_parts_is_not_small(
    counted: list[Counted], passes_over: Callable[[str], bool]
) -> None:
    for day in DAYS:
        board = tabulate(counted, day, passes_over=passes_over)
        rests = {whole: rest for whole, rest in _rests(board, sums(board)) if rest}
        assert all(rest >= THRESHOLD for rest in rests.values()), rests


@settings(max_examples=100)
@given(anything())
def test_no_small_count_is_worked_out_from_all_the_sums_of_three_boards(counted: list[Counted]) -> None:
    assert _found_out(tabulate, counted) == {}


@settings(max_examples=100)
@given(anything())
def test_areas_modes_and_weeks_add_up_and_none_says_more_than_there_was(counted: list[Counted]) -> None:
    for day in DAYS:
        board = tabulate(counted, day)
        numbers, real = said(board), truth(counted, day)
        assert [name for name, amount in numbers.items() if name in real and (amount or 0) > real[name]] == []
        assert [rest for _, rest in _rests(board, weekly(board)) if rest] == []
        for rows in (board.areas, board.modes):
            assert sum(row.unsent or 0 for row in rows) == (board.total.story or 0) + (board.total.after or 0)
            assert all((row.unsent or 0) == (row.story or 0) + (row.after or 0) for row in rows)


@settings(max_examples=100)
@given(anything(), st.sampled_from(PLACES), st.sampled_from(MODES), st.integers(1, THRESHOLD - 1))
def test_who_is_not_in_the_whole_is_seen_nowhere(counted: list[Counted], place: str, mode: str, few: int) -> None:
    """Some came last of all; where the total has them not, the board is as if they were not there."""
    late = [stopped(place, few, "tijd", DAYS[-1], mode), sent(place, few, DAYS[-1], mode)]
    with_them, without = (tabulate([*counted, *some], DAYS[-1]) for some in (late, [_named(place)]))
    for measure in ("sent", "unsent"):
        if getattr(with_them.total, measure) == getattr(without.total, measure):
            assert _only(measure, with_them) == _only(measure, without)


@settings(max_examples=100)
@given(anything(), st.sampled_from(PLACES), st.lists(st.sampled_from(DAYS), max_size=THRESHOLD))
def test_in_which_row_those_are_who_wait_is_not_seen(counted: list[Counted], place: str, came: list[date]) -> None:
    """Too few by another way than all others: by which of two it was, nobody sees."""
    others = [replace(item, mode="self") for item in counted]
    boards = [
        [tabulate([*others, *(sent(place, 1, day, mode) for day in came)], day) for day in DAYS] for mode in MODES[1:]
    ]
    assert boards[0] == boards[1]


# A reader who knows how a board is made, and tries every way in which things could have been. Few people, a low
# threshold: then all of them can be tried.

STOPS = [*product(("A/1", "B/1"), MODES[:1], ("verhaal", "tijd"))]


@pytest.mark.parametrize(
    ("spots", "days", "most"),
    [
        ([*product(("A/1", "B/1", "C/1"), MODES[:1], [""])], 2, 9),
        ([*product(("A/1", "A/2", "B/1"), MODES[:1], [""])], 2, 9),
        ([*product(("A/1", "A/2", "B/1", "B/2"), MODES[:1], [""])], 1, 14),
        ([*product(("A/1", "B/1"), MODES[:2], [""])], 2, 7),
        ([("A/1", "self", ""), ("B/1", "helped", "")], 3, 9),
        ([("A/1", "self", ""), ("A/1", "helped", ""), ("B/1", "self", "")], 3, 6),
        (STOPS, 1, 14),
        (STOPS, 2, 7),
        ([*product(["A/1"], MODES[:2], ("verhaal", "tijd"))], 1, 14),
        ([*product(["A/1"], MODES[:1], ("gevoel", "tijd", "wie"))], 2, 9),
        ([*product(["A/1", "A/2"], MODES[:1], ("verhaal", "tijd"))], 1, 14),
        ([*product(["A/1", "B/1"], MODES[:1], ("gevoel", "tijd"))], 1, 14),
    ],
)
def test_nobody_works_out_what_happened_on_a_day_by_trying_all(
    spots: list[tuple[str, str, str]], days: int, most: int
) -> None:
    assert _certain(tabulate, spots, DAYS[:days], most) == set()


TWO = 2
THREE_ROWS = "abc"
NEVER: frozenset[tuple[str, int]] = frozenset()
ONCE = [frozenset([(row, day)]) for row in THREE_ROWS for day in range(TWO)]
EACH_DAY = [frozenset([(row, 0), (row, 1)]) for row in THREE_ROWS]


def test_where_no_row_is_passed_over_it_is_known_when_all_had_just_too_few_and_some_just_enough() -> None:
    """Six, of whom none is shown, are two in each of three rows; the two who came next made two rows one larger."""
    boards = ((6, ()), (8, (("b", 3), ("c", 3))))
    assert (boards, (1, "b"), 1) in _certain_of_rows([NEVER], 9)


def test_where_one_may_have_been_passed_over_nothing_is_certain() -> None:
    assert _certain_of_rows([NEVER, *ONCE, *EACH_DAY], 9) == set()


def test_boards_that_hide_only_what_is_small_are_found_out_by_who_looks_twice() -> None:
    assert _certain(_naive, [("A/1", "self", ""), ("A/2", "self", "")], DAYS[:2], 6)
    counted = [sent("Noord/Markt", 30), sent("Noord/Markt", 3, DAYS[1]), sent("West/Loket", 9)]
    assert _found_out(_naive, counted)["came", DAYS[1], ("sent", "place", "Noord", "Markt")] == 3


def test_who_waits_by_one_way_does_not_wait_in_the_whole() -> None:
    """One of them wrote on paper, and some of the others wait with that one."""
    counted = [sent("Noord/Markt", 7), sent("Noord/Markt", 1, mode="paper"), sent("West/Loket", 9)]
    board = tabulate(counted, DAYS[0])
    assert board.total.sent == 17
    assert [(row.name, row.sent) for row in board.modes] == [("self", 12), ("helped", None), ("paper", None)]
    assert [(area.name, area.sent) for area in board.areas] == [("Noord", 6), ("West", 6)]


def _rests(board: Board, equations: Sequence[Sum]) -> Iterator[tuple[Hashable, int]]:
    numbers = said(board)
    for whole, parts in equations:
        yield whole, (numbers[whole] or 0) - sum(numbers.get(part) or 0 for part in parts)


def _only(measure: str, board: Board) -> dict[Hashable, int | None]:
    """The numbers that are shown of those who sent, or of those who stopped."""
    return {
        name: amount
        for name, amount in said(board).items()
        if amount and isinstance(name, tuple) and name[0] != "started" and (name[0] == "sent") == (measure == "sent")
    }


def _found_out(make: Make, counted: list[Counted]) -> Mapping[Hashable, int]:
    """The small numbers that are certain to who takes all that is shown as true.

    Of each row there are those who are shown, and those who are in the whole and not shown in it. How many really are
    in it is the sum of how many really are in its parts, and grows from day to day.
    """
    known: dict[Hashable, int] = {}
    equations: list[Sum] = []
    before: date | None = None
    for day in DAYS:
        board = make(counted, day, THRESHOLD)
        numbers = {name: amount or 0 for name, amount in said(board).items()}
        known |= {(day, name): amount for name, amount in numbers.items()}
        known |= {("really", day, (what, "all")): numbers[what, "all"] for what in ("sent", "unsent")}
        for whole, parts in sums(board):
            equations.append(Sum(("really", day, whole), [("really", day, part) for part in parts]))
            shown = [(day, part) for part in parts if part in numbers]
            equations.append(Sum((day, whole), [*shown, ("rest", day, whole, tuple(parts))]))
        names = {name for whole, parts in sums(board) for name in (whole, *parts)}
        equations += [
            Sum(("really", day, name), [(day, name), ("hidden", day, name)]) for name in names if name in numbers
        ]
        if before:
            equations += [Sum(("really", day, name), [("really", before, name), ("came", day, name)]) for name in names]
        before = day
    ranges = narrowed(known, equations)
    return {
        name: found.least for name, found in ranges.items() if found.least == found.most and 0 < found.least < THRESHOLD
    }


def _certain(
    make: Make, spots: Sequence[tuple[str, str, str]], days: Sequence[date], most: int
) -> set[tuple[tuple[Board, ...], Hashable, int]]:
    """What is certain of any boards to who keeps the ways in which each would have been made just so.

    Each spot is a place, a mode and the question at which somebody stopped, or none where they sent.
    """
    cells = [*product(spots, days)]
    boards: dict[int, tuple[Board, ...]] = {}
    worlds: list[Mapping[Hashable, int]] = []
    for amounts in chain.from_iterable(tables(len(cells), total) for total in range(most + 1)):
        counted = [_ended(*spot, amount, day) for (spot, day), amount in zip(cells, amounts, strict=True)]
        worlds.append(_each_day(counted, days))
        boards[id(worlds[-1])] = tuple(make(counted, day, TINY) for day in days)
    found = worked_out(worlds, lambda world: boards[id(world)], TINY)
    return {item for item in found if _room(item[0], most)}


_Rows: TypeAlias = tuple[tuple[int, tuple[tuple[str, int], ...]], ...]
"""What is shown at the end of each day: the whole, and how many of it in each row that is known of."""


def _certain_of_rows(chances: Sequence[frozenset[tuple[str, int]]], most: int) -> set[tuple[_Rows, Hashable, int]]:
    """What is certain of how many came to three rows on two days, to who knows all but which chance it was."""
    shown: dict[int, _Rows] = {}
    worlds: list[Mapping[Hashable, int]] = []
    for amounts in chain.from_iterable(tables(2 * len(THREE_ROWS), total) for total in range(most + 1)):
        days = [dict(zip(THREE_ROWS, some, strict=True)) for some in (amounts[:3], amounts[3:])]
        for passed_over in chances:
            worlds.append({(day, row): amount for day, some in enumerate(days) for row, amount in some.items()})
            shown[id(worlds[-1])] = _rows_shown(days, passed_over)
    found = worked_out(worlds, lambda world: shown[id(world)], TWO)
    return {item for item in found if item[0][-1][0] + TWO - 1 <= most}


def _rows_shown(days: Sequence[Mapping[str, int]], passed_over: frozenset[tuple[str, int]]) -> _Rows:
    whole = [*released(days, TWO)]
    rows = [*divided(whole, lambda cell: [cell], TWO, passed_over=lambda row, day: (row, day) in passed_over)]
    so_far = [(sum(whole[: day + 1], Counter()), sum(rows[: day + 1], Counter())) for day in range(len(days))]
    return tuple((all_.total(), tuple(sorted(known.items()))) for all_, known in so_far)


def _ended(place: str, mode: str, question: str, amount: int, day: date) -> Counted:
    return stopped(place, amount, question, day, mode) if question else sent(place, amount, day, mode)


def _each_day(counted: Sequence[Counted], days: Sequence[date]) -> Mapping[Hashable, int]:
    """Every number on every day, and by how much it grew between two."""
    numbers: dict[Hashable, int] = {}
    totals = [truth(counted, day) for day in days]
    for (first, sooner), (second, later) in combinations(enumerate([Counter[Hashable](), *totals]), 2):
        numbers |= {(first, second, name): later[name] - sooner[name] for name in later}
    return numbers


def _room(boards: Sequence[Board], most: int) -> bool:
    """Whether as many could wait as ever do; with fewer tried, what could have been is not all there."""
    total = boards[-1].total
    return (total.sent or 0) + (total.unsent or 0) + TINY - 1 <= most


def _naive(counted: Sequence[Counted], until: date, threshold: int) -> Board:
    """A board that is as of now, and hides each small number by itself."""

    def hidden(row: Row) -> Row:
        here, gone = (amount if amount and amount >= threshold else None for amount in (row.sent, row.unsent))
        return replace(row, started=None, sent=here, unsent=gone, places=tuple(hidden(place) for place in row.places))

    bare = tabulate(counted, until, 1)
    areas, weeks, modes = (tuple(hidden(row) for row in rows) for rows in (bare.areas, bare.weeks, bare.modes))
    return replace(bare, total=hidden(bare.total), areas=areas, weeks=weeks, modes=modes)


def _named(place: str) -> Counted:
    return sent(place, 0)
