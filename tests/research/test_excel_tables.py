"""The tables for Excel: what the tables for programs hold, in words, with a mark before what would act."""

from pathlib import Path

from research.export.cell_texts import GOES_ON, GUARD
from research.export.safe_text import safe
from tests.research.hostile import tellings, texts
from tests.research.in_excel import guarded_table, in_words, unguarded
from tests.research.kept import build, export, manifest, story_id, table
from tests.research.told import BEWONER, MEDEWERKER, every_option, nth, remarking, skipping, tell

ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ENDS = (" ", "\t", "\n", "\ufeff", "\u200b")


def test_stories_are_those_of_the_table_for_programs_in_words(tmp_path: Path) -> None:
    told = [tell(BEWONER, remarking("zo was het")), tell(MEDEWERKER, skipping), *every_option()]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "csv,excel")
    assert unguarded(guarded_table(folder / "excel/verhalen.csv")) == in_words(folder)
    assert [*guarded_table(folder / "excel/verhalen.csv")[0]][:3] == ["verhaal_id", "titel", "verhaal"]


def test_answers_are_those_of_the_table_for_programs_without_codes(tmp_path: Path) -> None:
    told = [tell(BEWONER, remarking("zo was het")), tell(MEDEWERKER, skipping), *every_option()]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "csv,excel")
    long = [{name: cell for name, cell in line.items() if name != "code"} for line in table(folder / "antwoorden.csv")]
    for line in long:
        line["reden_ontbreekt"] = line["reden_ontbreekt"].replace("_", " ")
    assert unguarded(guarded_table(folder / "excel/antwoorden.csv")) == long


def test_the_form_is_that_of_excel_in_the_netherlands(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", every_option()), tmp_path / "uit", "--formats", "excel")
    for name in ("excel/verhalen.csv", "excel/antwoorden.csv"):
        content = (folder / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbfverhaal_id;")
        assert content.endswith(b"\r\n")
        assert {len(line) for line in guarded_table(folder / name)} == {content.splitlines()[0].count(b";") + 1}


def test_what_is_empty_stays_empty_and_numbers_stay_numbers(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0))]), tmp_path / "uit", "--formats", "excel")
    [line] = guarded_table(folder / "excel/verhalen.csv")
    assert [line[name] for name in ("link", "helper", "blijven_waarde")] == ["", "", ""]
    assert [line[name] for name in ("versie", "makkelijk_waarde", "datum", "week")] == [
        "1",
        "0",
        "2026-06-01",
        "2026-W23",
    ]


def test_hostile_words_begin_with_nothing_that_acts(tmp_path: Path) -> None:
    said = texts()
    folder = export(build(tmp_path / "huis", tellings(said)), tmp_path / "uit", "--formats", "csv,excel")
    shown = [
        cell
        for name in ("verhalen", "antwoorden")
        for line in guarded_table(folder / f"excel/{name}.csv")
        for cell in line.values()
    ]
    assert [cell for cell in shown if cell.lstrip("".join(ENDS)).startswith(ACTS) or cell.startswith(ACTS)] == []
    assert {safe(text) for text in said} <= {*shown, *(cell.removeprefix(GUARD) for cell in shown)}
    long, programs = guarded_table(folder / "excel/antwoorden.csv"), table(folder / "antwoorden.csv")
    for name in ("tekst", "opmerking"):
        pairs = [(line[name], safe(plain[name])) for line, plain in zip(long, programs, strict=True)]
        assert [pair for pair in pairs if pair[1] not in (pair[0], pair[0].removeprefix(GUARD))] == []


def test_what_does_not_fit_in_a_cell_goes_on_in_another_table(tmp_path: Path) -> None:
    words = "=Ik zeg het nog eens. " * 4_000 + "Klaar."
    told = [tell(BEWONER, nth(0, words)), tell(BEWONER, remarking(words))]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "excel")
    rest = unguarded(guarded_table(folder / "excel/vervolg.csv"))
    begun = {line["verhaal_id"]: line["verhaal"] for line in guarded_table(folder / "excel/verhalen.csv")}
    goes_on = "".join(line["tekst"] for line in rest if (line["verhaal_id"], line["kolom"]) == (story_id(0), "verhaal"))
    assert begun[story_id(0)].removeprefix(GUARD).removesuffix(GOES_ON) + goes_on == words
    assert "gevoel_opmerking" in {line["kolom"] for line in rest}
    described = manifest(folder)["bestanden"]
    assert isinstance(described, list)
    assert {item["naam"]: item.get("rijen") for item in described}["excel/vervolg.csv"] == len(rest)
