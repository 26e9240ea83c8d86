"""Keys, what they make unreadable, and the file they are in; knows no database."""

import base64
import re
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.faults import KeyFileFault, StorageFault
from storage.secrets import KeyRing, create_key_file, read_key_file

KEY = base64.urlsafe_b64encode(b"een sleutel van precies 32 bytes").decode()
HASH = "c2xldXRlbHMgdmFuIHByZWNpZXMgMzIgYnl0ZXMgaGk="


def _write(path: Path, content: str | bytes, mode: int = 0o600) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)
    return path


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """Keys that several tests may share."""
    path = tmp_path_factory.mktemp("keys") / "sleutels.toml"
    create_key_file(path)
    return read_key_file(path)


@settings(deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encrypted_can_be_read_back_only_with_the_keys(ring: KeyRing, text: str) -> None:
    token = ring.encrypt(text)
    assert ring.decrypt(token) == text
    assert token.isascii()
    assert token != ring.encrypt(text)


def test_a_token_does_not_tell_when_it_was_made(ring: KeyRing) -> None:
    file_key = Fernet(Fernet.generate_key())
    assert file_key.extract_timestamp(file_key.encrypt(b"now")) > 1_700_000_000
    assert ring.encrypt("woorden")[:10] == "gAAAAAAAAA"


def test_a_token_that_was_touched_or_of_another_ring_is_a_fault(ring: KeyRing) -> None:
    token = ring.encrypt("woorden van een ander")
    for wrong in (token[:-2], "x" + token, Fernet(KEY).encrypt(b"woorden").decode(), "", "é"):
        with pytest.raises(StorageFault, match="niet te lezen met deze sleutels") as fault:
            ring.decrypt(wrong)
        assert fault.value.__suppress_context__


def test_text_that_cannot_be_kept_is_refused_without_repeating_it(ring: KeyRing) -> None:
    with pytest.raises(StorageFault, match="niet bewaard kunnen worden") as fault:
        ring.encrypt("geheim \udfff")
    assert fault.value.__suppress_context__


def test_a_mark_depends_on_kind_text_and_keys(ring: KeyRing, keys: KeyRing) -> None:
    mark = ring.mark("receipt", "K7PM4TX9R")
    assert re.fullmatch(r"[0-9a-f]{64}", mark)
    assert mark == ring.mark("receipt", "K7PM4TX9R")
    others = {
        ring.mark("chat", "K7PM4TX9R"),
        ring.mark("receipt", "K7PM4TX9S"),
        ring.mark("receiptK7", "PM4TX9R"),
        keys.mark("receipt", "K7PM4TX9R"),
    }
    assert mark not in others
    assert len(others) == 4
    with pytest.raises(ValueError, match="NUL"):
        ring.mark("a\0b", "c")


def test_keys_show_nowhere(tmp_path: Path) -> None:
    path = _write(tmp_path / "sleutels.toml", f'encrypt = ["{KEY}"]\nhash = "{HASH}"\n')
    shown = repr(read_key_file(path)) + str(read_key_file(path))
    assert KEY not in shown
    assert "sleutels van precies" not in shown


def test_the_newest_key_encrypts_and_older_ones_still_read(tmp_path: Path) -> None:
    older, newer = KEY, Fernet.generate_key().decode()
    before = read_key_file(_write(tmp_path / "a.toml", f'encrypt = ["{older}"]\nhash = "{HASH}"'))
    both = read_key_file(_write(tmp_path / "b.toml", f'encrypt = ["{newer}", "{older}"]\nhash = "{HASH}"'))
    after = read_key_file(_write(tmp_path / "c.toml", f'encrypt = ["{newer}"]\nhash = "{HASH}"'))
    assert both.decrypt(before.encrypt("oud")) == "oud"
    assert after.decrypt(both.encrypt("nieuw")) == "nieuw"
    assert before.mark("chat", "1") == after.mark("chat", "1")
    with pytest.raises(StorageFault):
        after.decrypt(before.encrypt("oud"))


def test_a_new_key_file_is_for_its_owner_only_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "sleutels.toml"
    create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "Bewaar het apart van de database" in path.read_text()
    other = tmp_path / "keys" / "andere.toml"
    create_key_file(other)
    assert other.read_text() != path.read_text()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = _write(tmp_path / "sleutels.toml", "iets anders")
    pointing = tmp_path / "pointing.toml"
    pointing.symlink_to(tmp_path / "nowhere.toml")
    for taken in (path, pointing):
        with pytest.raises(KeyFileFault, match="niet overschreven"):
            create_key_file(taken)
    assert path.read_text() == "iets anders"
    assert not (tmp_path / "nowhere.toml").exists()


def test_a_key_file_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeyFileFault, match="kan niet worden gemaakt"):
        create_key_file(tmp_path / "file" / "sleutels.toml")


