"""Every fault of a question set is told in Dutch, all of them at once, with the file and the key."""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from pydantic import ValidationError

from dialogs.checks import library, options, sets, shapes
from dialogs.checks.library import Shelf
from dialogs.checks.parse import parsed
from dialogs.checks.tables import Table
from dialogs.faults import Fault, Faults
from dialogs.load import load_library
from dialogs.questions import QuestionSet
from tests.dialogs.written import good_texts, written

DIALOGS = Path(sets.__file__).parent.parent
SETS = Path(__file__).parents[1] / "sets"
GOOD = sorted((SETS / "good").glob("*.toml"))
BAD = sorted((SETS / "bad").glob("*.toml"))
BETWEEN = (*library.CHECKS, *library.REFERENCES)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the good sets, as `sets`, and with the fewest texts that are enough."""
    shutil.copytree(SETS / "good", tmp_path / "sets")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "nl.toml").write_text(written(good_texts()), encoding="utf-8")
    return tmp_path


def test_good_sets_have_no_faults(home: Path) -> None:
    assert _faults(home) == ()
    assert len(GOOD) == len(load_library({}, folder=home / "sets", texts_file=home / "texts" / "nl.toml").sets)


@pytest.mark.parametrize("bad", BAD, ids=lambda file: file.stem)
def test_a_bad_set_is_refused_with_the_faults_it_announces(bad: Path, home: Path) -> None:
    _add(home, bad)
    told = [str(fault).removeprefix(f"sets/{_name(bad)}: ") for fault in _faults(home)]
    assert sorted(told) == sorted(_announced(bad))


def test_all_faults_of_all_files_come_in_one_message_a_line_each(home: Path) -> None:
    for bad in BAD:
        _add(home, bad)
    message = "\n".join(str(fault) for fault in _faults(home))
    lines = message.splitlines()
    assert len(lines) == len(_faults(home))
    assert {line.split(":")[0] for line in lines} == {f"sets/{_name(bad)}" for bad in BAD}


def test_a_message_names_the_file_the_key_and_what_to_do(home: Path) -> None:
    _add(home, SETS / "bad" / "label_te_lang.toml")
    with pytest.raises(Faults) as refused:
        load_library({}, folder=home / "sets", texts_file=home / "texts" / "nl.toml")
    assert str(refused.value) == (
        "sets/zz_label_te_lang.toml: questions.stemming.options.blij.label: "
        "Het label is 30 tekens lang; 28 past op een knop. Maak het korter."
    )


def test_a_file_that_is_not_there_or_cannot_be_read_is_a_fault_too(home: Path) -> None:
    (home / "sets" / "map.toml").mkdir()
    (home / "sets" / "weg.toml").symlink_to(home / "nergens.toml")
    (home / "sets" / "latijn.toml").write_bytes('# regel één\ntitle = "caf\xe9"\n'.encode("latin-1"))
    (home / "texts" / "nl.toml").unlink()
    assert [str(fault) for fault in _faults(home)] == [
        "sets/latijn.toml: regel 1: Dit is geen UTF-8. Bewaar het bestand als UTF-8.",
        "sets/map.toml: Dit is een map. Hier hoort een bestand.",
        "sets/weg.toml: Dit bestand is er niet.",
        "texts/nl.toml: Dit bestand is er niet.",
    ]


def test_a_folder_without_sets_is_a_fault(home: Path) -> None:
    shutil.rmtree(home / "sets")
    assert [str(fault) for fault in _faults(home)] == ["sets/: In deze map staat geen vragenlijst (*.toml)."]


def test_hidden_files_and_a_mark_at_the_start_of_a_file_do_no_harm(home: Path) -> None:
    (home / "sets" / ".#kort.toml").write_text("geen toml")
    file = home / "sets" / "kort.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert _faults(home) == ()


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("sets/zz.toml: Hier staan te veel tabellen of lijsten in elkaar.", "[" * 5000 + "]" * 5000),
        ("sets/zz.toml: Hier staan te veel tabellen of lijsten in elkaar.", f"{{ a{'.a' * 5000} = 1 }}"),
        ("sets/zz.toml: In dit bestand staat een getal dat veel te lang is.", "9" * 5000),
        ("sets/zz.toml: version: Hier hoort een heel getal, zonder aanhalingstekens.", f"0x{'f' * 5000}"),
        ("sets/zz.toml: version: Hier hoort een heel getal, zonder aanhalingstekens.", "nan"),
    ],
)
def test_a_value_beyond_all_measure_is_refused_in_words(told: str, value: str, home: Path) -> None:
    good = (home / "sets" / "kort.toml").read_text("utf-8").replace("version = 1", f"version = {value}")
    (home / "sets" / "zz.toml").write_text(good.replace('"k"', '"z"').replace('"kort"', '"kort_2"'), encoding="utf-8")
    assert [str(fault) for fault in _faults(home)] == [told]


def test_every_check_is_provoked_by_a_bad_set() -> None:
    tables, good = _tables(BAD), _tables(GOOD)
    questions = [question for table in tables for question in table.tables("questions")]
    shelves = [Shelf((*good, table), {"ALG.stop": Table("nl.toml", "ALG.stop", {})}) for table in tables]
    provoked = {
        *(check.__name__ for check in sets.CHECKS for table in tables if any(check(table))),
        *(check.__name__ for check in options.CHECKS for question in questions if any(check(question))),
        *(check.__name__ for check in BETWEEN for shelf in shelves if any(check(shelf))),
    }
    assert {check.__name__ for check in (*sets.CHECKS, *options.CHECKS, *BETWEEN)} - provoked == set()


def test_every_sentence_for_a_refusal_of_the_models_is_provoked_by_a_bad_set() -> None:
    kinds = {kind for table in _tables(BAD) for kind in _refusals(table)}
    assert kinds - {"extra_forbidden", "missing"} == set(shapes.SENTENCES)


def test_every_pattern_of_the_models_is_told_in_words() -> None:
    source = "".join((DIALOGS / name).read_text("utf-8") for name in ("questions.py", "checks/texts.py"))
    assert set(re.findall(r'pattern=r"([^"]+)"', source)) == set(shapes.PATTERNS)


def _faults(home: Path) -> tuple[Fault, ...]:
    try:
        load_library({}, folder=home / "sets", texts_file=home / "texts" / "nl.toml")
    except Faults as refused:
        return refused.faults
    return ()


def _add(home: Path, bad: Path) -> None:
    shutil.copy(bad, home / "sets" / _name(bad))


def _name(bad: Path) -> str:
    """Bad sets are read after good ones, so that they get the blame for what the two do not agree on."""
    return f"zz_{bad.name}"


def _announced(bad: Path) -> list[str]:
    return re.findall(r"^# fout: (.*)$", bad.read_text("utf-8"), re.MULTILINE)


def _tables(files: Iterable[Path]) -> list[Table]:
    read = [parsed(file.name, file.read_text("utf-8")) for file in files]
    return [table for table in read if isinstance(table, Table)]


def _refusals(table: Table) -> list[str]:
    try:
        QuestionSet.model_validate_json(json.dumps(shapes.plain(table.values)))
    except ValidationError as refused:
        return [error["type"] for error in refused.errors()]
    return []
