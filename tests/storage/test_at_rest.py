"""What can be read in the bytes of the files by whoever has no keys; knows no statement."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from storage.addresses import Address, chat_mark
from storage.database import Database
from storage.erased import Kind
from storage.faults import StorageFault
from storage.interviews import drop, load, save
from storage.messages import note as note_message
from storage.schema import match_keys
from storage.secrets import KeyRing
from storage.stories import find, keep, teller_mark, withdraw
from storage.turns import delivered, queue, waiting
from storage.wrong_codes import note as note_code
from tests.storage.tellings import BLANK, DRAFT, NOON, RECEIPT, SENT

WORDS = [part.text for answer in DRAFT.answers.values() for part in answer.parts]
REPLY = '{"text": "Wilt u dit zo versturen?"}'
PASSED_ON = "Lieverd, kwebbelende buurvrouwen"
LONG_WORDS = [word for text in WORDS for word in text.split() if len(word) > 4]


@pytest.fixture
def url(place: Path) -> str:
    """Where the database is: this is about one engine only."""
    return f"sqlite:///{place}"


def _bytes(place: Path) -> bytes:
    files = sorted(place.parent.iterdir())
    assert files[0] == place
    return b"".join(path.read_bytes() for path in files)


def _readable(place: Path, texts: Iterable[str]) -> list[str]:
    """Which of these texts stand in the files, in any of the encodings SQLite knows."""
    content = _bytes(place)
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [text for text in texts if any(text.encode(encoding) in content for encoding in encodings)]


async def test_nothing_that_a_teller_typed_and_no_address_can_be_read(
    db: Database, keys: KeyRing, address: Address, place: Path
) -> None:
    await match_keys(db, keys)
    async with db.transaction() as work:
        await save(work, keys, address, None, replace(DRAFT, waiting=PASSED_ON), NOON)
        await queue(work, keys, address, [REPLY], NOON)
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
    passed_on = [PASSED_ON, *PASSED_ON.split()]
    secret = [*WORDS, *LONG_WORDS, *passed_on, address.chat, REPLY, "versturen", RECEIPT, "K7P-M4T-X9R"]
    assert _readable(place, secret) == []
    await db.scrub()
    assert _readable(place, secret) == []
    assert _readable(place, ["opgelucht", DRAFT.id]) == ["opgelucht", DRAFT.id]


async def test_which_questions_about_the_conversation_were_asked_cannot_be_read(
    db: Database, keys: KeyRing, address: Address, place: Path
) -> None:
    asked = DRAFT.asking("CRISIS", "81077").telling("CRISIS").telling("ALG.naam_gezien")
    async with db.transaction() as work:
        await save(work, keys, address, None, asked, NOON)
        await queue(work, keys, address, [REPLY], NOON, NOON)
        await note_message(work, keys, address, ["81078"], NOON)
        await note_code(work, keys, address, NOON)
    assert _readable(place, ["CRISIS", "naam_gezien", "81077", address.chat, REPLY]) == []
    async with db.reading() as work:
        assert await load(work, keys, address) == asked


async def test_the_same_words_of_two_tellers_cannot_be_seen_to_be_the_same(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
        await keep(work, keys, SENT, "story-2", "222222222", NOON)
        rows = await work.fetch("SELECT DISTINCT words FROM story_parts")
    assert len(rows) == 2 * len(WORDS)


async def test_a_dropped_draft_leaves_nothing_in_the_files(
    db: Database, keys: KeyRing, address: Address, place: Path
) -> None:
    changed = BLANK.having(*DRAFT.answers.values())
    async with db.transaction() as work:
        await save(work, keys, address, None, BLANK, NOON)
    async with db.transaction() as work:
        await save(work, keys, address, BLANK, changed, NOON)
        rows = await work.fetch("SELECT words AS kept FROM parts UNION ALL SELECT chat AS kept FROM interviews")
    left = [DRAFT.id, DRAFT.teller, chat_mark(keys, address), *[str(row["kept"]) for row in rows], "81001"]
    assert _readable(place, left) == left
    async with db.transaction() as work:
        await drop(work, keys, address)
    await db.scrub()
    assert _readable(place, left) == []


async def test_a_withdrawn_story_leaves_its_id_only(db: Database, keys: KeyRing, place: Path) -> None:
    async with db.transaction() as work:
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
        rows = await work.fetch("SELECT words FROM story_parts")
    marks = [teller_mark(keys, SENT.teller), keys.mark("receipt", RECEIPT)]
    left = [*marks, *[str(row["words"]) for row in rows], "opgelucht"]
    await db.scrub()
    assert _readable(place, left) == left
    async with db.transaction() as work:
        assert await withdraw(work, keys, RECEIPT, NOON)
    await db.scrub()
    assert _readable(place, left) == []
    assert _readable(place, ["story-1"]) == ["story-1"]


async def test_sending_cuts_what_leads_from_a_story_to_a_chat(
    db: Database, keys: KeyRing, address: Address, place: Path
) -> None:
    async with db.transaction() as work:
        await save(work, keys, address, None, DRAFT, NOON)
        await queue(work, keys, address, [REPLY], NOON)
    async with db.transaction() as work:
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
        await drop(work, keys, address)
        for reply in await waiting(work, keys, address):
            await delivered(work, keys, address, reply.position)
    await db.scrub()
    assert _readable(place, [DRAFT.id, DRAFT.teller, chat_mark(keys, address), "81001", "81002"]) == []
    async with db.reading() as work:
        assert await find(work, keys, RECEIPT) is not None


async def test_a_draft_among_many_is_gone_from_every_page(db: Database, keys: KeyRing, place: Path) -> None:
    """Rows move between pages when a tree grows and shrinks; SQLite does not wipe what they leave behind there."""
    chats = [Address("web", str(number)) for number in range(120)]
    for number, chat in enumerate(chats):
        async with db.transaction() as work:
            draft = replace(DRAFT, id=f"interview-{number}-", teller=f"teller-{number}-")
            await save(work, keys, chat, None, draft, NOON)
    gone = range(0, 120, 2)
    for number in gone:
        async with db.transaction() as work:
            await drop(work, keys, chats[number])
    await db.scrub()
    assert _readable(place, (f"interview-{number}-" for number in gone)) == []
    assert _readable(place, (f"teller-{number}-" for number in gone)) == []
    assert _readable(place, ["teller-1-", "teller-119-"]) == ["teller-1-", "teller-119-"]


async def test_nothing_tells_which_draft_a_story_was_without_its_receipt(
    db: Database, keys: KeyRing, place: Path
) -> None:
    async with db.transaction() as work:
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
        await keep(work, keys, SENT, "story-2", "222222222", NOON)
        one, two = [str(row["origin"]) for row in await work.fetch("SELECT origin FROM stories ORDER BY story_id")]
    await db.scrub()
    assert _readable(place, [DRAFT.id]) == []
    assert one != two
    for guess in ("", "222222222", keys.mark("receipt", RECEIPT), "story-1", teller_mark(keys, SENT.teller)):
        with pytest.raises(StorageFault):
            keys.decrypt_with("origin", guess, one)
    with pytest.raises(StorageFault):
        keys.decrypt(one)
    assert keys.decrypt_with("origin", RECEIPT, one) == DRAFT.id


async def test_a_withdrawal_names_the_draft_that_the_story_was_and_forgets_that_they_were_one(
    db: Database, keys: KeyRing, place: Path
) -> None:
    async with db.transaction() as work:
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
        gone = await withdraw(work, keys, "k7p-m4t-x9r", NOON)
        rows = await work.fetch("SELECT * FROM dropped")
    assert [(item.kind, item.id) for item in gone] == [(Kind.STORY, "story-1"), (Kind.DRAFT, DRAFT.id)]
    assert rows == [{"interview_id": DRAFT.id, "day": "2026-03-04"}]


async def test_a_story_can_be_withdrawn_also_where_nobody_can_tell_any_more_which_draft_it_was(
    db: Database, keys: KeyRing
) -> None:
    async with db.transaction() as work:
        for story_id, receipt, origin in (("story-1", RECEIPT, ""), ("story-2", "222222222", "stuk")):
            await keep(work, keys, SENT, story_id, receipt, NOON)
            await work.execute("UPDATE stories SET origin = $1 WHERE story_id = $2", origin, story_id)
            assert [item.id for item in await withdraw(work, keys, receipt, NOON)] == [story_id]
        assert await work.fetch("SELECT * FROM stories") == []
