"""What the corridor leaves on the disk, in the files of SQLite: not a byte too many, and none where it fails."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.receipts import HOUR
from storage import wrong_codes
from storage.addresses import chat_mark
from storage.faults import StorageFault
from storage.opening import open_database
from storage.secrets import KeyRing
from tests.bot.disk import amounts, change, content, holds, sealed, tables
from tests.bot.person import Person, corridor, draft, kept_words, receipt_in, story
from tests.bot.story import CANARIES, FIRST, OPENING, REMARK, SECOND, SENDING, STORY, TELLING, TITLE, says, taps

STORY_BEFORE_CONSENT = f"{FIRST} {SECOND}"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "vertelbot.db"


@pytest.fixture
async def intake(place: Path, keys: KeyRing) -> AsyncIterator[Intake]:
    async with corridor(f"sqlite:///{place}", keys) as opened:
        yield opened


@pytest.fixture
def person(intake: Intake) -> Person:
    return Person(intake)


async def test_before_consent_not_a_byte_is_written(intake: Intake, person: Person, place: Path) -> None:
    empty, files = amounts(place), content(place)
    moves = [
        says("/start b-noord7"),
        says(STORY_BEFORE_CONSENT),
        says(TITLE),
        taps("ℹ️ Meer uitleg"),
        says("/privacy"),
        says("/hulp"),
        says("/nood"),
        says("/leegmaken"),
        says("/stop"),
        says("/onzin"),
        says(""),
        says("/start " + "x" * 300),
        says("/start ../../etc"),
        taps("Ik ben bewoner"),
        taps("Ik ben jonger dan 16"),
        says("/start m-west2"),
        taps("❌ Nee, ik doe niet mee"),
        says("Mijn BSN is 111222333"),
        says("Ik wil niet meer leven"),
        says("/start h-1"),
        taps("Ja, wij doen het samen"),
        taps("▶️ Wij beginnen"),
        taps("❌ De verteller zegt nee"),
    ]
    for move in moves:
        outcome = await person.do(move)
        assert not outcome.queued, move
        assert (amounts(place), content(place)) == (empty, files), move
    await person.edit("1", REMARK)
    await person.show("INV.foto")
    assert (amounts(place), content(place)) == (empty, files)
    assert len(person.heard) > len(moves)


async def test_of_a_wrong_code_before_consent_only_that_it_was_tried_is_kept_and_for_an_hour(
    intake: Intake, person: Person, place: Path
) -> None:
    empty = amounts(place)
    outcome = await person.say("/verwijderen K7P-M4T-X9R")
    assert not outcome.queued
    assert amounts(place) == {**empty, "wrong_codes": 1}
    [row] = tables(place)["wrong_codes"]
    assert chat_mark(intake.keys, person.address) not in row
    assert not holds(place, "K7PM4TX9R")
    async with intake.database.transaction() as work:
        assert await wrong_codes.forget(work, intake.clock() + HOUR) == 1
    assert amounts(place) == empty


async def test_no_word_and_no_chat_can_be_read_from_the_files(person: Person, place: Path) -> None:
    await person.tell([*OPENING, *TELLING])
    assert [words for words in (*CANARIES, person.address.chat, STORY[4].words) if holds(place, words)] == []
    await person.tell(SENDING)
    assert [words for words in (*CANARIES, person.address.chat, receipt_in(person)) if holds(place, words)] == []


async def test_a_turn_that_fails_half_way_leaves_nothing(intake: Intake, person: Person, place: Path) -> None:
    await person.tell(OPENING)
    before = tables(place)
    await change(place, "CREATE TRIGGER vol BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'vol'); END")
    with pytest.raises(StorageFault):
        await intake.receive(person.saying(FIRST))
    assert tables(place) == before
    await change(place, "DROP TRIGGER vol")
    await person.say(FIRST)
    assert kept_words(await draft(intake, person)) == [FIRST]


async def test_a_database_that_may_only_be_read_is_a_fault_and_no_answer(place: Path, keys: KeyRing) -> None:
    async with corridor(f"sqlite:///{place}", keys) as intake:
        await Person(intake).tell(OPENING)
        library = intake.library
    database = await open_database(f"sqlite:///{place}", read_only=True)
    try:
        person = Person(Intake(database, keys, library), first=100)
        with pytest.raises(StorageFault):
            await person.intake.receive(person.saying(FIRST))
        assert await person.waiting() == []
    finally:
        await database.close()


async def test_sending_cuts_the_chat_from_the_story(intake: Intake, person: Person, place: Path) -> None:
    await person.tell([*OPENING, *TELLING])
    before = sealed(place)
    await person.tell(SENDING)
    await intake.tidy()
    rows = amounts(place)
    assert (rows["interviews"], rows["answers"], rows["parts"], rows["outbox"]) == (0, 0, 0, 0)
    assert [token for token in before - sealed(place) if holds(place, token)] == []
    assert await story(intake, receipt_in(person))


async def test_a_draft_that_is_thrown_away_leaves_no_byte(intake: Intake, person: Person, place: Path) -> None:
    await person.tell([*OPENING, *TELLING[:6]])
    before = sealed(place)
    await person.tell([says("/stop"), taps("🗑 Ja, gooi weg")])
    await intake.tidy()
    rows = amounts(place)
    assert [name for name, amount in rows.items() if amount] == ["migrations", "canary", "seen", "dropped", "tallies"]
    assert [token for token in before - sealed(place) if holds(place, token)] == []


async def test_a_story_that_is_withdrawn_leaves_no_byte(intake: Intake, person: Person, place: Path) -> None:
    await person.tell(STORY)
    receipt, before = receipt_in(person), sealed(place)
    await person.tell([says(f"/verwijderen {receipt}"), taps("👀 Eerst lezen"), taps("🗑 Ja, haal weg")])
    await intake.tidy()
    rows = amounts(place)
    assert [name for name, amount in rows.items() if amount] == [
        "migrations",
        "canary",
        "withdrawals",
        "seen",
        "dropped",
        "tallies",
    ]
    assert [token for token in before - sealed(place) if holds(place, token)] == []
    assert await story(intake, receipt) is None
