"""The coverage board as plain text, for a terminal; knows no more than the board."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import MappingProxyType

from disclosure.board import Board, Count, Mode, Part, Row

HIDDEN = "–"
BAR = "▇"
LONGEST_BAR = 20
COLUMNS = ("begonnen", "verstuurd", "gestopt")
TIMED = (*COLUMNS, "minuten")
PARTS = MappingProxyType({Part.STORY: "tot en met het verhaal", Part.AFTER: "na het verhaal"})
"""How far somebody was who stopped."""

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
MODES = MappingProxyType({Mode.SELF: "zelf", Mode.HELPED: "met hulp", Mode.PAPER: "op papier"})
NOWHERE = "zonder plek"
"""What an area or a place without a name is called: that of who came without a link."""


def written(count: Count) -> str:
    """A count as it is read: a dash for none, or too few."""
    return HIDDEN if count is None else str(count)


def legend(board: Board) -> str:
    """What a dash means, and when a number moves."""
    moves = f"Een getal verandert pas als er {board.threshold} of meer bij komen"
    return f"{HIDDEN} betekent: 0, of nog niet te zeggen. {moves}"


def as_of(board: Board) -> str:
    """Until when it counts, and whom."""
    return f"Tot en met {_day(board.until)}. Wie nog bezig is, telt niet mee"


def adding_up() -> str:
    """Why a number can be more than the rows below it."""
    return "Alles samen kan meer zijn dan de regels bij elkaar: van sommigen is nog niet te zeggen waar of hoe"


def stops(board: Board) -> Iterator[tuple[str, Row]]:
    """Every row of which anything is known of how far people were who stopped; the newest week first."""
    named = [
        ("alles samen", board.total),
        *((area.name or NOWHERE, area) for area in board.areas),
        *((MODES[Mode(row.name)], row) for row in board.modes),
        *((week(row.name), row) for row in reversed(board.weeks)),
    ]
    yield from ((name, row) for name, row in named if row.story or row.after)


def text(board: Board) -> str:
    """All of the board: tables with a bar for each number of sent stories that is shown, and what a dash means."""
    tables = [
        [as_of(board)],
        _table("Waar", _places(board), TIMED),
        _table("Erbij gekomen", [(week(row.name), row) for row in board.weeks]),
        _table("Hoe", [(MODES[Mode(row.name)], row) for row in board.modes]),
        _parts(board),
        _ends(board),
        _ways(board),
        [legend(board), adding_up(), "minuten: de helft van wie verstuurde, was zo snel of sneller"],
    ]
    return "\n\n".join("\n".join(lines) for lines in tables if lines) + "\n"


def _places(board: Board) -> Iterator[tuple[str, Row]]:
    yield "alles samen", board.total
    for area in board.areas:
        yield area.name or NOWHERE, area
        yield from ((f"  {place.name or NOWHERE}", place) for place in area.places if area.name)


def week(name: str) -> str:
    """A week such as 2026-W48 as it is read."""
    year, number = name.split("-W")
    return f"week {int(number)} van {year}"


def _table(title: str, rows: Iterable[tuple[str, Row]], columns: Sequence[str] = COLUMNS) -> list[str]:
    """A line of titles and one for each row, with a bar for how many sent; none where there are no rows."""
    named = list(rows)
    most = max((row.sent or 0 for _, row in named), default=0)
    return _columned(title, columns, [(name, _cells(row), _bar(row.sent, most)) for name, row in named])


def _parts(board: Board) -> list[str]:
    """How far people were who stopped, as far as that can be said."""
    rows = [(name, (written(row.story), written(row.after)), "") for name, row in stops(board)]
    return _columned("Wie stopte", [*PARTS.values()], rows)


def _columned(title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str], str]]) -> list[str]:
    if not rows:
        return []
    width = max(len(name) for name in (title, *(name for name, _, _ in rows)))
    return [_line(name.ljust(width), cells, columns, bar) for name, cells, bar in [(title, columns, ""), *rows]]


def _cells(row: Row) -> Sequence[str]:
    minutes = "" if row.minutes is None else str(row.minutes)
    return (written(row.started), written(row.sent), written(row.unsent), minutes)


def _line(name: str, cells: Sequence[str], columns: Sequence[str], bar: str) -> str:
    aligned = (cell.rjust(len(column)) for cell, column in zip(cells, columns, strict=False))
    return "  ".join((name, *aligned, bar)).rstrip()


def _bar(sent: Count, most: int) -> str:
    """As long as the number is large beside the largest; none where it is hidden."""
    return BAR * -(-LONGEST_BAR * sent // most) if sent else ""


def _ends(board: Board) -> list[str]:
    """At which questions people stopped, and how many took their story back."""
    stops = [(stop.question, stop.amount) for stop in board.stopped]
    return _listed("Gestopt bij", [*stops, ("na versturen weggehaald", board.withdrawn)])


def _ways(board: Board) -> list[str]:
    """How many came by a code, whether they told or not."""
    ways = [
        ("met een link die werkt", board.opened),
        ("met een link die stilstaat of voorbij is", board.stale),
        ("met een code die niet bestaat", board.strange),
    ]
    return _listed("Gekomen (ook wie niet begon)", ways)


def _listed(title: str, lines: Sequence[tuple[str, Count]]) -> list[str]:
    width = max(len(name) for name, _ in lines)
    most = max(len(written(count)) for _, count in lines)
    return [title, *(f"{name.ljust(width)}  {written(count).rjust(most)}" for name, count in lines)]


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
