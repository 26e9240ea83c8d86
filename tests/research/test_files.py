"""What the files of an export are like, each by itself and beside the others."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dialogs.interview import Answer, Language, Part, Visit
from dialogs.questions import OpenQuestion
from research.export.codebook import entries
from research.export.columns import NAME, RESERVED, Column, columns, name_faults
from research.export.columns import Part as Of
from research.export.fixed import FIXED
from research.export.variables import variables
from tests.research.alike import check_nested
from tests.research.containers import everything
from tests.research.kept import (
    CHAT,
    House,
    answer,
    build,
    export,
    interview_id,
    made,
    nested,
    receipt,
    story_id,
    table,
)
from tests.research.told import BEWONER, BLANK, MEDEWERKER, SETS, every_option, nth, remarking, tell

FILES = [
    "CITATION.cff",
    "LEESMIJ.md",
    "antwoorden.csv",
    "codeboek.csv",
    "codeboek.xlsx",
    "datapackage.json",
    "ingetrokken.csv",
    "manifest.json",
    "verhalen.csv",
    "verhalen.jsonl",
    "vragensets/bewoner-1.json",
    "vragensets/medewerker-1.json",
    "vragensets/professional-1.json",
]

HOSTILE = [
    'regel een\nregel twee, met "aanhalingstekens"\n\n',
    "=cmd|'/c calc'!A1",
    "+31 20 5551234",
    "-97",
    "@SUM(1+1)*2",
    "👩‍👩‍👧‍👦 met z'n vieren 🇳🇱",
    "مرحبا كيف حالك \u202eabc\u202c",
    "a\u2028b\u2029c\u0085d",
    "tab\there; puntkomma, komma | streep",
    '"',
    "';--<script>&amp;{}[]\\n\\",
    "ÀÉÎõü ẞ ﬁ Ǆ",
]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Stories with every option, some with remarks, in some language and in none; one was taken back."""
    turkish = replace(BLANK, language=Language("tr", 100, "herkend"))
    told = [tell(BEWONER, remarking("zo was het"), turkish), tell(MEDEWERKER, nth(1)), *every_option()]
    return build(tmp_path / "huis", [tell(BEWONER, nth(0)), *told], withdrawn=1)


def test_the_files_say_the_same(house: House, tmp_path: Path) -> None:
    check_nested(export(house, tmp_path / "uit"))


