"""Whether the bot can read what root made or put back in its folders."""

import os
from pathlib import Path

import pytest

from tests.bot.command import Folder
from tests.bot.test_backups import backed_up, sent

SOMEBODY = 65_534
ROOT_ONLY = "as somebody else than root there is nothing to give away"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of another user, in which root types the commands."""
    assert os.geteuid() == 0, ROOT_ONLY
    os.chown(tmp_path, SOMEBODY, SOMEBODY)
    return Folder(tmp_path)


def of_others(folder: Folder) -> list[str]:
    """What in the folder is not of the user whose folder it is."""
    return [str(path) for path in folder.place.rglob("*") if path.stat().st_uid != SOMEBODY]


def test_what_root_makes_is_of_the_user_whose_folder_it_is(folder: Folder) -> None:
    sent(folder)
    backed_up(folder)
    assert of_others(folder) == []


def test_what_root_changes_stays_of_the_user_whose_it_was(folder: Folder) -> None:
    sent(folder)
    copy = backed_up(folder)
    assert folder.run("keys", "rotate").returncode == 0
    assert folder.run("restore", "--over", copy).returncode == 0
    assert of_others(folder) == []
