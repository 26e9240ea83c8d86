"""Lines of tables: CSV for programs (RFC 4180 with LF, texts as they are); knows not what is in them."""

import csv
from collections.abc import Iterable

Cell = str | int | None


class _Line:
    """A writer gives back what its file makes of a line: here the line itself."""

    def write(self, line: str) -> str:
        return line


_WRITER = csv.writer(_Line(), lineterminator="\n")


def csv_line(cells: Iterable[Cell]) -> str:
    """One line, with its end."""
    line: str = _WRITER.writerow(cells)
    return line
