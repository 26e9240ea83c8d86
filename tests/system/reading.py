"""Programs of researchers that are no Python, as Debian has them: they read an export and say what is in it."""

import csv
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.system.machine import program

DUMP = """
zeg <- function(d) for (naam in names(d)) {
  x <- d[[naam]]
  soort <- if (inherits(x, "haven_labelled")) "haven_labelled" else class(x)[1]
  geen <- if (is.double(x) && requireNamespace("haven", quietly = TRUE)) haven::na_tag(x) else rep(NA, length(x))
  if (soort == "haven_labelled") x <- as.vector(unclass(x))
  tekst <- ifelse(is.na(geen), ifelse(is.na(x), "", as.character(x)), geen)
  for (i in seq_along(tekst)) cat(naam, soort, i, paste(charToRaw(enc2utf8(tekst[i])), collapse = ""), "\\n", sep = " ")
}
"""
"""Every cell in hexadecimal, which no alphabet of a machine can change."""

Rows = list[dict[str, str]]


def pspp(folder: Path, *syntax: str) -> list[list[list[str]]]:
    """The tables that PSPP makes of this syntax; it may have nothing to remark."""
    job, output = folder / "taak.sps", folder / "uitkomst.csv"
    job.write_text("\n".join(syntax) + "\n", encoding="utf-8")
    command = [program("pspp"), "-o", str(output), "-O", "format=csv", str(job)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_speaking("C.UTF-8"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with output.open(encoding="utf-8", newline="") as file:
        return list(_tables(csv.reader(file)))


def _tables(lines: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    found: list[list[str]] = []
    for line in lines:
        if line:
            found.append(line)
        elif found:
            yield found
            found = []
    if found:
        yield found


def r(code: str, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    """What comes of R code on a machine that speaks this language."""
    command = [program("Rscript"), "--vanilla", "-e", code]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=_speaking(language))


def read_by_r(code: str, language: str = "C.UTF-8") -> tuple[Rows, dict[str, str]]:
    """The rows of a data frame that this R code gives, and the class of every column."""
    done = r(f"{DUMP}\nzeg({{{code}}})", language)
    assert done.returncode == 0, done.stderr
    rows: Rows = []
    kinds: dict[str, str] = {}
    for line in done.stdout.splitlines():
        name, kind, number, *cell = line.split()
        at = int(number) - 1
        if at == len(rows):
            rows.append({})
        rows[at][name] = bytes.fromhex("".join(cell)).decode("utf-8")
        kinds[name] = kind
    return rows, kinds


def quoted(path: Path) -> str:
    """A path as R has it."""
    return f'"{path}"'


def frequencies(tables: Sequence[list[list[str]]]) -> list[dict[tuple[str, str], int]]:
    """How often every value was counted, by whether it is valid and what it is called, for every table in order."""
    return [
        dict(_counts(table)) for table in tables if table[0][0].startswith("Table: ") and table[1][2:3] == ["Frequency"]
    ]


def _counts(table: list[list[str]]) -> Iterator[tuple[tuple[str, str], int]]:
    kind = ""
    for first, value, number, *_ in table[2:]:
        kind = first or kind
        if kind != "Total":
            yield (kind, value), int(number)


def _speaking(language: str) -> dict[str, str]:
    return {**os.environ, "LC_ALL": language, "LANG": language}
