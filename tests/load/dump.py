"""A plain dump of the stories in a database: sqlite3, the keys and `csv.writer`, and nothing of this project.

What `verhalen export` is measured beside. Every row of the three tables, in order, with the words readable
(`--sealed`: left as they are), each table into a file of its own: no checks, no codebook, and a folder of any name.
"""

import csv
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

Cell = str | int | None
Opened = Callable[[str], str]

STORIES = """
SELECT story_id, question_set, set_version, teller, channel, role, helped, language, language_certainty,
    language_source, sent_at, quote, consent_text, consent_fingerprint, link
FROM stories ORDER BY story_id
"""
ANSWERS = """
SELECT story_id, question, option_id, skipped, prompt, carried FROM story_answers ORDER BY story_id, question
"""
PARTS = "SELECT story_id, question, position, words FROM story_parts ORDER BY story_id, question, position"

TABLES = {"stories.csv": STORIES, "answers.csv": ANSWERS, "parts.csv": PARTS}
SEALED = {"stories.csv", "parts.csv"}
"""Where the last column is encrypted."""


def dump(database: Path, key_file: Path, target: Path, *, sealed: bool = False) -> None:
    """Makes the folder `target` with the three files."""
    target.mkdir()
    boxes = MultiFernet([Fernet(key) for key in tomllib.loads(key_file.read_text())["encrypt"]])

    def opened(token: str) -> str:
        return boxes.decrypt(token).decode()

    connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    for name, statement in TABLES.items():
        rows: Iterator[Sequence[Cell]] = connection.execute(statement)
        with (target / name).open("w", encoding="utf-8", newline="") as file:
            plain = sealed or name not in SEALED
            csv.writer(file).writerows(rows if plain else _readable(rows, opened))
    connection.close()


def _readable(rows: Iterator[Sequence[Cell]], opened: Opened) -> Iterator[Sequence[Cell]]:
    for *cells, token in rows:
        yield [*cells, opened(token) if isinstance(token, str) else token]


if __name__ == "__main__":
    dump(*map(Path, sys.argv[1:4]), sealed="--sealed" in sys.argv[4:])
