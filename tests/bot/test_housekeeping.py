"""What is over its time goes by itself, and out of the files too."""

from datetime import timedelta
from pathlib import Path

from bot.housekeeping import tidy_up
from bot.intake import Inbound, Intake
from dialogs.events import Chosen, Said
from dialogs.interview import Interview
from dialogs.replies import DoorTap, Offer
from dialogs.texts import fingerprint
from storage import interviews
from storage.interviews import Address
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from tests.talk.world import Clock, Ids, library

SAID = "Ik vertel een verhaal dat niet af is."
HERE, THERE = Address("test", "1"), Address("test", "2")


async def test_a_draft_that_nothing_was_said_to_goes_after_its_days_and_another_stays(
    tmp_path: Path, keys: KeyRing
) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/v.db")
    try:
        await migrate(database)
        await match_keys(database, keys)
        late = timedelta()
        clock = Clock()
        intake = Intake(database, keys, library(), ids=Ids(), clock=lambda: clock() + late)
        await _begin(intake, HERE, 1)
        late = timedelta(days=4)
        await _begin(intake, THERE, 3)
        late = timedelta(days=8)
        await tidy_up(intake, 7)
        assert await _draft(intake, HERE) is None
        assert await _draft(intake, THERE) is not None
    finally:
        await database.close()


async def _begin(intake: Intake, address: Address, number: int) -> None:
    questions = library().newest("bewoner")
    assert questions
    shown = fingerprint(library().text(questions.consent).text)
    offer = Offer(questions.letter, questions.version, "", shown)
    tap = DoorTap("t", "ja", offer)
    yes = Chosen(at=intake.clock(), channel="test", fresh=intake.ids(), tap=tap)
    await intake.receive(Inbound("test", number, address, yes))
    said = Said(at=intake.clock(), channel="test", fresh=intake.ids(), text=SAID, message="1")
    await intake.receive(Inbound("test", number + 1, address, said))


async def _draft(intake: Intake, address: Address) -> Interview | None:
    async with intake.database.reading() as work:
        return await interviews.load(work, intake.keys, address)
