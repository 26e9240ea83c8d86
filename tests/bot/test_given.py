"""Whether what an operator gave is looked at also where no setting reads it, and who else may read it."""

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import check, given
from bot.settings import Settings, TelegramSettings
from console.settings import CONFIG, PREFIX

REAL = f"110201543:{'AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'}x"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a folder without settings."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def with_token(token: str) -> Settings:
    return Settings(telegram=TelegramSettings(token=SecretStr(token)))


@pytest.mark.parametrize("token", ["123:abc", "hello world", f"{REAL} "])
def test_a_token_that_looks_like_none_is_a_fault_that_does_not_repeat_it(token: str) -> None:
    [sentence] = given.of_token(with_token(token))
    assert sentence.startswith("telegram.token: dit ziet er niet uit als een token van @BotFather")
    assert token not in sentence


def test_a_token_that_looks_like_one_or_none_at_all_is_no_fault_and_none_is_said() -> None:
    assert given.of_token(with_token(REAL)) == given.of_token(Settings()) == []
    assert given.warnings(Settings(), None) == [given.WITHOUT]
    assert given.warnings(with_token(REAL), None) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("VERTELBOT_TELEGRAM_TOKEN", " Bedoelt u VERTELBOT_TELEGRAM__TOKEN?"),
        ("VERTELBOT_STORAGE__URLL", " Bedoelt u VERTELBOT_STORAGE__URL?"),
        ("VERTELBOT_", " Zie config.example.toml."),
    ],
)
async def test_a_name_that_nothing_reads_is_a_fault_with_the_right_one(
    monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.setenv("VERTELBOT_LOG__LEVEL", "DEBUG")
    monkeypatch.setenv(name, "iets")
    assert given.unknown() == [f"{name}: deze instelling bestaat niet.{told}"]
    assert set(given.unknown()) <= set(await check.faults(None))


def test_a_file_that_was_handed_over_with_a_name_that_nothing_reads_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "VERTELBOT_TELEGRAM_TOKEN").write_text(REAL)
    (tmp_path / "van_een_ander").write_text("iets")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert len(given.unknown()) == 1


def test_a_file_with_a_token_that_others_may_read_is_told() -> None:
    CONFIG.write_text(f'[telegram]\ntoken = "{REAL}"\n')
    CONFIG.chmod(0o640)
    assert given.warnings(with_token(REAL), None) == [
        "Let op: config.toml: anderen kunnen het token erin lezen. Doe: chmod 600 config.toml"
    ]
    CONFIG.chmod(0o600)
    assert given.warnings(with_token(REAL), None) == []


def test_a_password_in_the_file_is_told_and_not_repeated() -> None:
    CONFIG.write_text('[storage]\nurl = "postgresql://jan:geheim@server/v"\n')
    [sentence] = given.warnings(with_token(REAL), None)
    assert "er staat een wachtwoord in storage.url" in sentence
    assert "geheim" not in sentence


async def test_without_a_file_one_is_told_to_make_it_first() -> None:
    told = "Er is nog geen config.toml. Kopieer eerst config.example.toml naar config.toml, en vul [study] in."
    assert told in await check.faults(None)
    CONFIG.write_text("")
    found = await check.faults(None)
    assert told not in found
    assert [sentence for sentence in found if sentence.startswith("study.contact: ")]
