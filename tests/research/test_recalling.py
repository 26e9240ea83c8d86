"""Whether a withdrawal reaches whoever got the story, and whether an export can be held against what it was."""

from pathlib import Path

import pytest

from research.__main__ import run
from storage.faults import StorageFault
from tests.research.kept import House, build, export, manifest, review, story_id, table, withdraw
from tests.research.told import BEWONER, nth, tell

RAW_FOR = ("--tier", "a", "--reason", "overeenkomst 12", "--recipient")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Six stories."""
    return build(tmp_path / "huis", [tell(BEWONER, nth(0)) for _ in range(6)])


def said(capsys: pytest.CaptureFixture[str], house: House, *typed: str) -> tuple[int, str]:
    """The exit code of a command, and all that it says."""
    capsys.readouterr()
    code = run([*typed, "--config", str(house.config)])
    shown = capsys.readouterr()
    return code, shown.out + shown.err


def test_every_recipient_is_asked_for_what_they_have_and_for_nothing_else(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = manifest(export(house, tmp_path / "een", *RAW_FOR, "Onderzoek, gemeente"))["momentopname"]
    withdraw(house, 1)
    second = manifest(export(house, tmp_path / "twee", *RAW_FOR, "Een bureau"))["momentopname"]
    third = manifest(export(house, tmp_path / "drie", *RAW_FOR, "onderzoek,  GEMEENTE"))["momentopname"]
    withdraw(house, 4)
    target = tmp_path / "terug"
    code, shown = said(capsys, house, "withdrawn", "--out", str(target))
    assert (code, shown.casefold().splitlines()[0]) == (0, "een bureau: 1")
    assert shown.casefold().splitlines()[1] in ("onderzoek,  gemeente: 2", "onderzoek, gemeente: 2")
    assert sorted(path.name for path in target.iterdir()) == ["01-een-bureau", "02-onderzoek-gemeente"]
    lists = [table(target / name / "ingetrokken.csv") for name in ("01-een-bureau", "02-onderzoek-gemeente")]
    assert [sorted(line["verhaal_id"] for line in lines) for lines in lists] == [
        [story_id(4)],
        sorted([story_id(1), story_id(4)]),
    ]
    letters = [(target / name / "brief.md").read_text() for name in ("01-een-bureau", "02-onderzoek-gemeente")]
    assert str(second) in letters[0]
    assert str(first) not in letters[0]
    assert str(first) in letters[1]
    assert str(third) in letters[1]


def test_with_nothing_taken_back_nobody_is_asked_anything(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(house, tmp_path / "een", *RAW_FOR, "Onderzoek")
    assert said(capsys, house, "withdrawn", "--out", str(tmp_path / "terug")) == (
        0,
        "Niemand heeft een verhaal dat is teruggenomen. Er is niets gemaakt.\n",
    )
    assert not (tmp_path / "terug").exists()


def test_an_export_is_whole_until_it_is_touched_or_a_story_is_taken_back(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = export(house, tmp_path / "een", *RAW_FOR, "Onderzoek")
    assert said(capsys, house, "verify", str(folder)) == (
        0,
        f"{folder} is nog zoals het is uitgegeven, en er is niets uit teruggenomen.\n",
    )
    withdraw(house, 2)
    (folder / "verhalen.csv").write_text("anders")
    (folder / "codeboek.csv").unlink()
    (folder / "erbij.txt").write_text("erbij")
    code, shown = said(capsys, house, "verify", str(folder))
    assert code == 1
    assert shown.splitlines() == [
        "codeboek.csv ontbreekt.",
        "verhalen.csv is veranderd.",
        "erbij.txt hoort er niet bij.",
        f"Verhaal {story_id(2)} is teruggenomen op 2026-06-01: haal het weg.",
    ]


def test_a_manifest_that_was_changed_with_its_files_is_noticed(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = export(house, tmp_path / "een", *RAW_FOR, "Onderzoek")
    content = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(content.replace("overeenkomst 12", "overeenkomst 13"))
    assert said(capsys, house, "verify", str(folder)) == (
        1,
        "manifest.json is niet zoals het is uitgegeven.\n",
    )
    (folder / "manifest.json").write_text(content.replace(str(manifest(folder)["momentopname"]), "2020-01-01-abcdef"))
    assert said(capsys, house, "verify", str(folder)) == (1, "Momentopname 2020-01-01-abcdef is hier niet bekend.\n")
    (folder / "manifest.json").write_text("{}")
    assert said(capsys, house, "verify", str(folder))[0] == 1
    assert "Wijs de map" in said(capsys, house, "verify", str(tmp_path / "nergens"))[1]


def test_a_snapshot_that_is_made_once_more_lacks_what_was_taken_back_and_says_so(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = export(house, tmp_path / "een", *RAW_FOR, "Onderzoek")
    withdraw(house, 2)
    capsys.readouterr()
    again = export(house, tmp_path / "nog", "--snapshot", str(manifest(first)["momentopname"]))
    assert "niet meer precies als toen" in capsys.readouterr().out
    assert story_id(2) not in {line["verhaal_id"] for line in table(again / "verhalen.csv")}
    assert [line["verhaal_id"] for line in table(again / "ingetrokken.csv")] == [story_id(2)]
    counted = manifest(again)["verhalen"]
    assert isinstance(counted, dict)
    assert (counted["uit"], counted["niet_uit"]["sindsdien_weg"]) == (5, 1)


def test_a_snapshot_that_is_none_is_told(house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = said(capsys, house, "export", "--out", str(tmp_path / "uit"), "--snapshot", "2020-01-01-abcdef")
    assert (code, shown) == (2, "Momentopname 2020-01-01-abcdef is er niet. Welke er zijn: verhalen exports\n")


def test_what_was_handed_out_is_shown_to_whom_and_why(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, house, "exports") == (0, "Er is nog niets uitgegeven.\n")
    snapshot = manifest(export(house, tmp_path / "een", *RAW_FOR, "Onderzoek"))["momentopname"]
    review(house)
    code, shown = said(capsys, house, "exports")
    assert code == 0
    assert shown.startswith(f"{snapshot}  ")
    assert shown.endswith("  soort a  Onderzoek (overeenkomst 12)\n")


def test_what_is_made_once_more_is_written_down_each_time(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = str(manifest(export(house, tmp_path / "een", *RAW_FOR, "Onderzoek"))["momentopname"])
    export(house, tmp_path / "twee", *RAW_FOR, "Een bureau")
    for name in ("nog", "weer"):
        export(house, tmp_path / name, "--snapshot", snapshot)
    lines = said(capsys, house, "exports")[1].splitlines()
    assert [line.startswith("    opnieuw gemaakt op ") for line in lines].count(True) == 2
    at = [line.partition(" ")[0] for line in lines].index(snapshot)
    assert all(line.endswith(", door: opdrachtregel") for line in lines[at + 1 : at + 3])


def test_what_cannot_be_written_down_is_not_made_once_more(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = str(manifest(export(house, tmp_path / "een", *RAW_FOR, "Onderzoek"))["momentopname"])

    async def fails(*_: object) -> None:
        raise StorageFault("De schijf is vol.")

    monkeypatch.setattr("storage.export_copies.keep", fails)
    code, _ = said(capsys, house, "export", "--out", str(tmp_path / "nog"), "--snapshot", snapshot)
    assert (code != 0, (tmp_path / "nog").exists()) == (True, False)


def test_an_export_that_fails_is_not_written_down(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "iets").write_text("iets")
    code, _ = said(capsys, house, "export", "--out", str(tmp_path / "vol"), *RAW_FOR, "Onderzoek", "--formats", "csv")
    assert code == 1
    assert said(capsys, house, "exports") == (0, "Er is nog niets uitgegeven.\n")


def test_a_copy_that_was_made_again_without_what_was_taken_back_is_not_asked_for_it(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = export(house, tmp_path / "een", *RAW_FOR, "Onderzoek")
    withdraw(house, 2)
    again = export(house, tmp_path / "nog", "--snapshot", str(manifest(first)["momentopname"]))
    assert story_id(2) in said(capsys, house, "verify", str(first))[1]
    code, shown = said(capsys, house, "verify", str(again))
    assert (code, shown) == (0, f"{again} is nog zoals het is uitgegeven, en er is niets uit teruggenomen.\n")
    content = (again / "manifest.json").read_text()
    (again / "manifest.json").write_text(content.replace("overeenkomst 12", "overeenkomst 13"))
    assert said(capsys, house, "verify", str(again)) == (1, "manifest.json is niet zoals het is uitgegeven.\n")
    (again / "manifest.json").write_text(content)
    withdraw(house, 4)
    shown = said(capsys, house, "verify", str(again))[1]
    assert (story_id(2) in shown, story_id(4) in shown) == (False, True)


def test_of_tables_nothing_is_asked_back_and_no_story_is_named(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = export(house, tmp_path / "een", "--tier", "c", "--formats", "")
    withdraw(house, 2)
    assert said(capsys, house, "verify", str(folder))[0] == 0


def test_a_file_is_to_be_unpacked_before_it_is_looked_at(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(house, tmp_path / "een", *RAW_FOR, "Onderzoek", "--zip")
    code, shown = said(capsys, house, "verify", str(tmp_path / "een.zip"))
    assert (code, "Pak het eerst uit" in shown) == (1, True)


@pytest.mark.parametrize("besides", [("--formats", "csv"), ("--tier", "b"), ("--with-test",), ("--recipient", "Ik")])
def test_nothing_else_can_be_asked_beside_a_snapshot(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], besides: tuple[str, ...]
) -> None:
    snapshot = str(manifest(export(house, tmp_path / "een", *RAW_FOR, "Onderzoek"))["momentopname"])
    target = tmp_path / "nog"
    code, shown = said(capsys, house, "export", "--out", str(target), "--snapshot", snapshot, *besides)
    assert (code, "precies als toen" in shown, target.exists()) == (2, True, False)
    export(house, target, "--snapshot", snapshot, "--zip")


def test_what_is_typed_of_a_recipient_stays_on_one_line_and_acts_on_no_terminal(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = export(house, tmp_path / "een", *RAW_FOR, "Een bureau\n2026-01-01-aaaaaa  \x1b[31msoort c")
    shown = said(capsys, house, "exports")[1]
    assert (len(shown.splitlines()), "\x1b" in shown) == (1, False)
    assert manifest(folder)["ontvanger"] == "Een bureau 2026-01-01-aaaaaa [31msoort c"
