"""Real databases with stories in them, exported by the real command, and what the files then hold."""

import asyncio
import csv
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dialogs.interview import Interview, Status
from dialogs.library import Library
from dialogs.receipts import ALPHABET
from research.__main__ import run
from research.export.folder import new_folder
from research.export.formats.every import available
from research.export.order import Order
from research.export.package import Made, write_export
from research.export.snapshot import taken
from research.export.tiers import Tier
from storage import interviews, second_texts, stories
from storage.addresses import Address
from storage.database import Work
from storage.opening import open_database
from storage.schema import match_keys, migrate
from storage.second_texts import Mask, Masked
from storage.secrets import create_key_file, read_key_file
from tests.research.told import NOON

CHAT = "5511223344"
ORDER = Order("2026-06-01-proef2", NOON, "0", Tier.RAW)
RAW = ("--tier", "a", "--recipient", "Onderzoek", "--reason", "overeenkomst 12")
"""Everything as it was told: what most tests look at."""

PLAIN = "csv,jsonl"
"""Formats that take no time to make."""


@dataclass(frozen=True)
class House:
    """Where a database, its keys and the settings are; the database itself is in a file, or on a `server`."""

    folder: Path
    server: str = ""

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / "data" / "vertelbot.db"

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.server or f"sqlite:///{self.database}"

    @property
    def key_file(self) -> Path:
        """The keys."""
        return self.folder / "secrets" / "vertelbot.key"

    @property
    def config(self) -> Path:
        """The settings."""
        return self.folder / "config.toml"


def build(
    folder: Path,
    sent: Sequence[Interview],
    *,
    withdrawn: int = 0,
    drafts: int = 0,
    at: datetime = NOON,
    server: str = "",
) -> House:
    """A house with these stories; the first `withdrawn` of them taken back, and as many drafts in other chats."""
    house = House(folder, server)
    create_key_file(house.key_file)
    house.config.write_text(f'[storage]\nurl = "{house.url}"\nkey_file = "{house.key_file}"\n')
    asyncio.run(_fill(house, sent, withdrawn, drafts, at))
    return house


async def _fill(house: House, sent: Sequence[Interview], withdrawn: int, drafts: int, at: datetime) -> None:
    keys = read_key_file(house.key_file)
    database = await open_database(house.url)
    await migrate(database)
    await match_keys(database, keys)
    async with database.transaction() as work:
        for number, interview in enumerate(sent):
            await _keep(house, work, number, interview, at)
        for number in range(withdrawn):
            await stories.withdraw(work, keys, receipt(number), at)
        for number in range(drafts):
            draft = replace(sent[0], id=f"{interview_id(number)}c0", status=Status.OPEN)
            await interviews.save(work, keys, Address("telegram", f"{CHAT}{number}"), None, draft, at)
    await database.close()


async def _keep(house: House, work: Work, number: int, interview: Interview, at: datetime) -> None:
    named = replace(interview, id=interview_id(number), teller=interview.teller or teller(number))
    await stories.keep(work, read_key_file(house.key_file), named, story_id(number), receipt(number), at)


def tell_more(house: House, first: int, sent: Sequence[Interview], at: datetime = NOON) -> None:
    """These come in too; the numbers of the stories go on from `first`."""

    async def unit(work: Work) -> None:
        for number, interview in enumerate(sent, first):
            await _keep(house, work, number, interview, at)

    asyncio.run(_in_database(house, unit))


def withdraw(house: House, *numbers: int, at: datetime = NOON) -> None:
    """The tellers of these stories take them back."""

    async def unit(work: Work) -> None:
        for number in numbers:
            assert await stories.withdraw(work, read_key_file(house.key_file), receipt(number), at)

    asyncio.run(_in_database(house, unit))


