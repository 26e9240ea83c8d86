"""Drafts that are saved, loaded and dropped on a real database; knows no rule of the conversation."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.interview import Answer, Interview, Part, Status
from storage.database import Database, Row, Value, Work
from storage.faults import StorageFault
from storage.interviews import Address, drop, due, is_open, last_there, load, pinned, save, touch
from storage.opening import open_database
from storage.schema import migrate
from storage.secrets import KeyRing, create_key_file, read_key_file
from tests.storage.tellings import AGE, BLANK, DRAFT, NOON, STORY, interviews

LATER = NOON + timedelta(minutes=7)
TABLES = {
    "interviews": "SELECT interview_id, teller, role, opened_at, changed_at FROM interviews",
    "answers": "SELECT question, option_id, skipped, done FROM answers ORDER BY question",
    "parts": "SELECT question, position, words, message FROM parts ORDER BY question, position",
}


@dataclass
class Watched:
    """Work that notes the statements it passes on."""

    work: Work
    done: list[str]

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        self.done.append(sql)
        return await self.work.fetch(sql, *values)

    async def execute(self, sql: str, *values: Value) -> int:
        self.done.append(sql)
        return await self.work.execute(sql, *values)


async def _save(db: Database, keys: KeyRing, address: Address, *steps: Interview | None) -> list[str]:
    """Saves each step after the one before it; the statements of the last."""
    done: list[str] = []
    for before, after in pairwise(steps):
        assert after is not None
        async with db.transaction() as work:
            watched = Watched(work, [])
            await save(watched, keys, address, before, after, NOON)
        done = watched.done
    return done


async def _load(db: Database, keys: KeyRing, address: Address) -> Interview | None:
    async with db.reading() as work:
        return await load(work, keys, address)


async def _rows(db: Database) -> dict[str, list[Row]]:
    async with db.reading() as work:
        return {table: await work.fetch(sql) for table, sql in TABLES.items()}


async def test_a_chat_has_no_draft_before_one_is_saved(db: Database, keys: KeyRing, address: Address) -> None:
    assert await _load(db, keys, address) is None


async def test_a_draft_comes_back_as_it_was_saved(db: Database, keys: KeyRing, address: Address) -> None:
    await _save(db, keys, address, None, DRAFT)
    assert await _load(db, keys, address) == DRAFT
    other = Address(address.channel, address.chat + "1")
    assert await _load(db, keys, other) is None
    assert await _load(db, keys, Address("web", address.chat)) is None


@given(steps=st.lists(interviews(), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_whatever_follows_whatever_a_draft_says_what_was_saved_last(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Interview]
) -> None:
    place = tmp_path_factory.mktemp("drafts")
    create_key_file(place / "sleutels.toml")
    asyncio.run(_follow(place, read_key_file(place / "sleutels.toml"), steps))


async def _follow(place: Path, keys: KeyRing, steps: list[Interview]) -> None:
    address = Address("web", "ab12")
    db = await open_database(f"sqlite:///{place}/a.db")
    try:
        await migrate(db)
        before: Interview | None = None
        for step in steps:
            await _save(db, keys, address, before, step)
            assert await _load(db, keys, address) == step
            before = step
    finally:
        await db.close()


async def test_saving_twice_changes_nothing(db: Database, keys: KeyRing, address: Address) -> None:
    await _save(db, keys, address, None, DRAFT)
    rows = await _rows(db)
    assert await _save(db, keys, address, DRAFT, DRAFT) == []
    assert await _rows(db) == rows
    async with db.transaction() as work:
        await save(work, keys, address, None, DRAFT, LATER)
    assert await _load(db, keys, address) == DRAFT
    [again] = (await _rows(db))["interviews"]
    assert again == {**rows["interviews"][0], "changed_at": "2026-03-04T12:07:00.000000+00:00"}


async def test_the_first_save_says_nothing_but_what_it_is_given(db: Database, keys: KeyRing, address: Address) -> None:
    await _save(db, keys, address, None, DRAFT)
    await _save(db, keys, address, None, BLANK)
    assert await _load(db, keys, address) == BLANK


@pytest.mark.parametrize(
    ("after", "statements"),
    [
        (DRAFT.having(replace(STORY, parts=(*STORY.parts, Part("En nu is het droog.", "81009")))), 2),
        (DRAFT.having(Answer("tijd", option="nu", done=True)), 2),
        (DRAFT.having(Answer("titel", parts=(Part("Droog", "81010"),), done=True)), 3),
        (DRAFT.having(replace(STORY, parts=(Part("Mijn dak lekte.", "81001"), STORY.parts[1]))), 2),
        (DRAFT.having(replace(STORY, parts=())), 2),
        (replace(DRAFT, aside="ALG.stoppen"), 1),
        (DRAFT.asking("ALG.andere_link", "m-2"), 1),
        (replace(DRAFT, waiting="Van een ander.").asking(None), 1),
        (replace(DRAFT, remind=True).telling("HER.1"), 1),
        (DRAFT.having(replace(AGE, carried="eerder")), 2),
        (DRAFT.keeping({"verhaal", "leeftijd"}), 2),
    ],
)
async def test_a_step_takes_few_statements(
    db: Database, keys: KeyRing, address: Address, after: Interview, statements: int
) -> None:
    await _save(db, keys, address, None, DRAFT)
    assert len(await _save(db, keys, address, DRAFT, after)) == statements
    async with db.reading() as work:
        watched = Watched(work, [])
        assert await load(watched, keys, address) == after
    assert len(watched.done) == 2


async def test_only_the_words_that_changed_are_written(db: Database, keys: KeyRing, address: Address) -> None:
    await _save(db, keys, address, None, DRAFT)
    before = (await _rows(db))["parts"]
    changed = DRAFT.having(replace(STORY, parts=(STORY.parts[0], Part("Toen kwam er iemand.", "81002"))))
    await _save(db, keys, address, DRAFT, changed)
    after = (await _rows(db))["parts"]
    assert [new for new, old in zip(after, before, strict=True) if new != old] == [after[2]]


async def test_a_draft_with_another_id_takes_the_place_of_the_one_before(
    db: Database, keys: KeyRing, address: Address
) -> None:
    other = replace(BLANK, id="another", teller="somebody")
    await _save(db, keys, address, None, DRAFT, other)
    assert await _load(db, keys, address) == other
    rows = await _rows(db)
    assert [row["interview_id"] for row in rows["interviews"]] == ["another"]
    assert rows["answers"] == rows["parts"] == []


async def test_a_second_draft_in_a_chat_is_refused_where_none_was_said_to_be(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _save(db, keys, address, None, DRAFT)
    with pytest.raises(StorageFault, match="past niet bij wat er al"):
        await _save(db, keys, address, None, replace(BLANK, id="another"))
    assert await _load(db, keys, address) == DRAFT


async def test_a_draft_of_another_chat_is_left_alone(db: Database, keys: KeyRing, address: Address) -> None:
    await _save(db, keys, address, None, DRAFT)
    for before in (None, DRAFT):
        with pytest.raises(StorageFault):
            await _save(db, keys, Address("web", "other"), before, replace(DRAFT, role=None))
    assert await _load(db, keys, address) == DRAFT


async def test_a_draft_that_has_gone_meanwhile_does_not_come_back_in_part(
    db: Database, keys: KeyRing, address: Address
) -> None:
    with pytest.raises(StorageFault, match="niet meer het concept"):
        await _save(db, keys, address, DRAFT, replace(DRAFT, role=None))
    assert await _load(db, keys, address) is None


@pytest.mark.parametrize("status", [Status.SENT, Status.DROPPED])
async def test_only_an_open_interview_is_a_draft(db: Database, keys: KeyRing, address: Address, status: Status) -> None:
    with pytest.raises(StorageFault, match="Alleen een open gesprek"):
        await _save(db, keys, address, None, replace(DRAFT, status=status))


async def test_a_time_without_a_zone_is_refused(db: Database, keys: KeyRing, address: Address) -> None:
    async with db.transaction() as work:
        with pytest.raises(StorageFault, match="zonder tijdzone"):
            await save(work, keys, address, None, DRAFT, NOON.replace(tzinfo=None))


async def test_dropping_takes_all_of_one_draft_and_nothing_of_another(
    db: Database, keys: KeyRing, address: Address
) -> None:
    neighbour, other = Address("web", "other"), replace(DRAFT, id="another")
    await _save(db, keys, address, None, DRAFT)
    await _save(db, keys, neighbour, None, other)
    for _ in range(2):
        async with db.transaction() as work:
            await drop(work, keys, address)
    assert await _load(db, keys, address) is None
    assert await _load(db, keys, neighbour) == other
    rows = await _rows(db)
    assert [len(rows[table]) for table in ("interviews", "answers", "parts")] == [1, 3, 3]


async def test_a_story_of_very_many_messages_is_kept_whole_and_in_order(
    db: Database, keys: KeyRing, address: Address
) -> None:
    parts = tuple(Part(f"Bericht {count}.", str(count)) for count in range(1_201))
    long = BLANK.having(replace(STORY, parts=parts))
    assert len(await _save(db, keys, address, None, long)) == 5
    assert await _load(db, keys, address) == long


async def test_a_draft_with_a_damaged_word_is_a_fault_and_not_a_shorter_draft(
    db: Database, keys: KeyRing, address: Address
) -> None:
    await _save(db, keys, address, None, DRAFT)
    async with db.transaction() as work:
        await work.execute("UPDATE parts SET words = $1 WHERE question = $2", "beschadigd", "gevoel")
    with pytest.raises(StorageFault, match="beschadigd"):
        await _load(db, keys, address)


async def test_a_draft_with_a_damaged_cell_is_a_fault(db: Database, keys: KeyRing, address: Address) -> None:
    await _save(db, keys, address, None, DRAFT)
    async with db.transaction() as work:
        await work.execute("UPDATE interviews SET consent_at = 'gisteren'")
    with pytest.raises(StorageFault, match="In de kolom consent_at staat iets"):
        await _load(db, keys, address)


# What is due though nobody said anything.


async def _open_drafts(db: Database, keys: KeyRing, *hours: int | None) -> list[Address]:
    """Drafts of as many chats, each with something due so many hours after noon; None: to be found out."""
    chats = [Address("web", str(number)) for number in range(len(hours))]
    async with db.transaction() as work:
        for chat, hour in zip(chats, hours, strict=True):
            when = None if hour is None else NOON + timedelta(hours=hour)
            await save(work, keys, chat, None, replace(DRAFT, id=f"draft {chat.chat}"), LATER, when)
    return chats


async def _due(db: Database, keys: KeyRing, hours: int, most: int = 100) -> list[Address]:
    async with db.reading() as work:
        return await due(work, keys, NOON + timedelta(hours=hours), most)


async def _last_there(db: Database, keys: KeyRing, address: Address) -> datetime | None:
    async with db.reading() as work:
        return await last_there(work, keys, address)


async def test_what_is_due_comes_the_oldest_first_and_no_more_than_asked(db: Database, keys: KeyRing) -> None:
    third, first, second, _ = await _open_drafts(db, keys, 3, 1, 2, 9)
    assert await _due(db, keys, 0) == []
    assert await _due(db, keys, 3) == [first, second, third]
    assert await _due(db, keys, 3, most=2) == [first, second]


async def test_a_draft_of_which_nobody_knows_what_is_due_is_due(db: Database, keys: KeyRing) -> None:
    [unknown, _] = await _open_drafts(db, keys, None, 9)
    assert await _due(db, keys, 0) == [unknown]


async def test_whoever_was_there_is_due_later_and_since_then(db: Database, keys: KeyRing) -> None:
    [here] = await _open_drafts(db, keys, 1)
    rows = await _rows(db)
    back = NOON + timedelta(hours=5)
    async with db.transaction() as work:
        await touch(work, keys, here, back, back + timedelta(hours=1))
    assert await _due(db, keys, 5) == []
    assert await _due(db, keys, 6) == [here]
    assert await _last_there(db, keys, here) == back
    [row] = (await _rows(db))["interviews"]
    assert row == {**rows["interviews"][0], "changed_at": "2026-03-04T17:00:00.000000+00:00"}
    async with db.transaction() as work:
        await touch(work, keys, here, back)
    assert await _due(db, keys, 0) == [here]
    assert await _last_there(db, keys, here) == back


async def test_a_change_says_anew_what_is_due(db: Database, keys: KeyRing) -> None:
    [here] = await _open_drafts(db, keys, 1)
    draft = replace(DRAFT, id="draft 0")
    async with db.transaction() as work:
        await save(work, keys, here, draft, replace(draft, remind=True), NOON, NOON + timedelta(hours=30))
    assert await _due(db, keys, 29) == []
    assert await _due(db, keys, 30) == [here]
    assert await _last_there(db, keys, here) == NOON


async def test_a_draft_whose_address_is_damaged_is_left_out_and_holds_up_no_other(db: Database, keys: KeyRing) -> None:
    [_, sound] = await _open_drafts(db, keys, 1, 2)
    async with db.transaction() as work:
        await work.execute("UPDATE interviews SET chat = 'kapot' WHERE interview_id = 'draft 0'")
    assert await _due(db, keys, 3) == [sound]


async def test_where_a_draft_cannot_be_read_it_is_still_known_when_its_teller_was_there(
    db: Database, keys: KeyRing
) -> None:
    [damaged, timeless] = await _open_drafts(db, keys, 1, 2)
    async with db.transaction() as work:
        await work.execute("UPDATE parts SET words = 'kapot' WHERE interview_id = 'draft 0'")
        await work.execute("UPDATE interviews SET changed_at = 'gisteren' WHERE interview_id = 'draft 1'")
    assert await _last_there(db, keys, damaged) == LATER
    with pytest.raises(StorageFault, match="changed_at"):
        await _last_there(db, keys, timeless)
    assert await _due(db, keys, 3) == [damaged, timeless]


async def test_a_chat_without_a_draft_was_never_there(db: Database, keys: KeyRing, address: Address) -> None:
    [here] = await _open_drafts(db, keys, 1)
    async with db.reading() as work:
        assert (await is_open(work, keys, here), await is_open(work, keys, address)) == (True, False)
    assert await _last_there(db, keys, address) is None


async def test_a_draft_that_is_gone_is_not_due(db: Database, keys: KeyRing) -> None:
    [here] = await _open_drafts(db, keys, 1)
    async with db.transaction() as work:
        await drop(work, keys, here)
        await touch(work, keys, here, NOON)
    assert await _due(db, keys, 9) == []


async def test_the_sets_that_drafts_are_pinned_to_are_known(db: Database, keys: KeyRing) -> None:
    await _open_drafts(db, keys, 1, 2)
    async with db.transaction() as work:
        await save(work, keys, Address("web", "x"), None, replace(BLANK, id="x", version=4), NOON)
    async with db.reading() as work:
        assert await pinned(work) == {("bewoner", 3), ("bewoner", 4)}
