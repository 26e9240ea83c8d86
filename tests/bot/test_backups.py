"""Whether an operator who lost the database has everything back but what was taken away, whatever was killed when."""

import random
import re
import shutil
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.readiness import when
from storage.backup.ring import copies, hour_of, name
from tests.bot.command import COMMAND, Folder
from tests.bot.disk import amounts, tables
from tests.bot.story import CANARIES, FIRST, SECOND, TITLE
from tests.postgres import PostgresServer

CODE = re.compile(r"Uw code is: (\S+)")
CONSENT = "ja, ik doe mee\n"
TELLING = f"{FIRST}\n{SECOND}\nklaar\n{TITLE}\n"
REST = "1\n4\n2\n1\n1\n1\n1\n1\n1\n"
SENT = f"{CONSENT}{TELLING}{REST}ja, en versturen\n"
KILLS = 6


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def told(folder: Folder, lines: str) -> str:
    """What the conversation in the terminal says to these lines."""
    shown = folder.run("chat", "--set", "bewoner", lines=lines)
    assert (shown.returncode, shown.stderr) == (0, "")
    return shown.stdout


def sent(folder: Folder) -> str:
    """Tells a story to the end; its code."""
    found = CODE.search(told(folder, SENT))
    assert found
    return found[1]


def backed_up(folder: Folder) -> str:
    """Makes a copy; its file."""
    shown = folder.run("backup")
    assert (shown.returncode, shown.stderr) == (0, "")
    return str(copies(folder.place / "backups")[0].path)


def ids(folder: Folder, table: str) -> set[str]:
    """The ids of the rows of a table."""
    return {str(row[0]) for row in tables(folder.database)[table]}


def lose(folder: Folder) -> None:
    """Takes the database away, with whatever a restore that was killed left beside it."""
    shutil.rmtree(folder.database.parent)
    folder.database.parent.mkdir(mode=0o700)


def test_what_was_withdrawn_or_thrown_away_since_the_copy_never_comes_back_and_the_rest_is_whole(
    folder: Folder,
) -> None:
    kept, withdrawn = sent(folder), sent(folder)
    told(folder, f"{CONSENT}{TELLING}")
    [draft], before = ids(folder, "interviews"), ids(folder, "stories")
    early = backed_up(folder)
    # The draft becomes a story, which is withdrawn: neither it nor its draft may come back.
    late = CODE.search(told(folder, f"verder\n{REST}ja, en versturen\n"))
    assert late
    for code in (withdrawn, late[1]):
        assert "Uw verhaal is weg." in told(folder, f"/verwijderen {code}\nja\n")
    [story] = ids(folder, "stories")
    lose(folder)
    refused = folder.run("chat", lines="")
    assert (refused.returncode, folder.database.exists()) == (78, False)
    assert f"vertelbot restore backups/{Path(early).name}" in refused.stderr
    shown = folder.run("restore", early)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert (
        "Er staan nu in: 1 verhaal, 0 gesprekken die nog lopen.\nWeggelaten, want intussen weggehaald: 2."
        in shown.stdout
    )
    assert (ids(folder, "stories"), ids(folder, "interviews")) == ({story}, set())
    assert ids(folder, "withdrawals") >= before - {story}
    assert {draft} <= ids(folder, "dropped")
    assert TITLE in told(folder, f"/verwijderen {kept}\neerst lezen\n")
    assert "Ik vind geen verhaal met deze code." in told(folder, f"/verwijderen {withdrawn}\n")
    again = Path(backed_up(folder))
    assert [word for word in (*CANARIES, draft, story) if word.encode() in again.read_bytes()] == []


def test_a_copy_without_the_list_of_what_was_taken_away_is_not_put_back_without_a_word(folder: Folder) -> None:
    withdrawn = sent(folder)
    copy = Path(backed_up(folder))
    assert "Uw verhaal is weg." in told(folder, f"/verwijderen {withdrawn}\nja\n")
    lists = list((folder.place / "backups").glob("weggehaald-*.txt"))
    elsewhere = Folder(folder.place / "elders", folder.environment)
    elsewhere.key_file.parent.mkdir(parents=True)
    elsewhere.key_file.write_bytes(folder.key_file.read_bytes())
    elsewhere.key_file.chmod(0o600)
    (elsewhere.place / "backups").mkdir()
    alone = elsewhere.place / "backups" / copy.name
    alone.write_bytes((folder.place / copy).read_bytes())
    refused = elsewhere.run("restore", f"backups/{copy.name}")
    assert (refused.returncode, refused.stdout, elsewhere.database.exists()) == (78, "", False)
    assert "ontbreekt de lijst van wat is weggehaald (weggehaald-….txt). Zij hoort in backups" in refused.stderr
    assert "--old" in refused.stderr
    assert elsewhere.run("restore", "--old", f"backups/{copy.name}").returncode == 0
    assert amounts(elsewhere.database)["stories"] == 1
    # Beside the copy will do as well.
    lose(elsewhere)
    away = elsewhere.place / "schijf"
    away.mkdir()
    alone.rename(away / copy.name)
    for one in lists:
        (away / one.name).write_bytes(one.read_bytes())
    shown = elsewhere.run("restore", f"schijf/{copy.name}")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Weggelaten, want intussen weggehaald: 1." in shown.stdout
    assert amounts(elsewhere.database)["stories"] == 0


