"""Whether the command does what its help says, on a terminal and without one, and refuses with sentences."""

import re
import shutil
from pathlib import Path

import pytest

from bot.given import WITHOUT
from storage.secrets import create_key_file
from tests.bot.command import Folder
from tests.bot.disk import amounts
from tests.bot.story import CANARIES, FIRST, REMARK, SECOND, STORY, TITLE
from tests.talk.players import StepPlayer
from tests.talk.script import read
from tests.talk.world import STUDY

CODE = re.compile(r"Uw code is: \S+")
TOKEN = "8312:Kwetter_kwetter-canary7"
HOW = "Telegram staat uit: er is geen token. Wilt u het aanzetten?"
LINES = "\n".join(move.words for move in STORY[1:]) + "\n"
"""The whole story from the consent on, every button typed as its label."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody began to tell."""
    place = tmp_path_factory.mktemp("begonnen")
    done = Folder(place).run("chat", lines="ja, ik doe mee\nMijn dak lekt.\n")
    assert (done.returncode, done.stderr) == (0, "")
    return place


@pytest.fixture
def used(begun: Path, folder: Folder) -> Folder:
    """The same, to do with as one likes."""
    shutil.copytree(begun, folder.place, dirs_exist_ok=True)
    return folder


# Help.


@pytest.mark.parametrize("words", [("--help",), ()])
def test_the_help_names_every_command_in_dutch(folder: Folder, words: tuple[str, ...]) -> None:
    shown = folder.run(*words)
    assert shown.returncode == 0
    assert re.findall(r"^  (start|chat|check)  ", shown.stdout, re.MULTILINE) == ["chat", "check", "start"]
    assert "Usage" not in shown.stdout
    assert folder.files() == []


@pytest.mark.parametrize("command", ["start", "chat", "check"])
def test_every_command_has_a_help_of_its_own(folder: Folder, command: str) -> None:
    shown = folder.run(command, "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "--config" in shown.stdout


@pytest.mark.parametrize("words", [("strat",), ("start", "--hard"), ("chat", "--set"), ("check", "alles")])
def test_what_is_typed_wrong_is_told_in_dutch(folder: Folder, words: tuple[str, ...]) -> None:
    shown = folder.run(*words)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert re.fullmatch(r"[A-Z].+\. Uitleg: vertelbot .*--help\n", shown.stderr)


# Check.


def test_check_finds_nothing_wrong_before_the_first_start_and_makes_nothing(folder: Folder) -> None:
    shown = folder.run("check")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "Verder is alles in orde.\n", f"{WITHOUT}\n")
    assert folder.files() == []


def test_check_finds_nothing_wrong_in_a_folder_that_is_used(used: Folder) -> None:
    before = used.files()
    shown = used.run("check")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "Verder is alles in orde.\n", f"{WITHOUT}\n")
    assert used.files() == before


def test_check_names_what_is_not_filled_in(tmp_path: Path) -> None:
    shown = Folder(tmp_path, {}).run("check")
    assert shown.returncode == 78
    named = re.findall(r"^study\.(\w+): dit is nog niet ingevuld", shown.stderr, re.MULTILINE)
    assert named == [name for name in STUDY if name not in ("bot_link", "concept_dagen")]
    assert shown.stderr.endswith("\n8 fouten.\n")


def test_check_names_every_fault_of_the_settings_at_once(folder: Folder) -> None:
    (folder.place / "config.toml").write_text("[telegram]\npoll_seconds = 99\nkleur = 'rood'\n[log]\nlevel = 'LUID'\n")
    shown = folder.run("check")
    assert shown.returncode == 78
    for key in ("telegram.poll_seconds", "telegram.kleur", "log.level"):
        assert f"config.toml: {key}: " in shown.stderr
    assert shown.stderr.endswith("\n3 fouten.\n")


def spoil_key(folder: Folder) -> None:
    folder.key_file.unlink()
    create_key_file(folder.key_file)


def spoil_database(folder: Folder) -> None:
    folder.database.write_bytes(b"dit is geen database " * 500)


def spoil_both(folder: Folder) -> None:
    folder.key_file.unlink()
    spoil_database(folder)


