"""What is over its time goes by itself, and out of the files too; who asked for it hears of it, by day."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.housekeeping import tidy_up
from bot.intake import Intake
from bot.outgoing import unpack
from bot.turn import Inbound
from dialogs.events import Blocked
from dialogs.interview import Interview
from storage import interviews, turns
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.bot.another_program import amounts, change, left_of, sealed
from tests.bot.person import SOURCE, Person
from tests.bot.story import FIRST, OPENING, STORY, says, taps
from tests.postgres import BOTH_ENGINES
from tests.talk.world import Ids, library

pytestmark = BOTH_ENGINES

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""A Monday in Amsterdam at eleven."""

DAY = timedelta(days=1)
DAMAGED_TIME = """
UPDATE interviews SET changed_at = 'gisteren' WHERE interview_id = (SELECT MIN(interview_id) FROM interviews)
"""
DAMAGED_ADDRESS = """
UPDATE interviews SET chat = 'kapot' WHERE interview_id = (SELECT MIN(interview_id) FROM interviews)
"""
PAUSED = (*OPENING, says(FIRST), says("/pauze"))
REMINDED = (*PAUSED, taps("🔔 Stuur mij een bericht"))
HELPED = (
    says("/start h-1"),
    taps("Ja, wij doen het samen"),
    taps("▶️ Wij beginnen"),
    taps("✅ De verteller zegt ja"),
)


@dataclass
class House:
    """A corridor over a database, at a time that a test sets."""

    intake: Intake
    url: str
    at: datetime = START

    async def later(self, time: timedelta) -> None:
        """So long nothing happens, and then the house is tidied."""
        self.at += time
        await tidy_up(self.intake)


@pytest.fixture
async def house(url: str, keys: KeyRing) -> AsyncIterator[House]:
    database = await open_database(url)
    try:
        await migrate(database)
        await match_keys(database, keys)
        intake = Intake(database, keys, library(), ids=Ids(), clock=lambda: opened.at)
        opened = House(intake, url)
        yield opened
    finally:
        await database.close()


async def draft(person: Person) -> Interview | None:
    async with person.intake.database.reading() as work:
        return await interviews.load(work, person.intake.keys, person.address)


async def heard(person: Person) -> list[str]:
    """The first line of each reply that may be sent by now; they are gone then."""
    async with person.intake.database.transaction() as work:
        rows = await turns.waiting(work, person.intake.keys, person.address, person.intake.clock())
        for row in rows:
            await turns.delivered(work, person.intake.keys, person.address, row.position)
    return [unpack(row.payload).plain({}).split("\n")[0] for row in rows]


async def test_a_draft_that_nothing_was_said_to_goes_after_its_days_and_another_stays(house: House) -> None:
    here, there = Person(house.intake, "1"), Person(house.intake, "2", first=100)
    await here.tell([*OPENING, says(FIRST)])
    before = sealed(house.url)
    house.at += timedelta(days=4)
    await there.tell([*OPENING, says("Een ander verhaal dat niet af is.")])
    await house.later(timedelta(days=3))
    assert await draft(here) is None
    assert await draft(there) is not None
    assert left_of(house.url, before - sealed(house.url)) == []
    assert (await here.waiting(), await there.waiting()) == ([], [])


async def test_whoever_asked_for_it_hears_twice_and_then_that_all_is_gone(house: House) -> None:
    person = Person(house.intake)
    await person.tell(REMINDED)
    said = {}
    for hour in range(1, 24 * 8):
        await house.later(timedelta(hours=1))
        for words in await heard(person):
            said[hour] = words
    assert said == {
        24: "U was nog niet klaar.",
        24 * 6: "Morgen gooi ik alles weg.",
        24 * 7: "Ik heb alles weggegooid.",
    }
    assert await draft(person) is None
    assert amounts(house.url)["outbox"] == 0


async def test_whoever_did_not_ask_for_it_hears_nothing(house: House) -> None:
    person = Person(house.intake)
    await person.tell(PAUSED)
    for _ in range(24 * 8):
        await house.later(timedelta(hours=1))
        assert await person.waiting() == []
    assert await draft(person) is None


async def test_whoever_blocks_the_bot_hears_nothing_more(house: House) -> None:
    person = Person(house.intake)
    await person.tell(REMINDED)
    event = Blocked(at=house.at, channel=SOURCE, fresh=house.intake.ids())
    await house.intake.receive(Inbound(SOURCE, 99, person.address, event))
    for _ in range(24 * 8):
        await house.later(timedelta(hours=1))
        assert await person.waiting() == []
    assert await draft(person) is None


async def test_nobody_is_written_to_by_night(house: House) -> None:
    house.at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    person = Person(house.intake)
    await person.tell(REMINDED)
    said = []
    for _ in range(4 * 24 * 8):
        await house.later(timedelta(minutes=15))
        said += [(house.at, words) for words in await heard(person)]
    assert [words for _, words in said] == [
        "U was nog niet klaar.",
        "Morgen gooi ik alles weg.",
        "Ik heb alles weggegooid.",
    ]
    assert [at.hour for at, _ in said] == [9, 17, 9]
    assert await draft(person) is None


async def test_words_to_be_said_later_are_not_said_to_whoever_came_back(house: House) -> None:
    house.at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    person = Person(house.intake)
    await person.tell(REMINDED)
    await house.later(timedelta(days=7))
    assert await draft(person) is None
    assert [said.plain({}) for said in await person.waiting()] == []
    assert amounts(house.url)["outbox"] == 1
    await person.tell(OPENING)
    await house.later(DAY)
    assert await heard(person) == []


