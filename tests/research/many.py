"""Very many stories as residents send them, of some 600 characters with remarks, in a real database; knows no file."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from dialogs.interview import Answer, Interview, Language, Part
from dialogs.questions import OpenQuestion, Question, ReviewQuestion, StoryQuestion
from storage import stories
from storage.database import Database
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing, create_key_file, read_key_file
from tests.research.kept import House, interview_id, receipt, story_id, teller
from tests.research.told import BEWONER, BLANK, NOON, nth, tell

DIFFERENT = 500
"""Tellings that differ; after them they come again, each time with another teller, id and receipt."""

AT_ONCE = 1_000
"""Stories in one transaction."""

_SAID = (
    "Ik had een brief gekregen van de gemeente en ik snapte er eigenlijk niet veel van.",
    "Toen ben ik naar het Buurtteam gegaan, met de hele stapel papieren in een tas.",
    "De mevrouw bij de balie was aardig, maar ik moest wel drie weken wachten.",
    "Mijn zoon zei nog: mam, ga er nou gewoon heen.",
    "Ze hebben samen met mij gebeld met de woningbouw, dat durfde ik zelf niet meer.",
    "Ik schaamde me een beetje voor de schulden, en zij deden daar heel gewoon over.",
    "Na twee gesprekken kreeg ik iemand anders, en toen moest ik alles opnieuw vertellen.",
    "De regeling is er nu door: 45 euro per week, en de rest gaat naar de bank.",
    "Ik slaap weer, zo simpel is het.",
    "Één ding vind ik jammer: niemand belde terug toen ik in het ziekenhuis lag 😔",
)
_REMARKS = ("dat vond ik lastig te kiezen", "een beetje van allebei", "ja, dankzij Fatima en Joop")


def tellings(number: int) -> Iterator[Interview]:
    """This many sent interviews, the same every time: some with a link, a helper, extra questions or skipped ones."""
    dice = random.Random(4)
    different = [_telling(dice) for _ in range(min(number, DIFFERENT))]
    for at in range(number):
        yield replace(different[at % DIFFERENT], id=interview_id(at), teller=teller(at))


def _telling(dice: random.Random) -> Interview:
    about = replace(
        BLANK,
        link=dice.choice((None, "noord-buurthuis-7")),
        role="bewoner",
        voluntary=dice.random() < 0.3,
        helped=dice.random() < 0.1,
        quote=dice.random() < 0.5,
        language=Language("nl", 100, "herkend"),
    )

    def choose(question: Question, telling: Interview) -> Answer:
        given = nth(dice.randrange(20))(question, telling)
        match question:
            case StoryQuestion():
                said = [" ".join(dice.sample(_SAID, 3)) for _ in range(3)]
                return replace(given, parts=tuple(Part(words) for words in said))
            case OpenQuestion() | ReviewQuestion():
                return replace(given, parts=(Part("Eindelijk weer slapen"),))
            case _ if dice.random() < 0.05:
                return Answer(question.id, skipped=True)
            case _:
                return replace(given, parts=(Part(dice.choice(_REMARKS)),) if dice.random() < 0.2 else ())

    return tell(BEWONER, choose, about)


async def build_many(house: House, number: int) -> None:
    """A new database and its keys in `house`, with this many stories."""
    create_key_file(house.key_file)
    house.config.write_text(f'[storage]\nurl = "{house.url}"\nkey_file = "{house.key_file}"\n')
    keys = read_key_file(house.key_file)
    async with _opened(house.url) as database:
        await migrate(database)
        await match_keys(database, keys)
        await _fill(database, keys, number)


async def _fill(database: Database, keys: KeyRing, number: int) -> None:
    told = enumerate(tellings(number))
    for _ in range(0, number, AT_ONCE):
        async with database.transaction() as work:
            for at, interview in (next(told) for _ in range(min(AT_ONCE, number))):
                await stories.keep(work, keys, interview, story_id(at), receipt(at), NOON)


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = await open_database(url)
    try:
        yield database
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(build_many(House(Path(sys.argv[1])), int(sys.argv[2])))
