"""Second texts for all stories, by the command and beside a bot: once, whole, and the words stay as they were."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.interview import Answer, Interview, Part
from research.__main__ import run
from research.deidentify.batch import Proposed, deidentify, texts_of
from research.deidentify.finding import RULES, Finder
from research.deidentify.kinds import Kind
from storage import second_texts, stories
from storage.database import Database
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.second_texts import Masked, SecondTexts
from storage.secrets import KeyRing
from storage.stories import Story
from tests import canaries
from tests.postgres import BOTH_ENGINES, database_url
from tests.research.kept import House, build, receipt, story_id
from tests.research.told import BEWONER, LIBRARY, NOON, nth, remarking, tell

TOLD = "Fatima van het buurtteam belde mij op 06 12345678. Mijn moeder was blij."
LEFT = "[NAAM-1] van het buurtteam belde mij op [TELEFOON]. Mijn moeder was blij."
REMARK = "vraag maar aan fatima bouali"


def story(words: str = TOLD) -> Interview:
    """A story in which somebody typed these words."""
    canaries.plant("Fatima van het buurtteam", REMARK)
    return tell(BEWONER, nth(0, words))


@pytest.fixture
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    async with database_url(request, tmp_path / "data" / "vertelbot.db") as found:
        yield found


@pytest.fixture
async def db(url: str, keys: KeyRing) -> AsyncIterator[Database]:
    opened = await open_database(url)
    await migrate(opened)
    await match_keys(opened, keys)
    yield opened
    await opened.close()


async def keep(db: Database, keys: KeyRing, number: int, told: Interview) -> None:
    async with db.transaction() as work:
        await stories.keep(work, keys, replace(told, id=f"c{number}"), story_id(number), receipt(number), NOON)


async def propose(db: Database, keys: KeyRing, finder: Finder, question_set: str | None = None) -> Proposed:
    heard: list[int] = []
    done = await deidentify(
        db, keys, LIBRARY, finder, question_set=question_set, clock=lambda: NOON, heard=heard.append
    )
    assert sum(heard) == done.stories + done.ready
    return done


async def of_story(db: Database, keys: KeyRing, number: int) -> SecondTexts:
    async with db.reading() as work:
        return (await second_texts.of(work, keys, [story_id(number)])).get(story_id(number), {})


async def original(db: Database, keys: KeyRing, number: int) -> Story:
    async with db.reading() as work:
        found = await stories.one(work, keys, story_id(number))
    assert found is not None
    return found


@BOTH_ENGINES
async def test_every_story_gets_a_second_text_once_and_stays_as_it_was_told(
    db: Database, keys: KeyRing, finder: Finder
) -> None:
    for number in range(3):
        await keep(db, keys, number, story())
    before = [await original(db, keys, number) for number in range(3)]
    done = await propose(db, keys, finder)
    words = len(texts_of(before[0], LIBRARY))
    assert (done.stories, done.texts, done.ready) == (3, 3 * words, 0)
    assert done.kinds == {Kind.NAME: 3 * words, Kind.PHONE: 3 * words}
    assert {second.words for number in range(3) for second in (await of_story(db, keys, number)).values()} == {LEFT}
    assert [await original(db, keys, number) for number in range(3)] == before
    again = await propose(db, keys, finder)
    assert (again.stories, again.ready, again.kinds) == (0, 3, {})


@BOTH_ENGINES
async def test_what_was_reviewed_stays_and_what_older_rules_proposed_is_proposed_anew(
    db: Database, keys: KeyRing, finder: Finder
) -> None:
    for number in range(2):
        await keep(db, keys, number, story())
    texts = [Masked(name, typed) for name, typed in texts_of(await original(db, keys, 0), LIBRARY).items()]
    async with db.transaction() as work:
        for number in range(2):
            await second_texts.propose(work, keys, story_id(number), texts, f"{RULES}-eerder", NOON)
    async with db.transaction() as work:
        seen = (await second_texts.of(work, keys, [story_id(0)]))[story_id(0)]
        await second_texts.review(work, keys, seen, texts, "Noor", NOON)
    assert (await propose(db, keys, finder)).stories == 1
    assert {second.words for second in (await of_story(db, keys, 0)).values()} == {TOLD}
    assert {second.words for second in (await of_story(db, keys, 1)).values()} == {LEFT}


async def _broken_off(db: Database, keys: KeyRing, finder: Finder, after: int) -> None:
    heard = 0

    def hear(amount: int) -> None:
        nonlocal heard
        heard += amount
        if heard == after:
            raise KeyboardInterrupt

    await deidentify(db, keys, LIBRARY, finder, question_set=None, clock=lambda: NOON, heard=hear)


@BOTH_ENGINES
async def test_broken_off_it_goes_on_where_it_was(db: Database, keys: KeyRing, finder: Finder) -> None:
    for number in range(5):
        await keep(db, keys, number, story())
    with pytest.raises(KeyboardInterrupt):
        await _broken_off(db, keys, finder, 2)
    done = await propose(db, keys, finder)
    assert (done.ready, done.stories) == (2, 3)


@BOTH_ENGINES
async def test_a_story_that_is_taken_back_meanwhile_gets_nothing_and_holds_up_no_other(
    db: Database, keys: KeyRing, finder: Finder
) -> None:
    """A bot beside it: a teller takes a story back when the page with it was already read."""
    for number in range(3):
        await keep(db, keys, number, story())
    ids = sorted(story_id(number) for number in range(3))
    last = next(number for number in range(3) if story_id(number) == ids[-1])
    taken: list[asyncio.Task[None]] = []

    async def take_back() -> None:
        async with db.transaction() as work:
            await stories.withdraw(work, keys, receipt(last), NOON)

    def hear(_: int) -> None:
        if not taken:
            taken.append(asyncio.create_task(take_back()))

    done = await deidentify(db, keys, LIBRARY, finder, question_set=None, clock=lambda: NOON, heard=hear)
    await taken[0]
    assert done.stories in (2, 3)
    assert await of_story(db, keys, last) == {}


async def test_only_the_stories_of_one_set(db: Database, keys: KeyRing, finder: Finder) -> None:
    await keep(db, keys, 0, story())
    assert (await propose(db, keys, finder, "medewerker")).stories == 0
    assert (await propose(db, keys, finder, "bewoner")).stories == 1


async def test_what_is_typed_beside_a_button_is_a_text_too_and_the_same_person_has_one_number(
    db: Database, keys: KeyRing, finder: Finder
) -> None:
    told = tell(BEWONER, remarking(REMARK))
    await keep(db, keys, 0, told)
    await propose(db, keys, finder)
    assert {second.words for second in (await of_story(db, keys, 0)).values()} >= {"vraag maar aan [NAAM-1]"}


def test_texts_are_in_the_order_in_which_they_are_asked() -> None:
    asked = [question.id for question in BEWONER.questions]
    told = tell(BEWONER, remarking(REMARK))
    kept = Story("v", "t", "bewoner", 1, "telegram", told.consent, False, NOON, answers=told.answers)
    assert list(texts_of(kept, LIBRARY)) == [name for name in asked if name in told.answers]
    strange = replace(kept, version=99, answers={"b": Answer("b", parts=(Part("x"),)), "a": Answer("a", skipped=True)})
    assert dict(texts_of(strange, LIBRARY)) == {"b": "x"}


# The command.


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A database with two stories."""
    return build(tmp_path / "huis", [story(), story("Alles ging goed.")])


def test_the_command_says_what_it_did_and_names_nobody(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deidentify", "--config", str(house.config)]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0].startswith("Nieuw voorstel: 2 verhalen, ")
    assert [line.split()[0] for line in lines[1:-1]] == ["naam", "telefoon"]
    assert lines[-1] == "Kijk nu na wat weg moet: verhalen review"
    assert "Fatima" not in said.out + said.err
    assert run(["deidentify", "--config", str(house.config)]) == 0
    assert capsys.readouterr().out == "Nieuw voorstel: 0 verhalen, 0 teksten. Al klaar: 2 verhalen.\n"


def test_a_set_that_is_not_there_is_refused_before_anything_is_loaded(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["deidentify", "--set", "buren", "--config", str(house.config)]) == 2
    said = capsys.readouterr()
    assert (said.out, "Kies uit: bewoner" in said.err) == ("", True)


def test_where_there_is_no_database_none_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = build(tmp_path / "huis", [story()])
    house.database.unlink()
    assert run(["deidentify", "--config", str(house.config)]) == 78
    assert not house.database.exists()
    assert capsys.readouterr().out == ""
