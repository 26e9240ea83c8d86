"""One resident through the whole of set 1 on the fast Bot API, and an audit that finds what is kept and what is not."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.interview import Interview
from storage import stories
from storage.opening import open_database
from storage.secrets import read_key_file
from tests.load.audit import Audit, audit, code_of
from tests.load.bots import MODES
from tests.load.residents import STORY, TITLE, Move, Telling, Town
from tests.load.run import Load, serving, started
from tests.load.script import steps
from tests.load.telegram import Telegram

ANSWERS = len(steps())
"""From the start to the receipt, by the transcript that the peers follow."""

COUNTED = 10
"""Of those, what is kept and stands in the story under a question: the story, its title and eight choices."""

CALLS = {"sendMessage": 16, "editMessageText": 11, "editMessageReplyMarkup": 3, "answerCallbackQuery": 11}
"""What a whole interview asks of Telegram: a question for each answer and a greeting, and buttons that go."""

PATIENCE = 60.0


async def told(mode: str, folder: Path, answers: int = ANSWERS) -> tuple[Telegram, Telling]:
    """A resident who gives so many answers, and the Bot API afterwards."""
    town = Town(1, 0.0, answers=answers)
    telegram = Telegram(town.asked)
    async with serving(telegram), started(Load(mode=mode), telegram, folder):
        town.come(telegram.type, telegram.tap, 0.0)
        await asyncio.wait_for(town.resting.wait(), PATIENCE)
    [telling] = town.tellings.values()
    return telegram, telling


async def kept(folder: Path, telling: Telling) -> Interview:
    """The story of the receipt, as our own storage gives it."""
    database = await open_database(f"sqlite:///{folder}/data/vertelbot.db", read_only=True)
    try:
        async with database.reading() as work:
            keys = read_key_file(folder / "secrets" / "vertelbot.key")
            found = await stories.find(work, keys, code_of(telling.receipt))
    finally:
        await database.close()
    assert found
    return found


@pytest.mark.parametrize("mode", MODES)
async def test_a_resident_gets_a_receipt_for_the_story_that_she_told(mode: str, tmp_path: Path) -> None:
    telegram, telling = await told(mode, tmp_path)
    assert telegram.refused == {}
    assert telegram.unanswered == 0
    assert {name: telegram.calls[name] for name in CALLS} == CALLS
    story = await kept(tmp_path, telling)
    assert (story.answer("verhaal").text, story.answer("titel").text) == (STORY, TITLE)
    assert len(telling.answers) == ANSWERS
    assert await audit(tmp_path, [telling]) == Audit(COUNTED)


async def test_an_answer_of_a_draft_is_found_as_well(tmp_path: Path) -> None:
    _, telling = await told("polling", tmp_path, ANSWERS - 5)
    assert telling.receipt == ""
    found = await audit(tmp_path, [telling])
    assert found.is_clean
    assert found.acknowledged == COUNTED - 4


async def test_what_is_lost_or_kept_otherwise_is_found(tmp_path: Path) -> None:
    _, telling = await told("polling", tmp_path)
    [title] = [at for at, (_, move) in enumerate(telling.answers) if move.words == TITLE]
    under, _ = telling.answers[title]
    other = [*telling.answers]
    other[title] = under, Move(words="Een andere titel")
    assert await audit(tmp_path, [replace(telling, answers=other)]) == Audit(COUNTED, misfiled=1)
    more = [*telling.answers, ("q:abcdef:wie:zelf", Move(label="Ikzelf", data="q:abcdef:wie:zelf"))]
    assert await audit(tmp_path, [replace(telling, answers=more)]) == Audit(COUNTED + 1, missing=1)
    nobody = replace(telling, receipt="Uw code is: AAA-222-AAA")
    assert await audit(tmp_path, [nobody]) == Audit(COUNTED, missing=COUNTED, unsent=1)


async def test_what_was_not_followed_by_a_question_is_not_counted(tmp_path: Path) -> None:
    _, telling = await told("polling", tmp_path)
    unheard = ("q:abcdef:wie:zelf", Move(label="Ikzelf", data="q:abcdef:wie:zelf"))
    waiting = replace(telling, answers=[*telling.answers, unheard], waiting=True)
    assert await audit(tmp_path, [waiting]) == Audit(COUNTED)


def test_an_audit_of_nothing_is_not_clean() -> None:
    assert not Audit().is_clean