def test_a_draft_that_was_thrown_away_since_the_copy_does_not_come_back(folder: Folder) -> None:
    told(folder, f"{CONSENT}{TELLING}")
    copy = backed_up(folder)
    told(folder, "verder\n/stop\nja, gooi weg\n")
    lose(folder)
    assert folder.run("restore", copy).returncode == 0
    assert amounts(folder.database)["interviews"] == 0


def test_a_draft_goes_on_where_it_was_when_the_copy_was_made(folder: Folder) -> None:
    told(folder, f"{CONSENT}{FIRST}\n")
    copy = backed_up(folder)
    told(folder, f"verder\n{SECOND}\n")
    lose(folder)
    assert folder.run("restore", copy).returncode == 0
    assert CODE.search(told(folder, f"verder\n{SECOND}\nklaar\n{TITLE}\n{REST}ja, en versturen\n"))


async def test_a_copy_of_a_file_is_how_one_moves_to_a_server_and_back(
    folder: Folder, tmp_path: Path, postgres: PostgresServer
) -> None:
    code = sent(folder)
    told(folder, f"{CONSENT}{TELLING}")
    copy = backed_up(folder)
    name = await postgres.database()
    server = Folder(folder.place, {**folder.environment, "VERTELBOT_STORAGE__URL": postgres.url(name)})
    assert server.run("restore", copy).returncode == 0
    assert TITLE in told(server, f"/verwijderen {code}\neerst lezen\n")
    refused = server.run("restore", "--over", copy)
    assert (refused.returncode, refused.stdout) == (78, "")
    assert "Maak een lege database" in refused.stderr
    shown = server.run("backup")
    assert (shown.returncode, shown.stderr) == (0, "")
    newest = copies(tmp_path / "backups")[0]
    assert str(newest.path) != copy
    lose(folder)
    assert folder.run("restore", str(newest.path)).returncode == 0
    assert (amounts(folder.database)["stories"], amounts(folder.database)["interviews"]) == (1, 1)
    await postgres.drop(name)


# Killed at any moment.


