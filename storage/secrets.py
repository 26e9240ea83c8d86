"""The keys: words made unreadable and readable again, and marks that nobody can turn back; knows no database.

The key file is kept apart from the database and from the backups of it: with both, everything can be read.
"""

import base64
import hmac
import logging
import os
import secrets
import stat
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.faults import KeyFileFault, StorageFault
from storage.private_files import OTHERS, OTHERS_WRITING, create_file, make_folder

HASH_BYTES = 32

LOOK_SECONDS = 1.0
"""So long a ring makes tokens without looking whether its file has a newer key."""

Stamp = tuple[int, int, int]

log = logging.getLogger(__name__)

_UNREADABLE = "Een tekst in de database is niet te lezen met deze sleutels, of is beschadigd."

_OLDER = "Zet het nieuwste bestand terug, vóór u iets opnieuw start. Tot dan gebruik ik wat ik al had."
_NO_TIME = 0
_FILE = """\
# De sleutels van Vertelbot. Zonder dit bestand kan niemand de verhalen lezen, ook u niet.
# Bewaar het apart van de database en apart van de reservekopieën van de database.
# Maak er wel een kopie van, op een andere veilige plek. Deel het met niemand.
#
# encrypt: versleutelt wat mensen typen. De nieuwste sleutel staat vooraan. Oude blijven staan.
# hash: maakt kenmerken van chats en codes. Verander deze nooit: dan is er niets meer terug te vinden.

encrypt = [{encrypt}]
hash = "{hash}"
"""


@dataclass(frozen=True, eq=False)
class Keys:
    """What stands in a key file. They show in no `repr` and in no error."""

    encrypt: tuple[str, ...] = field(repr=False)
    hash: bytes = field(repr=False)

    @cached_property
    def newest(self) -> Fernet:
        """What opens the tokens of the first key only."""
        return Fernet(self.encrypt[0])

    @cached_property
    def boxes(self) -> MultiFernet:
        """What makes tokens with the first key, and opens those of any."""
        return MultiFernet([Fernet(key) for key in self.encrypt])


class KeyRing:
    """The keys of one database.

    A ring that was read from a file sees when another program puts a new key in there: at once where it meets a token
    that it cannot open, and within a second where it makes one. So keys can be changed while the bot is running.
    """

    def __init__(self, keys: Keys, path: Path | None = None, stamp: Stamp | None = None) -> None:
        self._keys = keys
        self._path = path
        self._stamp = stamp
        self._look_at = time.monotonic() + LOOK_SECONDS
        self._generation = 0

    @property
    def generation(self) -> int:
        """Another number whenever the keys have changed: what was made with them before is to be made anew."""
        self.look()
        return self._generation

    def look(self) -> None:
        """Sees what the file says, once a second at most. Who does nothing for long has to, or misses a change."""
        if time.monotonic() >= self._look_at:
            self._look_again()

    def encrypt(self, text: str) -> str:
        """`text`, unreadable, made with the newest key. It differs every time.

        The token says 1970: a Fernet token carries its time in the clear, and when somebody typed is not for others.
        """
        return self.seal(_coded(text)).decode()

    def decrypt(self, token: str) -> str:
        """The text of a token, whichever key of the ring made it."""
        try:
            return self.open(token.encode()).decode()
        except UnicodeError:
            raise StorageFault(_UNREADABLE) from None

    def seal(self, content: bytes) -> bytes:
        """As `encrypt`, for any bytes."""
        self.look()
        return self._keys.boxes.encrypt_at_time(content, _NO_TIME)

    def open(self, token: bytes) -> bytes:
        """As `decrypt`, for any bytes."""
        try:
            return self._opened(token)
        except InvalidToken:
            raise StorageFault(_UNREADABLE) from None

    def is_of_newest(self, token: str) -> bool:
        """Whether the newest key made this token."""
        try:
            self._keys.newest.extract_timestamp(token.encode())
        except InvalidToken:
            return False
        return True

    def renewed(self, token: str) -> str:
        """A token that holds the same, made with the newest key."""
        return self.seal(self.open(token.encode())).decode()

    def newest_only(self) -> "KeyRing":
        """A ring without the older keys."""
        return KeyRing(replace(self._keys, encrypt=self._keys.encrypt[:1]))

    def encrypt_with(self, kind: str, secret: str, text: str) -> str:
        """`text`, unreadable for whoever has not both these keys and `secret`. Never rotated: the hash key stays."""
        return self._box(kind, secret).encrypt_at_time(_coded(text), _NO_TIME).decode()

    def decrypt_with(self, kind: str, secret: str, token: str) -> str:
        """The text that `encrypt_with` made unreadable with the same secret of the same kind."""
        try:
            return self._box(kind, secret).decrypt(token.encode()).decode()
        except (InvalidToken, UnicodeError):
            raise StorageFault(_UNREADABLE) from None

    def mark(self, kind: str, text: str) -> str:
        """A keyed hash (HMAC-SHA256, 64 hex digits) to look `text` up by; the same text of another `kind` differs."""
        return self._digest(kind, text).hex()

    def _digest(self, kind: str, text: str) -> bytes:
        if "\0" in kind:
            raise ValueError("a kind holds no NUL: it ends the kind in what is hashed")
        return hmac.digest(self._keys.hash, f"{kind}\0{text}".encode(), "sha256")

    def _box(self, kind: str, secret: str) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._digest(kind, secret)))

    def _opened(self, token: bytes) -> bytes:
        try:
            return self._keys.boxes.decrypt(token)
        except InvalidToken:
            if not self._look_again():
                raise
            return self._keys.boxes.decrypt(token)

    def _look_again(self) -> bool:
        """Whether the key file says something else by now. One that is gone or of another database changes nothing.

        Neither does an older one: what is made with the newest key could not be read after that. A change puts a key
        in front or takes away what comes after the first, so the newest of now is always in what follows.
        """
        self._look_at = time.monotonic() + LOOK_SECONDS
        if self._path is None or stamp(self._path) == self._stamp:
            return False
        try:
            keys, seen = _read(self._path)
        except StorageFault:
            return False
        if keys.hash != self._keys.hash:
            return False
        self._stamp = seen
        if self._keys.encrypt[0] not in keys.encrypt:
            log.error("Het sleutelbestand %s is ouder dan de sleutels in gebruik. %s", self._path, _OLDER)
            return False
        self._keys = keys
        self._generation += 1
        return True