def review(house: House, second: Callable[[str], str] = str.upper, *, but: Sequence[str] = ()) -> None:
    """Somebody reviews a second text of everything that was typed in every story, `but` not in those with these ids."""

    async def unit(work: Work) -> None:
        keys = read_key_file(house.key_file)
        async for story in stories.every(work, keys, None):
            typed = {answer.question: answer.text for answer in story.answers.values() if answer.text}
            masked = [
                Masked(question, words, (Mask(0, len(words), second(words), "proef"),))
                for question, words in typed.items()
            ]
            await second_texts.propose(work, keys, story.id, masked, "1", NOON)
            if story.id not in but and masked:
                seen = (await second_texts.of(work, keys, [story.id]))[story.id]
                await second_texts.review(work, keys, seen, masked, "Noor", NOON)

    asyncio.run(_in_database(house, unit))


def review_anew(house: House, words: str, story: str) -> None:
    """Somebody reviews everything that was typed in a story once more, and makes this of it."""

    async def unit(work: Work) -> None:
        keys = read_key_file(house.key_file)
        seen = (await second_texts.of(work, keys, [story]))[story]
        told = await stories.one(work, keys, story)
        assert told
        masked = [
            Masked(answer.question, answer.text, (Mask(0, len(answer.text), words, "proef"),))
            for answer in told.answers.values()
            if answer.text
        ]
        await second_texts.review(work, keys, seen, masked, "Noor", NOON)

    asyncio.run(_in_database(house, unit))


async def _in_database(house: House, unit: Callable[[Work], Awaitable[None]]) -> None:
    database = await open_database(house.url)
    try:
        await database.run(unit)
    finally:
        await database.close()


def story_id(number: int) -> str:
    """An id in no order, as the real ones are."""
    return hashlib.sha256(f"verhaal {number}".encode()).hexdigest()[:16]


def teller(number: int) -> str:
    """A teller of their own for every story."""
    return hashlib.sha256(f"verteller {number}".encode()).hexdigest()[:16]


def interview_id(number: int) -> str:
    """What no export may hold."""
    return hashlib.sha256(f"gesprek {number}".encode()).hexdigest()[:16]


def receipt(number: int) -> str:
    """Nor this."""
    digits = hashlib.sha256(f"code {number}".encode()).digest()[:9]
    return "".join(ALPHABET[digit % len(ALPHABET)] for digit in digits)


def export(house: House, target: Path, *more: str) -> Path:
    """Runs `verhalen export`, which has to succeed; the folder it made. Unless `more` says otherwise: raw and plain.

    `--formats` with nothing behind it: all that the tier has.
    """
    tier = () if "--tier" in more or "--snapshot" in more else RAW
    formats = () if "--formats" in more or "--snapshot" in more else ("--formats", PLAIN)
    code = run(["export", "--out", str(target), "--config", str(house.config), *tier, *formats, *more])
    assert code == 0, more
    return target


def made(folder: Path) -> dict[str, Path]:
    """All files of an export, by their names below its folder."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def table(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV, as the standard library reads it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def nested(folder: Path) -> list[dict[str, object]]:
    """The objects of the JSONL, each on a line of its own."""
    return [json.loads(line) for line in (folder / "verhalen.jsonl").read_text(encoding="utf-8").splitlines()]


def manifest(folder: Path) -> dict[str, object]:
    """What the export says about itself."""
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def answer(story: dict[str, object], question: str) -> dict[str, object]:
    """One answer in an object of the JSONL."""
    answers = story["antwoorden"]
    assert isinstance(answers, dict)
    found = answers[question]
    assert isinstance(found, dict)
    return found


def export_by(
    house: House, target: Path, library: Library, *, order: Order = ORDER, written: Callable[[int], object] = int
) -> Path:
    """The same for other question sets than those that the program comes with; `written` hears of every story."""
    asyncio.run(_export_by(house, target, library, order, written))
    return target


async def _unrecorded(_: Made) -> None:
    """The database of a test is read only."""


async def _export_by(
    house: House, target: Path, library: Library, order: Order, written: Callable[[int], object]
) -> None:
    database = await open_database(house.url, read_only=True)
    keys = read_key_file(house.key_file)
    try:
        async with database.reading() as work:
            snapshot = await taken(work, keys)
            formats = available(PLAIN, order.tier)
            await write_export(new_folder(target), order, library, snapshot, formats, heard=written, record=_unrecorded)
    finally:
        await database.close()
