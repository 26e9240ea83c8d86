"""Whether a researcher can take out of an earlier export what tellers took back since."""

import csv
from pathlib import Path

import pytest

from tests.research.kept import build, export, export_by, manifest, nested, story_id, table
from tests.research.told import BEWONER, LIBRARY, MEDEWERKER, PROFESSIONAL, nth, tell

TOLD = [tell(item, nth(number)) for item in (BEWONER, MEDEWERKER, PROFESSIONAL) for number in range(3)]
DAY = "2026-06-01"


def rows_of(folder: Path) -> dict[str, int]:
    """How many rows each file has, as the manifest says."""
    described = manifest(folder)["bestanden"]
    assert isinstance(described, list)
    return {item["naam"]: item["rijen"] for item in described if "rijen" in item}


def test_what_was_taken_back_is_named_by_its_id_and_the_day_and_by_nothing_else(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", TOLD, withdrawn=4), tmp_path / "uit")
    with (folder / "ingetrokken.csv").open(encoding="utf-8", newline="") as file:
        first, *lines = csv.reader(file, strict=True)
    assert first == ["verhaal_id", "dag"]
    assert lines == [[number, DAY] for number in sorted(map(story_id, range(4)))]
    assert rows_of(folder)["ingetrokken.csv"] == 4


def test_an_earlier_export_without_what_was_taken_back_since_has_the_stories_of_the_later_one(tmp_path: Path) -> None:
    earlier = export(build(tmp_path / "eerst", TOLD), tmp_path / "een")
    later = export(build(tmp_path / "later", TOLD, withdrawn=4), tmp_path / "twee")
    assert table(earlier / "ingetrokken.csv") == []
    gone = {line["verhaal_id"] for line in table(later / "ingetrokken.csv")}
    for name in ("verhalen.csv", "antwoorden.csv"):
        kept = {line["verhaal_id"] for line in table(earlier / name)} - gone
        assert kept == {line["verhaal_id"] for line in table(later / name)}
    assert {story["verhaal_id"] for story in nested(later)}.isdisjoint(gone)


def test_the_counts_add_up_with_the_list(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", TOLD, withdrawn=4, drafts=2), tmp_path / "uit")
    counted = manifest(folder)["verhalen"]
    assert counted == {
        "in": 11,
        "uit": 5,
        "niet_uit": {"concept": 2, "ingetrokken": 4, "andere_vragenset": 0, "proef": 0},
    }
    assert rows_of(folder)["ingetrokken.csv"] == 4


@pytest.mark.parametrize("question_set", ["bewoner", "professional"])
def test_of_one_set_all_that_was_taken_back_is_named_for_nobody_knows_any_more_of_which_set_it_was(
    tmp_path: Path, question_set: str
) -> None:
    folder = export(build(tmp_path / "huis", TOLD, withdrawn=4), tmp_path / "uit", "--set", question_set)
    assert {line["verhaal_id"] for line in table(folder / "ingetrokken.csv")} == set(map(story_id, range(4)))
    assert {line["vragenset"] for line in table(folder / "verhalen.csv")} <= {question_set}


def test_with_nothing_taken_back_the_list_is_there_and_empty(tmp_path: Path) -> None:
    folder = export_by(build(tmp_path / "huis", TOLD), tmp_path / "uit", LIBRARY)
    assert (folder / "ingetrokken.csv").read_text(encoding="utf-8") == "verhaal_id,dag\n"
    assert rows_of(folder)["ingetrokken.csv"] == 0
