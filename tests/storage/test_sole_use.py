"""Whether a mark on a file is of one program at a time, and goes with it however it ends."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from storage.faults import StorageFault
from storage.sole_use import SoleUse

HOLD = """
import sys, time
from pathlib import Path
from storage.sole_use import SoleUse

use = SoleUse(Path(sys.argv[1]))
print(use.take(), flush=True)
time.sleep(600)
"""


def test_a_mark_is_of_whoever_was_first_until_it_is_given_back(tmp_path: Path) -> None:
    first, second = SoleUse(tmp_path / "mark"), SoleUse(tmp_path / "mark")
    assert first.take()
    assert first.take()
    assert not second.take()
    second.give_back()
    assert not second.take()
    first.give_back()
    first.give_back()
    assert second.take()
    second.give_back()


def test_a_program_that_is_killed_leaves_it(tmp_path: Path) -> None:
    use = SoleUse(tmp_path / "mark")
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path / "mark")], stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"True\n"
        assert not use.take()
        other.kill()
    assert use.take()
    use.give_back()


def test_only_the_owner_may_open_it(tmp_path: Path) -> None:
    use = SoleUse(tmp_path / "mark")
    assert use.take()
    use.give_back()
    assert stat.S_IMODE((tmp_path / "mark").stat().st_mode) == 0o600


def test_a_place_where_no_file_can_be_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageFault, match="kan niet worden gemaakt"):
        SoleUse(tmp_path / "nergens" / "mark").take()
