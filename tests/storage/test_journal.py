"""The list of what was taken away for good: whole lines only, of every program, whatever happened to the disk."""

import resource
import secrets
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.erased import Erased, Kind
from storage.journal import Journal

DAY = "2026-03-04"
STORY = Erased(Kind.STORY, "b1c2d3", "2026-03-04")
DRAFT = Erased(Kind.DRAFT, "0f3c9a", "2026-03-04")
LATER = Erased(Kind.STORY, "e5f6a7", "2026-03-06")

_KILLED = """
import os, signal, sys
from pathlib import Path
from storage.erased import Erased, Kind
from storage.journal import Journal
Journal(Path(sys.argv[1])).note([Erased(Kind.STORY, "b1c2d3", "2026-03-04")])
os.kill(os.getpid(), signal.SIGKILL)
"""


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_what_was_noted_by_any_program_is_read_by_every_other(tmp_path: Path) -> None:
    here, there = Journal(tmp_path), Journal(tmp_path)
    here.note([STORY, DRAFT])
    there.note([LATER])
    here.note([STORY])
    assert Journal(tmp_path).every() == {STORY, DRAFT, LATER}
    assert len(_files(tmp_path)) == 2


def test_the_list_is_for_its_owner_only_and_holds_ids_and_days(tmp_path: Path) -> None:
    folder = tmp_path / "nieuw"
    Journal(folder).note([STORY, DRAFT])
    [file] = _files(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert file.read_text().split() == [
        *("2026-03-04", "lijst", "."),
        *("2026-03-04", "concept", "0f3c9a", "."),
        *("2026-03-04", "verhaal", "b1c2d3", "."),
    ]


def test_no_folder_is_an_empty_list_and_is_not_made_by_reading(tmp_path: Path) -> None:
    assert Journal(tmp_path / "weg").every() == set()
    Journal(tmp_path / "weg").forget(date(2026, 1, 1))
    assert not (tmp_path / "weg").exists()


@given(cut=st.integers(0, 200), rubbish=st.sampled_from([b"", b"\0" * 40, b"\xff\xfe", b"2026-03-04 verhaal b1"]))
def test_a_line_that_was_cut_is_none_and_spoils_no_other(
    tmp_path_factory: pytest.TempPathFactory, cut: int, rubbish: bytes
) -> None:
    folder = tmp_path_factory.mktemp("lijst")
    journal = Journal(folder)
    journal.note([STORY])
    journal.note([DRAFT])
    [file] = _files(folder)
    whole = file.read_bytes()
    file.write_bytes(whole[:cut] + rubbish)
    kept = journal.every()
    ends = {item: whole.index(item.id.encode()) + len(f"{item.id} .") for item in (STORY, DRAFT)}
    assert {item for item, end in ends.items() if cut > end or (cut == end and not rubbish)} <= kept
    assert kept <= {item for item, end in ends.items() if cut >= end}
    another = Erased(Kind.STORY, "e5f6a7", "2026-03-04")
    journal.note([another])
    assert journal.every() == kept | {another}


def test_a_line_is_there_when_the_program_was_killed_right_after(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert Journal(tmp_path).every() == {STORY}


def test_a_disk_that_is_full_half_way_is_a_fault_and_the_next_line_is_whole(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.note([STORY])
    [file] = _files(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 12, limits[1]))
        with pytest.raises(OSError, match="File too large"):
            journal.note([DRAFT])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, heard)
    assert journal.every() == {STORY}
    journal.note([DRAFT])
    assert journal.every() == {STORY, DRAFT}


def test_old_lines_go_when_no_copy_can_hold_any_of_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.note([STORY, LATER])
    (tmp_path / "iets-anders.txt").touch()
    journal.forget(date(2026, 3, 4))
    assert journal.every() == {STORY, LATER}
    journal.forget(date(2026, 3, 5))
    assert journal.every() == {LATER}
    assert (tmp_path / "iets-anders.txt").exists()


def test_nothing_tells_what_was_taken_away_together(tmp_path: Path) -> None:
    pairs = [(Erased(Kind.STORY, secrets.token_hex(8), DAY), Erased(Kind.DRAFT, secrets.token_hex(8), DAY))]
    pairs += [(Erased(Kind.STORY, secrets.token_hex(8), DAY), Erased(Kind.DRAFT, secrets.token_hex(8), DAY))]
    one, other = Journal(tmp_path / "een"), Journal(tmp_path / "ander")
    for pair in pairs:
        one.note(pair)
    for item in sorted((item for pair in pairs for item in pair), key=lambda item: item.kind):
        other.note([item])
    [here], [there] = _files(tmp_path / "een"), _files(tmp_path / "ander")
    assert here.read_bytes() == there.read_bytes()
    assert one.every() == {item for pair in pairs for item in pair}


def test_a_list_without_a_line_is_there_and_one_of_before_is_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "lijst")
    assert not journal.reaches("2026-03-04")
    journal.begin("2026-03-04")
    Journal(tmp_path / "lijst").begin("2026-03-04")
    assert len(_files(tmp_path / "lijst")) == 1
    assert (journal.every(), journal.reaches("2026-03-04"), journal.reaches("2026-03-05")) == (set(), True, False)


def test_what_a_killed_program_left_beside_a_list_is_none_and_goes_with_it(tmp_path: Path) -> None:
    left = tmp_path / "weggehaald-2026-03-04-0a.txt.nieuw"
    left.write_text("2026-03-04 verhaal b1c2d3 .\n")
    journal = Journal(tmp_path)
    assert (journal.every(), journal.reaches("2026-03-04")) == (set(), False)
    journal.forget(date(2026, 3, 5))
    assert not left.exists()


def test_a_folder_that_is_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with suppress(NotADirectoryError):
        Journal(tmp_path / "bestand").note([STORY])
        pytest.fail("it seemed to be written")
    assert Journal(tmp_path / "bestand").every() == set()
