"""Whether anybody can work out from a board what it hides."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.board import Board, Counted, Kind, Row, tabulate
from disclosure.hiding import BOARD, Count, hide
from tests.disclosure.counted import known, said, sums, truth, visit
from tests.disclosure.readers import Truth, left_over, narrowed, tables, worked_out

PLACES = ("Noord/Buurthuis", "Noord/Markt", "Noord/Kerk", "West/Loket", "West/Bus", "Zuid/School", "/")
WEEKS = ("2026-W47", "2026-W48", "2026-W49")
QUESTIONS = ("wie", "gevoel", "tijd")
TINY = 3

Cells = Sequence[tuple[str, ...]]
Make = Callable[[list[Counted], int], Board]
ANYWHERE = [*product(("A/1", "A/2", "B/1"), WEEKS[:2])]
A_WEEK_EACH = [("A/1", WEEKS[0]), ("A/2", WEEKS[1]), ("A/3", WEEKS[2]), ("A/4", WEEKS[0])]
AN_AREA_A_WEEK = [("A/1", WEEKS[0]), ("B/1", WEEKS[1]), ("C/1", WEEKS[1]), ("C/1", WEEKS[2])]
IN_TURN = [("A/1", WEEKS[0]), ("A/1", WEEKS[1]), ("A/2", WEEKS[1]), ("A/2", WEEKS[2]), ("B/1", WEEKS[2])]
EACH_ITS_MODE = [
    ("A/1", WEEKS[0], "self"),
    ("A/2", WEEKS[0], "helped"),
    ("A/2", WEEKS[1], "self"),
    ("B/1", WEEKS[1], "helped"),
]

some = st.one_of(st.integers(0, 6), st.integers(0, 20))
plenty = st.integers(BOARD, 40)


@st.composite
def anything(draw: st.DrawFn, amounts: st.SearchStrategy[int] = some) -> list[Counted]:
    """What may have been counted at some places, in some weeks and modes."""
    counted: list[Counted] = []
    spots = st.tuples(st.sampled_from(PLACES), st.sampled_from(WEEKS), st.sampled_from(("self", "helped", "paper")))
    for place, week, mode in draw(st.lists(spots, max_size=8, unique=True)):
        sent, unsent = draw(amounts), draw(amounts)
        counted += visit(place, sent + unsent, sent, week, mode)
        counted += [_also(counted[-1], Kind.WITHDRAWN, draw(st.integers(0, sent)))]
        counted += [_also(counted[-1], Kind.MINUTES, sent, str(draw(st.integers(1, 60))))]
        for question in draw(st.sets(st.sampled_from(QUESTIONS))):
            stopped = draw(st.integers(0, unsent))
            unsent -= stopped
            counted += [_also(counted[-1], Kind.STOPPED, stopped, question)]
    return counted


@settings(max_examples=150)
@given(anything())
def test_no_small_count_is_worked_out_from_all_the_sums_of_a_board(counted: list[Counted]) -> None:
    assert _found_out(tabulate(counted), counted) == {}


@given(anything())
def test_all_that_is_shown_is_true_and_never_small(counted: list[Counted]) -> None:
    numbers, shown = truth(counted), known(said(tabulate(counted)))
    assert shown == {name: numbers.get(name, 0) for name in shown}
    assert not [name for name, amount in shown.items() if 0 < amount < BOARD]


@settings(max_examples=50)
@given(anything(plenty))
def test_where_enough_people_were_everywhere_nothing_is_hidden(counted: list[Counted]) -> None:
    counted = [item for item in counted if item.kind in {Kind.STARTED, Kind.SENT}]
    assert None not in said(tabulate(counted)).values()


@settings(max_examples=50)
@given(anything())
def test_minutes_are_shown_only_beside_a_number_that_is_not_small(counted: list[Counted]) -> None:
    board = tabulate(counted)
    places = [place for area in board.areas for place in area.places]
    timed = [row.sent for row in (board.total, *places) if row.minutes is not None]
    assert all(sent is not None and sent >= BOARD for sent in timed)


def test_a_board_that_hides_only_what_is_small_is_found_out() -> None:
    counted = [*visit("Noord/Markt", 30, 20), *visit("West/Loket", 9, 3), *visit("Noord/Kerk", 20, 18)]
    naive = _naive(_bare(counted))
    found = _found_out(naive, counted)
    assert {("sent", "area", "West"), ("sent", "place", "West", "Loket")} <= found.keys()
    assert ("unsent", "place", "Noord", "Kerk") in found


def test_a_board_that_says_who_began_is_found_out() -> None:
    counted = [*visit("Noord/Markt", 20, 12), *visit("West/Loket", 15, 13), *visit("Zuid/Kerk", 30, 10)]
    board = tabulate(counted)
    areas = tuple(replace(area, started=started) for area, started in zip(board.areas, (20, 15, 30), strict=True))
    assert _found_out(replace(board, areas=areas), counted)[("unsent", "area", "West")] == 2


# A reader who knows how a board is made, and tries every way in which things could have been. Few people, a low
# threshold: then all of them can be tried.


@pytest.mark.parametrize("measure", [(1, 1), (1, 0)])
def test_nobody_works_out_a_board_by_trying_all_that_could_have_been(measure: tuple[int, int]) -> None:
    assert _certain(tabulate, list(_worlds(ANYWHERE, 7, measure))) == set()


def test_nobody_works_out_one_measure_by_the_other() -> None:
    """As many as two may be hidden of each total, so only boards of at most five can be told apart from all others."""
    worlds = [_visits(ANYWHERE[1:4], zip(way[::2], way[1::2], strict=True)) for way in _ways(6, 7)]
    certain = _certain(tabulate, worlds)
    assert {found for found in certain if _people(found[0]) <= 5} == set()


def test_by_trying_all_a_board_that_hides_only_what_is_small_is_found_out() -> None:
    assert _certain(_naive_of, list(_worlds(ANYWHERE, 5, (1, 1))))


# A reader who was there: who knows at which places people could have been in which weeks.


@pytest.mark.parametrize(
    ("cells", "most"),
    [(ANYWHERE, 5), (A_WEEK_EACH, 8), (AN_AREA_A_WEEK, 8), (IN_TURN, 7), (EACH_ITS_MODE, 8)],
)
def test_nobody_works_out_a_board_by_knowing_where_people_could_have_been(cells: Cells, most: int) -> None:
    assert not any(_found_by_who_was_there(tabulate, cells, most))


def test_tables_that_are_hidden_each_by_itself_are_found_out_by_who_was_there() -> None:
    assert any(_found_by_who_was_there(_each_by_itself, A_WEEK_EACH, 8))


def _found_by_who_was_there(make: Make, cells: Cells, most: int) -> Iterator[Mapping[Hashable, int]]:
    """What is certain of each board to who keeps the ways in which all that is shown is true."""
    alike: dict[int, list[Truth[Hashable]]] = defaultdict(list)
    worlds = [(counted, truth(counted)) for counted in _worlds(cells, most, (1, 1))]
    for _, numbers in worlds:
        alike[numbers["sent", "all"]].append(numbers)
    for counted, numbers in worlds:
        if numbers["sent", "all"] >= TINY:
            shown = known({name: count for name, count in said(make(counted, TINY)).items() if name in numbers})
            yield left_over(alike[numbers["sent", "all"]], shown, TINY)


def _certain(make: Make, worlds: Sequence[list[Counted]]) -> set[tuple[Board, Hashable, int]]:
    """What is certain of any board to who keeps the ways in which it would have been made just so."""
    numbers = {id(counted): truth(counted) for counted in worlds}
    boards = {id(numbers[id(counted)]): make(counted, TINY) for counted in worlds}
    return worked_out(numbers.values(), lambda world: boards[id(world)], TINY)


def _worlds(cells: Cells, most: int, measure: tuple[int, int]) -> Iterator[list[Counted]]:
    """All that could have been with so many people, of whom all sent or none did."""
    for way in _ways(len(cells), most):
        yield _visits(cells, ((amount * measure[1], amount * (1 - measure[1])) for amount in way))


def _ways(cells: int, most: int) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(tables(cells, total) for total in range(most + 1))


def _visits(cells: Cells, amounts: Iterator[tuple[int, int]]) -> list[Counted]:
    """So many who sent and who did not, in each cell."""
    spots = zip(cells, amounts, strict=True)
    return [item for (place, *when), (sent, unsent) in spots for item in visit(place, sent + unsent, sent, *when)]


def _people(board: Board) -> int:
    """The most who can have begun."""
    return sum(TINY - 1 if amount is None else amount for amount in (board.total.sent, board.total.unsent))


def _found_out(board: Board, counted: list[Counted]) -> Mapping[Hashable, int]:
    """The small numbers that a reader of this board knows for certain."""
    numbers = truth(counted)
    ranges = narrowed(known(said(board)), sums(board, QUESTIONS))
    return {
        name: amount
        for name, amount in numbers.items()
        if 0 < amount < BOARD and name in ranges and ranges[name].least == ranges[name].most
    }


def _also(item: Counted, kind: Kind, amount: int, detail: str = "") -> Counted:
    """Something else that was counted in the same place, week and mode."""
    return replace(item, kind=kind, amount=amount, detail=detail)


# Boards that look good.


def _each_by_itself(counted: list[Counted], threshold: int) -> Board:
    """Each table hidden as if there were no other."""
    sent = hide({week.name: week.sent or 0 for week in _bare(counted).weeks}, threshold)
    board = tabulate(counted, threshold)
    return replace(board, weeks=tuple(replace(week, sent=sent[week.name], started=None) for week in board.weeks))


def _bare(counted: list[Counted]) -> Board:
    """A board that hides nothing."""
    return tabulate(counted, threshold=1)


def _naive_of(counted: list[Counted], threshold: int) -> Board:
    return _naive(_bare(counted), threshold)


def _naive(bare: Board, threshold: int = BOARD) -> Board:
    """Each number by itself hidden where it is small."""

    def hidden(row: Row) -> Row:
        sent, unsent = _unless_small(row.sent, threshold), _unless_small(row.unsent, threshold)
        started = None if sent is None or unsent is None else row.started
        places = tuple(hidden(place) for place in row.places)
        return replace(row, started=started, sent=sent, unsent=unsent, places=places)

    def all_hidden(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(hidden(row) for row in rows)

    return replace(
        bare,
        total=hidden(bare.total),
        areas=all_hidden(bare.areas),
        weeks=all_hidden(bare.weeks),
        modes=all_hidden(bare.modes),
        busy=_unless_small(bare.busy, threshold),
    )


def _unless_small(count: Count, threshold: int) -> Count:
    return None if count is not None and 0 < count < threshold else count
