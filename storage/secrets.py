"""The keys: words made unreadable and readable again, and marks that nobody can turn back; knows no database.

The key file is kept apart from the database and from the backups of it: with both, everything can be read.
"""

import base64
import hmac
import os
import secrets
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.faults import KeyFileFault, StorageFault
from storage.private_files import OTHERS, OTHERS_WRITING, create_file, make_folder

HASH_BYTES = 32

_NO_TIME = 0
_FILE = """\
# De sleutels van Vertelbot. Zonder dit bestand kan niemand de verhalen lezen, ook u niet.
# Bewaar het apart van de database en apart van de reservekopieën van de database.
# Maak er wel een kopie van, op een andere veilige plek. Deel het met niemand.
#
# encrypt: versleutelt wat mensen typen. De nieuwste sleutel staat vooraan. Oude blijven staan.
# hash: maakt kenmerken van chats en codes. Verander deze nooit: dan is er niets meer terug te vinden.

encrypt = ["{encrypt}"]
hash = "{hash}"
"""


@dataclass(frozen=True, eq=False)
class KeyRing:
    """The keys of one database. They show in no `repr` and in no error."""

    _boxes: MultiFernet = field(repr=False)
    _hash: bytes = field(repr=False)

    def encrypt(self, text: str) -> str:
        """`text`, unreadable, made with the newest key. It differs every time.

        The token says 1970: a Fernet token carries its time in the clear, and when somebody typed is not for others.
        """
        try:
            words = text.encode()
        except UnicodeEncodeError:
            # From None: the error holds the words themselves.
            raise StorageFault("Een tekst heeft tekens die niet bewaard kunnen worden.") from None
        return self._boxes.encrypt_at_time(words, _NO_TIME).decode()

    def decrypt(self, token: str) -> str:
        """The text of a token, whichever key of the ring made it."""
        try:
            return self._boxes.decrypt(token.encode()).decode()
        except (InvalidToken, UnicodeError):
            raise StorageFault(
                "Een tekst in de database is niet te lezen met deze sleutels, of is beschadigd."
            ) from None

    def mark(self, kind: str, text: str) -> str:
        """A keyed hash (HMAC-SHA256, 64 hex digits) to look `text` up by; the same text of another `kind` differs."""
        if "\0" in kind:
            raise ValueError("a kind holds no NUL: it ends the kind in what is hashed")
        return hmac.digest(self._hash, f"{kind}\0{text}".encode(), "sha256").hex()


def create_key_file(path: Path) -> None:
    """Makes a file with new keys, mode 0600, its folder (if new) 0700. An existing file is never touched."""
    content = _FILE.format(
        encrypt=Fernet.generate_key().decode(),
        hash=base64.b64encode(secrets.token_bytes(HASH_BYTES)).decode(),
    )
    try:
        make_folder(path.parent)
        create_file(path, content.encode())
    except FileExistsError:
        raise KeyFileFault(f"Er is al iets in {path}. Het is niet overschreven.") from None
    except OSError as error:
        raise KeyFileFault(f"Het sleutelbestand {path} kan niet worden gemaakt: {error.strerror}.") from error


def read_key_file(path: Path) -> KeyRing:
    """The keys in `path`. `KeyFileFault` says everything that is wrong with what is in it at once."""
    try:
        content = _read_private(path)
    except FileNotFoundError:
        raise KeyFileFault(f"Er is geen sleutelbestand in {path}.") from None
    except OSError as error:
        raise KeyFileFault(f"Het sleutelbestand {path} is niet te lezen: {error.strerror}.") from error
    return _key_ring(path, _table(path, content))


def _read_private(path: Path) -> bytes:
    """Checks the file that it reads, not one that took its name in between."""
    if path.parent.stat().st_mode & OTHERS_WRITING:
        raise KeyFileFault(
            f"Anderen kunnen schrijven in de map van het sleutelbestand. Doe eerst: chmod 700 {path.parent}"
        )
    with path.open("rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & OTHERS:
            raise KeyFileFault(f"Anderen kunnen bij het sleutelbestand. Doe eerst: chmod 600 {path}")
        return file.read()


def _table(path: Path, content: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeError):
        raise KeyFileFault(f"Het sleutelbestand {path} is geen goed TOML-bestand.") from None


def _key_ring(path: Path, table: Mapping[str, object]) -> KeyRing:
    boxes = _boxes(table.get("encrypt"))
    hash_key = _hash_key(table.get("hash"))
    faults = [f"'{name}' hoort er niet in." for name in sorted(table.keys() - {"encrypt", "hash"})]
    if not boxes:
        faults.append("'encrypt' moet een lijst zijn van een of meer Fernet-sleutels.")
    if not hash_key:
        faults.append(f"'hash' moet een sleutel van {HASH_BYTES} bytes zijn, in base64.")
    if faults:
        raise KeyFileFault(f"Het sleutelbestand {path} klopt niet. " + " ".join(faults))
    return KeyRing(MultiFernet(boxes), hash_key)


def _boxes(keys: object) -> list[Fernet]:
    """A box for each key; none where one of them is no key."""
    if not isinstance(keys, list):
        return []
    try:
        return [Fernet(key) for key in keys]
    except (ValueError, TypeError, AttributeError):
        return []


def _hash_key(text: object) -> bytes:
    """The key; empty where it is none."""
    try:
        key = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""
    return key if len(key) == HASH_BYTES else b""
