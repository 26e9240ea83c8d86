"""Whether every row of the catalogue is played, or says why no chat of a resident can play it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROWS = range(1, 79)
GROUPS = ("tekst", "beeld en geluid", "knoppen en verloop", "mensen en misbruik")

ELSEWHERE = {
    63: "there is no code for tests: a rehearsal keeps nothing at all (tests/bot/test_command.py)",
    66: "no member of staff has a role in a chat: an export is made on the machine itself",
    70: "many new chats by one link: links have no state that could be paused",
    71: "praise by a fake resident is for researchers to see: a link and a day stand with every story",
    78: "there is no page on the web",
}
"""Rows that are no chat of a resident, and why."""

_NAME = re.compile(r"^(?:async )?def test_row_(\d\d)_\w+\(", re.MULTILINE)


def catalogue() -> list[dict[str, object]]:
    """The rows, as anybody reads them."""
    read = tomllib.loads((HERE / "rows.toml").read_text(encoding="utf-8"))
    return list(read["regel"])


def played() -> Iterator[int]:
    """The numbers in the names of the tests."""
    for path in sorted(HERE.glob("test_*.py")):
        yield from (int(number) for number in _NAME.findall(path.read_text(encoding="utf-8")))


def test_every_row_has_a_number_of_its_own_and_says_what_comes_in_and_what_it_gets() -> None:
    rows = catalogue()
    assert [row["nummer"] for row in rows] == list(ROWS)
    assert [row["nummer"] for row in rows if not (row["komt"] and row["krijgt"])] == []
    assert [row["nummer"] for row in rows if row["groep"] not in GROUPS] == []
    assert {name for row in rows for name in row} == {"nummer", "groep", "komt", "krijgt", "anders"}


def test_every_row_is_played_or_says_why_not() -> None:
    found = set(played())
    assert set(ROWS) - found == set(ELSEWHERE)
    assert found - set(ROWS) == set()