def test_stories_stand_in_the_order_of_their_random_ids(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit")
    ids = [line["verhaal_id"] for line in table(folder / "verhalen.csv")]
    assert ids == sorted(ids)
    assert ids == [story["verhaal_id"] for story in nested(folder)]
    assert ids == list(dict.fromkeys(line["verhaal_id"] for line in table(folder / "antwoorden.csv")))


def test_hostile_words_come_out_as_they_went_in(tmp_path: Path) -> None:
    told = [
        tell(BEWONER, nth(0, words)).having(Answer("gevoel", option="blij", parts=(Part(words),), done=True))
        for words in HOSTILE
    ]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    remarks = {
        line["verhaal_id"]: line["opmerking"] for line in table(folder / "antwoorden.csv") if line["vraag"] == "gevoel"
    }
    trees = {story["verhaal_id"]: answer(story, "verhaal")["tekst"] for story in nested(folder)}
    for number, words in enumerate(HOSTILE):
        key = story_id(number)
        assert [wide[key]["verhaal"], wide[key]["titel"], remarks[key], trees[key]] == [words] * 4


def test_a_line_of_the_nested_file_is_a_line_for_every_program(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0, "a\u2028b\u2029c"))]), tmp_path / "uit")
    assert len((folder / "verhalen.jsonl").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("name", ["verhalen.csv", "antwoorden.csv", "codeboek.csv", "ingetrokken.csv"])
def test_a_csv_is_utf_8_without_a_mark_with_commas_and_unix_line_ends(house: House, tmp_path: Path, name: str) -> None:
    content = (export(house, tmp_path / "uit") / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}


def test_every_code_is_a_whole_number(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit")
    coded = [column.name for column in columns(SETS) if column.part is not Of.TEXT]
    cells = {line[name] for line in table(folder / "verhalen.csv") for name in coded}
    assert all(cell == "" or cell.lstrip("-").isdecimal() for cell in cells)
    always = [column.name for column in columns(SETS) if column.part is Of.CODE]
    assert all(line[name] for line in table(folder / "verhalen.csv") for name in always)


def test_the_codebook_explains_every_column_and_every_code(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit")
    book = table(folder / "codeboek.csv")
    for name in ("verhalen.csv", "antwoorden.csv", "ingetrokken.csv"):
        explained_here = dict.fromkeys(line["kolom"] for line in book if line["bestand"] == name)
        assert list(explained_here) == list(table(folder / name)[0])
    explained = {(line["kolom"], line["vragenset"], line["code"]): line for line in book}
    for story in table(folder / "verhalen.csv"):
        for column in columns(SETS):
            code = story[column.name]
            if column.part is Of.CODE:
                asked_in = "" if code.startswith("-") else story["vragenset"]
                assert explained[column.name, asked_in, code]["label"]


def test_the_codebook_says_what_was_asked_and_what_each_number_stands_for() -> None:
    book = {(item.kolom, item.vragenset, item.code): item for item in entries(SETS)}
    warm = book["makkelijk", "bewoner", 4]
    assert (warm.vraagtekst, warm.label, warm.waarde) == (
        "Was het makkelijk of moeilijk om hulp te krijgen?",
        "Makkelijk",
        75,
    )
    assert book["tijd_b", "bewoner", None].label == "📄 Papieren en formulieren"
    assert book["tijd", "bewoner", 5].betekenis == "Aandelen: 50, 0, 50."
    assert book["verhaal_vraag", "professional", 11].vraagtekst.startswith("Denk aan een moment")
    assert {book["gevoel", "", code].label for code in (-97, -98, -99)} == {
        "overgeslagen",
        "niet_van_toepassing",
        "niet_gevraagd",
    }


def test_names_of_columns_suit_every_program() -> None:
    names = [variable.name for variable in variables(FIXED, columns(SETS), SETS)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not NAME.fullmatch(name) or name in RESERVED] == []
    texts = [column.name for column in columns(SETS) if column.part is Of.TEXT]
    assert texts == ["titel", "verhaal"]
    assert len({name[:5] for name in texts}) == len(texts)


def test_a_name_that_some_program_cannot_read_is_told() -> None:
    def words(name: str) -> Column:
        return Column(name, name, Of.TEXT)

    assert name_faults([words("titel"), words("titels")]) == [
        "Twee vragen met eigen woorden beginnen met 'titel': dat kan SPSS niet aan."
    ]
    assert name_faults([words("week")]) == ["De kolom 'week' zou er twee keer zijn. Geef een vraag een andere id."]
    assert name_faults([words("with"), words("Één")]) == ["'with' kan geen kolom heten.", "'Één' kan geen kolom heten."]


def test_a_question_that_was_first_open_and_then_closed_is_told() -> None:
    opened = OpenQuestion(id="gevoel", name="Gevoel", kind="open", text="Wat voelt u?", max_chars=80)
    later = BEWONER.model_copy(update={"version": 2, "questions": (opened, BEWONER.questions[-1])})
    with pytest.raises(Exception, match="De kolom 'gevoel' zou er twee keer zijn"):
        columns([BEWONER, later])


@pytest.mark.parametrize(
    ("at", "day", "week"),
    [
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), "2026-03-29", "2026-W13"),
        (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), "2026-03-30", "2026-W14"),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), "2026-10-24", "2026-W43"),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "2026-10-25", "2026-W43"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-01-01", "2026-W53"),
        (datetime(2024, 12, 30, 12, 0, tzinfo=UTC), "2024-12-30", "2025-W01"),
    ],
)
def test_the_day_is_that_of_amsterdam_and_the_week_that_of_iso(
    tmp_path: Path, at: datetime, day: str, week: str
) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0))], at=at), tmp_path / "uit")
    line = table(folder / "verhalen.csv")[0]
    assert (line["datum"], line["week"]) == (day, week)


def test_what_is_known_besides_the_answers_comes_along(tmp_path: Path) -> None:
    told = [
        tell(
            BEWONER, nth(0), replace(BLANK, teller="b71e90d2", link="noord7", role="bewoner", quote=True, channel="web")
        ),
        tell(BEWONER, nth(0), replace(BLANK, teller="b71e90d2")),
    ]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    lines = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    names = ("kanaal", "link", "rol", "citeren", "toestemming_tekst", "toestemming_versie")
    assert [lines[story_id(0)][name] for name in names] == [
        "web",
        "noord7",
        "bewoner",
        "1",
        "ALG.toestemming",
        "9f86d081",
    ]
    assert [lines[story_id(1)][name] for name in names[:4]] == ["telegram", "", "", "0"]


