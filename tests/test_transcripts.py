"""Every transcript at every depth: the rules alone, the corridor over a database, Telegram over HTTP, the terminal.

`pytest tests/test_transcripts.py --update` writes what is said and kept in truth, as the bare rules tell it, or as
Telegram does where the rules alone cannot know it.
"""

from pathlib import Path

import pytest

from storage.secrets import KeyRing
from tests.botapi.server import FakeTelegram
from tests.postgres import PostgresServer
from tests.talk.players import IntakePlayer, Player, StepPlayer
from tests.talk.script import Script, read, scripts, text_of, update, written
from tests.talk.telegram_player import TelegramPlayer
from tests.talk.terminal_player import recorded
from tests.talk.web_player import WebPlayer, in_browser
from tests.talk.world import library


def at(depth: str) -> pytest.MarkDecorator:
    """All transcripts that can be played at a depth, each a test by its own name."""
    found = [path for path in scripts() if depth in read(path).depths]
    return pytest.mark.parametrize("path", found, ids=lambda path: path.stem)


@at("step")
async def test_the_rules_say_and_keep_what_the_transcript_says(path: Path, request: pytest.FixtureRequest) -> None:
    script = read(path)
    played = await _played(StepPlayer(library(is_open=script.is_open)), script)
    if request.config.getoption("--update"):
        update(path, script, played)
    assert written(script, played) == written(script, [list(turn.expected) for turn in read(path).turns])


@at("intake")
async def test_the_corridor_keeps_it_in_a_database_closed_between_all_lines(
    path: Path, tmp_path: Path, keys: KeyRing
) -> None:
    script = read(path)
    player = IntakePlayer(f"sqlite:///{tmp_path}/verhalen.db", keys, library(is_open=script.is_open))
    assert text_of(script, await _played(player, script)) == text_of(script)


@at("intake")
async def test_the_corridor_keeps_it_on_a_server_too(path: Path, postgres: PostgresServer, keys: KeyRing) -> None:
    script = read(path)
    name = await postgres.database()
    player = IntakePlayer(postgres.url(name), keys, library(is_open=script.is_open))
    assert text_of(script, await _played(player, script)) == text_of(script)
    await postgres.drop(name)


@at("telegram")
async def test_telegram_says_it_over_real_http(
    path: Path, tmp_path: Path, keys: KeyRing, request: pytest.FixtureRequest
) -> None:
    script = read(path)
    async with FakeTelegram() as telegram:
        player = TelegramPlayer(telegram, tmp_path, keys, library(is_open=script.is_open))
        try:
            played = await _played(player, script)
        finally:
            await player.stop()
        assert telegram.rejected == []
    if request.config.getoption("--update") and "step" not in script.depths:
        update(path, script, played)
        script = read(path)
    assert text_of(script, played) == text_of(script)


@at("terminal")
async def test_the_terminal_records_the_same_transcript(path: Path, tmp_path: Path, keys: KeyRing) -> None:
    script = read(path)
    again = await recorded(script, tmp_path, keys, library(is_open=script.is_open))
    assert text_of(again) == text_of(script)


@at("web")
async def test_a_browser_without_scripts_says_it_over_real_http(path: Path, tmp_path: Path, keys: KeyRing) -> None:
    script = read(path)
    player = WebPlayer(tmp_path, keys, library(is_open=script.is_open))
    try:
        played = await _played(player, script)
    finally:
        await player.stop()
    assert text_of(script, played) == in_browser(text_of(script))


async def _played(player: Player, script: Script) -> list[list[str]]:
    return [await player.play(turn.action) for turn in script.turns]
