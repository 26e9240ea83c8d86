"""Whether PSPP and R, which know nothing of this project, read in an export what the table for programs says."""

from collections import Counter
from pathlib import Path

import pyreadstat
import pytest

from dialogs.questions import CANNOT_SAY
from research.export.fixed import Holds
from research.export.safe_text import safe
from research.export.variables import Measure, Variable
from tests.research.kept import build, export, table
from tests.research.told import BEWONER, SETS, every_option, nth, skipping, tell
from tests.research.written import content_of
from tests.system.reading import Rows, frequencies, pspp, quoted, r, read_by_r

WORDS = [
    "regel een\nregel twee, met \"aanhalingstekens\" en 'enkele'",
    "=cmd|'/c calc'!A1",
    "NA",
    "-97",
    "👩‍👩‍👧‍👦 met z'n vieren 🇳🇱",
    "مرحبا كيف حالك \u202eabc\u202c",
    "\\U0001f600 en \\n",
    "😔" * 8_000,
]
VARIABLES = content_of().variables
CODED = [variable for variable in VARIABLES if variable.labels]
LETTERS = {"a": "-97", "b": "-98", "c": "-99"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of stories with every option, skipped questions and hostile words, in a folder with a blank."""
    place = tmp_path_factory.mktemp("uitvoer")
    told = [*every_option(), *(tell(item, skipping) for item in SETS), *(tell(BEWONER, nth(3, word)) for word in WORDS)]
    target = place / "uit voer"
    return export(build(place / "huis", told), target, "--formats", "csv,spss,stata,r,parquet")


@pytest.fixture(scope="module")
def rows(folder: Path) -> Rows:
    """What the table for programs says, as a program shows it to people."""
    return [{name: safe(cell) for name, cell in row.items()} for row in table(folder / "verhalen.csv")]


def opening(folder: Path) -> str:
    """What every syntax begins with."""
    return f"GET FILE='{folder / 'spss' / 'verhalen.sav'}'."


def counted(rows: Rows, variable: Variable) -> dict[tuple[str, str], int]:
    """What a program has to count of a column."""
    labels, missing = dict(variable.labels), dict(variable.missing)
    found = Counter(int(row[variable.name]) if row[variable.name] else None for row in rows)
    return {
        ("Valid", labels[code]) if code in labels else ("Missing", "." if code is None else missing[code]): number
        for code, number in found.items()
    }


def test_pspp_counts_every_answer_and_every_reason_for_none(folder: Path, rows: Rows, tmp_path: Path) -> None:
    names = " ".join(variable.name for variable in CODED)
    tables = frequencies(pspp(tmp_path, opening(folder), f"FREQUENCIES /VARIABLES={names} /STATISTICS=NONE."))
    assert len(tables) == len(CODED)
    for variable, found in zip(CODED, tables, strict=True):
        assert found == counted(rows, variable), variable.name


def test_pspp_reads_long_and_hostile_words_whole(folder: Path, rows: Rows, tmp_path: Path) -> None:
    out = tmp_path / "terug.csv"
    pspp(tmp_path, opening(folder), f"SAVE TRANSLATE /OUTFILE='{out}' /TYPE=CSV /FIELDNAMES /CELLS=VALUES.")
    names = ("verhaal_id", "titel", "verhaal", "datum")
    read = [[row[name] for name in names] for row in table(out)]
    assert read == [[*(row[name] for name in names[:3]), "06/01/2026"] for row in rows]


def test_the_syntax_makes_sets_of_the_corners_that_count(folder: Path, rows: Rows, tmp_path: Path) -> None:
    saved = tmp_path / "sets.sav"
    corners = ["tijd_a", "tijd_b", "tijd_c", "kracht_a", "nodig_c"]
    shown = " ".join(f"{name}_telt" for name in corners)
    tables = pspp(
        tmp_path,
        opening(folder),
        f"INSERT FILE='{folder / 'spss' / 'verhalen.sps'}'.",
        f"FREQUENCIES /VARIABLES={shown} /STATISTICS=NONE.",
        f"SAVE OUTFILE='{saved}'.",
    )
    for name, found in zip(corners, frequencies(tables), strict=True):
        said = Counter("" if row[name] == "" else "telt mee" if int(row[name]) > 0 else "telt niet mee" for row in rows)
        expected = {("Missing", ".") if not word else ("Valid", word): number for word, number in said.items()}
        assert found == expected, name
    _, about = pyreadstat.read_sav(saved, metadataonly=True, output_format="dict")
    sets = {name: (item["label"], item["variable_list"], item["counted_value"]) for name, item in about.mr_sets.items()}
    assert sets["tijd"] == ("Tijd: hoeken die meetellen", ["tijd_a_telt", "tijd_b_telt", "tijd_c_telt"], 1)
    assert sets.keys() == {"tijd", "kracht", "nodig"}
    assert about.column_names_to_labels["tijd_b_telt"] == "📄 Papieren en formulieren"


def test_haven_reads_the_file_of_spss_as_the_table(folder: Path, rows: Rows) -> None:
    found, kinds = read_by_r(f"haven::read_sav({quoted(folder / 'spss' / 'verhalen.sav')}, user_na = TRUE)")
    assert found == rows
    assert [kinds[name] for name in ("tijd", "datum", "verhaal")] == ["haven_labelled", "Date", "character"]


def test_haven_reads_the_file_of_stata_as_the_table_with_the_reasons_as_kinds_of_nothing(
    folder: Path, rows: Rows
) -> None:
    found, kinds = read_by_r(f"haven::read_dta({quoted(folder / 'stata' / 'verhalen.dta')})")
    coded = {variable.name for variable in VARIABLES if variable.missing}
    assert [
        {name: LETTERS.get(cell, cell) if name in coded else cell for name, cell in row.items()} for row in found
    ] == rows
    assert [kinds[name] for name in ("tijd", "datum", "verhaal")] == ["haven_labelled", "Date", "character"]


@pytest.mark.parametrize("language", ["C.UTF-8", "C"])
def test_the_script_reads_the_table_into_r_with_labels_types_and_reasons(
    folder: Path, rows: Rows, language: str
) -> None:
    found, kinds = read_by_r(f"source({quoted(folder / 'r' / 'lees_verhalen.R')}); verhalen", language)
    assert found == [as_labels(row) for row in rows]
    expected = {"datum": "Date", "versie": "integer", "makkelijk": "ordered", "tijd": "factor", "verhaal": "character"}
    assert {name: kinds[name] for name in expected} == expected


def as_labels(row: dict[str, str]) -> dict[str, str]:
    """A row as the script makes it: labels for codes, and beside them why there is none."""
    made = {}
    for variable in VARIABLES:
        cell = row[variable.name]
        made[variable.name] = cell
        if variable.holds is Holds.CODE:
            labels, nothing = dict(variable.labels), dict(variable.missing)
            if variable.measure is Measure.ORDINAL:
                nothing |= {code: labels.pop(code) for code in CANNOT_SAY.values() if code in labels}
            code = int(cell) if cell else None
            made[variable.name] = labels.get(code, "") if code is not None else ""
            if nothing:
                made[f"{variable.name}_reden"] = nothing.get(code, "") if code is not None else ""
    return made


def test_the_script_finds_its_table_wherever_it_is_run(folder: Path) -> None:
    script = folder / "r" / "lees_verhalen.R"
    done = r(f"system2('Rscript', shQuote({quoted(script)}))")
    assert done.stderr.endswith("verhalen gelezen; zij staan in `verhalen`.\n")


def test_without_its_table_the_script_says_how_to_get_it(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0))])
    alone = export(house, tmp_path / "uit", "--formats", "r")
    done = r(f"source({quoted(alone / 'r' / 'lees_verhalen.R')})")
    assert done.returncode == 1
    assert "verhalen.csv is er niet." in done.stderr
    assert "verhalen export --formats csv,r" in done.stderr


def test_a_table_of_another_export_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "ander.csv"
    other.write_text((folder / "verhalen.csv").read_text("utf-8").replace("vragenset", "lijst", 1), "utf-8")
    assert "heeft andere kolommen dan dit script" in refusal(folder, other)


def test_a_code_that_nobody_knows_is_refused_and_not_left_out(folder: Path, tmp_path: Path) -> None:
    first, *lines = (folder / "verhalen.csv").read_text("utf-8").splitlines()
    at = first.split(",").index("ervaring")
    assert at == first.count(",")
    other = tmp_path / "ander.csv"
    other.write_text("\n".join([first, lines[0].rpartition(",")[0] + ",77"]) + "\n", "utf-8")
    assert "Kolom ervaring heeft een onbekende code: 77" in refusal(folder, other)


def refusal(folder: Path, other: Path) -> str:
    """What the script says of another table, which it has to refuse."""
    done = r(f"source({quoted(folder / 'r' / 'lees_verhalen.R')}); lees_verhalen({quoted(other)})")
    assert done.returncode == 1
    return done.stderr
