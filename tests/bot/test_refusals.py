"""Whether a start that may not go on says which copy to put back and what to type, and never begins with nothing."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.readiness import LITTLE, TOO_LITTLE, few_left
from storage.backup.ring import copies, name
from storage.secrets import create_key_file
from tests.bot.command import Folder
from tests.bot.disk import amounts, change, connected
from tests.bot.story import FIRST

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
NEWEST = "De nieuwste reservekopie is van 04-03-2026 13:00 uur. Zet haar terug met:\n"
PUT_BACK = f"restore backups/{name(NOON)}"
PUT_OVER = f"restore --over backups/{name(NOON)}"


@pytest.fixture
def used(tmp_path: Path) -> Folder:
    """A folder with a draft, and a file that is named as a copy is; nothing here opens it."""
    folder = Folder(tmp_path, {**Folder(tmp_path).environment, "VERTELBOT_TELEGRAM__TOKEN": f"1234567890:{'T' * 35}"})
    folder.run("chat", "--set", "bewoner", lines=f"ja, ik doe mee\n{FIRST}\n")
    copies = tmp_path / "backups"
    copies.mkdir(mode=0o700)
    (copies / name(NOON)).touch()
    return folder


def spoil_a_page(folder: Folder) -> None:
    """A piece in the middle becomes something else, and the head of the file still looks well."""
    content = bytearray(folder.database.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 6_000] = os.urandom(6_000)
    folder.database.write_bytes(content)


def lose_both(folder: Folder) -> None:
    folder.database.unlink()
    folder.key_file.unlink()


def empty_it(folder: Folder) -> None:
    """A database, but none of ours."""
    folder.database.unlink()
    with connected(folder.database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE iets (anders TEXT)")


REFUSED: dict[str, tuple[Callable[[Folder], object], str, str]] = {
    "a database that is gone": (
        lambda folder: folder.database.unlink(),
        "data/vertelbot.db: de database is er niet of is leeg, maar het sleutelbestand wel.",
        PUT_BACK,
    ),
    "a database without a byte": (
        lambda folder: folder.database.write_bytes(b""),
        "data/vertelbot.db: de database is er niet of is leeg, maar het sleutelbestand wel.",
        PUT_BACK,
    ),
    "a database without a table of ours": (
        empty_it,
        "De database is leeg, maar er zijn reservekopieën.",
        PUT_BACK,
    ),
    "a database and a key file that are gone": (
        lose_both,
        (
            "De database en het sleutelbestand zijn er niet, maar in backups staan wel reservekopieën."
            " Zet eerst uw kopie van het sleutelbestand in secrets/vertelbot.key."
        ),
        PUT_BACK,
    ),
    "a database with a page that is spoiled": (
        spoil_a_page,
        "data/vertelbot.db: De database is beschadigd.",
        PUT_OVER,
    ),
    "a database that is none": (
        lambda folder: folder.database.write_bytes(b"dit is geen database " * 500),
        "data/vertelbot.db: Dit bestand is geen database, of het is beschadigd. (SQLITE_NOTADB)",
        PUT_OVER,
    ),
    "a key file that is gone": (
        lambda folder: folder.key_file.unlink(),
        "Er is geen sleutelbestand in secrets/vertelbot.key. Zet uw kopie van dat bestand terug",
        "Zonder is niets te lezen, ook geen reservekopie.",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_start_and_a_check_say_what_to_put_back_and_change_nothing(used: Folder, kind: str) -> None:
    spoil, sentence, remedy = REFUSED[kind]
    spoil(used)
    before = {path: (used.place / path).read_bytes() for path in used.files()}
    for command in ("start", "check"):
        shown = used.run(command)
        assert (shown.returncode, shown.stdout) == (78, "")
        assert sentence in shown.stderr
        assert NEWEST in shown.stderr or remedy not in (PUT_BACK, PUT_OVER)
        assert f"{remedy}\n" in f"{shown.stderr}\n" or remedy not in (PUT_BACK, PUT_OVER)
        assert remedy in shown.stderr
        assert "Traceback" not in shown.stderr
    assert {path: (used.place / path).read_bytes() for path in used.files()} == before


@pytest.mark.parametrize("kind", ["a database that is gone", "a database without a byte"])
def test_a_copy_of_what_is_not_there_names_the_newest_that_there_is(used: Folder, kind: str) -> None:
    spoil, sentence, _ = REFUSED[kind]
    spoil(used)
    before = used.files()
    shown = used.run("backup")
    assert (shown.returncode, shown.stdout) == (78, "")
    assert shown.stderr.startswith(f"{sentence} {NEWEST}")
    assert shown.stderr.endswith(f"{PUT_BACK}\n")
    assert used.files() == before


def test_a_copy_in_the_folder_is_no_first_start_also_where_nothing_else_is(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / name(NOON)).touch()
    shown = folder.run("chat", lines=FIRST)
    assert shown.returncode == 78
    assert "Is dit een nieuw begin? Geef backup.folder dan een andere map." in shown.stderr
    assert folder.files() == [f"backups/{name(NOON)}"]
    anew = Folder(tmp_path, {**folder.environment, "VERTELBOT_BACKUP__FOLDER": "kopieen"})
    assert anew.run("chat", lines=FIRST).returncode == 0


async def test_another_database_than_that_of_the_keys_names_the_copy_too(used: Folder) -> None:
    assert used.run("backup").returncode == 0
    newest = copies(used.place / "backups")[0].path.name
    await change(used.database, "UPDATE canary SET marked = 'een ander'")
    shown = used.run("start")
    assert shown.returncode == 78
    assert "data/vertelbot.db: De sleutels horen niet bij deze database." in shown.stderr
    assert shown.stderr.endswith(f"restore --over backups/{newest}\n")
    assert amounts(used.database)["interviews"] == 1


@pytest.mark.parametrize("command", ["start", "check", "backup"])
def test_another_key_file_names_no_copy_for_it_opens_none(used: Folder, command: str) -> None:
    assert used.run("backup").returncode == 0
    used.key_file.unlink()
    create_key_file(used.key_file)
    shown = used.run(command)
    assert shown.returncode == 78
    assert (
        "data/vertelbot.db: De sleutels horen niet bij deze database."
        " Gebruik het sleutelbestand waarmee zij is gemaakt.\n"
    ) in shown.stderr
    assert "restore" not in shown.stderr


def test_everything_that_keeps_a_start_from_going_on_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    settings = {"VERTELBOT_STORAGE__URL": "sqlite:///bestand/a.db", "VERTELBOT_STORAGE__KEY_FILE": "bestand/b/c"}
    shown = Folder(tmp_path, {**Folder(tmp_path).environment, **settings}).run("chat", lines=FIRST)
    assert (shown.returncode, len(shown.stderr.splitlines())) == (78, 2)


def test_copies_that_cannot_be_made_are_a_warning_and_no_fault(used: Folder) -> None:
    (used.place / "bestand").touch()
    folder = Folder(used.place, {**used.environment, "VERTELBOT_BACKUP__FOLDER": "bestand"})
    shown = folder.run("check")
    assert shown.returncode == 0
    assert "Let op: reservekopieën lukken zo niet. bestand/x: dit kan niet, want " in shown.stderr
    by_hand = Folder(used.place, {**folder.environment, "VERTELBOT_BACKUP__HOURLY": "false"})
    assert "reservekopieën" not in by_hand.run("check").stderr


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (LITTLE, ""),
        (LITTLE - 1, "de schijf van data is bijna vol: nog 499 MB. Maak ruimte."),
        (TOO_LITTLE - 1, "de schijf van data is bijna vol: nog 49 MB. Maak ruimte."),
        (0, "de schijf van data is bijna vol: nog 0 MB. Maak ruimte."),
    ],
)
def test_a_disk_that_is_almost_full_is_told_with_what_is_left(free: int, said: str) -> None:
    assert few_left(Path("data"), free) == said
