"""Whether `vertelbot check` sees all that a start would stumble over, in every corner at once, and touches nothing."""

import asyncio
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import readiness
from bot.__main__ import checked
from bot.check import of_phones, warnings
from bot.readiness import NO_WAY
from bot.settings import Settings, StudySettings, TelegramSettings
from dialogs.load import load_phones
from dialogs.phones import FRESH, Phone, PhoneBook
from storage.secrets import create_key_file
from tests.bot.command import COMMAND, ROOT, Folder, filled_in
from tests.talk.players import StepPlayer
from tests.talk.script import read

TOKEN = "123:TEST"
UNREACHABLE = "http://127.0.0.1:9"
NO_DATABASE = b"dit is geen database " * 500
WARNING = "Let op: "
PHONES = load_phones().phones
NEWEST = max(phone.checked for phone in PHONES)
ALL_OLD = NEWEST + FRESH + timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def given(folder: Folder, settings: Mapping[str, str]) -> Folder:
    """The same folder with more in the environment."""
    return Folder(folder.place, {**folder.environment, **settings})


def faults_in(told: str) -> list[str]:
    """The lines of stderr but for warnings: whether there are any depends on the day on which the tests run."""
    return [line for line in told.splitlines() if not line.startswith(WARNING)]


def contents(folder: Folder) -> Mapping[str, bytes]:
    """Every file and what is in it."""
    return {name: (folder.place / name).read_bytes() for name in folder.files()}


@pytest.mark.parametrize(
    ("token", "bot_link", "is_told"), [("123:TEST", "", True), ("123:TEST", "t.me/vertel", False), (None, "", False)]
)
def test_a_bot_without_its_own_address_is_told_of(token: str | None, bot_link: str, is_told: bool) -> None:
    secret = SecretStr(token) if token else None
    found = Settings(telegram=TelegramSettings(token=secret), study=StudySettings(bot_link=bot_link))
    assert (f"Let op: {NO_WAY}" in readiness.warnings(found)) is is_told


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
    assert sorted(faults_in(shown.stderr)) == [
        "",
        "6 fouten.",
        "Anderen kunnen bij het sleutelbestand. Doe eerst: chmod 600 secrets/vertelbot.key",
        "VERTELBOT_LOG__LEVEL: deze keuze bestaat niet; kies uit DEBUG, INFO, WARNING, ERROR. Zie config.example.toml.",
        "config.toml: kleur: deze instelling bestaat niet. Zie config.example.toml.",
        "config.toml: telegram.poll_seconds: dit getal is te hoog; het kan van 1 tot 50. Zie config.example.toml.",
        (
            "data/vertelbot.db: Dit bestand is geen database, of het is beschadigd. (SQLITE_NOTADB)"
            " Zet een reservekopie terug; in backups staat er geen."
        ),
        "study.contact: dit is nog niet ingevuld, en bewoners lezen het wel. Vul het in in config.toml.",
    ]
    assert contents(folder) == before


def test_a_group_that_is_faulty_itself_is_told_once_and_the_other_is_still_looked_at(folder: Folder) -> None:
    create_key_file(folder.key_file)
    shown = given(folder, {"VERTELBOT_STUDY__CONCEPT_DAGEN": "99"}).run("check")
    first, second = faults_in(shown.stderr)[:2]
    assert first.startswith("VERTELBOT_STUDY__CONCEPT_DAGEN: dit getal is te hoog; het kan van 1 tot 30.")
    assert second.startswith("data/vertelbot.db: de database is er niet of is leeg, maar het sleutelbestand wel.")
    assert shown.stderr.endswith("\n2 fouten.\n")
    (folder.place / "config.toml").write_text("[storage]\nurll = 'x'\n")
    shown = folder.run("check")
    assert faults_in(shown.stderr) == [
        "config.toml: storage.urll: deze instelling bestaat niet. Zie config.example.toml.",
        "",
        "1 fout.",
    ]


