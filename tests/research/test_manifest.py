"""Whether an export can be counted, checked and made again."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from research.export.manifest import tally
from research.faults import ResearchFault
from tests.research.kept import build, export, made, manifest, table
from tests.research.told import BEWONER, BLANK, MEDEWERKER, PROFESSIONAL, nth, tell

EVERYTHING = {
    "vragenset": None,
    "vanaf": None,
    "tot_en_met": None,
    "gebied": None,
    "link": None,
    "taal": None,
    "met_proef": False,
}
TOLD = [tell(item, nth(number)) for item in (BEWONER, MEDEWERKER, PROFESSIONAL) for number in range(3)]


def test_what_went_in_came_out_or_has_a_reason(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", TOLD, withdrawn=2, drafts=4)
    folder = export(house, tmp_path / "uit")
    assert manifest(folder)["verhalen"] == {
        "in": 13,
        "uit": 7,
        "niet_uit": {"concept": 4, "ingetrokken": 2, "andere_vragenset": 0, "proef": 0},
    }
    assert len(table(folder / "verhalen.csv")) == 7


def test_one_question_set_leaves_the_others_out_by_name(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", TOLD, withdrawn=2, drafts=4)
    folder = export(house, tmp_path / "uit", "--set", "professional")
    told = manifest(folder)
    assert told["verhalen"] == {
        "in": 13,
        "uit": 3,
        "niet_uit": {"concept": 4, "ingetrokken": 2, "andere_vragenset": 4, "proef": 0},
    }
    assert told["keuze"] == {**EVERYTHING, "vragenset": "professional"}
    assert told["vragensets"] == [{"id": "professional", "versie": 1, "titel": "Verhalen over blijven of weggaan"}]
    lines = table(folder / "verhalen.csv")
    assert {line["vragenset"] for line in lines} == {"professional"}
    assert "gevoel" not in lines[0]


def test_what_was_told_to_try_the_chat_out_comes_only_where_it_is_asked_for(tmp_path: Path) -> None:
    tried = [tell(BEWONER, nth(0), replace(BLANK, test=True)) for _ in range(2)]
    house = build(tmp_path / "huis", [*TOLD, *tried], withdrawn=2)
    folder = export(house, tmp_path / "uit")
    left_out = {"concept": 0, "ingetrokken": 2, "andere_vragenset": 0, "proef": 2}
    assert manifest(folder)["verhalen"] == {"in": 11, "uit": 7, "niet_uit": left_out}
    assert {line["proef"] for line in table(folder / "verhalen.csv")} == {"0"}
    whole = export(house, tmp_path / "alles", "--with-test", "--set", "bewoner")
    left_out = {"concept": 0, "ingetrokken": 2, "andere_vragenset": 6, "proef": 0}
    assert manifest(whole)["verhalen"] == {"in": 11, "uit": 3, "niet_uit": left_out}
    assert manifest(whole)["keuze"] == {**EVERYTHING, "vragenset": "bewoner", "met_proef": True}
    assert sorted(line["proef"] for line in table(whole / "verhalen.csv")) == ["0", "1", "1"]


def test_an_empty_database_gives_an_export_with_nothing_in_it(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", []), tmp_path / "uit")
    assert table(folder / "verhalen.csv") == []
    assert manifest(folder)["verhalen"] == {
        "in": 0,
        "uit": 0,
        "niet_uit": {"concept": 0, "ingetrokken": 0, "andere_vragenset": 0, "proef": 0},
    }


def test_a_story_that_got_lost_on_the_way_stops_the_export() -> None:
    with pytest.raises(ResearchFault, match="Van 3 verhalen kwamen er 2 in de bestanden"):
        tally({"drafts": 0, "stories": 3, "withdrawn": 0}, 2, {}, 0)


def test_a_withdrawn_story_that_is_not_named_stops_the_export() -> None:
    with pytest.raises(ResearchFault, match="Van 2 ingetrokken verhalen kwamen er 1 in de lijst"):
        tally({"drafts": 0, "stories": 3, "withdrawn": 2}, 3, {}, 1)


def test_every_file_has_the_size_and_the_sum_that_the_manifest_says(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", TOLD, withdrawn=2), tmp_path / "uit")
    described = manifest(folder)["bestanden"]
    assert isinstance(described, list)
    assert {item["naam"] for item in described} == made(folder).keys() - {"manifest.json"}
    for item in described:
        content = (folder / item["naam"]).read_bytes()
        assert (item["bytes"], item["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_the_manifest_counts_the_rows_of_every_file(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", TOLD, withdrawn=2), tmp_path / "uit")
    described = manifest(folder)["bestanden"]
    assert isinstance(described, list)
    counted = [item for item in described if "rijen" in item]
    assert {item["naam"] for item in counted} == {
        "antwoorden.csv",
        "codeboek.csv",
        "ingetrokken.csv",
        "verhalen.csv",
        "verhalen.jsonl",
    }
    for item in counted:
        path = folder / item["naam"]
        rows = path.read_text(encoding="utf-8").count("\n") if path.suffix == ".jsonl" else len(table(path))
        assert item["rijen"] == rows


def test_the_same_snapshot_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = build(tmp_path / "huis", TOLD)
    first = export(house, tmp_path / "een")
    second = export(house, tmp_path / "twee", "--snapshot", str(manifest(first)["momentopname"]))
    assert {name: path.read_bytes() for name, path in made(first).items()} == {
        name: path.read_bytes() for name, path in made(second).items()
    }
    assert capsys.readouterr().out.endswith("precies dezelfde bestanden als toen.\n")


def test_the_manifest_says_when_in_utc_and_by_which_program(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", TOLD[:1]), tmp_path / "uit")
    told = manifest(folder)
    assert str(told["gemaakt_op"]).endswith("Z")
    assert told["ontbreekt"] == {"-97": "overgeslagen", "-98": "niet_van_toepassing", "-99": "niet_gevraagd"}
    assert json.dumps(told["programma"]).startswith('{"naam": "vertelbot", "versie": "')
