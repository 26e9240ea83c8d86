"""The Data Package, as Frictionless checks it: what is right passes, and what is damaged does not."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.interview import Answer, Part
from research.export.citation import citation
from research.export.content import About
from research.export.datapackage import FILE, datapackage
from research.export.manifest import described
from tests.research.kept import build, export
from tests.research.others import READERS, other
from tests.research.test_files import HOSTILE
from tests.research.told import BEWONER, every_option, nth, tell
from tests.research.written import content_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of tables with its description: every option, hostile words, and one story taken back."""
    hostile = [
        tell(BEWONER, nth(0, words)).having(Answer("gevoel", option="blij", parts=(Part(words),), done=True))
        for words in HOSTILE
    ]
    told = [tell(BEWONER, nth(0)), *hostile, *every_option()]
    made = export(build(tmp_path / "huis", told, withdrawn=1), tmp_path / "uit", "--formats", "csv")
    _describe(made)
    return made


def faults(folder: Path) -> set[str]:
    """The kinds of faults that Frictionless finds."""
    ran = other("frictionless", "validate", FILE, "--json", folder=folder)
    report = json.loads(ran.stdout)
    errors = [*report["errors"], *(error for task in report["tasks"] for error in task["errors"])]
    assert report["valid"] == (not errors), ran.stdout
    return {error["type"] for error in errors}


def test_frictionless_finds_the_tables_as_they_are_described(folder: Path) -> None:
    assert faults(folder) == set()
    resources = json.loads((folder / FILE).read_text(encoding="utf-8"))["resources"]
    assert [item["path"] for item in resources] == ["verhalen.csv", "antwoorden.csv", "codeboek.csv", "ingetrokken.csv"]


def _of_another(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:-1], f"ffffffffffffffff,{lines[-1].split(',', 1)[1]}"])


def _twice(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines, lines[-1]])


DAMAGE: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a story twice": ("verhalen.csv", _twice, "primary-key"),
    "an answer twice": ("antwoorden.csv", _twice, "primary-key"),
    "an answer of no story": ("antwoorden.csv", _of_another, "foreign-key"),
    "a column that is gone": ("verhalen.csv", lambda text: text.replace(",gevoel,", ",", 1), "incorrect-label"),
    "a date that is none": ("verhalen.csv", lambda text: text.replace("2026-06-01", "1 juni", 1), "type-error"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_frictionless_notices_what_is_wrong_though_its_sum_is_right(folder: Path, damage: str) -> None:
    name, damaged, expected = DAMAGE[damage]
    _damage(folder / name, damaged)
    _describe(folder)
    assert expected in faults(folder), damage


def test_frictionless_notices_that_a_letter_has_changed(folder: Path) -> None:
    _damage(folder / "codeboek.csv", lambda text: text.replace("Het verhaal", "Het verhaaI", 1))
    assert faults(folder) == {"hash-count"}


def _damage(path: Path, damaged: Callable[[str], str]) -> None:
    before = path.read_bytes().decode("utf-8")
    assert damaged(before) != before
    path.write_bytes(damaged(before).encode("utf-8"))


def _describe(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)
    (folder / FILE).write_text(datapackage(content_of(), described(folder, {})), encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "kind"), [("77", {"constraint-error"}), ("-97", set()), ("", set()), ("4x", {"type-error"})]
)
def test_a_code_has_to_be_one_of_the_codebook_or_say_why_there_is_none(folder: Path, code: str, kind: set[str]) -> None:
    """The description is made anew, so that nothing but the cell is wrong."""
    path = folder / "verhalen.csv"
    lines = path.read_bytes().decode("utf-8").split("\n")
    at = lines[0].split(",").index("leeftijd") - len(lines[0].split(","))
    cells = lines[-2].split(",")
    cells[at] = code
    path.write_bytes("\n".join([*lines[:-2], ",".join(cells), ""]).encode("utf-8"))
    _describe(folder)
    assert faults(folder) == kind, code


def test_version_2_has_labels_of_codes_and_why_a_value_is_missing_and_version_1_can_do_without(folder: Path) -> None:
    package = json.loads((folder / FILE).read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    scale = fields["makkelijk"]
    assert scale["categories"][0] == {"value": 1, "label": "Heel moeilijk"}
    assert scale["categoriesOrdered"] is True
    assert [item["value"] for item in scale["missingValues"]] == ["", "-97", "-98", "-99"]
    assert scale["constraints"]["enum"] == [*(item["value"] for item in scale["categories"]), -97, -98, -99]
    assert package["profile"] == "tabular-data-package"


def test_the_same_moment_is_described_in_the_same_words(folder: Path) -> None:
    files = described(folder, {})
    assert datapackage(content_of(), files) == datapackage(content_of(), files)


def test_only_tables_that_are_there_are_described() -> None:
    assert json.loads(datapackage(content_of(), []))["resources"] == []


@pytest.mark.parametrize("title", ["Verhalen: 'eerste' jaar", 'Onderzoek & Statistiek: "deel" #1', "yes", "- null"])
def test_the_citation_is_yaml_that_says_what_was_said(title: str) -> None:
    read = _read_yaml(citation(replace(content_of(), about=About(title, "0007"))))
    assert (read["title"], read["authors"]) == (title, [{"name": "Vertellers van Amsterdam"}])
    assert (read["cff-version"], read["type"], read["version"]) == ("1.2.0", "dataset", "0007")
    assert read["date-released"] == "2026-06-01"
    assert "Toegang beperkt" in str(read["abstract"])


def test_the_citation_of_a_moment_without_a_name_has_the_moment_for_a_version() -> None:
    assert _read_yaml(citation(content_of()))["version"] == "2026-06-01T10:00:00Z"


def _read_yaml(text: str) -> dict[str, object]:
    """As PyYAML reads it, which one of the programs of others brings along."""
    code = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.argv[1])))"
    ran = other("python", "-c", code, text, folder=READERS)
    read = json.loads(ran.stdout)
    assert isinstance(read, dict), ran.stderr
    return read
