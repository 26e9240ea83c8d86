"""From /start to the receipt over HTTP, through SIGKILL after every answer, to the export: the story is whole."""

import asyncio
import csv
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Values
from tests.corridor.process import Bot
from tests.corridor.resident import CANARIES, CHAT, LABELS, LINK, PIECES, REMARK, TITLE, TURNS, act, said
from tests.research.containers import everything


async def test_a_story_is_whole_after_a_kill_between_any_two_answers(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        bot = Bot(telegram, tmp_path)
        for turn in TURNS:
            await bot.start()
            act(telegram, turn)
            await telegram.quiet(timeout=30)
            await bot.kill()
        assert telegram.rejected == []
        receipt = said(telegram)[-1]
        assert "Uw code is:" in receipt
        assert _twice(said(telegram)) == []
        await _is_whole(bot, tmp_path / "uitvoer")
        _holds_no_secret(bot.log.read_text(), telegram.token, receipt)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_story_is_whole_after_kills_in_the_midst_of_a_turn(tmp_path: Path, seed: int) -> None:
    """The process dies at a call that is drawn by lot, with a turn somewhere under way.

    What was done just before is done once more after the start, a tap answered or buttons taken away, which Telegram
    turns down: no harm.
    """
    lot = Random(seed)
    async with FakeTelegram() as telegram:
        bot = Bot(telegram, tmp_path)
        await bot.start()
        for turn in TURNS:
            act(telegram, turn)
            if lot.random() < 0.5:
                await _killed_at_a_call(bot, telegram, lot.choice(DEADLY))
                await bot.start()
            await telegram.quiet(timeout=30)
        assert [call for call in telegram.rejected if not any(words in call.error for words in DONE_BEFORE)] == []
        assert "Uw code is:" in said(telegram)[-1]
        assert max(Counter(said(telegram)).values()) <= 2
        assert await bot.stop() == 0
        await _is_whole(bot, tmp_path / "uitvoer")


DONE_BEFORE = ("query is too old", "message is not modified")
DEADLY = ("getUpdates", "sendMessage", "answerCallbackQuery", "editMessageText")


async def _killed_at_a_call(bot: Bot, telegram: FakeTelegram, method: str) -> None:
    """Kills the process when it makes its next call of this method, or is idle for it made none."""
    called = asyncio.Event()

    def watch(name: str, values: Values) -> None:
        if name == method:
            called.set()

    telegram.faults = watch
    quiet = asyncio.ensure_future(telegram.quiet(timeout=30))
    waiting = asyncio.ensure_future(called.wait())
    await asyncio.wait((quiet, waiting), return_when=asyncio.FIRST_COMPLETED)
    await bot.kill()
    telegram.faults = lambda name, values: None
    for task in (quiet, waiting):
        task.cancel()
    await asyncio.gather(quiet, waiting, return_exceptions=True)


def _twice(texts: list[str]) -> list[str]:
    """What was said more than once, by its first line: after a clean kill nothing is."""
    return [text for text, times in Counter(texts).items() if times > 1]


async def _is_whole(bot: Bot, target: Path) -> None:
    """The export holds every answer with code and label, the words in order, and how the teller came."""
    assert await bot.export(target) == 0
    [story] = _rows(target / "verhalen.csv")
    answers = {row["vraag"]: row for row in _rows(target / "antwoorden.csv")}
    assert {key: (answers[key]["code"], answers[key]["label"]) for key in LABELS} == LABELS
    assert story["verhaal"] == answers["verhaal"]["tekst"] == "\n".join(PIECES)
    assert (story["titel"], story["link"], story["citeren"], story["kanaal"]) == (TITLE, LINK, "0", "telegram")
    assert answers["gevoel"]["opmerking"] == REMARK
    assert (story["veranderd"], answers["veranderd"]["reden_ontbreekt"]) == ("-97", "overgeslagen")
    assert (story["tijd_a"], story["tijd_b"], story["tijd_c"]) == ("50", "50", "0")
    assert story["keuze"] == "-99"
    manifest = json.loads((target / "manifest.json").read_text())
    assert (manifest["verhalen"]["in"], manifest["verhalen"]["uit"]) == (1, 1)
    assert str(CHAT) not in everything(target)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _holds_no_secret(log: str, token: str, receipt: str) -> None:
    code = next(line for line in receipt.splitlines() if line.startswith("Uw code is: ")).rpartition(" ")[2]
    assert "ik luister" in log
    assert [secret for secret in (*CANARIES, token, code, code.replace("-", "")) if secret in log] == []
