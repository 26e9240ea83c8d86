"""Whether the corridor keeps its promises over a real database: once, in order, and nothing without consent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.intake import Intake, Outcome
from dialogs.interview import Interview
from dialogs.receipts import normal_receipt
from storage import interviews, stories
from storage.faults import StorageFault
from storage.opening import open_database
from storage.secrets import KeyRing
from tests.bot.disk import amounts, change, content, holds, sealed, tables
from tests.bot.person import Person, corridor
from tests.bot.story import CANARIES, FIRST, OPENING, REMARK, SECOND, SENDING, STORY, TELLING, TITLE, Move, says, taps

STORY_BEFORE_CONSENT = f"{FIRST} {SECOND}"
PIECE = "Een lang verhaal, deel"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "vertelbot.db"


@pytest.fixture
async def intake(place: Path, keys: KeyRing) -> AsyncIterator[Intake]:
    async with corridor(place, keys) as opened:
        yield opened


@pytest.fixture
def person(intake: Intake) -> Person:
    return Person(intake)


async def draft(intake: Intake, person: Person) -> Interview | None:
    async with intake.database.reading() as work:
        return await interviews.load(work, intake.keys, person.address)


async def story(intake: Intake, receipt: str) -> Interview | None:
    async with intake.database.reading() as work:
        return await stories.find(work, intake.keys, receipt)


def kept_words(kept: Interview | None) -> list[str]:
    """The pieces of the story, as they are kept."""
    assert kept
    return [part.text for part in kept.answer("verhaal").parts]


def receipt_in(person: Person) -> str:
    """The code that the person was told."""
    [code] = [said.values["code"] for said in person.heard if said.values.get("code")]
    return normal_receipt(code or "")


# Once.


async def test_an_update_that_comes_twice_is_kept_and_answered_once(intake: Intake, person: Person) -> None:
    await person.tell(OPENING)
    once = person.saying(FIRST)
    assert await intake.receive(once) == Outcome(queued=True)
    [answer] = await person.waiting()
    # Offered again, a button is answered, but its message stays as it is by now.
    assert await intake.receive(once) == Outcome(queued=True, in_place=True)
    assert await person.waiting() == [answer]
    assert kept_words(await draft(intake, person)) == [FIRST]


async def test_an_update_from_before_consent_that_comes_twice_is_answered_once(
    intake: Intake, person: Person, place: Path
) -> None:
    welcome = person.saying("/start b-noord7")
    assert (await intake.receive(welcome)).direct
    assert not (await intake.receive(welcome)).direct
    assert amounts(place)["seen"] == 0


async def test_a_tap_that_comes_twice_sends_one_story(intake: Intake, person: Person, place: Path) -> None:
    await person.tell([*OPENING, *TELLING])
    sending = person.tapping(SENDING[0].words)
    await intake.receive(sending)
    once = tables(place)
    await intake.receive(sending)
    assert tables(place) == once
    assert len(once["stories"]) == 1


async def test_an_update_that_comes_again_after_a_stop_is_still_known(place: Path, keys: KeyRing) -> None:
    async with corridor(place, keys) as before:
        person = Person(before)
        await person.tell(OPENING)
        again = person.saying(FIRST)
        await before.receive(again)
    kept = tables(place)
    async with corridor(place, keys) as after:
        await after.receive(again)
    assert tables(place) == kept


async def test_the_same_number_from_another_source_is_another_update(intake: Intake, person: Person) -> None:
    await person.tell(OPENING)
    telling = replace(person.saying(FIRST), number=2)
    await intake.receive(telling)
    assert kept_words(await draft(intake, person)) == []
    await intake.receive(replace(telling, source="elsewhere"))
    assert kept_words(await draft(intake, person)) == [FIRST]


# Nothing without consent.


async def test_before_consent_not_a_byte_is_written(intake: Intake, person: Person, place: Path) -> None:
    empty, files = amounts(place), content(place)
    moves = [
        says("/start b-noord7"),
        says(STORY_BEFORE_CONSENT),
        says(TITLE),
        taps("ℹ️ Meer uitleg"),
        says("/privacy"),
        says("/hulp"),
        says("/verwijderen K7P-M4T-X9R"),
        says("/stop"),
        says("/onzin"),
        says(""),
        says("/start " + "x" * 300),
        says("/start ../../etc"),
        taps("Ik ben bewoner"),
        taps("Ik ben jonger dan 16"),
        says("/start m-west2"),
        taps("❌ Nee, ik doe niet mee"),
    ]
    for move in moves:
        outcome = await person.do(move)
        assert not outcome.queued, move
        assert (amounts(place), content(place)) == (empty, files), move
    await person.edit("1", REMARK)
    await person.show("INV.foto")
    assert (amounts(place), content(place)) == (empty, files)
    assert len(person.heard) > len(moves)


async def test_what_was_typed_before_consent_is_not_said_back(person: Person) -> None:
    await person.tell([says("/start b-noord7"), says(STORY_BEFORE_CONSENT)])
    assert not any(word in said.plain({}) for said in person.heard for word in CANARIES)


async def test_with_consent_come_the_draft_and_its_link_but_not_what_came_before(
    intake: Intake, person: Person, place: Path
) -> None:
    await person.tell([says("/start b-noord7"), says(STORY_BEFORE_CONSENT), taps("✅ Ja, ik doe mee")])
    kept = await draft(intake, person)
    assert kept
    assert (kept.link, kept.role, kept.answers) == ("b-noord7", "bewoner", {})
    rows = amounts(place)
    assert (rows["interviews"], rows["answers"], rows["parts"]) == (1, 0, 0)


async def test_no_word_and_no_chat_can_be_read_from_the_files(person: Person, place: Path) -> None:
    await person.tell([*OPENING, *TELLING])
    assert [words for words in (*CANARIES, person.address.chat, STORY[4].words) if holds(place, words)] == []
    await person.tell(SENDING)
    assert [words for words in (*CANARIES, person.address.chat, receipt_in(person)) if holds(place, words)] == []


# Nothing lost between the commit and the answer.


async def test_what_was_kept_but_not_yet_said_is_said_after_a_crash(place: Path, keys: KeyRing) -> None:
    async with corridor(place, keys) as intake:
        person = Person(intake)
        await person.tell([*OPENING, *TELLING])
        await intake.receive(person.tapping(SENDING[0].words))
    async with corridor(place, keys) as intake:
        again = Person(intake)
        [thanks] = await again.waiting()
        assert thanks.values["code"]
        assert await story(intake, thanks.values["code"])


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


# Where nothing can be kept, nothing is said.


@pytest.mark.parametrize("moves", [OPENING[:1], OPENING], ids=["before consent", "a story"])
async def test_a_closed_database_is_a_fault_and_no_answer(
    intake: Intake, person: Person, moves: tuple[Move, ...]
) -> None:
    await person.tell(moves)
    await intake.database.close()
    with pytest.raises(StorageFault):
        await intake.receive(person.saying(FIRST))


async def test_a_database_that_may_only_be_read_is_a_fault_and_no_answer(place: Path, keys: KeyRing) -> None:
    async with corridor(place, keys) as intake:
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


# In order.


async def test_messages_in_a_row_are_kept_in_order(intake: Intake, person: Person) -> None:
    await person.tell(OPENING)
    for number in range(40):
        await intake.receive(person.saying(f"{PIECE} {number}."))
    assert kept_words(await draft(intake, person)) == [f"{PIECE} {number}." for number in range(40)]


async def test_chats_beside_each_other_keep_each_their_own_order(intake: Intake) -> None:
    people = [Person(intake, str(chat), first=1000 * chat) for chat in range(1, 6)]
    await asyncio.gather(*(_tells(person) for person in people))
    for person in people:
        wanted = [f"{PIECE} {number} van {person.address.chat}." for number in range(8)]
        assert kept_words(await draft(intake, person)) == wanted


async def _tells(person: Person) -> None:
    await person.tell(OPENING)
    for number in range(8):
        await person.say(f"{PIECE} {number} van {person.address.chat}.")


async def test_answers_wait_in_the_order_of_what_was_said(intake: Intake, person: Person) -> None:
    await person.tell([*OPENING, *TELLING[:4]])
    for words in (TITLE, "😌", "hulp"):
        await intake.receive(person.saying(words))
    first, second, third = [waiting.plain({}) for waiting in await person.waiting()]
    assert "Hoe voelt u zich" in first
    assert "makkelijk of moeilijk" in second
    assert "Zo werkt het" in third


# Gone is gone.


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
    assert [name for name, amount in rows.items() if amount] == ["migrations", "canary", "seen"]
    assert [token for token in before - sealed(place) if holds(place, token)] == []


async def test_a_story_that_is_withdrawn_leaves_no_byte(intake: Intake, person: Person, place: Path) -> None:
    await person.tell(STORY)
    receipt, before = receipt_in(person), sealed(place)
    await person.tell([says(f"/verwijderen {receipt}"), taps("👀 Eerst lezen"), taps("🗑 Ja, haal weg")])
    await intake.tidy()
    rows = amounts(place)
    assert [name for name, amount in rows.items() if amount] == ["migrations", "canary", "withdrawals", "seen"]
    assert [token for token in before - sealed(place) if holds(place, token)] == []
    assert await story(intake, receipt) is None


async def test_what_was_said_before_consent_is_not_kept_when_it_is_offered_again_after_it(
    intake: Intake, person: Person, place: Path
) -> None:
    await person.tell(OPENING[:1])
    early = person.saying("Een geheim dat te vroeg kwam.")
    await intake.receive(early)
    assert tables(place)["seen"] == []
    await person.tell(OPENING[1:])
    assert (await intake.receive(early)).direct == ()
    assert kept_words(await draft(intake, person)) == []


async def test_what_was_said_before_consent_is_known_after_a_stop_too(place: Path, keys: KeyRing) -> None:
    async with corridor(place, keys) as before:
        person = Person(before)
        await person.tell(OPENING[:1])
        early = person.saying("Een geheim dat te vroeg kwam.")
        await before.receive(early)
        await person.tell(OPENING[1:])
    async with corridor(place, keys) as after:
        await after.receive(early)
        assert kept_words(await draft(after, person)) == []
