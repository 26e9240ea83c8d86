"""Which formats can be asked for, and what is said of one that cannot be made."""

from dataclasses import replace
from pathlib import Path

import pytest

from research.__main__ import run
from research.export.formats import every
from research.export.formats.every import FORMATS, available
from research.faults import ConfigurationFault, UsageFault
from tests.research.kept import RAW, build, export, made
from tests.research.told import BEWONER, nth, tell


def test_only_what_is_asked_for_is_made(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0))])
    folder = export(house, tmp_path / "uit", "--formats", "jsonl")
    told = [name for name in made(folder) if name.startswith(("verhalen", "antwoorden"))]
    assert told == ["verhalen.jsonl"]


def test_a_format_that_is_none_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--out", "uit", *RAW, "--formats", "csv, wordperfect,lotus"]) == UsageFault.exit_code
    said = capsys.readouterr().err
    assert said.startswith("Deze soort bestand is er niet: wordperfect, lotus. Kies uit: csv, ")


def test_whoever_gets_no_stories_gets_numbers_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--out", "uit", "--tier", "c", "--formats", "csv"]) == UsageFault.exit_code
    assert capsys.readouterr().err == "Deze soort bestand is er niet: csv. Kies uit: tabellen.\n"


def test_a_format_that_lacks_a_package_is_left_out_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rare = replace(FORMATS[0], name="zeldzaam", needs=("json", "er_is_geen_pakket_dat_zo_heet"))
    monkeypatch.setattr(every, "FORMATS", (*FORMATS[:2], rare))
    assert [item.name for item in available("")] == [item.name for item in FORMATS[:2]]
    with pytest.raises(ConfigurationFault, match=r"zeldzaam .*\(er_is_geen_pakket_dat_zo_heet\).*make research"):
        available("csv,zeldzaam")
