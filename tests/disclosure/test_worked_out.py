"""Whether anybody who looks every day can work out from the boards what is not on them."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.board import THRESHOLD, Board, Counted, Kind, Row, tabulate
from tests.disclosure.counted import DAYS, ended, said, sent, sums, truth
from tests.disclosure.readers import Sum, narrowed, tables, worked_out

PLACES = ("Noord/Buurthuis", "Noord/Markt", "West/Loket", "/")
MODES = ("self", "helped", "paper")
QUESTIONS = ("wie", "gevoel", "tijd")
TINY = 3

Make = Callable[[Sequence[Counted], date, int], Board]


@st.composite
def anything(draw: st.DrawFn) -> list[Counted]:
    """What may have been counted on three days."""
    kinds = st.one_of(st.just((Kind.SENT, "")), st.tuples(st.just(Kind.STOPPED), st.sampled_from(QUESTIONS)))
    spots = st.tuples(kinds, st.sampled_from(PLACES), st.sampled_from(DAYS), st.sampled_from(MODES))
    amounts = st.one_of(st.integers(0, 6), st.integers(0, 20))
    found = draw(st.lists(st.tuples(spots, amounts), max_size=25))
    return [ended(kind, detail, amount, place, day, mode) for ((kind, detail), place, day, mode), amount in found]


@settings(max_examples=150)
@given(anything())
def test_no_number_and_no_difference_of_two_days_is_small(counted: list[Counted]) -> None:
    days = [said(tabulate(counted, day)) for day in DAYS]
    names = {name for numbers in days for name in numbers}
    for name in names:
        values = [0, *((numbers.get(name) or 0) for numbers in days)]
        assert all(later - sooner == 0 or later - sooner >= THRESHOLD for sooner, later in combinations(values, 2))


@settings(max_examples=100)
@given(anything())
def test_no_small_count_is_worked_out_from_all_the_sums_of_three_boards(counted: list[Counted]) -> None:
    assert _found_out(tabulate, counted) == {}


@settings(max_examples=100)
@given(anything())
def test_all_tables_add_up_and_none_says_more_than_there_was(counted: list[Counted]) -> None:
    for day in DAYS:
        board = tabulate(counted, day)
        numbers, real = said(board), truth(counted, day)
        assert all((amount or 0) <= real[name] for name, amount in numbers.items() if name in real)
        assert all((numbers[whole] or 0) == sum(numbers[part] or 0 for part in parts) for whole, parts in sums(board))


@settings(max_examples=100)
@given(anything(), st.sampled_from(PLACES), st.sampled_from(MODES), st.integers(0, THRESHOLD - 1))
def test_of_who_waits_nothing_is_seen_on_any_day(counted: list[Counted], place: str, mode: str, few: int) -> None:
    """Too few in a mode, who came to a place where others wait or do not: the boards are as if they were not there."""
    others = [item for item in counted if item.mode != mode]
    with_them = [*others, *(sent(place, 1, day, mode) for day in [*DAYS, *DAYS][:few]), _named(place)]
    without = [*others, _named(place)]
    assert [tabulate(with_them, day) for day in DAYS] == [tabulate(without, day) for day in DAYS]


# A reader who knows how a board is made, and tries every way in which things could have been. Few people, a low
# threshold: then all of them can be tried.


@pytest.mark.parametrize(
    ("spots", "days", "most"),
    [
        ([*product(("A/1", "A/2", "B/1"), MODES[:1])], 2, 6),
        ([*product(("A/1", "A/2"), MODES[:2])], 2, 6),
        ([("A/1", "self"), ("A/2", "helped")], 3, 8),
        ([("A/1", "self"), ("A/1", "helped"), ("B/1", "self")], 3, 5),
    ],
)
def test_nobody_works_out_what_happened_on_a_day_by_trying_all(
    spots: list[tuple[str, str]], days: int, most: int
) -> None:
    assert _certain(tabulate, spots, DAYS[:days], most) == set()


def test_boards_that_hide_only_what_is_small_are_found_out_by_who_looks_twice() -> None:
    assert _certain(_naive, [("A/1", "self"), ("A/2", "self")], DAYS[:2], 6)
    counted = [sent("Noord/Markt", 30), sent("Noord/Markt", 3, DAYS[1]), sent("West/Loket", 9)]
    assert _found_out(_naive, counted)["new", DAYS[1], ("sent", "place", "Noord", "Markt")] == 3


def test_boards_that_wait_for_each_place_by_itself_are_found_out_by_the_modes() -> None:
    """Five at one place are enough for the place, but one of them wrote on paper."""
    counted = [sent("Noord/Markt", 4), sent("Noord/Markt", 1, mode="paper"), sent("West/Loket", 9)]
    real = truth(counted, DAYS[0])
    assert (real["sent", "place", "Noord", "Markt"], real["sent", "mode", "paper"]) == (5, 1)
    board = tabulate(counted, DAYS[0])
    assert [(row.name, row.sent) for row in board.modes] == [("self", 9), ("helped", None), ("paper", None)]
    assert [area.sent for area in board.areas] == [None, 9]


def _found_out(make: Make, counted: list[Counted]) -> Mapping[Hashable, int]:
    """The small numbers, and small differences of two days, that are certain to who takes all that is shown as true."""
    known: dict[Hashable, int] = {}
    equations: list[Sum] = []
    for before, day in zip((None, *DAYS), DAYS, strict=False):
        board = make(counted, day, THRESHOLD)
        known |= {(day, name): amount for name, amount in said(board).items() if amount is not None}
        equations += [Sum((day, whole), [(day, part) for part in parts]) for whole, parts in sums(board)]
        if before:
            equations += [Sum((day, name), [(before, name), ("new", day, name)]) for name in said(board)]
            equations += [
                Sum(("new", day, whole), [("new", day, part) for part in parts]) for whole, parts in sums(board)
            ]
    ranges = narrowed(known, equations)
    return {
        name: found.least for name, found in ranges.items() if found.least == found.most and 0 < found.least < THRESHOLD
    }


def _certain(
    make: Make, spots: Sequence[tuple[str, str]], days: Sequence[date], most: int
) -> set[tuple[tuple[Board, ...], Hashable, int]]:
    """What is certain of any boards to who keeps the ways in which each would have been made just so."""
    cells = [*product(spots, days)]
    boards: dict[int, tuple[Board, ...]] = {}
    worlds: list[Mapping[Hashable, int]] = []
    for amounts in chain.from_iterable(tables(len(cells), total) for total in range(most + 1)):
        counted = [sent(place, amount, day, mode) for ((place, mode), day), amount in zip(cells, amounts, strict=True)]
        worlds.append(_each_day(counted, days))
        boards[id(worlds[-1])] = tuple(make(counted, day, TINY) for day in days)
    found = worked_out(worlds, lambda world: boards[id(world)], TINY)
    return {item for item in found if _room(item[0], most)}


def _each_day(counted: Sequence[Counted], days: Sequence[date]) -> Mapping[Hashable, int]:
    """Every number on every day, and by how much it grew between two."""
    numbers: dict[Hashable, int] = {}
    totals = [truth(counted, day) for day in days]
    for (first, sooner), (second, later) in combinations(enumerate([Counter[Hashable](), *totals]), 2):
        numbers |= {(first, second, name): later[name] - sooner[name] for name in later}
    return numbers


def _room(boards: Sequence[Board], most: int) -> bool:
    """Whether as many could wait as ever do; with fewer tried, what could have been is not all there."""
    return (boards[-1].total.sent or 0) + TINY - 1 <= most


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
