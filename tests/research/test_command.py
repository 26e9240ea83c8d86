"""The command itself: what it is told by, and what it says when that does not fit."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from research.__main__ import run
from research.faults import ConfigurationFault
from research.settings import read_settings
from storage.opening import open_database
from storage.secrets import create_key_file
from storage.settings import StorageSettings
from tests.research.kept import PLAIN, RAW, House, build, manifest, table
from tests.research.told import BEWONER, nth, tell


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A database with one story in it."""
    return build(tmp_path / "huis", [tell(BEWONER, nth(0))])


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and what was said on stderr; nothing may have been said on stdout."""
    code = run(arguments)
    said = capsys.readouterr()
    assert said.out == ""
    return code, said.err


def test_settings_come_from_the_file_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "vertelbot.toml"
    file.write_text(
        '[storage]\nurl = "sqlite:///een.db"\nkey_file = "een.key"\n[telegram]\nveel = 1\n[study]\ncontact = "u"\n'
    )
    monkeypatch.setenv("VERTELBOT_TELEGRAM__TOKEN", "geheim")
    assert read_settings(file).storage == StorageSettings(url="sqlite:///een.db", key_file=Path("een.key"))
    monkeypatch.setenv("VERTELBOT_STORAGE__URL", "sqlite:///twee.db")
    assert read_settings(file).storage == StorageSettings(url="sqlite:///twee.db", key_file=Path("een.key"))


def test_without_a_file_the_settings_are_those_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_settings().storage == StorageSettings()
    (tmp_path / "config.toml").write_text('[storage]\nkey_file = "elders.key"\n')
    assert read_settings().storage.key_file == Path("elders.key")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[storage]\nurll = 'x'", "storage.urll: deze instelling bestaat niet"),
        ("[storage]\nurl = 7", "storage.url: hier hoort tekst"),
        ("storage = 7", "storage: hier hoort een tabel"),
        ("[storage", "regel 1: hier mist een ]"),
    ],
)
def test_a_fault_in_the_file_is_told(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content)
    with pytest.raises(ConfigurationFault, match=sentence):
        read_settings(file)


def test_a_fault_in_the_environment_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERTELBOT_STORAGE__URLL", "sqlite:///geheim.db")
    with pytest.raises(ConfigurationFault, match=r"VERTELBOT_STORAGE__URLL.*bestaat niet") as told:
        read_settings()
    assert "geheim" not in str(told.value)
    monkeypatch.delenv("VERTELBOT_STORAGE__URLL")
    monkeypatch.setenv("VERTELBOT_STORAGE", "{geheim")
    with pytest.raises(ConfigurationFault, match="VERTELBOT_STORAGE__URL"):
        read_settings()


def test_a_file_that_was_named_but_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = tmp_path / "weg.toml"
    code, error = refusal(capsys, "export", "--out", str(tmp_path / "uit"), "--config", str(gone), *RAW)
    assert (code, error) == (
        78,
        f"{gone}: dit bestand is er niet. Kopieer config.example.toml of laat --config weg.\n",
    )


def test_an_unknown_set_is_told_with_those_there_are(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    target = house.folder / "uit"
    code, error = refusal(
        capsys, "export", "--out", str(target), "--set", "buurman", "--config", str(house.config), *RAW
    )
    assert (code, error) == (
        78,
        "De vragenlijst 'buurman' bestaat niet. Kies uit: bewoner, medewerker, professional.\n",
    )
    assert not target.exists()


def test_keys_of_another_database_are_told(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.key_file.unlink()
    create_key_file(house.key_file)
    assert exported(house, capsys) == (
        78,
        "De sleutels horen niet bij deze database. Gebruik het sleutelbestand waarmee zij is gemaakt.\n",
    )


def test_a_missing_key_file_is_told(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.key_file.unlink()
    assert exported(house, capsys) == (78, f"Er is geen sleutelbestand in {house.key_file}.\n")


def test_a_missing_database_is_told_and_not_made(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (house.folder / "data").iterdir():
        path.unlink()
    code, error = exported(house, capsys)
    assert (code, error) == (78, f"Er is geen database in {house.folder / 'data' / 'vertelbot.db'}.\n")
    assert list((house.folder / "data").iterdir()) == []


def test_a_database_that_was_never_set_up_is_told(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (house.folder / "data").iterdir():
        path.unlink()
    asyncio.run(_touch(house))
    code, error = exported(house, capsys)
    assert (code, error) == (
        78,
        "De database is nog niet bijgewerkt voor dit programma. Start eerst Vertelbot: make run.\n",
    )


async def _touch(house: House) -> None:
    await (await open_database(house.url)).close()


def exported(house: House, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What comes of an export that has to fail; it leaves nothing."""
    target = house.folder / "uit"
    refused = refusal(capsys, "export", "--out", str(target), "--config", str(house.config), *RAW)
    assert not target.exists()
    return refused


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("export", "Zeg in welke nieuwe map de bestanden moeten komen, zoals: --out uitvoer"),
        ("export --uit x", "De optie --uit bestaat niet. Uitleg: verhalen export --help"),
        ("export --out", "Achter --out hoort iets te staan. Uitleg: verhalen --help"),
        ("export --out x y", "Deze opdracht bestaat niet, of er staat te veel achter. Uitleg: verhalen export --help"),
        ("vertel", "Deze opdracht bestaat niet, of er staat te veel achter. Uitleg: verhalen --help"),
    ],
)
def test_a_command_that_was_typed_wrong_is_told_in_dutch(
    typed: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal(capsys, *typed.split()) == (2, sentence + "\n")


def test_what_is_called_locked_is_locked(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("uit.age", "uit.zip.age"):
        code, said = refusal(capsys, "export", "--out", str(house.folder / name), "--config", str(house.config), *RAW)
        assert (code, said) == (
            2,
            "Een bestand dat op .age eindigt, is versleuteld. Zeg voor wie, met --encrypt-to.\n",
        )
        assert not (house.folder / name).exists()


@pytest.mark.parametrize("typed", ["", "--help", "export --help"])
def test_the_help_is_dutch(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(typed.split()) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Gebruik: verhalen")
    assert [word for word in ("Usage", "Options", "Commands", "Show this", "COMMAND", "TEXT") if word in shown] == []


def test_the_program_itself_exports_and_says_so_without_a_bar_where_nobody_looks(house: House) -> None:
    target = house.folder / "uit"
    command = [sys.executable, "-m", "research", "export", "--out", str(target), *RAW, "--formats", PLAIN]
    settings = {"VERTELBOT_STORAGE__URL": house.url, "VERTELBOT_STORAGE__KEY_FILE": str(house.key_file)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **settings})
    snapshot = manifest(target)["momentopname"]
    said = f"1 verhaal staat in {target}. Momentopname: {snapshot}\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    assert len(table(target / "verhalen.csv")) == 1


def test_a_server_that_is_away_gives_the_code_after_which_one_may_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    create_key_file(tmp_path / "secrets" / "vertelbot.key")
    monkeypatch.setenv("VERTELBOT_STORAGE__URL", "postgresql://jan:geheim@localhost:1/db")
    monkeypatch.setenv("VERTELBOT_STORAGE__KEY_FILE", str(tmp_path / "secrets" / "vertelbot.key"))
    code, said = refusal(capsys, "export", "--out", str(tmp_path / "uit"))
    assert code == 70
    assert said.startswith("De databaseserver is niet te bereiken.")
