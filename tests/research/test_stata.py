"""The file of Stata: what pyreadstat reads in it, and when it says that it was made."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from dialogs.interview import Interview
from research.export.content import Content
from research.export.formats import stata
from tests.research.told import BEWONER, SETS, nth, skipping, tell
from tests.research.written import clock_of, content_of, write


def made(folder: Path, told: list[Interview], content: Content | None = None) -> Path:
    """The file of these stories."""
    return write(stata.opened, folder, told, content=content) / "stata" / "verhalen.dta"


def read(path: Path) -> tuple[dict[str, list[Any]], Any]:
    """All columns, with a letter where Stata has one of its kinds of nothing, and what is told about them."""
    return pyreadstat.read_dta(path, user_missing=True, output_format="dict")


def test_why_there_is_no_code_is_a_kind_of_nothing_with_a_label(tmp_path: Path) -> None:
    found, about = read(made(tmp_path, [tell(item, skipping) for item in SETS]))
    by_set = dict(zip(found["vragenset"], found["tijd"], strict=True))
    assert by_set == {"bewoner": "a", "medewerker": "c", "professional": "c"}
    assert dict(zip(found["vragenset"], found["kracht"], strict=True))["bewoner"] == "c"
    labels = about.variable_value_labels["tijd"]
    assert {labels[letter] for letter in "abc"} == {"overgeslagen", "niet_van_toepassing", "niet_gevraagd"}
    assert (labels[7], labels[889]) == ("Alle drie even veel", "Past niet bij mijn verhaal")
    assert about.column_names_to_labels["tijd"] == "Tijd: Waar ging de meeste tijd naartoe?"
    assert about.original_variable_types["datum"] == "%tdCCYY-NN-DD"
    assert about.file_label == "Verhalen, uitvoer van 2026-06-01"


def test_every_label_of_a_column_is_as_short_as_stata_takes(tmp_path: Path) -> None:
    question = BEWONER.question("tijd").model_copy(update={"text": "ë😔" * 100})
    longer = BEWONER.model_copy(
        update={"questions": tuple(question if item.id == "tijd" else item for item in BEWONER.questions)}
    )
    _, about = read(made(tmp_path, [tell(BEWONER, nth(0))], content_of((longer,))))
    assert about.column_names_to_labels["tijd"] == "Tijd: " + "ë😔" * 37


@pytest.mark.parametrize("words", ["😔" * 511, "x" * 2_045, "x" * 2_046, "😔" * 8_000, "x" * 100_000, "é" * 40_000])
def test_a_text_of_any_length_stays_whole(tmp_path: Path, words: str) -> None:
    found, _ = read(made(tmp_path, [tell(BEWONER, nth(0, words)), tell(BEWONER, nth(0, "kort"))]))
    assert sorted(found["verhaal"]) == sorted(["kort", words])


def test_a_file_without_stories_has_all_columns(tmp_path: Path) -> None:
    found, about = read(made(tmp_path, []))
    assert about.number_rows == 0
    assert list(found) == [item.name for item in content_of().variables]


def test_it_is_of_the_version_that_every_edition_of_stata_reads(tmp_path: Path) -> None:
    assert b"<release>118</release>" in made(tmp_path, []).read_bytes()[:100]


def test_the_same_stories_give_the_same_bytes_whatever_the_clock_says(tmp_path: Path) -> None:
    told = [tell(item, nth(number, "x" * 2_500)) for item in SETS for number in range(3)]
    content = replace(content_of(), at=datetime(2026, 3, 1, 23, 30, 59, tzinfo=UTC))
    with clock_of("Pacific/Kiritimati"):
        first = made(tmp_path / "een", told, content).read_bytes()
    with clock_of("Pacific/Niue"):
        second = made(tmp_path / "twee", told, content).read_bytes()
    assert first == second
    assert b"<timestamp>\x1101 Mar 2026 23:30</timestamp>" in first
