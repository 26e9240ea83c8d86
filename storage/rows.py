"""Cells of rows as the values they stand for, and statements for many rows; knows no table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import chain, islice

from dialogs.daytime import AMSTERDAM
from storage.database import Row, Value, Work
from storage.faults import StorageFault

ROWS_AT_ONCE = 500
"""Rows in one INSERT: with it the widest stays within 32,767 parameters, the least that an engine allows."""

_ONE_ROW = re.compile(r"VALUES \([^)]*\)")


def text(row: Row, column: str) -> str:
    """The text in a cell."""
    value = row[column]
    if not isinstance(value, str):
        raise _strange(column)
    return value


def text_or_none(row: Row, column: str) -> str | None:
    """The text in a cell that may be empty."""
    return None if row[column] is None else text(row, column)


def number(row: Row, column: str) -> int:
    """The whole number in a cell."""
    value = row[column]
    if not isinstance(value, int):
        raise _strange(column)
    return value


def flag(row: Row, column: str) -> bool:
    """The yes or no in a cell."""
    return number(row, column) == 1


def instant(row: Row, column: str) -> datetime:
    """The time in a cell, in UTC."""
    try:
        return datetime.fromisoformat(text(row, column)).astimezone(UTC)
    except ValueError:
        raise _strange(column) from None


def day(at: datetime) -> datetime:
    """Noon (UTC) of the day that it was in Amsterdam: what is kept where the moment itself is nobody's business."""
    return datetime.combine(at.astimezone(AMSTERDAM).date(), time(12), UTC)


def moment(at: datetime) -> str:
    """A time as it is kept: ISO 8601 in UTC, always as long, so that text sorts as time does."""
    if at.tzinfo is None:
        raise StorageFault("Een tijd zonder tijdzone kan niet bewaard worden.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


async def write_rows(work: Work, sql: str, rows: Iterable[tuple[Value, ...]]) -> None:
    """Runs `sql`, which is about one row `VALUES ($1, …)`, for all `rows` in as few statements as can be."""
    left = iter(rows)
    while batch := list(islice(left, ROWS_AT_ONCE)):
        await work.execute(_for_rows(sql, batch), *chain.from_iterable(batch))


def _for_rows(sql: str, rows: Sequence[tuple[Value, ...]]) -> str:
    if len(rows) == 1:
        return sql
    return _ONE_ROW.sub("VALUES " + ", ".join(_groups(len(rows), len(rows[0]))), sql, count=1)


def _groups(count: int, width: int) -> Iterator[str]:
    for first in range(1, count * width + 1, width):
        yield "(" + ", ".join(f"${place}" for place in range(first, first + width)) + ")"


def _strange(column: str) -> StorageFault:
    return StorageFault(f"In de kolom {column} staat iets wat er niet hoort.")
