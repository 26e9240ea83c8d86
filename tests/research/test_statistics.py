"""Whether the files for statistical programs hold what the table for programs holds, and who can make them."""

import errno
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from dialogs.interview import Answer, Part
from research.export.coarsening import HIDDEN_CODE
from research.export.content import Opens
from research.export.formats import every, parquet, spss, stata
from research.export.formats.every import FORMATS, available
from research.export.tiers import Tier
from research.faults import ConfigurationFault, ResearchFault
from tests.research.alike import in_parquet, in_spss, in_stata, visible
from tests.research.kept import build, export, made, manifest, review, story_id, table
from tests.research.told import BEWONER, SETS, every_option, nth, skipping, tell
from tests.research.written import clock_of, content_of, write

HOSTILE = [
    "regel een\nregel twee, met \"aanhalingstekens\" en 'enkele'",
    "=cmd|'/c calc'!A1",
    "-97",
    ".a",
    "NA",
    "👩‍👩‍👧‍👦 met z'n vieren 🇳🇱",
    "مرحبا كيف حالك \u202eabc\u202c",
    "a\u2028b\u2029c\u0085d",
    "tab\there; puntkomma, komma | streep",
    "\\U0001f600 en \\n",
    "😔" * 8_000,
    "é" * 4_000,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of stories with every option, skipped questions and hostile words."""
    place = tmp_path_factory.mktemp("uitvoer")
    hostile = [
        tell(BEWONER, nth(0, words)).having(Answer("gevoel", option="blij", parts=(Part(words),), done=True))
        for words in HOSTILE
    ]
    told = [*every_option(), *(tell(item, skipping) for item in SETS), *hostile]
    return export(build(place / "huis", told), place / "uit", "--formats", "csv,spss,stata,r,parquet")


def test_the_file_of_spss_holds_what_the_table_holds(folder: Path) -> None:
    assert in_spss(folder) == visible(table(folder / "verhalen.csv"))


def test_the_file_of_stata_holds_what_the_table_holds(folder: Path) -> None:
    assert in_stata(folder) == visible(table(folder / "verhalen.csv"))


def test_the_parquet_file_holds_what_the_table_holds_word_for_word(folder: Path) -> None:
    assert in_parquet(folder) == table(folder / "verhalen.csv")


def test_an_export_that_is_made_once_more_has_the_same_bytes(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", [tell(item, nth(number)) for item in SETS for number in range(3)])
    with clock_of("Pacific/Kiritimati"):
        first = export(house, tmp_path / "een", "--formats", "csv,spss,stata,r,parquet")
    with clock_of("Pacific/Niue"):
        again = export(house, tmp_path / "twee", "--snapshot", str(manifest(first)["momentopname"]))
    assert {name: path.read_bytes() for name, path in made(first).items()} == {
        name: path.read_bytes() for name, path in made(again).items()
    }


def test_every_file_is_counted(folder: Path) -> None:
    assert len(table(folder / "verhalen.csv")) == 30 + len(SETS) + len(HOSTILE) == 45
    described = manifest(folder)["bestanden"]
    assert isinstance(described, list)
    rows = {item["naam"]: item.get("rijen") for item in described}
    counted = {name: rows[name] for name in ("parquet/verhalen.parquet", "spss/verhalen.sav", "stata/verhalen.dta")}
    assert counted == dict.fromkeys(counted, 45)
    assert [rows[name] for name in ("spss/verhalen.sps", "r/lees_verhalen.R")] == [None, None]


def test_all_are_for_their_owner_only(folder: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in made(folder).values()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_dir()} == {0o700}


@pytest.mark.parametrize(
    ("name", "package", "asked"),
    [
        ("spss", "pyreadstat", "Voor spss is nog iets nodig (pyreadstat). Voer uit: make research\n"),
        ("stata", "polars", "Voor stata is nog iets nodig (polars). Voer uit: make research\n"),
        ("parquet", "pyarrow", "Voor parquet is nog iets nodig (pyarrow). Voer uit: make research\n"),
    ],
)
def test_without_its_package_a_format_is_refused_when_it_is_named_and_else_left_out(
    name: str, package: str, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(every, "find_spec", lambda wanted: None if wanted == package else object())
    with pytest.raises(ConfigurationFault) as refused:
        available(f"csv,{name}")
    assert f"{refused.value}\n" == asked
    assert name not in [item.name for item in available("")]
    assert name in [item.name for item in FORMATS]


@pytest.mark.parametrize("tier", [Tier.DEIDENTIFIED, Tier.CARDS])
def test_a_tier_with_fewer_columns_has_those_and_no_others(tmp_path: Path, tier: Tier) -> None:
    content = content_of(tier=tier)
    names = [item.name for item in content.variables]
    for opens in (spss.opened, stata.opened, parquet.opened):
        write(opens, tmp_path, [tell(BEWONER, nth(1))], content=content)
    sav, about = pyreadstat.read_sav(tmp_path / "spss" / "verhalen.sav", output_format="dict")
    dta, _ = pyreadstat.read_dta(tmp_path / "stata" / "verhalen.dta", output_format="dict")
    assert list(sav) == list(dta) == pl.read_parquet(tmp_path / "parquet" / "verhalen.parquet").columns == names
    assert "datum" not in names
    hidden = about.variable_value_labels["leeftijd"].get(HIDDEN_CODE)
    assert hidden == ("niet_getoond" if tier is Tier.DEIDENTIFIED else None)


def test_what_is_not_shown_is_no_answer(tmp_path: Path) -> None:
    """As programs count: they say of it that there is none."""
    alone = tell(BEWONER, nth(0)).having(Answer("leeftijd", option="75_plus", done=True))
    house = build(tmp_path / "huis", [alone, *(tell(BEWONER, nth(0)) for _ in range(5))])
    review(house)
    tier = ("--tier", "b", "--recipient", "x", "--formats", "spss,stata")
    folder = export(house, tmp_path / "uit", *tier)
    sav, _ = pyreadstat.read_sav(folder / "spss" / "verhalen.sav", output_format="dict")
    kept, about = pyreadstat.read_sav(folder / "spss" / "verhalen.sav", user_missing=True, output_format="dict")
    dta, _ = pyreadstat.read_dta(folder / "stata" / "verhalen.dta", output_format="dict")
    at = kept["verhaal_id"].index(story_id(0))
    assert (sav["leeftijd"][at], kept["leeftijd"][at], dta["leeftijd"][at]) == (None, HIDDEN_CODE, None)
    assert about.missing_ranges["leeftijd"] == [{"lo": -99, "hi": -96}]


@pytest.mark.parametrize("opens", [spss.opened, stata.opened], ids=["spss", "stata"])
def test_a_disk_that_is_full_before_the_file_is_whole_is_told(tmp_path: Path, opens: Opens) -> None:
    told = [tell(BEWONER, nth(0, f"{number} {'woord ' * 1_300}")) for number in range(30)]
    with no_file_above(50_000), pytest.raises(ResearchFault, match=r"Is de schijf vol\? Er is niets uitgevoerd\."):
        write(opens, tmp_path / "uit", told)


def test_a_disk_that_is_full_before_the_parquet_file_is_whole_is_told_as_any_other(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0, "".join(map(chr, range(0x4E00 + number, 0x6D00 + number))))) for number in range(30)]
    with no_file_above(50_000), pytest.raises(OSError, match="File too large") as full:
        write(parquet.opened, tmp_path / "uit", told)
    assert full.value.errno == errno.EFBIG


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """What this does to a process is what a full disk does."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
