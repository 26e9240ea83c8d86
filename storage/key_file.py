"""A key file that gets a new key or loses old ones, so that it is whole at any moment; knows no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cryptography.fernet import Fernet

from storage.faults import KeyFileFault
from storage.private_files import alone, create_file, put
from storage.secrets import Keys, read_keys, written


@contextmanager
def changing(path: Path) -> Iterator[Keys]:
    """The keys in `path`, while no other program of ours changes them."""
    with alone(path.parent):
        yield read_keys(path)


def add_key(path: Path) -> None:
    """Puts a new key in front; the older ones stay."""
    keys = read_keys(path)
    _write(path, replace(keys, encrypt=(Fernet.generate_key().decode(), *keys.encrypt)))


def keep_newest(path: Path, keys: Keys) -> int:
    """Takes the older of these keys away; how many. Refuses where by now others stand there: nobody looked at those."""
    if written(read_keys(path)) != written(keys):
        raise KeyFileFault(
            f"Het sleutelbestand {path} is intussen veranderd. Er is niets weggegooid. Probeer het nog eens."
        )
    _write(path, replace(keys, encrypt=keys.encrypt[:1]))
    return len(keys.encrypt) - 1


def _write(path: Path, keys: Keys) -> None:
    """A file beside it that is whole gets its name: whoever is killed leaves the old one or the new one."""
    beside = path.with_name(f"{path.name}.nieuw")
    try:
        beside.unlink(missing_ok=True)
        create_file(beside, written(keys))
        put(beside, path.resolve())
    except OSError as error:
        raise KeyFileFault(f"Het sleutelbestand {path} kan niet worden veranderd: {error.strerror}.") from error