BEFORE_THE_FIRST_START = {
    "a database of another kind": ({"VERTELBOT_STORAGE__URL": "mysql://x/y"}, "Deze soort database kan niet"),
    "no database at all": ({"VERTELBOT_STORAGE__URL": "verhalen.db"}, "Deze soort database kan niet"),
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
    begins, *said = started.stderr.splitlines()
    assert (" begint; " in begins, len(said)) == (True, 1)


# The words of crisis and the numbers of help.


@pytest.fixture
def own(folder: Folder, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The same folder, with a copy of the texts and what reads them."""
    copied = tmp_path_factory.mktemp("eigen")
    shutil.copytree(ROOT / "dialogs", copied / "dialogs", ignore=shutil.ignore_patterns("__pycache__"))
    return given(folder, {"PYTHONPATH": f"{copied}:{ROOT}"})


def text_file(own: Folder, name: str) -> Path:
    """One of the copied files."""
    return Path(own.environment["PYTHONPATH"].split(":")[0]) / "dialogs" / "texts" / name


def test_a_fault_in_the_words_of_crisis_and_in_the_numbers_of_help_is_told_once(own: Folder) -> None:
    phones, crisis = text_file(own, "phones.toml"), text_file(own, "crisis.toml")
    numbers = phones.read_text(encoding="utf-8")
    phones.write_text(numbers.replace('number = "113"', "number = 113").replace("[alarmnummer]", "[alarmnumer]"))
    crisis.write_text('kleur = "rood"\n' + crisis.read_text(encoding="utf-8"))
    shown = own.run("check")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert faults_in(shown.stderr) == [
        'texts/crisis.toml: kleur: De sleutel "kleur" bestaat hier niet. Hier kan: asks, lists, subjects.',
        "texts/phones.toml: alarmnummer: Dit nummer ontbreekt.",
        'texts/phones.toml: alarmnumer: Dit nummer kent geen tekst. Bedoelt u "alarmnummer"?',
        'texts/phones.toml: zelfmoord.number: Schrijf het nummer als tekst, zoals "0800-2000".',
        "",
        "4 fouten.",
    ]


@pytest.mark.parametrize("name", ["phones.toml", "crisis.toml"])
def test_a_file_that_is_gone_is_told_once_also_where_the_settings_are_faulty(own: Folder, name: str) -> None:
    text_file(own, name).unlink()
    shown = given(own, {"VERTELBOT_LOG__LEVEL": "LUID"}).run("check")
    assert shown.returncode == 78
    assert faults_in(shown.stderr) == [
        "VERTELBOT_LOG__LEVEL: deze keuze bestaat niet; kies uit DEBUG, INFO, WARNING, ERROR. Zie config.example.toml.",
        f"texts/{name}: Dit bestand is er niet.",
        "",
        "2 fouten.",
    ]


def test_an_old_number_in_the_file_is_told_by_the_command_itself_and_nothing_is_refused(own: Folder) -> None:
    phones = text_file(own, "phones.toml")
    phones.write_text(phones.read_text(encoding="utf-8").replace(f"checked = {NEWEST}", "checked = 2019-01-31"))
    shown = own.run("check")
    assert (shown.returncode, shown.stdout) == (0, "Verder is alles in orde.\n")
    old = [phone.number for phone in PHONES if phone.checked == NEWEST]
    told = [line.removeprefix(WARNING) for line in shown.stderr.splitlines()]
    assert [line.split()[0] for line in told if "nagekeken op 2019-01-31" in line] == old


# Which day it is decides whether a number is old.


CHECKED = date(2026, 1, 5)
BOOK = PhoneBook((Phone("alarmnummer", "112", CHECKED), Phone("veilig_thuis", "0800-2000", CHECKED)))


def days_later(days: int) -> list[str]:
    """What is said of these numbers so many days after they were looked at."""
    return of_phones(BOOK, CHECKED + timedelta(days))


def test_a_number_is_old_after_180_days_and_not_before() -> None:
    assert [len(days_later(days)) for days in (0, 179, 180, 181, 2000)] == [0, 0, 0, 2, 2]


def test_a_warning_names_the_number_since_when_and_what_to_do() -> None:
    assert days_later(181)[1] == (
        "Let op: 0800-2000 is voor het laatst nagekeken op 2026-01-05, meer dan 180 dagen geleden."
        " Bel het nummer en zet de nieuwe datum in dialogs/texts/phones.toml, bij [veilig_thuis]."
    )


def test_nobody_is_told_to_call_the_emergency_number_to_try_it() -> None:
    assert days_later(181)[0] == (
        "Let op: 112 is voor het laatst nagekeken op 2026-01-05, meer dan 180 dagen geleden. Kijk het na zonder te"
        " bellen (dat is alleen voor nood) en zet de nieuwe datum in dialogs/texts/phones.toml, bij [alarmnummer]."
    )


def test_a_day_that_is_still_to_come_is_no_check() -> None:
    assert days_later(-1)[0] == (
        "Let op: 112 is nagekeken op 2026-01-05, en dat moet nog komen."
        " Kijk naar dialogs/texts/phones.toml, bij [alarmnummer]."
    )


@pytest.fixture
def here(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The folder as the one that this process is in, with the study filled in."""
    monkeypatch.chdir(folder.place)
    for name, value in {**filled_in(), "VERTELBOT_TELEGRAM__TOKEN": f"1234567890:{'T' * 35}"}.items():
        monkeypatch.setenv(name, value)
    return folder


def test_warnings_alone_are_no_fault(here: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(None, ALL_OLD) == 0
    shown = capsys.readouterr()
    assert shown.out == "Verder is alles in orde.\n"
    assert shown.err.splitlines() == warnings(ALL_OLD)
    assert len(warnings(ALL_OLD)) == len(PHONES)
    assert here.files() == []


def test_warnings_do_not_count_among_the_faults(here: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    (here.place / "config.toml").write_text("[telegram]\npoll_seconds = 99\n")
    assert checked(None, ALL_OLD) == 78
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        *warnings(ALL_OLD),
        "config.toml: telegram.poll_seconds: dit getal is te hoog; het kan van 1 tot 50. Zie config.example.toml.",
        "",
        "1 fout.",
    ]


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