def test_stories_of_one_teller_can_be_seen_to_be_so_and_not_who_that_is(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0), replace(BLANK, teller=teller)) for teller in ("b71e90d2", "b71e90d2", "ander")]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    lines = {line["verhaal_id"]: line["verteller"] for line in table(folder / "verhalen.csv")}
    first, second, third = (lines[story_id(number)] for number in range(3))
    assert first == second != third
    assert not {"b71e90d2", "ander"} & {first, third}


SPOKEN = {
    "the words tell it": (Language("nl", 100, "herkend"), ("nl", "100", "herkend")),
    "the letters tell it": (Language("arab", None, "schrift"), ("arab", "", "schrift")),
    "only the app tells it": (Language("pt", None, "telegram"), ("pt", "", "telegram")),
    "nobody knows": (Language(), ("", "", "")),
    "nobody asked": (None, ("", "", "")),
}


@pytest.mark.parametrize("kind", SPOKEN)
def test_the_language_comes_with_what_told_it_and_a_percentage_only_where_it_was_measured(
    tmp_path: Path, kind: str
) -> None:
    language, expected = SPOKEN[kind]
    told = tell(BEWONER, nth(0), replace(BLANK, language=language))
    folder = export(build(tmp_path / "huis", [told]), tmp_path / "uit")
    [line], [tree] = table(folder / "verhalen.csv"), nested(folder)
    names = ("taal", "taal_kans", "taal_bron")
    assert tuple(line[name] for name in names) == expected
    certainty = language.certainty if language else None
    assert [tree[name] for name in names] == [expected[0] or None, certainty, expected[2] or None]


def test_whether_somebody_helped_stands_beside_the_role_and_its_codes_have_labels(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0), replace(BLANK, helped=helped)) for helped in (True, False)]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    lines = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    assert [lines[story_id(number)]["geholpen"] for number in range(2)] == ["1", "0"]
    assert {story["verhaal_id"]: story["geholpen"] for story in nested(folder)} == {story_id(0): 1, story_id(1): 0}
    names = list(lines[story_id(0)])
    assert names[names.index("rol") :][:6] == ["rol", "geholpen", "helper", "eigen_team", "proef", "taal"]
    book = [(line["code"], line["label"]) for line in table(folder / "codeboek.csv") if line["kolom"] == "geholpen"]
    assert book == [("", ""), ("1", "ja"), ("0", "nee")]


def test_of_a_visit_it_is_told_as_whom_somebody_helped_and_whether_it_was_about_their_own_team(tmp_path: Path) -> None:
    visits = (Visit("k7wm3xq9pt", "buurtteam", True), Visit("k7wm3xq9pt", "vrijwilliger", False), None)
    told = [tell(BEWONER, nth(0), replace(BLANK, helped=True, visit=visit)) for visit in visits]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    lines = {line["verhaal_id"]: (line["helper"], line["eigen_team"]) for line in table(folder / "verhalen.csv")}
    assert [lines[story_id(number)] for number in range(3)] == [("buurtteam", "1"), ("vrijwilliger", "0"), ("", "")]
    assert "k7wm3xq9pt" not in everything(folder)


def test_the_codebook_warns_that_a_sure_language_may_be_wrong() -> None:
    meanings = {item.kolom: item.betekenis for item in entries(SETS) if item.code is None}
    assert "geen kans dat het klopt" in meanings["taal_kans"]
    assert "taal van de app" in meanings["taal_bron"]


def test_nothing_leads_back_to_a_chat_a_draft_or_a_receipt(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(number), replace(BLANK, link="noord7")) for number in range(4)]
    house = build(tmp_path / "huis", told, withdrawn=1, drafts=2)
    folder = export(house, tmp_path / "uit")
    assert sorted(made(folder)) == FILES
    content = {name: path.read_bytes() for name, path in made(folder).items()}
    secret = [CHAT, "81001", "81002", *map(receipt, range(4)), *map(interview_id, range(4))]
    assert [word for word in secret if word.encode() in b"".join(content.values())] == []
    assert [name for name in FILES if story_id(0).encode() in content[name]] == ["ingetrokken.csv"]
    assert [name for name in FILES if story_id(1).encode() in content[name]] == [
        "antwoorden.csv",
        "verhalen.csv",
        "verhalen.jsonl",
    ]