def _coded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        # From None: the error holds the words themselves.
        raise StorageFault("Een tekst heeft tekens die niet bewaard kunnen worden.") from None


def create_key_file(path: Path) -> None:
    """Makes a file with new keys, mode 0600, its folder (if new) 0700. An existing file is never touched."""
    keys = Keys((Fernet.generate_key().decode(),), secrets.token_bytes(HASH_BYTES))
    try:
        make_folder(path.parent)
        create_file(path, written(keys))
    except FileExistsError:
        raise KeyFileFault(f"Er is al iets in {path}. Het is niet overschreven.") from None
    except OSError as error:
        raise KeyFileFault(f"Het sleutelbestand {path} kan niet worden gemaakt: {error.strerror}.") from error


def written(keys: Keys) -> bytes:
    """The content of a key file with these keys."""
    encrypt = ", ".join(f'"{key}"' for key in keys.encrypt)
    return _FILE.format(encrypt=encrypt, hash=base64.b64encode(keys.hash).decode()).encode()


def read_key_file(path: Path) -> KeyRing:
    """The keys in `path`. `KeyFileFault` says everything that is wrong with what is in it at once."""
    keys, seen = _read(path)
    return KeyRing(keys, path, seen)


def read_keys(path: Path) -> Keys:
    """As `read_key_file`, but what stands there now and no ring of it."""
    return _read(path)[0]


def stamp(path: Path) -> Stamp | None:
    """What changes when a file does; None where there is none."""
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def _read(path: Path) -> tuple[Keys, Stamp]:
    try:
        content, seen = _read_private(path)
    except FileNotFoundError:
        raise KeyFileFault(f"Er is geen sleutelbestand in {path}.") from None
    except OSError as error:
        raise KeyFileFault(f"Het sleutelbestand {path} is niet te lezen: {error.strerror}.") from error
    return _keys(path, _table(path, content)), seen


def _stamp(seen: os.stat_result) -> Stamp:
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


def _read_private(path: Path) -> tuple[bytes, Stamp]:
    """Checks the file that it reads, not one that took its name in between."""
    if path.parent.stat().st_mode & OTHERS_WRITING:
        raise KeyFileFault(
            f"Anderen kunnen schrijven in de map van het sleutelbestand. Doe eerst: chmod 700 {path.parent}"
        )
    with path.open("rb") as file:
        seen = os.fstat(file.fileno())
        if stat.S_IMODE(seen.st_mode) & OTHERS:
            raise KeyFileFault(f"Anderen kunnen bij het sleutelbestand. Doe eerst: chmod 600 {path}")
        return file.read(), _stamp(seen)


def _table(path: Path, content: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeError):
        raise KeyFileFault(f"Het sleutelbestand {path} is geen goed TOML-bestand.") from None


def _keys(path: Path, table: Mapping[str, object]) -> Keys:
    encrypt = _encrypt_keys(table.get("encrypt"))
    hash_key = _hash_key(table.get("hash"))
    faults = [f"'{name}' hoort er niet in." for name in sorted(table.keys() - {"encrypt", "hash"})]
    if not encrypt:
        faults.append("'encrypt' moet een lijst zijn van een of meer Fernet-sleutels.")
    if not hash_key:
        faults.append(f"'hash' moet een sleutel van {HASH_BYTES} bytes zijn, in base64.")
    if faults:
        raise KeyFileFault(f"Het sleutelbestand {path} klopt niet. " + " ".join(faults))
    return Keys(encrypt, hash_key)


def _encrypt_keys(keys: object) -> tuple[str, ...]:
    """The keys; none where one of them is no key."""
    if not isinstance(keys, list):
        return ()
    try:
        for key in keys:
            Fernet(key)
    except (ValueError, TypeError, AttributeError):
        return ()
    return tuple(keys)


def _hash_key(text: object) -> bytes:
    """The key; empty where it is none."""
    try:
        key = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""
    return key if len(key) == HASH_BYTES else b""
