"""A database of the first release, with rows in it, as it is read after the migrations of today."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.interview import Language
from storage.addresses import Address, chat_mark, seal
from storage.database import Database, Work
from storage.interviews import due, load, save
from storage.messages import shown
from storage.opening import open_database
from storage.rows import moment
from storage.schema import FOLDER, match_keys, migrate, newest, version
from storage.secrets import KeyRing
from storage.stories import every, find, withdraw
from storage.turns import known, queue, take_old, waiting
from tests.storage.tellings import DRAFT, NOON, RECEIPT, SENT, without_messages

_INTERVIEW = """
INSERT INTO interviews (interview_id, chat_mark, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, voluntary, quote, aside, changed_at, opened_at, chat)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""
_ANSWER = """
INSERT INTO answers (interview_id, question, option_id, skipped, prompt, followed_up, done)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_PART = "INSERT INTO parts (interview_id, question, position, words, message) VALUES ($1, $2, $3, $4, $5)"
_STORY = """
INSERT INTO stories (story_id, receipt_mark, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, voluntary, quote, sent_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""
_STORY_ANSWER = """
INSERT INTO story_answers (story_id, question, option_id, skipped, prompt, followed_up, done)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_STORY_PART = "INSERT INTO story_parts (story_id, question, position, words) VALUES ($1, $2, $3, $4)"
"""The statements of the first release, as they were."""


@pytest.fixture
async def old(url: str, tmp_path: Path, keys: KeyRing, address: Address) -> AsyncIterator[Database]:
    """A database as the first release left it: a draft, a story, an update that was seen, a reply that waits."""
    first = tmp_path / "first"
    first.mkdir()
    (first / "0001_first.sql").write_text((FOLDER / "0001_first.sql").read_text(encoding="utf-8"), encoding="utf-8")
    opened = await open_database(url)
    assert await migrate(opened, first) == 1
    await match_keys(opened, keys)
    async with opened.transaction() as work:
        await _keep_draft(work, keys, address)
        await _keep_story(work, keys)
        await work.execute("INSERT INTO seen (source, update_id, seen_at) VALUES ($1, $2, $3)", "bot", 7, moment(NOON))
        row = (chat_mark(keys, address), 41, seal(keys, address), keys.encrypt("een antwoord"))
        await work.execute("INSERT INTO outbox (chat_mark, position, chat, payload) VALUES ($1, $2, $3, $4)", *row)
    yield opened
    await opened.close()


async def _keep_draft(work: Work, keys: KeyRing, address: Address) -> None:
    consent = (DRAFT.consent.text, DRAFT.consent.fingerprint, moment(DRAFT.consent.given_at))
    told = (DRAFT.teller, DRAFT.question_set, DRAFT.version, DRAFT.channel, keys.encrypt(DRAFT.link or ""), DRAFT.role)
    at = moment(NOON)
    row = (DRAFT.id, chat_mark(keys, address), *told, *consent, 0, None, "ALG.pauze", at, at, seal(keys, address))
    await work.execute(_INTERVIEW, *row)
    for answer in DRAFT.answers.values():
        coded = (answer.option, int(answer.skipped), answer.prompt, answer.followed_up, int(answer.done))
        await work.execute(_ANSWER, DRAFT.id, answer.question, *coded)
        for position, part in enumerate(answer.parts):
            await work.execute(_PART, DRAFT.id, answer.question, position, keys.encrypt(part.text), part.message)


async def _keep_story(work: Work, keys: KeyRing) -> None:
    consent = (SENT.consent.text, SENT.consent.fingerprint, moment(SENT.consent.given_at))
    told = (SENT.teller, SENT.question_set, SENT.version, SENT.channel, keys.encrypt(SENT.link or ""), SENT.role)
    await work.execute(_STORY, "s1", keys.mark("receipt", RECEIPT), *told, *consent, 0, 1, moment(NOON))
    for answer in SENT.answers.values():
        coded = (answer.option, int(answer.skipped), answer.prompt, answer.followed_up, int(answer.done))
        await work.execute(_STORY_ANSWER, "s1", answer.question, *coded)
        for position, part in enumerate(answer.parts):
            await work.execute(_STORY_PART, "s1", answer.question, position, keys.encrypt(part.text))


async def test_a_database_of_the_first_release_becomes_one_of_today(old: Database, keys: KeyRing) -> None:
    assert await migrate(old) == newest() >= 2
    assert await migrate(old) == await version(old) == newest()
    await match_keys(old, keys)


async def test_a_draft_of_before_goes_on_at_its_question_and_is_looked_at_soon(
    old: Database, keys: KeyRing, address: Address
) -> None:
    """It had an aside that everybody could read; that one is simply asked no more."""
    await migrate(old)
    async with old.transaction() as work:
        assert await load(work, keys, address) == DRAFT
        assert await due(work, keys, NOON, 10) == [address]
        going_on = replace(DRAFT, remind=True, helped=True, waiting="Van een ander.").telling("CRISIS")
        going_on = going_on.asking("ALG.andere_link", "m-2")
        await save(work, keys, address, DRAFT, going_on, NOON, NOON + timedelta(days=1))
        assert await load(work, keys, address) == going_on
        assert await due(work, keys, NOON, 10) == []


async def test_a_story_of_before_is_found_and_read_and_can_be_taken_away(old: Database, keys: KeyRing) -> None:
    await migrate(old)
    async with old.reading() as work:
        found = await find(work, keys, RECEIPT)
        [story] = [item async for item in every(work, keys, None)]
    assert found == replace(without_messages(SENT), id="s1", language=Language())
    assert (story.helped, story.language, story.answers) == (False, Language(), without_messages(SENT).answers)
    async with old.transaction() as work:
        assert await withdraw(work, keys, RECEIPT, NOON)
        assert await find(work, keys, RECEIPT) is None


async def test_what_was_seen_and_what_waited_is_still_there(old: Database, keys: KeyRing, address: Address) -> None:
    await migrate(old)
    async with old.transaction() as work:
        assert await known(work, "bot", 7)
        await queue(work, keys, address, ["nog een"], NOON)
        assert [row.payload for row in await waiting(work, keys, address, NOON)] == ["een antwoord", "nog een"]
        assert await shown(work, keys, address) == []


async def test_what_waited_before_waits_from_the_first_tidying_on(
    old: Database, keys: KeyRing, address: Address
) -> None:
    await migrate(old)
    day = timedelta(days=1)
    async with old.transaction() as work:
        assert await take_old(work, NOON - day, NOON) == 0
        assert await take_old(work, NOON, NOON + day) == 0
        assert [row.payload for row in await waiting(work, keys, address)] == ["een antwoord"]
        assert await take_old(work, NOON + day, NOON + day * 2) == 1
        assert await waiting(work, keys, address) == []
