"""The coverage board as tables with bars, for a page; knows no more than the board."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counting.numbers import Seen
from disclosure.board import Board, Count, Mode, Row
from disclosure.tables import MODES, NOWHERE, PARTS, adding_up, as_of, legend, stops, week, written

LONGEST = 100
"""Of a bar, in the units of its picture."""

WEEKS = 26
"""Of the picture; the table has them all."""


@dataclass(frozen=True)
class Line:
    """A row of a table: its numbers as they are read, and the length of its bar. `within`: part of the one above."""

    name: str
    started: str
    sent: str
    unsent: str
    minutes: str
    bar: int
    within: bool = False


@dataclass(frozen=True)
class Column:
    """A week of the picture, by its number: `high` of `LONGEST`, None for none, or too few."""

    number: int
    high: int | None


@dataclass(frozen=True)
class Ended:
    """How far those were who stopped, of a row of the board: as many numbers as there are parts."""

    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """All of the board; `alarms` are places whose link stands still, as of now. `parts` are the columns of `ended`."""

    total: Line
    places: tuple[Line, ...]
    weeks: tuple[Line, ...]
    modes: tuple[Line, ...]
    columns: tuple[Column, ...]
    parts: tuple[str, ...]
    ended: tuple[Ended, ...]
    stopped: tuple[tuple[str, str], ...]
    withdrawn: str
    as_of: str
    legend: str
    adding_up: str
    alarms: tuple[str, ...]


def shown(seen: Seen) -> Shown:
    """The board in words and lengths, with the places to look at."""
    board = seen.board
    weeks = board.weeks[-WEEKS:]
    most = _most(weeks)
    return Shown(
        total=_line("Alles samen", board.total, 0),
        places=tuple(_places(board)),
        weeks=tuple(_lines((week(row.name), row) for row in board.weeks)),
        modes=tuple(_lines((MODES[Mode(row.name)], row) for row in board.modes)),
        columns=tuple(Column(_number(row.name), _length(row.sent, most)) for row in weeks),
        parts=tuple(part.capitalize() for part in PARTS.values()),
        ended=tuple(Ended(name, (written(row.story), written(row.after))) for name, row in stops(board)),
        stopped=tuple((stop.question, str(stop.amount)) for stop in board.stopped),
        withdrawn=written(board.withdrawn),
        as_of=as_of(board),
        legend=legend(board),
        adding_up=adding_up(),
        alarms=seen.alarms,
    )


def _places(board: Board) -> Iterator[Line]:
    """Each area with its places; who came without a link is one line."""
    most = _most(board.areas)
    for area in board.areas:
        yield _line(area.name or NOWHERE, area, most)
        yield from (_line(place.name or NOWHERE, place, most, within=True) for place in area.places if area.name)


def _lines(named: Iterable[tuple[str, Row]]) -> Iterator[Line]:
    rows = list(named)
    most = _most(row for _, row in rows)
    yield from (_line(name, row, most) for name, row in rows)


def _line(name: str, row: Row, most: int, *, within: bool = False) -> Line:
    minutes = "" if row.minutes is None else str(row.minutes)
    bar = _length(row.sent, most) or 0
    return Line(name, written(row.started), written(row.sent), written(row.unsent), minutes, bar, within)


def _most(rows: Iterable[Row]) -> int:
    return max((row.sent or 0 for row in rows), default=0)


def _length(sent: Count, most: int) -> int | None:
    """Beside the largest that is shown; a dash has none."""
    if sent is None:
        return None
    return -(-LONGEST * sent // most) if most else 0


def _number(name: str) -> int:
    """The number of a week such as 2026-W10."""
    return int(name.partition("-W")[2])
