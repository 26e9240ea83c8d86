"""Whether an export is there whole or not at all, whatever happens on the way, and for its owner only."""

import os
import shlex
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from research.__main__ import run
from research.export.archive import new_archive
from research.export.folder import UNFINISHED, new_folder, sweep
from research.faults import ResearchFault
from tests.research.kept import RAW, build, export, made
from tests.research.told import BEWONER, nth, tell

TOLD = [tell(BEWONER, nth(number)) for number in range(5)]


@contextmanager
def half_way(house: Path, target: Path) -> Iterator[subprocess.Popen[str]]:
    """An export by another process that has written a few stories and waits."""
    command = [sys.executable, "-m", "tests.research.standing_still", str(house), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == "halverwege\n"
            yield process
        finally:
            process.kill()


def left_behind(parent: Path) -> list[Path]:
    """Folders that were never finished."""
    return sorted(parent.glob(f"{UNFINISHED}*"))


def test_an_export_that_is_killed_leaves_nothing_under_its_name_and_the_next_clears_up(tmp_path: Path) -> None:
    house, target = build(tmp_path / "huis", TOLD), tmp_path / "uit"
    with half_way(house.folder, target) as process:
        assert len(left_behind(tmp_path)) == 1
        process.kill()
        assert process.wait() == -signal.SIGKILL
    assert not target.exists()
    assert len(left_behind(tmp_path)) == 1
    export(house, tmp_path / "ander")
    assert left_behind(tmp_path) == []
    export(house, target)


def test_an_export_that_is_broken_off_leaves_nothing_at_all(tmp_path: Path) -> None:
    house, target = build(tmp_path / "huis", TOLD), tmp_path / "uit"
    with half_way(house.folder, target) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait() != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["huis"]


def test_an_export_that_is_under_way_is_left_alone_by_another(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", TOLD)
    with half_way(house.folder, tmp_path / "uit"):
        busy = left_behind(tmp_path)
        export(house, tmp_path / "ander")
        assert left_behind(tmp_path) == busy


def test_two_that_are_one_file_each_leave_each_other_alone(tmp_path: Path) -> None:
    targets = [tmp_path / "een.zip", tmp_path / "twee.zip"]
    with new_archive(targets[0], "een") as first:
        (first / "voor.txt").write_text("voor de ander")
        with new_archive(targets[1], "twee") as second:
            (second / "voor.txt").write_text("van de ander")
            sweep(tmp_path)
        (first / "na.txt").write_text("na de ander")
    names = []
    for target in targets:
        with zipfile.ZipFile(target) as archive:
            names.append(archive.namelist())
    assert names == [["een/na.txt", "een/voor.txt"], ["twee/voor.txt"]]
    assert sorted(tmp_path.iterdir()) == targets


def test_a_file_that_cannot_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    long_stories = [tell(BEWONER, nth(0, "Een zin die lang is. " * 380)) for _ in range(10)]
    house, target = build(tmp_path / "huis", long_stories), tmp_path / "uit"
    # A limit of 100 blocks of 512 bytes a file does to this process what a full disk does.
    typed = [*RAW, "--formats", "csv", "--out", str(target), "--config", str(house.config)]
    command = f"ulimit -f 100; exec {shlex.join([sys.executable, '-m', 'research', 'export', *typed])}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "De schijf is vol, of het bestand wordt te groot. Er is niets uitgevoerd.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["huis"]


def test_an_export_is_for_its_owner_only(tmp_path: Path) -> None:
    target = export(build(tmp_path / "huis", TOLD), tmp_path / "nieuw" / "uit")
    assert [_mode(path) for path in (target, target.parent)] == [0o700, 0o700]
    assert {_mode(path) for path in made(target).values()} == {0o600}
    assert {_mode(path) for path in target.rglob("*") if path.is_dir()} == {0o700}


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_there_already_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house, target = build(tmp_path / "huis", TOLD), export_target(tmp_path)
    assert run(["export", "--out", str(target), "--config", str(house.config), *RAW]) == 1
    assert capsys.readouterr().err == (
        f"{target} bestaat al en is niet leeg. Kies een nieuwe map; hierin is niets veranderd.\n"
    )
    assert [path.name for path in target.iterdir()] == ["iets.txt"]
    assert left_behind(tmp_path) == []


def export_target(parent: Path) -> Path:
    """A folder with something in it."""
    target = parent / "uit"
    target.mkdir()
    (target / "iets.txt").write_text("van iemand anders")
    return target


def test_an_empty_folder_may_be_the_place(tmp_path: Path) -> None:
    target = tmp_path / "uit"
    target.mkdir(mode=0o755)
    export(build(tmp_path / "huis", TOLD), target)
    assert _mode(target) == 0o700


def test_a_file_in_the_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("iets")
    with pytest.raises(ResearchFault, match="bestaat al"), new_folder(tmp_path / "uit"):
        pass


def test_whoever_takes_the_name_meanwhile_keeps_it(tmp_path: Path) -> None:
    with pytest.raises(ResearchFault, match="bestaat al"), new_folder(tmp_path / "uit"):
        export_target(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["uit"]


def test_only_folders_of_our_own_are_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "kostbaar").mkdir()
    (tmp_path / f"{UNFINISHED}link").symlink_to(tmp_path / "kostbaar")
    (tmp_path / f"{UNFINISHED}bestand").write_text("geen map")
    (tmp_path / f"{UNFINISHED}00ff00ff").mkdir()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{UNFINISHED}bestand",
        f"{UNFINISHED}link",
        "kostbaar",
    ]


def test_a_place_where_nobody_may_write_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = build(tmp_path / "huis", TOLD)
    assert run(["export", "--out", os.devnull + "/uit", "--config", str(house.config), *RAW]) == 1
    error = capsys.readouterr().err
    assert error.endswith("Er is niets uitgevoerd.\n")
    assert "Traceback" not in error
