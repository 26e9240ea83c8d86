"""The database for Datasette, as Datasette and SQLite read it."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dialogs.interview import Answer, Part
from research.export.formats import datasette
from research.export.formats.datasette import FILE, METADATA
from tests.research.alike import check_database
from tests.research.kept import RAW, House, build, export, story_id
from tests.research.others import other
from tests.research.test_files import HOSTILE
from tests.research.told import BEWONER, BLANK, MEDEWERKER, SETS, every_option, nth, tell
from tests.research.written import content_of, write

SAID = [
    "Ik kreeg een brief.",
    "Zij belden terug over de BRIEF, dat hielp.",
    "Over mijn buurvrouw.",
    "Het café hielp mij.",
]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Stories that differ in words, and every option."""
    told = [tell(BEWONER, nth(number, words)) for number, words in enumerate(SAID)]
    remarked = told[2].having(Answer("gevoel", option="blij", parts=(Part("van die brief"),), done=True))
    return build(tmp_path / "huis", [*told[:2], remarked, told[3], *every_option()])


def asked(folder: Path, path: str, **query: str) -> dict[str, object]:
    """What Datasette answers to somebody who asks for this page as JSON."""
    address = f"/verhalen/{path}.json?{urlencode({**query, '_shape': 'objects'})}"
    answered = other("datasette", FILE, "-m", METADATA, "--get", address, folder=folder)
    assert answered.returncode == 0, answered.stdout + answered.stderr
    found = json.loads(answered.stdout)
    assert isinstance(found, dict), answered.stdout
    return found


def rows(found: dict[str, object]) -> list[dict[str, object]]:
    """Those on the page."""
    some = found["rows"]
    assert isinstance(some, list), found
    return some


def test_every_story_and_answer_is_a_row_with_the_cells_of_the_tables(house: House, tmp_path: Path) -> None:
    check_database(export(house, tmp_path / "uit", "--formats", "csv,datasette"))


def test_datasette_finds_the_stories_with_a_word_and_no_others(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "datasette")
    for word, expected in (("brief", {0, 1}), ("cafe", {3}), ("zeppelin", set())):
        found = {row["verhaal_id"] for row in rows(asked(folder, "verhalen", _search=word, _size="max"))}
        assert found == {story_id(number) for number in expected}, word
    remarks = rows(asked(folder, "antwoorden", _search="brief", _size="max"))
    assert {(row["verhaal_id"], row["vraag"]) for row in remarks} == {
        *((story_id(number), part) for number in (0, 1) for part in ("titel", "verhaal")),
        (story_id(2), "gevoel"),
    }


def test_datasette_counts_and_leads_from_an_answer_to_its_story(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "datasette")
    found = asked(folder, "verhalen", _facet="stadsdeel", _size="1")
    assert found["filtered_table_rows_count"] == len(SAID) + len(every_option())
    facets = found["facet_results"]
    assert isinstance(facets, dict), found
    with closing(sqlite3.connect(folder / FILE)) as work:
        counted = dict(work.execute("SELECT stadsdeel, count(*) FROM verhalen GROUP BY 1"))
    assert {item["value"]: item["count"] for item in facets["stadsdeel"]["results"]} == counted
    answers = asked(folder, "antwoorden", _labels="on", vraag="gevoel", verhaal_id=story_id(1))
    assert rows(answers)[0]["verhaal_id"] == {"value": story_id(1), "label": SAID[1]}


def test_the_page_explains_its_columns_in_dutch_and_says_what_a_number_is_of(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "datasette")
    page = other("datasette", FILE, "-m", METADATA, "--get", "/verhalen/antwoorden?aandeel_a__gte=30", folder=folder)
    assert "Antwoorden: een rij voor elke vraag van elk verhaal" in page.stdout
    assert "Deel van de eerste hoek (procent)" in page.stdout
    assert "34&nbsp;%" in page.stdout


