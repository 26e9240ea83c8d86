"""Whether an operator can change the keys, also half-way killed and with the bot running, and lose nothing by it."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from storage.backup.ring import copies
from storage.faults import KeyFileFault, StorageFault
from storage.key_file import add_key, keep_newest
from storage.secrets import KeyRing, read_key_file, read_keys
from tests.bot.command import COMMAND, Folder
from tests.bot.disk import amounts, connected, holds, sealed
from tests.bot.story import FIRST, SECOND, TITLE
from tests.bot.test_backups import backed_up, lose, sent, told


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def of_newest(folder: Folder) -> bool:
    """Whether every token but those that only a receipt opens is of the newest key."""
    keys = read_key_file(folder.key_file)
    return all(keys.is_of_newest(token) for token in sealed(folder.database) if _opens(keys, token))


def _opens(keys: KeyRing, token: str) -> bool:
    return keys.is_of_newest(token) or _readable(keys, token)


def _readable(keys: KeyRing, token: str) -> bool:
    try:
        keys.decrypt(token)
    except StorageFault:
        return False
    return True


def test_everything_is_encrypted_anew_and_the_old_words_are_gone_from_the_files(folder: Folder) -> None:
    code = sent(folder)
    told(folder, f"ja, ik doe mee\n{FIRST}\n")
    before = {token for token in sealed(folder.database) if _readable(read_key_file(folder.key_file), token)}
    shown = folder.run("keys", "rotate")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"Klaar: {len(before)} teksten opnieuw versleuteld." in shown.stdout
    assert len(read_keys(folder.key_file).encrypt) == 2
    assert of_newest(folder)
    assert [token for token in before if holds(folder.database, token)] == []
    assert TITLE in told(folder, f"/verwijderen {code}\neerst lezen\n")


def test_killed_when_the_key_is_there_and_not_all_is_made_anew_it_goes_on_with_the_same_key(folder: Folder) -> None:
    code = sent(folder)
    told(folder, f"ja, ik doe mee\n{FIRST}\n{SECOND}\n")
    with subprocess.Popen(
        [*COMMAND, "keys", "rotate"],
        cwd=folder.place,
        env=folder.whole_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while len(read_keys(folder.key_file).encrypt) == 1:
            assert process.poll() is None
            time.sleep(0.005)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not of_newest(folder)
    keys = read_keys(folder.key_file).encrypt
    assert folder.run("check").returncode == 0
    shown = folder.run("keys", "rotate")
    assert shown.returncode == 0
    assert "De vorige keer is niet afgemaakt." in shown.stdout
    assert of_newest(folder)
    assert read_keys(folder.key_file).encrypt == keys
    assert TITLE in told(folder, f"/verwijderen {code}\neerst lezen\n")


def test_old_keys_go_only_when_no_row_and_no_copy_needs_them(folder: Folder) -> None:
    assert "Er is geen sleutelbestand" in folder.run("keys", "prune").stderr
    code = sent(folder)
    assert folder.run("keys", "prune").stdout == "Er is maar één sleutel. Er is niets weggegooid.\n"
    old = backed_up(folder)
    assert folder.run("keys", "rotate").returncode == 0
    refused = folder.run("keys", "prune")
    assert (refused.returncode, len(read_keys(folder.key_file).encrypt)) == (78, 2)
    assert "Nog 1 reservekopie is alleen met een oude sleutel te lezen." in refused.stderr
    Path(old).unlink()
    new = backed_up(folder)
    shown = folder.run("keys", "prune")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Weggegooid: 1 oude sleutel.")
    assert len(read_keys(folder.key_file).encrypt) == 1
    lose(folder)
    assert folder.run("restore", new).returncode == 0
    assert TITLE in told(folder, f"/verwijderen {code}\neerst lezen\n")


@pytest.mark.parametrize("over", [(), ("--over",)])
def test_a_copy_from_before_the_rotation_is_put_back_in_the_newest_key_and_the_next_makes_another(
    folder: Folder, over: tuple[str, ...]
) -> None:
    code = sent(folder)
    old = backed_up(folder)
    assert folder.run("keys", "rotate").returncode == 0
    if not over:
        lose(folder)
    assert folder.run("restore", *over, old).returncode == 0
    assert of_newest(folder)
    shown = folder.run("keys", "rotate")
    assert ("Er staat een nieuwe sleutel vooraan" in shown.stdout, "niet afgemaakt" in shown.stdout) == (True, False)
    assert len(read_keys(folder.key_file).encrypt) == 3
    assert of_newest(folder)
    assert TITLE in told(folder, f"/verwijderen {code}\neerst lezen\n")


def test_a_copy_with_rows_of_an_old_key_keeps_it_though_it_was_sealed_with_the_new_one(folder: Folder) -> None:
    sent(folder)
    keys = folder.key_file.read_text()
    assert folder.run("keys", "rotate").returncode == 0
    assert keys != folder.key_file.read_text()
    early = sent(folder)
    assert early
    # A rotation that was killed right after the new key: what is copied then is sealed with it, and its rows are not.
    add_key(folder.key_file)
    backed_up(folder)
    assert folder.run("keys", "rotate").returncode == 0
    refused = folder.run("keys", "prune")
    assert (refused.returncode, len(copies(folder.place / "backups"))) == (78, 1)
    assert "alleen met een oude sleutel te lezen" in refused.stderr


PRUNED_BESIDE_A_ROTATION = """
import subprocess, sys
from pathlib import Path
from bot.__main__ import main

