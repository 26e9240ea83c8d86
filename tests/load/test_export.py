"""An export and the dump that it is measured beside hold the same."""

import asyncio
import csv
from itertools import groupby
from pathlib import Path

import pytest

from tests.load.dump import dump
from tests.load.export import DUMP, EXPORT, SEALED, exported, lines
from tests.research.kept import House, export, table
from tests.research.many import build_many

STORIES = 30
NOT_ASKED = ("niet_gevraagd", "niet_van_toepassing")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Some of the stories of the benchmark."""
    made = House(tmp_path / "huis")
    asyncio.run(build_many(made, STORIES))
    return made


def rows(path: Path) -> list[list[str]]:
    """The rows of a CSV that has no line of names."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_an_export_and_the_dump_beside_it_have_the_same_stories_answers_and_words(house: House, tmp_path: Path) -> None:
    dump(house.database, house.key_file, tmp_path / "dump")
    export(house, tmp_path / "uit")
    wide = [(row["verhaal_id"], row["link"]) for row in table(tmp_path / "uit" / "verhalen.csv")]
    long = table(tmp_path / "uit" / "antwoorden.csv")
    assert len(wide) == STORIES
    assert [(row[0], row[-1]) for row in rows(tmp_path / "dump" / "stories.csv")] == wide
    given = [(row["verhaal_id"], row["vraag"]) for row in long if row["reden_ontbreekt"] not in NOT_ASKED]
    assert [(row[0], row[1]) for row in rows(tmp_path / "dump" / "answers.csv")] == sorted(given)
    parts = groupby(rows(tmp_path / "dump" / "parts.csv"), key=lambda row: (row[0], row[1]))
    words = {key: "\n".join(row[-1] for row in of_answer) for key, of_answer in parts}
    typed = {(row["verhaal_id"], row["vraag"]): row["tekst"] or row["opmerking"] for row in long}
    assert words == {key: text for key, text in typed.items() if text}


def test_a_sealed_dump_has_as_many_rows_and_no_words(house: House, tmp_path: Path) -> None:
    dump(house.database, house.key_file, tmp_path / "dump")
    dump(house.database, house.key_file, tmp_path / "sealed", sealed=True)
    for name in ("stories.csv", "answers.csv", "parts.csv"):
        assert len(rows(tmp_path / "sealed" / name)) == len(rows(tmp_path / "dump" / name))
    assert "Buurtteam" in (tmp_path / "dump" / "parts.csv").read_text(encoding="utf-8")
    assert "Buurtteam" not in (tmp_path / "sealed" / "parts.csv").read_text(encoding="utf-8")


def test_each_of_the_three_is_run_in_every_round_and_told() -> None:
    found = exported(STORIES, rounds=2)
    assert {name: len(runs) for name, runs in found.runs.items()} == {EXPORT: 2, DUMP: 2, SEALED: 2}
    assert all(run.cpu > 0 and run.peak > 2**20 for runs in found.runs.values() for run in runs)
    assert [line.split()[:3] for line in lines(found)] == [
        [str(STORIES), "verhalen", "uitvoer"],
        [str(STORIES), "verhalen", "dump"],
        [str(STORIES), "verhalen", "dump,"],
    ]
