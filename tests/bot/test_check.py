"""Whether `vertelbot check` sees all that a start would stumble over, in every corner at once, and touches nothing."""

import asyncio
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from storage.secrets import create_key_file
from tests.bot.command import COMMAND, Folder
from tests.talk.players import StepPlayer
from tests.talk.script import read

TOKEN = "123:TEST"
UNREACHABLE = "http://127.0.0.1:9"
NO_DATABASE = b"dit is geen database " * 500


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def given(folder: Folder, settings: Mapping[str, str]) -> Folder:
    """The same folder with more in the environment."""
    return Folder(folder.place, {**folder.environment, **settings})


def contents(folder: Folder) -> Mapping[str, bytes]:
    """Every file and what is in it."""
    return {name: (folder.place / name).read_bytes() for name in folder.files()}


def test_what_is_wrong_in_every_corner_is_told_in_one_go(folder: Folder) -> None:
    (folder.place / "config.toml").write_text(f'[telegram]\ntoken = "{TOKEN}"\npoll_seconds = 99\n[kleur]\nrood = 1\n')
    create_key_file(folder.key_file)
    folder.key_file.chmod(0o644)
    folder.database.parent.mkdir()
    folder.database.write_bytes(NO_DATABASE)
    environment = {name: value for name, value in folder.environment.items() if not name.endswith("__CONTACT")}
    before = contents(folder)
    shown = Folder(folder.place, {**environment, "VERTELBOT_LOG__LEVEL": "LUID"}).run("check")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert sorted(shown.stderr.splitlines()) == [
        "",
        "6 fouten.",
        "Anderen kunnen bij het sleutelbestand. Doe eerst: chmod 600 secrets/vertelbot.key",
        "Dit bestand is geen database, of het is beschadigd. (SQLITE_NOTADB)",
        "VERTELBOT_LOG__LEVEL: deze keuze bestaat niet. Zie config.example.toml.",
        "config.toml: kleur: deze instelling bestaat niet. Zie config.example.toml.",
        "config.toml: telegram.poll_seconds: dit getal is te hoog. Zie config.example.toml.",
        "study.contact: dit is nog niet ingevuld, en bewoners lezen het wel. Vul het in in config.toml.",
    ]
    assert contents(folder) == before


def test_a_group_that_is_faulty_itself_is_told_once_and_the_other_is_still_looked_at(folder: Folder) -> None:
    create_key_file(folder.key_file)
    shown = given(folder, {"VERTELBOT_STUDY__CONCEPT_DAGEN": "99"}).run("check")
    first, second = shown.stderr.splitlines()[:2]
    assert first.startswith("VERTELBOT_STUDY__CONCEPT_DAGEN: dit getal is te hoog.")
    assert second.startswith("data/vertelbot.db: de database is er niet of is leeg, maar het sleutelbestand wel.")
    assert shown.stderr.endswith("\n2 fouten.\n")
    (folder.place / "config.toml").write_text("[storage]\nurll = 'x'\n")
    shown = folder.run("check")
    assert shown.stderr == (
        "config.toml: storage.urll: deze instelling bestaat niet. Zie config.example.toml.\n\n1 fout.\n"
    )


BEFORE_THE_FIRST_START = {
    "a database of another kind": ({"VERTELBOT_STORAGE__URL": "mysql://x/y"}, "Deze soort database kan nog niet"),
    "no database at all": ({"VERTELBOT_STORAGE__URL": "verhalen.db"}, "Deze soort database kan nog niet"),
    "a database inside a file": ({"VERTELBOT_STORAGE__URL": "sqlite:///bestand/a.db"}, "bestand is geen map."),
    "a key inside a file": ({"VERTELBOT_STORAGE__KEY_FILE": "bestand/map/sleutel"}, "bestand is geen map."),
}


@pytest.mark.parametrize("kind", BEFORE_THE_FIRST_START)
def test_what_a_first_start_would_stumble_over_is_told_before_it(folder: Folder, kind: str) -> None:
    settings, sentence = BEFORE_THE_FIRST_START[kind]
    (folder.place / "bestand").touch()
    faulty = given(folder, {**settings, "VERTELBOT_TELEGRAM__TOKEN": TOKEN, "VERTELBOT_TELEGRAM__API_URL": UNREACHABLE})
    checked = faulty.run("check")
    assert (checked.returncode, checked.stdout) == (78, "")
    assert checked.stderr.endswith("\n1 fout.\n")
    assert sentence in checked.stderr
    assert folder.files() == ["bestand"]
    started = faulty.run("start")
    assert (started.returncode, started.stdout) == (78, "")
    assert len(started.stderr.splitlines()) == 1


# What the terminal chat is to write.


def test_a_recording_that_cannot_be_written_is_told_before_the_conversation(folder: Folder) -> None:
    shown = folder.run("chat", "--record", "weg/gesprek.txt", lines="ja\n")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert shown.stderr.startswith("weg/gesprek.txt: hierin kan niet worden geschreven")
    assert folder.files() == []


def from_file(folder: Folder, lines: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    """The command with a file as its standard input."""
    surroundings = folder.whole_environment()
    with lines.open("rb") as file:
        return subprocess.run(
            [*COMMAND, *words], cwd=folder.place, env=surroundings, stdin=file, capture_output=True, check=False
        )


async def test_lines_from_a_file_are_a_conversation_that_the_rules_play_again(folder: Folder) -> None:
    lines = folder.place / "regels.txt"
    lines.write_text("1\nHet regende binnen.\nklaar\nklaar\noverslaan\n2\nstop\n1", encoding="utf-8")
    done = await asyncio.to_thread(from_file, folder, lines, "chat", "--set", "bewoner", "--record", "gesprek.txt")
    assert (done.returncode, done.stderr) == (0, b"")
    assert folder.files() == ["gesprek.txt", "regels.txt"]
    script, player = read(folder.place / "gesprek.txt"), StepPlayer()
    assert script.turns[-1].expected[-1] == "= weggegooid"
    for turn in script.turns:
        assert [line.rstrip() for line in await player.play(turn.action)] == [line.rstrip() for line in turn.expected]


def test_a_database_that_cannot_be_made_leaves_no_keys_behind(folder: Folder) -> None:
    refused = given(folder, {"VERTELBOT_STORAGE__URL": "sqlite:///:memory:"}).run("chat")
    assert refused.returncode == 78
    assert folder.files() == []
    assert folder.run("chat").returncode == 0
