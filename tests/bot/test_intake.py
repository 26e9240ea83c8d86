"""Whether the corridor keeps its promises over a real database: once, in order, and nothing without consent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.intake import Intake, fresh
from bot.receipts import HOUR, WRONG_CODES, WRONG_CODES_OF_CHANNEL
from bot.turn import Outcome
from dialogs.receipts import is_receipt, normal_receipt
from storage import messages, wrong_codes
from storage.addresses import Address
from storage.faults import StorageFault
from storage.secrets import KeyRing
from tests.bot.another_program import amounts, tables
from tests.bot.person import Person, corridor, draft, kept_words, receipt_in, story
from tests.bot.story import CANARIES, FIRST, OPENING, SECOND, SENDING, STORY, TELLING, TITLE, Move, says, taps
from tests.talk.world import Clock

STORY_BEFORE_CONSENT = f"{FIRST} {SECOND}"
PIECE = "Een lang verhaal, deel"


@pytest.fixture
async def intake(url: str, keys: KeyRing) -> AsyncIterator[Intake]:
    async with corridor(url, keys) as opened:
        yield opened


@pytest.fixture
def person(intake: Intake) -> Person:
    return Person(intake)


# Once.


async def test_an_update_that_comes_twice_is_kept_and_answered_once(intake: Intake, person: Person) -> None:
    await person.tell(OPENING)
    once = person.saying(FIRST)
    assert await intake.receive(once) == Outcome(queued=True)
    [answer] = await person.waiting()
    # Offered again, a button is answered, but its message stays as it is by now.
    assert await intake.receive(once) == Outcome(queued=True, in_place=True, again=True)
    assert await person.waiting() == [answer]
    assert kept_words(await draft(intake, person)) == [FIRST]


async def test_an_update_from_before_consent_that_comes_twice_is_answered_once(
    intake: Intake, person: Person, url: str
) -> None:
    welcome = person.saying("/start b-noord7")
    assert (await intake.receive(welcome)).direct
    assert not (await intake.receive(welcome)).direct
    assert amounts(url)["seen"] == 0


async def test_a_tap_that_comes_twice_sends_one_story(intake: Intake, person: Person, url: str) -> None:
    await person.tell([*OPENING, *TELLING])
    sending = person.tapping(SENDING[0].words)
    await intake.receive(sending)
    once = tables(url)
    await intake.receive(sending)
    assert tables(url) == once
    assert len(once["stories"]) == 1


async def test_an_update_that_comes_again_after_a_stop_is_still_known(url: str, keys: KeyRing) -> None:
    async with corridor(url, keys) as before:
        person = Person(before)
        await person.tell(OPENING)
        again = person.saying(FIRST)
        await before.receive(again)
    kept = tables(url)
    async with corridor(url, keys) as after:
        await after.receive(again)
    assert tables(url) == kept


async def test_the_same_number_from_another_source_is_another_update(intake: Intake, person: Person) -> None:
    await person.tell(OPENING)
    telling = replace(person.saying(FIRST), number=2)
    await intake.receive(telling)
    assert kept_words(await draft(intake, person)) == []
    await intake.receive(replace(telling, source="elsewhere"))
    assert kept_words(await draft(intake, person)) == [FIRST]


# Nothing without consent.


async def test_what_was_typed_before_consent_is_not_said_back(person: Person) -> None:
    await person.tell([says("/start b-noord7"), says(STORY_BEFORE_CONSENT)])
    assert not any(word in said.plain({}) for said in person.heard for word in CANARIES)


async def test_with_consent_come_the_draft_and_its_link_but_not_what_came_before(
    intake: Intake, person: Person, url: str
) -> None:
    await person.tell([says("/start b-noord7"), says(STORY_BEFORE_CONSENT), taps("✅ Ja, ik doe mee")])
    kept = await draft(intake, person)
    assert kept
    assert (kept.link, kept.role, kept.answers) == ("b-noord7", "bewoner", {})
    rows = amounts(url)
    assert (rows["interviews"], rows["answers"], rows["parts"]) == (1, 0, 0)


# Nothing lost between the commit and the answer.


async def test_what_was_kept_but_not_yet_said_is_said_after_a_crash(url: str, keys: KeyRing) -> None:
    async with corridor(url, keys) as intake:
        person = Person(intake)
        await person.tell([*OPENING, *TELLING])
        await intake.receive(person.tapping(SENDING[0].words))
    async with corridor(url, keys) as intake:
        again = Person(intake)
        [thanks] = await again.waiting()
        assert thanks.values["code"]
        assert await story(intake, thanks.values["code"])


# Where nothing can be kept, nothing is said.


@pytest.mark.parametrize("moves", [OPENING[:1], OPENING], ids=["before consent", "a story"])
async def test_a_closed_database_is_a_fault_and_no_answer(
    intake: Intake, person: Person, moves: tuple[Move, ...]
) -> None:
    await person.tell(moves)
    await intake.database.close()
    with pytest.raises(StorageFault):
        await intake.receive(person.saying(FIRST))


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


async def test_what_was_said_before_consent_is_not_kept_when_it_is_offered_again_after_it(
    intake: Intake, person: Person, url: str
) -> None:
    await person.tell(OPENING[:1])
    early = person.saying("Een geheim dat te vroeg kwam.")
    await intake.receive(early)
    assert tables(url)["seen"] == []
    await person.tell(OPENING[1:])
    assert (await intake.receive(early)).direct == ()
    assert kept_words(await draft(intake, person)) == []


async def test_what_was_said_before_consent_is_known_after_a_stop_too(url: str, keys: KeyRing) -> None:
    async with corridor(url, keys) as before:
        person = Person(before)
        await person.tell(OPENING[:1])
        early = person.saying("Een geheim dat te vroeg kwam.")
        await before.receive(early)
        await person.tell(OPENING[1:])
    async with corridor(url, keys) as after:
        await after.receive(early)
        assert kept_words(await draft(after, person)) == []


# Codes are not to be guessed.


WAIT = "U kunt nu even geen code sturen."
WRONG = "Ik vind geen verhaal bij die code."


async def _answers(person: Person, typed: str) -> str:
    """The first line of the answer to a code."""
    await person.say(typed)
    return person.heard[-1].plain({}).split("\n")[0]


async def test_after_five_wrong_codes_in_an_hour_a_right_one_is_answered_as_a_wrong_one(
    url: str, keys: KeyRing
) -> None:
    clock = Clock()
    async with corridor(url, keys, clock) as intake:
        person = Person(intake)
        await person.tell(STORY)
        receipt = receipt_in(person)
        first = [await _answers(person, f"/verwijderen K7P-M4T-X9{end}") for end in "ABCDE"]
        assert (len(set(first)), WAIT in first) == (1, False)
        held = [await _answers(person, f"/verwijderen {code}") for code in ("K7PM4TX9F", receipt, "AB1-CD1-EF1")]
        assert held == [WAIT] * 3
        again = person.heard[-3:]
        assert again[0] == again[1] == again[2]
        assert WRONG_CODES == 5
    async with corridor(url, keys, clock) as intake:
        person = Person(intake, first=1000)
        assert await _answers(person, f"/verwijderen {receipt}") == WAIT
        assert await _answers(Person(intake, "1", first=2000), f"/verwijderen {receipt}") != WAIT
        clock.wait(HOUR)
        assert await _answers(person, f"/verwijderen {receipt}") not in (WAIT, first[0])


async def test_a_story_is_not_taken_away_by_a_button_while_codes_are_held(intake: Intake, person: Person) -> None:
    await person.tell([*STORY, says("klaar")])
    receipt = receipt_in(person)
    await person.say(f"/verwijderen {receipt}")
    for end in "ABCDE":
        await intake.receive(person.saying(f"/verwijderen K7P-M4T-X9{end}"))
    await person.tap("🗑 Ja, haal weg")
    assert await story(intake, receipt)


async def test_a_right_code_is_no_wrong_one(intake: Intake, person: Person, url: str) -> None:
    await person.tell(STORY)
    for _ in range(WRONG_CODES + 2):
        assert await _answers(person, f"/verwijderen {receipt_in(person)}") != WAIT
    assert amounts(url)["wrong_codes"] == 0


async def test_what_is_held_is_not_counted_so_that_an_hour_is_an_hour(intake: Intake, person: Person) -> None:
    for number in range(WRONG_CODES + 20):
        await person.say(f"/verwijderen K7P-M4T-X{number + 22}")
    async with intake.database.reading() as work:
        own, channel = await wrong_codes.tried(work, intake.keys, person.address, intake.clock() - HOUR)
    assert (own, channel) == (WRONG_CODES, WRONG_CODES)


async def test_too_many_wrong_codes_of_a_channel_hold_everyone_there_and_nobody_elsewhere(
    intake: Intake, person: Person
) -> None:
    async def flooded(channel: str) -> None:
        async with intake.database.transaction() as work:
            for number in range(WRONG_CODES_OF_CHANNEL):
                await wrong_codes.note(work, intake.keys, Address(channel, f"ander {number}"), intake.clock())

    await person.tell(STORY)
    asked = f"/verwijderen {receipt_in(person)}"
    await flooded("web")
    assert await _answers(person, asked) != WAIT
    await flooded(person.address.channel)
    assert await _answers(person, asked) == WAIT


# The same teller, and nothing that is kept says so before the story is sent.


async def test_another_story_is_of_the_same_teller_and_the_answers_about_the_teller_come_along(
    intake: Intake, person: Person, url: str
) -> None:
    await person.tell(STORY)
    first = await story(intake, receipt_in(person))
    assert first
    await person.tap("➕ Nog een verhaal")
    kept = await draft(intake, person)
    assert kept
    assert kept.teller != first.teller
    assert [kept.answers[item].option for item in ("stadsdeel", "leeftijd")] == ["noord", "45_64"]
    assert not [row for row in tables(url)["interviews"] if first.teller in row]
    skipped = {taps("Noord"), says("52"), taps("Langer dan 1 jaar")}
    await person.tell([move for move in (*TELLING, *SENDING) if move not in skipped])
    again = await story(intake, _receipts(person)[1])
    assert again
    assert again.teller == first.teller
    assert again.id != first.id
    assert again.answers["leeftijd"].carried == "eerder"


async def test_another_story_can_be_typed_as_well_as_tapped(intake: Intake, person: Person) -> None:
    await person.tell([*STORY, says("nog een verhaal")])
    skipped = {taps("Noord"), says("52"), taps("Langer dan 1 jaar")}
    await person.tell([move for move in (*TELLING, *SENDING) if move not in skipped])
    told = [await story(intake, receipt) for receipt in _receipts(person)]
    assert len(told) == 2
    assert len({one.teller for one in told if one}) == 1


async def test_whoever_begins_at_the_door_again_is_another_teller(intake: Intake, person: Person) -> None:
    await person.tell([*STORY, *STORY])
    told = [await story(intake, receipt) for receipt in _receipts(person)]
    assert len({one.teller for one in told if one}) == 2


def _receipts(person: Person) -> list[str]:
    return [normal_receipt(code) for said in person.heard if (code := said.values.get("code"))]


# What stands on the screen.


async def test_messages_of_the_teller_are_noted_from_consent_on(intake: Intake, person: Person, url: str) -> None:
    early = await intake.receive(replace(person.saying("/start b-noord7"), message="41"))
    assert early.unkept == "41"
    assert amounts(url)["messages"] == 0
    await person.tell(OPENING)
    kept = await intake.receive(replace(person.saying(FIRST), message="42"))
    assert kept.unkept == ""
    async with intake.database.reading() as work:
        assert [item.message for item in await messages.shown(work, intake.keys, person.address)] == ["42"]


# Help where nothing can be kept.


@pytest.mark.parametrize(
    ("words", "whole"),
    [("hulp", True), ("/nood", True), ("Ik heb nu hulp nodig", True), ("Ik wil niet meer leven", False)],
)
async def test_with_the_database_down_help_is_given_and_a_story_is_still_to_be_kept(
    intake: Intake, person: Person, words: str, whole: bool
) -> None:
    await intake.database.close()
    with pytest.raises(StorageFault):
        await intake.receive(person.saying(words))
    found = intake.rescue(person.saying(words))
    assert found
    outcome, was_all = found
    assert "Praat alstublieft met een mens" in outcome.direct[0].plain({})
    assert (was_all, outcome.queued) == (whole, False)


@pytest.mark.parametrize("words", ["Mijn dak lekte.", "stop", "/start", ""])
async def test_with_the_database_down_nothing_else_is_answered(intake: Intake, person: Person, words: str) -> None:
    await intake.database.close()
    assert intake.rescue(person.saying(words)) is None


# New ids.


def test_every_receipt_is_one_and_a_teller_fits_on_a_button() -> None:
    drawn = [fresh() for _ in range(500)]
    assert all(is_receipt(ids.receipt) for ids in drawn)
    assert {len(ids.teller) for ids in drawn} == {12}
    assert len({ids.teller for ids in drawn} | {ids.receipt for ids in drawn}) == 1000