def killed(folder: Folder, *words: str, after: float) -> int:
    """Starts the command and kills it so many seconds later, if it still runs; its exit code."""
    with subprocess.Popen(
        [*COMMAND, *words],
        cwd=folder.place,
        env=folder.whole_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        time.sleep(after)
        process.kill()
        return process.wait()


def seconds(folder: Folder, *words: str) -> float:
    """How long the command takes here and now."""
    began = time.monotonic()
    assert folder.run(*words).returncode == 0
    return time.monotonic() - began


def test_a_copy_that_is_killed_leaves_no_half_file_that_looks_whole(folder: Folder) -> None:
    sent(folder)
    whole, dice = seconds(folder, "backup"), random.Random(4)
    for _ in range(KILLS):
        killed(folder, "backup", after=dice.uniform(whole / 3, whole))
        for found in copies(folder.place / "backups"):
            fresh = Folder(folder.place / "elders" / str(dice.random()), folder.environment)
            fresh.place.mkdir(parents=True)
            (fresh.place / "secrets").symlink_to(folder.place / "secrets")
            assert fresh.run("restore", str(found.path)).returncode == 0
    assert folder.run("backup").returncode == 0
    assert list((folder.place / "backups").glob(".*")) == []


def test_a_restore_that_is_killed_leaves_the_whole_of_it_or_a_start_that_refuses(folder: Folder) -> None:
    sent(folder)
    copy, dice = backed_up(folder), random.Random(5)
    lose(folder)
    whole = seconds(folder, "restore", copy)
    for _ in range(KILLS):
        lose(folder)
        killed(folder, "restore", copy, after=dice.uniform(whole / 3, whole))
        if folder.database.exists():
            assert amounts(folder.database)["stories"] == 1
        else:
            assert folder.run("chat", lines="").returncode == 78
    assert folder.run("restore", "--over", copy).returncode == 0
    assert [file for file in folder.files() if ".bezig-" in file] == []
    assert amounts(folder.database)["stories"] == 1


async def test_a_restore_into_a_server_that_is_killed_leaves_all_of_it_or_a_start_that_refuses(
    folder: Folder, postgres: PostgresServer
) -> None:
    code = sent(folder)
    copy, dice, whole = backed_up(folder), random.Random(7), 0.0
    for _ in range(KILLS):
        name = await postgres.database()
        server = Folder(folder.place, {**folder.environment, "VERTELBOT_STORAGE__URL": postgres.url(name)})
        if whole:
            killed(server, "restore", copy, after=dice.uniform(whole / 3, whole))
        else:
            whole = seconds(server, "restore", copy)
        shown = server.run("chat", lines=f"/verwijderen {code}\neerst lezen\n")
        if shown.returncode:
            assert (shown.returncode, "De database op de server is leeg" in shown.stderr) == (78, True)
            assert server.run("restore", copy).returncode == 0
            shown = server.run("chat", lines=f"/verwijderen {code}\neerst lezen\n")
        assert TITLE in shown.stdout
        await postgres.drop(name)


KILLED_BETWEEN = """
import os, signal, sys
from bot.__main__ import main

def kill(event, words):
    if event == "os.rename" and ".weggezet-" in str(words[1]):
        kill.aside = True
    elif kill.aside and event == "os.rename" and str(words[1]).endswith("vertelbot.db"):
        os.kill(os.getpid(), signal.SIGKILL)

kill.aside = False
sys.addaudithook(kill)
sys.argv = ["vertelbot", "restore", "--over", sys.argv[1]]
main()
"""
"""Dies when the old database is put aside and the new one has no place yet."""


def unlisted(folder: Folder, code: str) -> None:
    """Takes a story away while the list beside the copies cannot be written."""
    backups = folder.place / "backups"
    backups.rename(folder.place / "weg")
    backups.touch()
    assert "Uw verhaal is weg." in folder.run("chat", lines=f"/verwijderen {code}\nja\n").stdout
    backups.unlink()
    (folder.place / "weg").rename(backups)


def test_a_restore_killed_between_putting_aside_and_putting_back_and_done_again_brings_nothing_back(
    folder: Folder,
) -> None:
    code = sent(folder)
    copy = backed_up(folder)
    unlisted(folder, code)
    done = folder.run_code(KILLED_BETWEEN, copy)
    assert (done.returncode, folder.database.exists()) == (-signal.SIGKILL, False)
    assert [file for file in folder.files() if ".weggezet-" in file] != []
    shown = folder.run("restore", copy)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Weggelaten, want intussen weggehaald: 1." in shown.stdout
    assert amounts(folder.database)["stories"] == 0


KILLED_AT_WORK = """
import os, signal, sys
from bot.__main__ import main

def kill(event, words):
    if event == "os.rename" and str(words[1]).endswith(ending):
        os.kill(os.getpid(), signal.SIGKILL)

ending = sys.argv.pop(1)
sys.addaudithook(kill)
main()
"""
"""Dies when what it made is whole and has no name yet: the first argument is how that name would end."""


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_a_killed_copy_or_restore_left_goes_with_the_next_start(folder: Folder, command: str) -> None:
    sent(folder)
    copy = backed_up(folder)
    words = {"backup": [".kopie", "backup"], "restore": ["/vertelbot.db", "restore", "--over", copy]}[command]
    assert folder.run_code(KILLED_AT_WORK, *words).returncode == -signal.SIGKILL
    [left] = {Path(file).parent for file in folder.files() if ".bezig-" in file}
    assert (left.parent.name, [Path(file).name for file in folder.files() if file.startswith(f"{left}/")]) == {
        "backup": ("backups", ["kopie", "teruggelezen.db"]),
        "restore": ("data", ["nieuw.db"]),
    }[command]
    before = folder.files()
    folder.run("check")
    assert folder.files() == before
    folder.run("chat", lines="")
    assert not (folder.place / left).exists()


def test_a_newer_copy_that_is_damaged_is_named_and_the_one_before_it_tells_what_is_gone(folder: Folder) -> None:
    code = sent(folder)
    # Of one hour only the last copy stays: this one was laid elsewhere.
    first = (folder.place / backed_up(folder)).rename(folder.place / "eerder.kopie")
    unlisted(folder, code)
    time.sleep(1.0)
    newer = Path(backed_up(folder))
    damaged = newer.with_name(name(copies(newer.parent)[0].taken_at + timedelta(hours=1)))
    damaged.write_bytes(newer.read_bytes()[:-9])
    lose(folder)
    shown = folder.run("restore", str(first))
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"Let op: niet te lezen is backups/{damaged.name}." in shown.stdout
    assert amounts(folder.database)["stories"] == 0


# What an operator reads.


def test_without_a_file_every_copy_is_named_with_what_is_in_it_and_nothing_is_changed(folder: Folder) -> None:
    assert folder.run("restore").stderr == "In backups staat geen reservekopie.\n"
    sent(folder)
    copy = backed_up(folder)
    before = folder.files()
    shown = folder.run("restore")
    assert shown.returncode == 0
    assert f"backups/{Path(copy).name}  " in shown.stdout
    assert "1 verhaal, 0 gesprekken die nog lopen, 0 keer iets teruggetrokken\n" in shown.stdout
    assert folder.files() == before
    folder.key_file.unlink()
    assert f"backups/{Path(copy).name}  " in folder.run("restore").stdout


def test_a_copy_by_hand_says_what_it_takes_the_place_of_what_is_tidied_away_and_how_many_there_are(
    folder: Folder,
) -> None:
    sent(folder)
    backups = folder.place / "backups"
    alone = folder.run("backup").stdout
    assert f"Er is geen andere opgeruimd. In backups staan er nu 1; de oudste is van {_read(backups)}" in alone
    [first] = copies(backups)
    others = [first.taken_at - timedelta(days=days) for days in (1, 2, 3, 9, 8)]
    for taken_at in others:
        (backups / name(taken_at)).write_bytes(first.path.read_bytes())
    # Another second is another name; around the hour it may be another hour as well, of which each has one.
    time.sleep(1.0)
    again = folder.run("backup").stdout
    newest = copies(backups)[0]
    of_this_hour = hour_of(newest.taken_at) == hour_of(first.taken_at)
    replaced = f"Van elk uur blijft de nieuwste: zij komt in de plaats van {first.path.name}."
    assert (replaced in again, first.path.exists()) == (of_this_hour, not of_this_hour)
    assert [taken_at for taken_at in others if (backups / name(taken_at)).exists()] == others[:3]
    assert f"Opgeruimd, want over de tijd: {name(others[4])}, {name(others[3])}. " in again
    assert f"In backups staan er nu {len(copies(backups))}; de oudste is van {_read(backups)}" in again


def _read(backups: Path) -> str:
    """The moment of the oldest copy, as an operator reads it."""
    return when(copies(backups)[-1].taken_at)


def test_a_copy_that_cannot_be_made_by_hand_leaves_that_of_the_same_hour_and_names_the_database(
    folder: Folder,
) -> None:
    sent(folder)
    backed_up(folder)
    before = {copy.path: copy.path.read_bytes() for copy in copies(folder.place / "backups")}
    folder.database.write_bytes(b"dit is geen database " * 500)
    shown = folder.run("backup")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert shown.stderr.startswith("data/vertelbot.db: Dit bestand is geen database, of het is beschadigd.")
    assert f"vertelbot restore --over backups/{next(iter(before)).name}" in shown.stderr
    assert {copy.path: copy.path.read_bytes() for copy in copies(folder.place / "backups")} == before


def test_what_cannot_be_put_back_or_copied_is_a_sentence(folder: Folder) -> None:
    for words, sentence in (
        (("backup",), "Er is geen sleutelbestand in secrets/vertelbot.key."),
        (("restore", "weg.kopie"), "weg.kopie: dit bestand is er niet."),
    ):
        shown = folder.run(*words)
        assert (shown.returncode, shown.stdout) == (78, "")
        assert sentence in shown.stderr
    told(folder, CONSENT)
    (folder.place / "iets").write_text("geen kopie")
    assert "Dit is geen reservekopie van Vertelbot" in folder.run("restore", "iets").stderr
    (folder.place / "bestand").touch()
    blocked = Folder(folder.place, {**folder.environment, "VERTELBOT_BACKUP__FOLDER": "bestand"})
    shown = blocked.run("backup")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert shown.stderr == "Dit lukt niet: Not a directory (bestand).\n"


def test_a_machine_that_does_not_let_a_copy_stand_back_keeps_none_from_being_made(folder: Folder) -> None:
    sent(folder)
    refused = (
        "import os\n"
        "def refuse(by): raise PermissionError(1, 'Operation not permitted')\n"
        "os.nice = refuse\n"
        "import sys; sys.argv = ['vertelbot', 'backup']; from bot.__main__ import main; main()"
    )
    done = folder.run_code(refused)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(copies(folder.place / "backups")) == 1


def test_a_disk_that_is_full_half_way_is_a_sentence_and_leaves_nothing(folder: Folder) -> None:
    sent(folder)
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000));"
        "import sys; sys.argv = ['vertelbot', 'backup']; from bot.__main__ import main; main()"
    )
    done = folder.run_code(limited)
    assert done.returncode == 78, done.stderr
    assert "Traceback" not in done.stderr
    assert list((folder.place / "backups").iterdir()) == []