SPOILED = {
    "the wrong key": (spoil_key, ["De sleutels horen niet bij deze database."]),
    "a key that is gone": (lambda folder: folder.key_file.unlink(), ["Er is geen sleutelbestand in secrets/"]),
    "a key that others can read": (lambda folder: folder.key_file.chmod(0o644), ["Anderen kunnen bij het sleutel"]),
    "a key that is none": (lambda folder: folder.key_file.write_text("hash = 1\n"), ["klopt niet. 'encrypt' moet"]),
    "a database that is none": (spoil_database, ["Dit bestand is geen database, of het is beschadigd."]),
    "a database that is gone": (lambda folder: folder.database.unlink(), ["de database is er niet of is leeg, maar"]),
    "both": (spoil_both, ["Er is geen sleutelbestand in secrets/", "Dit bestand is geen database"]),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_check_and_start_refuse_what_does_not_belong_together(used: Folder, kind: str) -> None:
    spoil, sentences = SPOILED[kind]
    spoil(used)
    before = {path: (used.place / path).read_bytes() for path in used.files()}
    checked = used.run("check")
    assert (checked.returncode, checked.stdout) == (78, "")
    assert [sentence for sentence in sentences if sentence not in checked.stderr] == []
    started = Folder(used.place, {**used.environment, "VERTELBOT_TELEGRAM__TOKEN": TOKEN}).run("start")
    assert (started.returncode, started.stdout) == (78, "")
    assert sentences[0] in started.stderr
    assert "Traceback" not in checked.stderr + started.stderr
    assert {path: (used.place / path).read_bytes() for path in used.files() if path in before} == before


# Start without a token.


def test_start_without_a_token_and_without_a_port_says_in_three_lines_how_to_get_one(folder: Folder) -> None:
    shown = folder.run("start")
    assert (shown.returncode, shown.stderr) == (78, "")
    first, second, third = shown.stdout.splitlines()
    assert first == HOW
    assert "@BotFather" in second
    assert "VERTELBOT_TELEGRAM__TOKEN" in third
    assert folder.files() == []


def test_start_with_faulty_settings_names_them_all(folder: Folder) -> None:
    (folder.place / "eigen.toml").write_text("[telegram]\npoll_seconds = 99\n[log]\nlevel = 'LUID'\n")
    shown = folder.run("start", "--config", "eigen.toml")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert len(shown.stderr.splitlines()) == 2
    assert folder.run("start", "--config", "weg.toml").returncode == 78


def test_on_a_terminal_a_story_can_be_told(folder: Folder) -> None:
    with folder.terminal("chat", "--set", "bewoner") as terminal:
        terminal.wait_for("Ja, ik doe mee")
        for move, said in zip(STORY[1:], [*SAID, "Uw code is:"], strict=True):
            terminal.answer(move.words)
            terminal.wait_for(said)
        assert terminal.leave() == 0
    assert "Traceback" not in terminal.shown
    assert "verhalen export" in terminal.shown
    assert amounts(folder.database)["stories"] == 1


SAID = (
    "Denk aan één keer",
    "nooit meer vergeet",
    "U mag nog meer vertellen",
    "",
    "Welke titel",
    "Hoe voelt u zich",
    "makkelijk of moeilijk",
    "de regels of wat u nodig had",
    "meeste tijd",
    "Welke twee",
    "Wie hielp u",
    "Welke knop past het best",
    "beter of slechter",
    "Waar woont u",
    "Hoe oud",
    "Kijk even na",
    "Wie was het belangrijkste",
    "goed samen",
    "Hoe lang heeft u contact",
    "Kijk even na",
)


def test_ctrl_c_on_a_terminal_ends_the_conversation_quietly(folder: Folder) -> None:
    with folder.terminal("chat") as terminal:
        terminal.wait_for("Ja, ik doe mee")
        assert terminal.press(b"\x03") == 0
    assert "Traceback" not in terminal.shown


# Chat through a pipe.


def test_a_whole_story_through_a_pipe_is_recorded_and_kept_nowhere_else(folder: Folder) -> None:
    shown = folder.run("chat", "--set", "bewoner", "--record", "gesprek.txt", lines=LINES)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert folder.files() == ["gesprek.txt"]
    assert (folder.place / "gesprek.txt").stat().st_mode & 0o777 == 0o600
    script = read(folder.place / "gesprek.txt")
    typed = {"4": "Makkelijk"}
    assert [turn.action.words for turn in script.turns][1:] == [typed.get(line, line) for line in LINES.splitlines()]
    recorded = "\n".join(line for turn in script.turns for line in turn.expected)
    for words in (FIRST, SECOND, TITLE, REMARK, "= verstuurd door verteller A, citeren mag"):
        assert words in recorded


async def test_what_was_recorded_is_what_the_rules_say(folder: Folder) -> None:
    folder.run("chat", "--set", "bewoner", "--record", "gesprek.txt", lines=LINES)
    script, player = read(folder.place / "gesprek.txt"), StepPlayer()
    for turn in script.turns:
        said = [line.rstrip() for line in await player.play(turn.action)]
        assert said == [line.rstrip() for line in turn.expected], turn.line


def test_a_recording_is_not_written_over_another(folder: Folder) -> None:
    (folder.place / "gesprek.txt").write_text("van gisteren")
    shown = folder.run("chat", "--record", "gesprek.txt", lines="ja\n")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert (folder.place / "gesprek.txt").read_text() == "van gisteren"


def test_a_whole_story_through_a_pipe_is_kept(folder: Folder) -> None:
    shown = folder.run("chat", "--set", "bewoner", lines=LINES)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert CODE.search(shown.stdout)
    assert amounts(folder.database)["stories"] == 1


def test_a_conversation_goes_on_where_it_was_left(used: Folder) -> None:
    shown = used.run("chat", lines="ja\nverder\nhet regende binnen\nklaar\n")
    assert shown.returncode == 0
    assert "Wilt u daarmee verder?" in shown.stdout
    assert "Welke titel" in shown.stdout or "Hoe ging het verder?" in shown.stdout


@pytest.mark.parametrize(("question_set", "words"), [("medewerker", "Buurtteams"), ("professional", "Buurtteams")])
def test_every_set_can_be_talked_through(folder: Folder, question_set: str, words: str) -> None:
    shown = folder.run("chat", "--set", question_set)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert words in shown.stdout


def test_a_set_that_is_not_there_is_told(folder: Folder) -> None:
    shown = folder.run("chat", "--set", "bewooner")
    assert shown.returncode == 78
    assert shown.stderr == ("Deze vragenlijst is er niet: bewooner. Wel: bewoner, medewerker, professional.\n")


def test_without_consent_the_terminal_keeps_nothing(folder: Folder) -> None:
    folder.run("chat", lines=f"{FIRST}\nnee, ik doe niet mee\n")
    used = {name for name, amount in amounts(folder.database).items() if amount}
    assert used == {"migrations", "canary"}
    assert not any(word.encode() in (folder.place / file).read_bytes() for file in folder.files() for word in CANARIES)