async def test_a_reminder_does_not_make_the_draft_younger(house: House) -> None:
    person = Person(house.intake)
    await person.tell(REMINDED)
    await house.later(timedelta(days=6))
    assert await heard(person) == ["Morgen gooi ik alles weg."]
    await house.later(DAY)
    assert await draft(person) is None


async def test_whoever_answers_a_reminder_has_all_days_again(house: House) -> None:
    person = Person(house.intake)
    await person.tell(REMINDED)
    await house.later(DAY)
    await person.say("verder")
    await house.later(timedelta(days=6, hours=23))
    kept = await draft(person)
    assert kept
    assert kept.answer("verhaal").text == FIRST


async def test_a_draft_that_fails_holds_up_no_other_and_goes_in_its_time(house: House) -> None:
    people = [Person(house.intake, str(chat), first=100 * chat) for chat in (1, 2, 3)]
    for person in people:
        await person.tell([*REMINDED])
    await change(
        house.url, "UPDATE parts SET words = 'kapot' WHERE interview_id = (SELECT MIN(interview_id) FROM parts)"
    )
    await house.later(DAY)
    assert sorted([await heard(person) for person in people]) == [[], *2 * [["U was nog niet klaar."]]]
    await house.later(timedelta(days=6, minutes=-1))
    assert amounts(house.url)["interviews"] == 3
    await house.later(timedelta(minutes=1))
    assert amounts(house.url)["interviews"] == 0


async def test_a_time_that_is_damaged_holds_up_no_other(house: House) -> None:
    people = [Person(house.intake, str(chat), first=100 * chat) for chat in (1, 2)]
    for person in people:
        await person.tell(OPENING)
    await change(house.url, DAMAGED_TIME)
    await house.later(timedelta(days=7))
    assert amounts(house.url)["interviews"] == 1
    await house.later(timedelta(days=1, minutes=-1))
    assert amounts(house.url)["interviews"] == 1
    await house.later(timedelta(minutes=2))
    assert amounts(house.url)["interviews"] == 0


async def test_while_something_may_still_wait_at_the_channel_no_draft_is_over_its_time(house: House) -> None:
    person = Person(house.intake)
    await person.tell(REMINDED)
    house.intake.behind = True
    await house.later(timedelta(days=8))
    assert (await heard(person), await draft(person) is None) == ([], False)
    house.intake.behind = False
    await house.later(timedelta())
    assert await draft(person) is None


async def test_whoever_wrote_since_it_was_seen_that_something_is_due_is_left_alone(house: House) -> None:
    person = Person(house.intake)
    await person.tell(REMINDED)
    house.at += timedelta(days=7)
    await person.say("verder")
    await house.intake.wait(person.address)
    assert await draft(person) is not None
    assert await heard(person) == []


async def test_where_somebody_helps_the_screen_is_emptied_by_day_and_once(house: House) -> None:
    house.at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    person = Person(house.intake)
    await person.tell([*HELPED, says(FIRST)])
    said = []
    for _ in range(4 * 24 * 3):
        await house.later(timedelta(minutes=15))
        said += [(house.at, words) for words in await heard(person)]
    assert said == [(datetime(2026, 3, 4, 9, tzinfo=UTC), "Ik heb dit gesprek leeggemaakt.")]
    kept = await draft(person)
    assert kept
    assert kept.answer("verhaal").text == FIRST


async def test_an_address_that_is_damaged_holds_up_no_other_and_its_draft_goes_a_day_later(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    people = [Person(house.intake, str(chat), first=100 * chat) for chat in (1, 2)]
    for person in people:
        await person.tell([*OPENING, says(FIRST)])
    before = sealed(house.url)
    await change(house.url, DAMAGED_ADDRESS)
    await house.later(timedelta(days=7))
    assert amounts(house.url)["interviews"] == 1
    house.intake.behind = True
    await house.later(timedelta(days=1, minutes=1))
    assert amounts(house.url)["interviews"] == 1
    house.intake.behind = False
    await house.later(timedelta())
    rows = amounts(house.url)
    assert (rows["interviews"], rows["parts"]) == (0, 0)
    assert left_of(house.url, before - sealed(house.url)) == []
    assert "niet te lezen en dus weggegooid: 1 concepten en 0 berichten die klaarstonden" in caplog.text


async def test_a_reply_to_an_address_that_no_key_opens_goes_and_another_waits_on(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    people = [Person(house.intake, str(chat), first=100 * chat) for chat in (1, 2)]
    async with house.intake.database.transaction() as work:
        for person in people:
            await turns.queue(work, house.intake.keys, person.address, ["een", "twee"], house.at)
    await change(house.url, "UPDATE outbox SET chat = 'kapot' WHERE chat = (SELECT MIN(chat) FROM outbox)")
    await house.later(timedelta())
    async with house.intake.database.reading() as work:
        [chat] = await turns.chats(work, house.intake.keys)
        left = await turns.waiting(work, house.intake.keys, chat)
    assert [row.payload for row in left] == ["een", "twee"]
    assert amounts(house.url)["outbox"] == 2
    assert "niet te lezen en dus weggegooid: 0 concepten en 2 berichten die klaarstonden" in caplog.text


async def test_what_is_kept_for_a_while_goes_in_its_time(house: House) -> None:
    person = Person(house.intake)
    await person.tell([*STORY, says("/verwijderen 222-222-22A")])
    amount = amounts(house.url)
    assert (amount["seen"] > 0, amount["wrong_codes"]) == (True, 1)
    await house.later(timedelta(minutes=59))
    assert amounts(house.url)["wrong_codes"] == 1
    await house.later(timedelta(minutes=2))
    assert amounts(house.url)["wrong_codes"] == 0
    await house.later(timedelta(days=7, minutes=-58))
    assert amounts(house.url)["seen"] == 0
