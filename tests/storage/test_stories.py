"""Stories that are kept, found, withdrawn and read on a real database; knows no chat."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from dialogs.interview import FROM_BEFORE, FROM_LINK, Answer, Interview, Language, Part, Status
from storage.addresses import Address
from storage.database import Database
from storage.faults import StorageFault
from storage.interviews import save
from storage.opening import open_database
from storage.rows import day
from storage.schema import migrate
from storage.secrets import KeyRing, create_key_file, read_key_file
from storage.stories import STORIES_AT_ONCE, Story, counts, every, find, keep, teller_mark, withdraw
from tests.storage.tellings import BLANK, DRAFT, NOON, RECEIPT, SENT, STORY, interviews, without_messages

LATER = NOON + timedelta(days=2, hours=11, minutes=59)
BLANK_SENT = replace(BLANK, status=Status.SENT, quote=False)
EVERYTHING = (
    "SELECT * FROM stories",
    "SELECT * FROM story_answers",
    "SELECT * FROM story_parts",
    "SELECT * FROM withdrawals",
)
LINKED = ("chat", "message", "address", "interview_id", "opened_at")


async def _keep(db: Database, keys: KeyRing, interview: Interview, story_id: str, receipt: str = RECEIPT) -> None:
    async with db.transaction() as work:
        await keep(work, keys, interview, story_id, receipt, LATER)


async def _find(db: Database, keys: KeyRing, receipt: str) -> Interview | None:
    async with db.reading() as work:
        return await find(work, keys, receipt)


async def _every(db: Database, keys: KeyRing, question_set: str | None = None) -> list[Story]:
    async with db.reading() as work:
        return [story async for story in every(work, keys, question_set)]


def as_found(keys: KeyRing, interview: Interview) -> Interview:
    """What is found again of an interview that was sent."""
    return replace(without_messages(dated(interview)), id="s1", teller=teller_mark(keys, interview.teller))


@pytest.mark.parametrize("typed", [RECEIPT, "K7P-M4T-X9R", " k7p m4t x9r "])
async def test_a_story_is_found_by_its_receipt_however_it_is_typed(db: Database, keys: KeyRing, typed: str) -> None:
    await _keep(db, keys, SENT, "s1", "K7P-M4T-X9R")
    assert await _find(db, keys, typed) == as_found(keys, SENT)


@pytest.mark.parametrize("typed", ["", "K7PM4TX9S", "K7PM4TX9", "0", "…"])
async def test_another_receipt_finds_nothing(db: Database, keys: KeyRing, typed: str) -> None:
    await _keep(db, keys, SENT, "s1")
    assert await _find(db, keys, typed) is None


@given(interview=interviews(Status.SENT))
@settings(deadline=None, max_examples=40)
def test_whatever_was_sent_is_found_and_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, interview: Interview
) -> None:
    place = tmp_path_factory.mktemp("stories")
    create_key_file(place / "sleutels.toml")
    asyncio.run(_keep_and_read(place, read_key_file(place / "sleutels.toml"), interview))


def dated(interview: Interview) -> Interview:
    """With the day of consent, which is all that a story says of the time."""
    return replace(interview, consent=replace(interview.consent, given_at=day(interview.consent.given_at)))


def test_a_day_is_the_one_that_it_was_in_amsterdam() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert day(late) == datetime(2026, 7, 2, 12, tzinfo=UTC)
    assert day(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert day(day(late)) == day(late)


async def _keep_and_read(place: Path, keys: KeyRing, interview: Interview) -> None:
    db = await open_database(f"sqlite:///{place}/a.db")
    try:
        await migrate(db)
        await _keep(db, keys, interview, "s1")
        kept = as_found(keys, interview)
        assert await _find(db, keys, RECEIPT) == kept
        [story] = await _every(db, keys)
        assert (story.answers, story.consent, story.quote) == (kept.answers, kept.consent, kept.quote)
        assert (story.helped, story.language) == (kept.helped, kept.language)
    finally:
        await db.close()


async def test_researchers_read_all_that_a_story_says(db: Database, keys: KeyRing) -> None:
    await _keep(db, keys, SENT, "s1")
    expected = Story(
        id="s1",
        teller=teller_mark(keys, SENT.teller),
        question_set="bewoner",
        version=3,
        channel="telegram",
        consent=dated(SENT).consent,
        quote=True,
        sent_at=day(LATER),
        link="noord7",
        role="bewoner",
        language=Language("nl", 97, "woorden"),
        answers=without_messages(SENT).answers,
    )
    assert await _every(db, keys) == [expected]


async def test_of_a_story_whose_language_nobody_told_it_is_kept_that_nobody_knows(db: Database, keys: KeyRing) -> None:
    await _keep(db, keys, replace(SENT, language=None), "s1")
    [story] = await _every(db, keys)
    assert story.language == Language("", None, "")
    found = await _find(db, keys, RECEIPT)
    assert found is not None
    assert found.language == Language()


async def test_what_only_a_draft_needs_is_not_kept_with_a_story(db: Database, keys: KeyRing) -> None:
    told = replace(SENT, aside="ALG.pauze", about="m-2", waiting="x", remind=True, told=frozenset({"CRISIS"}))
    await _keep(db, keys, told, "s1")
    assert await _find(db, keys, RECEIPT) == as_found(keys, SENT)


async def test_stories_of_one_teller_are_known_to_be_so_and_none_says_who_that_is(db: Database, keys: KeyRing) -> None:
    for story_id, teller, receipt in (("a", "anne", RECEIPT), ("b", "anne", "222222222"), ("c", "bo", "333333333")):
        await _keep(db, keys, replace(SENT, teller=teller), story_id, receipt)
    anne, also_anne, bo = [story.teller for story in await _every(db, keys)]
    assert anne == also_anne == teller_mark(keys, "anne")
    assert bo not in (anne, "bo")
    assert len(anne) == len(bo) == 16


async def test_a_story_says_who_typed_it_and_which_answers_were_not_given_here(db: Database, keys: KeyRing) -> None:
    place = Answer("stadsdeel", option="noord", done=True, carried=FROM_LINK)
    age = Answer("leeftijd", skipped=True, done=True, carried=FROM_BEFORE)
    await _keep(db, keys, replace(SENT, helped=True).having(place, age), "s1")
    [story] = await _every(db, keys)
    assert story.helped
    assert (story.answers["stadsdeel"], story.answers["leeftijd"]) == (place, age)


@pytest.mark.parametrize(("said", "kept"), [(True, True), (False, False), (None, False)])
async def test_only_an_explicit_yes_allows_a_quote(db: Database, keys: KeyRing, said: bool | None, kept: bool) -> None:
    await _keep(db, keys, replace(SENT, quote=said), "s1")
    [story] = await _every(db, keys)
    assert story.quote is kept


@pytest.mark.parametrize("status", [Status.OPEN, Status.DROPPED])
async def test_only_what_was_sent_is_a_story(db: Database, keys: KeyRing, status: Status) -> None:
    with pytest.raises(StorageFault, match="Alleen een verstuurd gesprek"):
        await _keep(db, keys, replace(SENT, status=status), "s1")


@pytest.mark.parametrize(("story_id", "receipt"), [("s1", "222222222"), ("s2", RECEIPT)])
async def test_an_id_or_a_receipt_is_given_once(db: Database, keys: KeyRing, story_id: str, receipt: str) -> None:
    await _keep(db, keys, SENT, "s1")
    with pytest.raises(StorageFault, match="past niet bij wat er al"):
        await _keep(db, keys, BLANK_SENT, story_id, receipt)
    assert [story.id for story in await _every(db, keys)] == ["s1"]


async def test_a_story_has_no_column_that_leads_to_a_chat(db: Database, keys: KeyRing) -> None:
    await _keep(db, keys, SENT, "s1")
    await _keep(db, keys, SENT, "s2", "222222222")
    async with db.transaction() as work:
        assert await withdraw(work, keys, "222222222", NOON)
        for every in EVERYTHING:
            columns = set((await work.fetch(every))[0])
            assert not [column for column in columns for part in LINKED if part in column]


async def test_a_withdrawn_story_leaves_its_id_and_a_day(db: Database, keys: KeyRing) -> None:
    await _keep(db, keys, SENT, "s1")
    await _keep(db, keys, SENT, "s2", "222222222")
    for withdrawn in (True, False):
        async with db.transaction() as work:
            gone = await withdraw(work, keys, "k7p m4t x9r", LATER)
            assert bool(gone) is withdrawn
    assert await _find(db, keys, RECEIPT) is None
    assert [story.id for story in await _every(db, keys)] == ["s2"]
    async with db.reading() as work:
        assert await work.fetch("SELECT * FROM withdrawals") == [{"story_id": "s1", "day": "2026-03-07"}]
        assert await work.fetch("SELECT DISTINCT story_id FROM story_answers") == [{"story_id": "s2"}]
        assert await work.fetch("SELECT DISTINCT story_id FROM story_parts") == [{"story_id": "s2"}]


async def test_an_unknown_receipt_withdraws_nothing(db: Database, keys: KeyRing) -> None:
    await _keep(db, keys, SENT, "s1")
    async with db.transaction() as work:
        assert await withdraw(work, keys, "222222222", LATER) == []
    assert dict(await _counts(db)) == {"drafts": 0, "stories": 1, "stories/bewoner": 1, "withdrawn": 0}


async def test_stories_come_in_order_of_id_and_those_of_one_set_alone(db: Database, keys: KeyRing) -> None:
    for story_id, question_set in (("c", "bewoner"), ("a", "staf"), ("b", "bewoner"), ("d", "staf")):
        sent = replace(SENT, question_set=question_set)
        await _keep(db, keys, sent, story_id, f"22222222{story_id}")
    assert [story.id for story in await _every(db, keys)] == ["a", "b", "c", "d"]
    assert [story.id for story in await _every(db, keys, "staf")] == ["a", "d"]
    assert all(story.answers for story in await _every(db, keys, "staf"))
    assert await _every(db, keys, "onbekend") == []


async def test_many_stories_are_read_in_batches_and_none_twice(db: Database, keys: KeyRing) -> None:
    amount = 2 * STORIES_AT_ONCE + 1
    async with db.transaction() as work:
        for number in range(amount):
            sent = BLANK_SENT.having(replace(STORY, parts=(Part(f"verhaal {number}"),)))
            await keep(work, keys, sent, f"{number:05}", str(number), LATER)
    stories = await _every(db, keys)
    assert [story.id for story in stories] == [f"{number:05}" for number in range(amount)]
    assert [story.answers["verhaal"].text for story in stories] == [f"verhaal {number}" for number in range(amount)]


async def test_reading_sees_no_story_that_is_sent_meanwhile(db: Database, keys: KeyRing) -> None:
    await _keep(db, keys, SENT, "a")
    async with db.reading() as work:
        reading = every(work, keys, None)
        first = await anext(reading)
        await _keep(db, keys, SENT, "b", "222222222")
        assert [first.id, *[story.id async for story in reading]] == ["a"]


async def test_all_that_is_kept_is_counted(db: Database, keys: KeyRing) -> None:
    assert dict(await _counts(db)) == {"drafts": 0, "stories": 0, "withdrawn": 0}
    async with db.transaction() as work:
        await save(work, keys, Address("web", "1"), None, replace(DRAFT, id="een ander", question_set="staf"), NOON)
    await _keep(db, keys, SENT, "a")
    await _keep(db, keys, SENT, "b", "222222222")
    await _keep(db, keys, replace(SENT, question_set="staf"), "c", "333333333")
    async with db.transaction() as work:
        await withdraw(work, keys, RECEIPT, LATER)
    assert dict(await _counts(db)) == {
        "drafts": 1,
        "drafts/staf": 1,
        "stories": 2,
        "stories/bewoner": 1,
        "stories/staf": 1,
        "withdrawn": 1,
    }


async def _counts(db: Database) -> dict[str, int]:
    async with db.reading() as work:
        return dict(await counts(work))
