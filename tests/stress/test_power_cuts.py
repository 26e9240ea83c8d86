"""The log of SQLite is cut anywhere, as by a power cut: what is left is what had been committed up to some moment."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from bot.intake import Intake
from bot.opening import opened
from bot.settings import BackupSettings, Settings, StudySettings
from bot.turn import Inbound, Outcome
from storage.settings import StorageSettings
from tests.bot.disk import connected, tables
from tests.bot.person import Person, draft
from tests.bot.story import OPENING, SENDING, STORY, TELLING
from tests.stress.cutting import WAYS, Files
from tests.stress.numbers import Numbers
from tests.talk.world import STUDY

SEED = 20_261_128
CROWD, PIECES = 6, 15
Figure = Callable[[str, str], None]


class Watched(Person):
    """Somebody after each of whose commits it is written down what stands in the database."""

    def __init__(self, intake: Intake, chat: str, first: int, note: Callable[[], None]) -> None:
        super().__init__(intake, chat, first)
        self._note = note

    async def _hear(self, outcome: Outcome) -> Outcome:
        self._note()
        heard = await super()._hear(outcome)
        self._note()
        return heard


async def test_what_a_cut_leaves_of_turns_one_after_another_is_all_up_to_one_commit(
    tmp_path: Path, numbers: Numbers, figure: Figure
) -> None:
    """Whole rows are compared: an answer, the note that its update was seen and what is to be said go together."""
    lot, house = Random(SEED), _settings(tmp_path)
    states: dict[str, int] = {}
    copies: list[Files] = []

    def note() -> None:
        states.setdefault(_state(_database(tmp_path)), len(states))
        copies.append(Files.of(_database(tmp_path), len(states)))

    await _made(house)
    async with opened(house) as intake:
        note()
        people = [Watched(intake, str(chat), 10_000 * chat, note) for chat in (1, 2)]
        for move in (*OPENING, *TELLING):
            for person in people:
                await person.do(move)
        await people[0].tell((*SENDING, *STORY[: len(OPENING) + 3]))
    left = Counter[str]()
    for _ in range(numbers.cuts // 2):
        files = lot.choice(copies)
        cut = files.cut(_database(tmp_path), lot)
        left[cut.way] += 1
        assert _is_sound(_database(tmp_path))
        assert states[_state(_database(tmp_path))] == files.done - 1 - cut.lost, cut
        async with opened(house):
            pass
    assert left.keys() == WAYS.keys()
    figure(
        "WAL geknipt, na elkaar",
        f"{left.total()} keer: steeds alles wat vóór de knip lag, van {len(states)} vastleggingen",
    )


async def test_what_a_cut_leaves_of_turns_committed_together_is_the_beginning_and_whole(
    tmp_path: Path, numbers: Numbers, figure: Figure
) -> None:
    """Many chats at once, whose turns share commits. Offered again after the cut, each update is there once."""
    lot, house = Random(SEED + 1), _settings(tmp_path)
    copies: list[Files] = []
    rounds: list[list[Inbound]] = []
    async with opened(house) as intake:
        for chat in range(1, CROWD + 1):
            await Person(intake, str(chat), 10_000 * chat).tell(OPENING)
    async with opened(house) as intake:
        people = [Person(intake, str(chat), 10_000 * chat + len(OPENING)) for chat in range(1, CROWD + 1)]
        for piece in range(PIECES):
            rounds.append([person.saying(_piece(person, piece)) for person in people])
            await asyncio.gather(*(intake.receive(inbound) for inbound in rounds[-1]))
            copies.append(Files.of(_database(tmp_path), len(rounds)))
    kept = []
    for _ in range(numbers.cuts - numbers.cuts // 2):
        files = lot.choice(copies)
        cut = files.cut(_database(tmp_path), lot)
        assert _is_sound(_database(tmp_path))
        async with opened(house) as intake:
            offered = [_now(person, intake) for person in people], rounds[: files.done]
            kept.append(await _beginning(intake, *offered))
            # Whoever a lost commit was of, no commit is of more than the whole crowd.
            assert kept[-1] >= CROWD * (files.done - cut.lost), cut
            await _is_whole_again(intake, *offered)
    figure("WAL geknipt, tegelijk", f"{len(kept)} keer: {sum(kept)} antwoorden over, elk heel, geen na een gat")


async def _beginning(intake: Intake, people: Sequence[Person], rounds: Sequence[Sequence[Inbound]]) -> int:
    """How many pieces of words there are: of each chat the first ones, with what goes with them, and of no chat one of
    a round before all have theirs of the round before.
    """
    known, waiting = await _numbers(intake, "SELECT update_id FROM seen"), []
    amounts = []
    for at, person in enumerate(people):
        words = await _words(intake, person)
        amounts.append(len(words))
        assert words == [_piece(person, number) for number in range(len(words))]
        assert [one[at].number in known for one in rounds] == [number < len(words) for number in range(len(rounds))]
        waiting.append(len(await person.waiting()) - bool(words))
    assert waiting == [0] * len(people), "what was kept is answered once, and nothing else is"
    assert max(amounts) - min(amounts) <= 1
    return sum(amounts)


async def _is_whole_again(intake: Intake, people: Sequence[Person], rounds: Sequence[Sequence[Inbound]]) -> None:
    """Telegram offers all of it once more."""
    for one in rounds:
        await asyncio.gather(*(intake.receive(inbound) for inbound in one))
    for person in people:
        assert await _words(intake, person) == [_piece(person, number) for number in range(len(rounds))]


async def _numbers(intake: Intake, statement: str) -> set[int]:
    async with intake.database.reading() as work:
        return {int(str(value)) for row in await work.fetch(statement) for value in row.values()}


async def _words(intake: Intake, person: Person) -> list[str]:
    kept = await draft(intake, person)
    return [part.text for part in kept.answer("verhaal").parts] if kept else []


def _now(person: Person, intake: Intake) -> Person:
    return Person(intake, person.address.chat)


def _piece(person: Person, number: int) -> str:
    return f"Stuk {number} van een lang verhaal van mens {person.address.chat}."


async def _made(house: Settings) -> None:
    """The tables stand in the database itself, not in its log."""
    async with opened(house):
        assert house.storage.key_file.exists()


def _settings(folder: Path) -> Settings:
    return Settings(
        storage=StorageSettings(url=f"sqlite:///{_database(folder)}", key_file=folder / "sleutels"),
        backup=BackupSettings(folder=folder / "kopieen"),
        study=StudySettings.model_validate(STUDY),
    )


def _database(folder: Path) -> Path:
    return folder / "vertelbot.db"


def _state(database: Path) -> str:
    """All that stands in a database, as one word."""
    rows = [(name, sorted(map(repr, lines))) for name, lines in tables(database).items()]
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()


def _is_sound(database: Path) -> bool:
    with connected(database) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