def test_a_key_file_that_is_missing_or_no_file_is_a_fault(tmp_path: Path) -> None:
    for missing in (tmp_path / "sleutels.toml", tmp_path / "nowhere" / "sleutels.toml"):
        with pytest.raises(KeyFileFault, match="Er is geen sleutelbestand"):
            read_key_file(missing)
    (tmp_path / "folder").mkdir()
    with pytest.raises(KeyFileFault, match="is niet te lezen"):
        read_key_file(tmp_path / "folder")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622, 0o644, 0o666])
def test_a_key_file_that_others_can_reach_is_a_fault(tmp_path: Path, mode: int) -> None:
    path = _write(tmp_path / "sleutels.toml", f'encrypt = ["{KEY}"]\nhash = "{HASH}"', mode)
    with pytest.raises(KeyFileFault, match=f"chmod 600 {path}"):
        read_key_file(path)


def test_a_folder_in_which_others_can_write_is_a_fault(tmp_path: Path) -> None:
    path = _write(tmp_path / "sleutels.toml", f'encrypt = ["{KEY}"]\nhash = "{HASH}"')
    tmp_path.chmod(0o730)
    with pytest.raises(KeyFileFault, match=f"chmod 700 {tmp_path}"):
        read_key_file(path)


@pytest.mark.parametrize("content", [b"encrypt = [", b"\xff\xfe", b"encrypt = 1\nencrypt = 2"])
def test_a_key_file_that_is_no_toml_is_a_fault(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(KeyFileFault, match="geen goed TOML-bestand"):
        read_key_file(_write(tmp_path / "sleutels.toml", content))


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", ["'encrypt'", "'hash'"]),
        (f'encrypt = []\nhash = "{HASH}"', ["'encrypt'"]),
        (f'encrypt = "{KEY}"\nhash = "{HASH}"', ["'encrypt'"]),
        (f'encrypt = ["{KEY}", "kort"]\nhash = "{HASH}"', ["'encrypt'"]),
        (f'encrypt = [7]\nhash = "{HASH}"', ["'encrypt'"]),
        (f'encrypt = ["{KEY}"]\nhash = "a29ydA=="', ["'hash'"]),
        (f'encrypt = ["{KEY}"]\nhash = "geen base64!"', ["'hash'"]),
        (f'encrypt = ["{KEY}"]\nhash = "é"', ["'hash'"]),
        (f'encrypt = ["{KEY}"]\nhash = 12', ["'hash'"]),
        (f'encrypt = ["{KEY}"]\nhash = "{HASH}"\nextra = 1', ["'extra'"]),
        ("andere = 1\nextra = 1", ["'andere'", "'extra'", "'encrypt'", "'hash'"]),
    ],
)
def test_all_that_is_wrong_in_a_key_file_is_said_at_once(tmp_path: Path, content: str, faults: list[str]) -> None:
    with pytest.raises(KeyFileFault, match="klopt niet") as refused:
        read_key_file(_write(tmp_path / "sleutels.toml", content))
    assert re.findall(r"'[a-z]+'", str(refused.value).partition("klopt niet.")[2]) == faults
    assert KEY not in str(refused.value)
    assert HASH not in str(refused.value)


def test_an_older_file_put_back_beside_a_ring_changes_nothing_and_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.secrets.LOOK_SECONDS", 0)
    newer, newest = (Fernet.generate_key().decode() for _ in range(2))
    path = _write(tmp_path / "a.toml", f'encrypt = ["{newer}", "{KEY}"]\nhash = "{HASH}"')
    ring = read_key_file(path)
    _write(path, f'encrypt = ["{KEY}"]\nhash = "{HASH}"')
    assert all(ring.is_of_newest(ring.encrypt("een")) for _ in range(3))
    with pytest.raises(StorageFault):
        read_key_file(path).decrypt(ring.encrypt("twee"))
    told = [record.message for record in caplog.records if "ouder" in record.message]
    assert len(told) == 1
    # What a change of keys makes of the file is taken, also from there.
    _write(path, f'encrypt = ["{newest}", "{newer}", "{KEY}"]\nhash = "{HASH}"')
    assert read_key_file(path).is_of_newest(ring.encrypt("drie"))
    _write(path, f'encrypt = ["{newest}"]\nhash = "{HASH}"')
    assert read_key_file(path).decrypt(ring.encrypt("vier")) == "vier"
    assert len(caplog.records) == 1
