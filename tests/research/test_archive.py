"""An export as one file: the same one has the same bytes whatever it is called, and a locked one is opened by few."""

import io
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest

from tests.research.kept import House, build, export, made, manifest
from tests.research.told import BEWONER, nth, tell


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A few stories."""
    return build(tmp_path / "huis", [tell(BEWONER, nth(number)) for number in range(3)])


@dataclass(frozen=True)
class Plain:
    """An export as a folder, and the id of its snapshot."""

    files: dict[str, bytes]
    snapshot: str


@pytest.fixture
def plain(house: House) -> Plain:
    """What every file that is made of the same snapshot has to hold."""
    folder = export(house, house.folder / "map")
    files = {name: path.read_bytes() for name, path in made(folder).items()}
    return Plain(files, str(manifest(folder)["momentopname"]))


def packed(archive: bytes, snapshot: str) -> dict[str, bytes]:
    """The files in a zip, by their names below its one folder."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name.removeprefix(f"uitvoer-{snapshot}/"): opened.read(name) for name in opened.namelist()}


def beside(path: Path) -> list[str]:
    """All that stands in the folder of a file."""
    return sorted(other.name for other in path.parent.iterdir())


def test_the_same_snapshot_gives_the_same_zip_whatever_it_is_called(house: House, plain: Plain, tmp_path: Path) -> None:
    for name in ("een", "twee.zip"):
        export(house, tmp_path / "zips" / name, "--zip", "--snapshot", plain.snapshot)
    first, second = (tmp_path / "zips" / name for name in ("een.zip", "twee.zip"))
    assert first.read_bytes() == second.read_bytes()
    assert packed(first.read_bytes(), plain.snapshot) == plain.files
    assert beside(first) == ["een.zip", "twee.zip"]


def test_a_zip_says_nothing_of_when_and_where_it_was_made_and_is_for_its_owner_only(
    house: House, plain: Plain, tmp_path: Path
) -> None:
    export(house, tmp_path / "uit", "--zip", "--snapshot", plain.snapshot)
    with zipfile.ZipFile(tmp_path / "uit.zip") as opened:
        told = {(entry.date_time, entry.external_attr >> 16, entry.extra, entry.comment) for entry in opened.infolist()}
        assert opened.namelist() == sorted(opened.namelist())
    assert told == {((1980, 1, 1, 0, 0, 0), 0o600, b"", b"")}
    assert stat.S_IMODE((tmp_path / "uit.zip").stat().st_mode) == 0o600


def test_who_holds_a_key_opens_what_was_locked_for_it_and_nobody_else(
    house: House, plain: Plain, tmp_path: Path
) -> None:
    holder, second, stranger = (pyrage.x25519.Identity.generate() for _ in range(3))
    keys = [part for key in (holder, second) for part in ("--encrypt-to", str(key.to_public()))]
    export(house, tmp_path / "kluis" / "uit", *keys, "--snapshot", plain.snapshot)
    path = tmp_path / "kluis" / "uit.zip.age"
    assert beside(path) == ["uit.zip.age"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    locked = path.read_bytes()
    for key in (holder, second):
        assert packed(pyrage.decrypt(locked, [key]), plain.snapshot) == plain.files
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(locked, [stranger])
    assert [name for name in plain.files if name.encode() in locked] == []
