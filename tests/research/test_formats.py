"""Which formats can be asked for, and what is said of one that cannot be made."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from research.__main__ import run
from research.export.content import Content, Format, Writer
from research.export.formats import every
from research.export.formats.every import CARDS, FORMATS, available
from research.export.rows import StoryRow
from research.export.tables import Cell
from research.faults import ConfigurationFault, ResearchFault, UsageFault
from tests.research.kept import RAW, build, export, made, review, story_id
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


@dataclass
class Forgetful:
    """A writer that drops one story and says nothing of it."""

    writer: Writer

    def write(self, row: StoryRow, cells: Sequence[Cell]) -> None:
        """Adds a story, unless it is that one."""
        if row.story.id != story_id(1):
            self.writer.write(row, cells)

    def rows(self) -> Mapping[str, int]:
        """As the writer itself."""
        return self.writer.rows()

    def stories(self) -> int | None:
        """As the writer itself."""
        return self.writer.stories()


def forgetful(item: Format) -> Format:
    """A format that makes its files with such a writer."""

    @contextmanager
    def opened(folder: Path, content: Content) -> Iterator[Forgetful]:
        with item.opens(folder, content) as writer:
            yield Forgetful(writer)

    return replace(item, opens=opened)


@pytest.mark.parametrize("item", [item for item in (*FORMATS, *CARDS) if item.name != "r"], ids=lambda item: item.name)
def test_a_story_that_is_missing_in_the_files_of_any_format_stops_the_export(
    item: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house = build(tmp_path / "huis", [replace(tell(BEWONER, nth(number)), quote=True) for number in range(3)])
    review(house)
    monkeypatch.setattr(every, "FORMATS", tuple(map(forgetful, FORMATS)))
    monkeypatch.setattr(every, "CARDS", tuple(map(forgetful, CARDS)))
    to = ("--tier", "d", "--recipient", "De tafel") if item in CARDS else RAW
    target = tmp_path / "uit"
    code = run(["export", "--out", str(target), "--config", str(house.config), *to, "--formats", item.name])
    said = f"Van 3 verhalen staan er 2 in de bestanden van {item.name}. Er is niets uitgevoerd.\n"
    assert (code, capsys.readouterr().err) == (ResearchFault.exit_code, said)
    assert [path.name for path in tmp_path.iterdir()] == ["huis"]