def test_the_file_is_whole_has_no_page_of_something_else_and_no_time_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = every_option()
    write(datasette.opened, tmp_path / "een", told)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    write(datasette.opened, tmp_path / "twee", told)
    names = sorted(path.name for path in (tmp_path / "een" / "datasette").iterdir())
    assert names == ["metadata.json", "verhalen.db"]
    for name in (FILE, METADATA):
        assert (tmp_path / "een" / name).read_bytes() == (tmp_path / "twee" / name).read_bytes(), name
        assert (tmp_path / "een" / name).stat().st_mode & 0o777 == 0o600, name
    with closing(sqlite3.connect(tmp_path / "een" / FILE)) as work:
        state = {name: work.execute(f"PRAGMA {name}").fetchone()[0] for name in _PRAGMAS}
        assert state == _PRAGMAS
        assert work.execute("PRAGMA foreign_key_check").fetchall() == []
        for name in ("verhalen_fts", "antwoorden_fts"):
            work.execute(" ".join(("INSERT INTO", f"{name}({name}, rank)", "VALUES ('integrity-check', 1)")))


_PRAGMAS = {
    "integrity_check": "ok",
    "freelist_count": 0,
    "user_version": 1,
    "page_size": 4096,
    "journal_mode": "delete",
}


def test_hostile_words_are_words_without_what_turns_or_hides(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0, words)) for words in HOSTILE]
    write(datasette.opened, tmp_path / "uit", told)
    with closing(sqlite3.connect(tmp_path / "uit" / FILE)) as work:
        found = dict(work.execute("SELECT verhaal_id, verhaal FROM verhalen"))
        answers = dict(work.execute("SELECT verhaal_id, tekst FROM antwoorden WHERE vraag = 'verhaal'"))
    shown = [words.translate({0x202E: None, 0x202C: None, 0x2028: "\n", 0x2029: "\n", 0x85: "\n"}) for words in HOSTILE]
    assert found == answers == {story_id(number): words for number, words in enumerate(shown)}


def test_a_word_to_search_for_is_never_a_command(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "datasette")
    for word in ('verhaal:"brief OR -', "'; DROP TABLE verhalen; --"):
        assert "rows" in asked(folder, "verhalen", _search=word), word


def test_sets_without_words_or_with_one_column_can_be_made_too(tmp_path: Path) -> None:
    about = content_of()
    coded = tuple(item for item in about.variables if item.name == "verhaal_id")
    with datasette.opened(_made(tmp_path / "kaal"), replace(about, variables=coded)) as writer:
        assert writer.rows() == {}
    with closing(sqlite3.connect(tmp_path / "kaal" / FILE)) as work:
        found = {row[0] for row in work.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"verhalen", "antwoorden", "codeboek"} <= found
    assert "verhalen_fts" not in found


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_several_sets_stand_in_one_table(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0)), tell(MEDEWERKER, nth(0), replace(BLANK, teller="b71e90d2"))]
    write(datasette.opened, tmp_path / "uit", told, content=content_of(SETS))
    with closing(sqlite3.connect(tmp_path / "uit" / FILE)) as work:
        found = dict(work.execute("SELECT vragenset, kracht FROM verhalen"))
    assert found["bewoner"] == -99
    assert found["medewerker"] > 0


def test_a_full_disk_is_told_as_for_any_other_file(tmp_path: Path) -> None:
    long_stories = [tell(BEWONER, nth(0, "Een zin die lang is. " * 380)) for _ in range(10)]
    house, target = build(tmp_path / "huis", long_stories), tmp_path / "uit"
    wanted = ["--out", str(target), "--config", str(house.config), *RAW, "--formats", "datasette"]
    # A limit of 100 blocks of 512 bytes a file does to this process what a full disk does.
    command = ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh", sys.executable, "-m", "research", "export", *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "De schijf is vol, of het bestand wordt te groot. Er is niets uitgevoerd.\n",
    )
    assert not target.exists()
