"""The file of SPSS: what pyreadstat reads in it, and what only its bytes tell."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from dialogs.interview import Interview
from dialogs.library import Library
from dialogs.questions import OpenQuestion, StoryQuestion
from research.export.columns import Column, name_faults
from research.export.columns import Part as Of
from research.export.content import Content
from research.export.formats import spss
from research.export.formats.labelling import cut
from research.export.formats.spss_pieces import LONGEST, pieces
from research.export.formats.spss_syntax import syntax
from tests.research.sav import read_head
from tests.research.told import BEWONER, LIBRARY, SETS, nth, skipping, tell
from tests.research.written import clock_of, content_of, library_of, write

EMOJI = "😔"


def made(folder: Path, told: list[Interview], *, content: Content | None = None, library: Library = LIBRARY) -> Path:
    """The file of these stories."""
    return write(spss.opened, folder, told, content=content, library=library) / "spss" / "verhalen.sav"


def read(path: Path) -> tuple[dict[str, list[Any]], Any]:
    """All columns, and what is told about them."""
    return pyreadstat.read_sav(path, user_missing=True, output_format="dict")


def test_columns_have_labels_measures_formats_and_codes_that_count_as_missing(tmp_path: Path) -> None:
    found, about = read(made(tmp_path, [tell(BEWONER, nth(1)), tell(BEWONER, skipping)]))
    labels = about.column_names_to_labels
    assert labels["tijd"] == "Tijd: Waar ging de meeste tijd naartoe?"
    assert labels["tijd_b"] == "Tijd: 📄 Papieren en formulieren (procent)"
    assert labels["datum"] == "Dag van versturen"
    assert [about.original_variable_types[name] for name in ("tijd", "tijd_a", "datum")] == ["F3.0", "F3.0", "EDATE10"]
    measures = [
        about.variable_measure[name] for name in ("gevoel", "makkelijk", "makkelijk_waarde", "verhaal", "datum")
    ]
    assert measures == ["nominal", "ordinal", "scale", "nominal", "scale"]
    codes = about.variable_value_labels["makkelijk"]
    assert (codes[5], codes[888], codes[-97], codes[-99]) == (
        "Heel makkelijk",
        "🤷 Weet ik niet",
        "overgeslagen",
        "niet_gevraagd",
    )
    missing = [(item["lo"], item["hi"]) for item in about.missing_ranges["makkelijk"]]
    assert missing == [(-97, -97), (-98, -98), (-99, -99)]
    assert "tijd_a" not in about.missing_ranges
    assert set(found["datum"]) == {date(2026, 6, 1)}
    assert about.file_label == "Verhalen, uitvoer van 2026-06-01"
    assert about.notes[0].startswith("Wat elke kolom en elke code betekent")


def test_a_label_has_no_question_that_only_one_of_the_sets_asks_in_these_words(tmp_path: Path) -> None:
    _, about = read(made(tmp_path / "alle", [tell(BEWONER, nth(1))]))
    assert about.column_names_to_labels["stadsdeel"] == "Stadsdeel"
    assert about.column_names_to_labels["verhaal"] == "Verhaal"
    alone = content_of((BEWONER,))
    _, about = read(made(tmp_path / "een", [tell(BEWONER, nth(1))], content=alone))
    assert about.column_names_to_labels["stadsdeel"] == "Stadsdeel: Waar woont u?"


def test_a_file_without_stories_has_all_columns(tmp_path: Path) -> None:
    path = made(tmp_path, [])
    found, about = read(path)
    assert about.number_rows == 0
    assert list(found) == [item.name for item in content_of().variables]


@pytest.mark.parametrize("length", [63, 64, 2_268, 2_269, 8_000])
def test_the_segments_of_a_text_have_names_that_spss_takes_together(tmp_path: Path, length: int) -> None:
    words = EMOJI * length
    path = made(tmp_path, [tell(BEWONER, nth(0, words)), tell(BEWONER, nth(0, "kort"))])
    head = read_head(path)
    segments = [name for name, _ in head.segments]
    assert len(set(segments)) == len(segments)
    columns = dict(head.pieces())
    assert list(columns) == [item.name for item in content_of().variables]
    several = {column: names for column, names in columns.items() if len(names) > 1}
    assert {*several} == ({"titel", "verhaal"} if 4 * length > 255 else set())
    for column, names in several.items():
        assert {name[:5] for name in names} == {column[:5].upper()}
    assert len(columns["verhaal"]) == (1 if 4 * length <= 255 else -(-4 * length // 252))
    assert sorted(read(path)[0]["verhaal"]) == ["kort", words]


def test_a_column_of_text_keeps_its_five_letters_among_columns_with_a_like_name(tmp_path: Path) -> None:
    """ReadStat once gave the second segment of `uitleg` the name of the column `uitle1`."""
    called = {"titel": "uitleg", "samen": "uitle1", "wie": "uitle2"}
    renamed = BEWONER.model_copy(
        update={
            "questions": tuple(
                question.model_copy(update={"id": called.get(question.id, question.id)})
                for question in BEWONER.questions
            )
        }
    )
    told = [tell(renamed, nth(0, "ü" * 400))]
    path = made(tmp_path, told, content=content_of((renamed,)), library=library_of(renamed))
    columns = dict(read_head(path).pieces())
    assert len({*columns["uitleg"]} - {"UITLE1", "UITLE2"}) == len(columns["uitleg"]) == 4
    assert {name[:5] for name in columns["uitleg"]} == {"UITLE"}
    assert (columns["uitle1"], columns["uitle2"]) == (["UITLE1"], ["UITLE2"])
    assert read(path)[0]["uitleg"] == ["ü" * 400]


def test_a_text_that_is_too_long_for_spss_goes_on_in_further_columns(tmp_path: Path) -> None:
    longer = BEWONER.model_copy(
        update={
            "questions": tuple(
                question.model_copy(update={"max_chars": 50_000})
                if isinstance(question, StoryQuestion | OpenQuestion)
                else question
                for question in BEWONER.questions
            )
        }
    )
    words = ["é" + EMOJI * 20_000, "a " * 20_000 + "b", "x" * LONGEST, "x" * (LONGEST + 1), "kort"]
    told = [tell(longer, nth(0, text)) for text in words]
    path = made(tmp_path, told, content=content_of((longer,)), library=library_of(longer))
    found, about = read(path)
    texts = [name for name in found if name == "verhaal" or name.startswith("vrv")]
    assert about.column_names_to_labels["vrv01"] == "Titel, vervolg 1"
    of_story = [name for name in texts if about.column_names_to_labels[name].startswith("Verhaal")]
    assert [about.column_names_to_labels[name] for name in of_story] == [
        "Verhaal",
        "Verhaal, vervolg 1",
        "Verhaal, vervolg 2",
    ]
    together = ["".join(parts) for parts in zip(*(found[name] for name in of_story), strict=True)]
    assert sorted(together) == sorted(words)
    assert max(len(text.encode()) for name in texts for text in found[name]) <= LONGEST
    segments = [name for name, _ in read_head(path).segments]
    assert len(set(segments)) == len(segments)
    assert {column: {name[:5] for name in names} for column, names in read_head(path).pieces() if column in texts} == {
        column: {column[:5].upper()} for column in texts
    }


@pytest.mark.parametrize(
    "text", ["", "x" * LONGEST, "x" * 100_000, EMOJI * 20_000, "a" + " " * 70_000 + "b", "ab " * 40_000 + "c"]
)
def test_pieces_are_whole_characters_and_lose_nothing(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all(len(piece.encode()) <= LONGEST for piece in found)
    assert "".join(piece.rstrip(" ") for piece in found).replace(" ", "") == text.replace(" ", "")


def test_no_piece_ends_in_blanks_that_spss_would_drop() -> None:
    found = pieces(("x" * 32_760 + " " * 30) * 3 + "y")
    assert [piece.endswith(" ") for piece in found] == [False] * len(found)


@pytest.mark.parametrize("limit", [120, 255])
def test_a_label_is_cut_between_characters(limit: int) -> None:
    assert cut("x" + EMOJI * 100, limit) == "x" + EMOJI * ((limit - 1) // 4)
    assert cut("kort", limit) == "kort"


def test_long_labels_are_cut_to_what_spss_takes(tmp_path: Path) -> None:
    question = BEWONER.question("tijd")
    assert question.kind == "triad"
    options = tuple(item.model_copy(update={"label": f"{item.code}{EMOJI * 50}"}) for item in question.options)
    asked = question.model_copy(update={"text": "ë" * 300, "options": options})
    longer = BEWONER.model_copy(
        update={"questions": tuple(asked if item.id == "tijd" else item for item in BEWONER.questions)}
    )
    path = made(tmp_path, [tell(longer, nth(0))], content=content_of((longer,)), library=library_of(longer))
    _, about = read(path)
    label = about.column_names_to_labels["tijd"]
    assert label == f"Tijd: {'ë' * 124}"
    assert about.variable_value_labels["tijd"][1] == f"1{EMOJI * 29}"


def test_words_in_the_syntax_cannot_end_it(tmp_path: Path) -> None:
    question = BEWONER.question("tijd")
    assert question.kind == "triad"
    options = tuple(item.model_copy(update={"label": "d'r\nbij."}) for item in question.options)
    asked = question.model_copy(update={"options": options})
    other = BEWONER.model_copy(
        update={"questions": tuple(asked if item.id == "tijd" else item for item in BEWONER.questions)}
    )
    assert "VARIABLE LABELS tijd_a_telt 'd''r bij.'.\n" in syntax(content_of((other,)))


def test_without_a_triangle_the_syntax_says_so() -> None:
    alone = BEWONER.model_copy(update={"questions": tuple(item for item in BEWONER.questions if item.kind != "triad")})
    assert syntax(content_of((alone,))).endswith("\n* In deze uitvoer zijn geen driehoeken.\n")


def test_a_text_whose_first_letters_are_those_of_another_column_is_told() -> None:
    texts = [Column("verhaal_uitleg", "verhaal_uitleg", Of.TEXT)]
    assert name_faults(texts) == [
        "'verhaal_uitleg' begint met dezelfde acht letters als een andere kolom: dat kan SPSS niet aan."
    ]


def test_the_same_stories_give_the_same_bytes_whatever_the_clock_says(tmp_path: Path) -> None:
    told = [tell(item, nth(number)) for item in SETS for number in range(3)]
    at = datetime(2026, 3, 1, 23, 30, 59, tzinfo=UTC)
    content = replace(content_of(), at=at)
    with clock_of("Pacific/Kiritimati"):
        first = made(tmp_path / "een", told, content=content)
    with clock_of("Pacific/Niue"):
        second = made(tmp_path / "twee", told, content=content)
    assert first.read_bytes() == second.read_bytes()
    assert read_head(first).stamp == "01 Mar 2623:30:59"