ADDED = (
    "from pathlib import Path; from storage.key_file import add_key, changing\\n"
    "path = Path('secrets/vertelbot.key')\\n"
    "with changing(path): add_key(path)"
)
begun = []

def rotate_and_die(event, _):
    if event == "sqlite3.connect" and not begun:
        begun.append(event)
        subprocess.run([sys.executable, "-c", ADDED], stderr=subprocess.DEVNULL)

sys.addaudithook(rotate_and_die)
sys.argv = ["vertelbot", "keys", "prune"]
main()
"""
"""Another program puts a new key in front, and dies, at the moment that `prune` opens the database to look at it."""


def test_no_key_that_something_needs_goes_when_a_rotation_begins_and_dies_meanwhile(folder: Folder) -> None:
    code = sent(folder)
    assert folder.run("keys", "rotate").returncode == 0
    done = folder.run_code(PRUNED_BESIDE_A_ROTATION)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Weggegooid: 1 oude sleutel." in done.stdout
    assert folder.run("check").returncode == 0
    assert TITLE in told(folder, f"/verwijderen {code}\neerst lezen\n")


def test_keys_that_came_since_they_were_looked_at_are_left_alone(folder: Folder) -> None:
    told(folder, "ja, ik doe mee\n")
    add_key(folder.key_file)
    looked_at = read_keys(folder.key_file)
    add_key(folder.key_file)
    with pytest.raises(KeyFileFault, match="intussen veranderd"):
        keep_newest(folder.key_file, looked_at)
    assert len(read_keys(folder.key_file).encrypt) == 3


def test_the_bot_goes_on_while_the_keys_are_changed(folder: Folder) -> None:
    with folder.terminal("chat") as terminal:
        for words in ("ja, ik doe mee", FIRST):
            terminal.answer(words)
        terminal.wait_for("U mag nog meer vertellen")
        assert folder.run("keys", "rotate").returncode == 0
        for words in (SECOND, "klaar"):
            terminal.answer(words)
        terminal.wait_for("Welke titel")
        assert terminal.leave() == 0
    assert of_newest(folder)


def test_a_rotation_that_only_finishes_the_one_before_says_that_it_made_no_key_and_what_to_type(folder: Folder) -> None:
    sent(folder)
    add_key(folder.key_file)
    shown = folder.run("keys", "rotate")
    assert (shown.returncode, len(read_keys(folder.key_file).encrypt)) == (0, 2)
    assert "De vorige keer is niet afgemaakt. Ik ga verder.\n" in shown.stdout
    assert "er is nu geen nieuwe sleutel gemaakt" in shown.stdout
    assert shown.stdout.endswith("vertelbot keys rotate\n")
    assert "er is nu geen nieuwe sleutel gemaakt" not in folder.run("keys", "rotate").stdout


def test_without_a_database_nothing_is_rotated_and_none_is_left(folder: Folder) -> None:
    sent(folder)
    copy = Path(backed_up(folder)).name
    lose(folder)
    before, keys = folder.files(), folder.key_file.read_bytes()
    shown = folder.run("keys", "rotate")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert shown.stderr.startswith("Er is geen database in data/vertelbot.db. De nieuwste reservekopie is van ")
    assert shown.stderr.endswith(f"vertelbot restore backups/{copy}\n")
    assert (folder.files(), folder.key_file.read_bytes()) == (before, keys)
    assert not folder.database.exists()


def test_a_database_without_a_table_is_empty_for_a_restore(folder: Folder) -> None:
    sent(folder)
    copy = backed_up(folder)
    lose(folder)
    with connected(folder.database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    assert folder.run("restore", copy).returncode == 0
    assert amounts(folder.database)["stories"] == 1
