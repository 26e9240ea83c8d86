"""A new key: everything is made anew with it, nothing is lost of what was told meanwhile, and kills do no harm."""

import stat
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from storage import (
    downloads,
    export_copies,
    exports,
    interviews,
    links,
    papers,
    rotation,
    second_texts,
    secrets,
    staff,
    stories,
    tables,
    turns,
)
from storage.addresses import Address, seal, unseal
from storage.database import Database, Result, Row, Value, Work
from storage.export_copies import Copy
from storage.exports import Export
from storage.faults import KeyFileFault, StorageFault
from storage.key_file import add_key, changing, keep_newest
from storage.links import Made
from storage.papers import Paper
from storage.private_files import alone
from storage.schema import match_keys
from storage.second_texts import Mask, Masked
from storage.secrets import KeyRing, create_key_file, read_key_file, read_keys
from storage.staff import Person, Role
from tests.storage.tellings import DRAFT, FEELING, NOON, RECEIPT, SENT, STORY

REPLY = '{"text": "Wilt u dit zo versturen?"}'
PAPER = Paper("h3wd8nyc", "K7PM4TX9R", "verhaal-2", "bewoner", 1, "00000000", NOON, "k7pm4tx9r2")
ROOF = Masked("verhaal", STORY.text, (Mask(5, 8, "[HUIS]", "zelf"),))
WHOLE = replace(DRAFT, waiting="doorgestuurd").asking("CRISIS", "81077").telling("CRISIS")


HANDED_OUT = Export("2026-03-04-k7wm3x", NOON, "a", "Onderzoek", "overeenkomst 12", "Noor", "{}", "9f86d081")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "sleutels" / "sleutels"
    create_key_file(path)
    return path


async def filled(db: Database, keys: KeyRing, address: Address) -> None:
    """A database with a token in every column that may have one."""
    await match_keys(db, keys)
    async with db.transaction() as work:
        await interviews.save(work, keys, address, None, WHOLE, NOON)
        await stories.keep(work, keys, SENT, "verhaal-1", RECEIPT, NOON)
        await turns.queue(work, keys, address, [REPLY], NOON)
        await links.keep(work, keys, Made(code="k7pm4tx9r2", question_set="bewoner", made_at=NOON, place="De Klinker"))
        await staff.keep(work, keys, Person("p1", "Sanne", "Noord", Role.STAFF), NOON)
        await papers.note(work, keys, [PAPER])
        await second_texts.propose(work, keys, "verhaal-1", [ROOF], "1", NOON)
        seen = (await second_texts.of(work, keys, ["verhaal-1"]))["verhaal-1"]
        await second_texts.review(work, keys, seen, [ROOF], "Noor", NOON)
        await exports.keep(work, keys, HANDED_OUT, ["verhaal-1"], [])
        await downloads.keep(work, keys, HANDED_OUT.id, "Kees", NOON)
        await export_copies.keep(work, keys, HANDED_OUT.id, Copy(NOON, "Noor", "9f86d081"))


async def tokens(db: Database) -> dict[str, dict[str, list[str]]]:
    """Every cell that looks like a token, by table and column."""
    found: dict[str, dict[str, list[str]]] = {}
    async with db.reading() as work:
        for table in tables.of_today():
            for row in await work.fetch(table.page(())):
                for column, cell in row.items():
                    if isinstance(cell, str) and cell.startswith("gAAAA"):
                        found.setdefault(table.name, {}).setdefault(column, []).append(cell)
    return found


async def test_every_column_that_holds_a_token_is_made_anew_but_for_the_one_that_only_a_receipt_opens(
    db: Database, key_file: Path, address: Address
) -> None:
    keys = read_key_file(key_file)
    await filled(db, keys, address)
    before = await tokens(db)
    origins = before["stories"].pop("origin")
    assert {name: set(columns) for name, columns in before.items()} == {
        name: set(columns) for name, columns in rotation.ENCRYPTED.items()
    }
    add_key(key_file)
    keys = read_key_file(key_file)
    assert not await rotation.is_done(db, keys)
    done = await rotation.renew(db, keys)
    after = await tokens(db)
    assert after["stories"].pop("origin") == origins
    amount = sum(len(cells) for columns in before.values() for cells in columns.values())
    assert done == rotation.Renewed(amount, 0)
    assert await rotation.is_done(db, keys)
    newest = keys.newest_only()
    for name, columns in before.items():
        for column, cells in columns.items():
            assert [newest.decrypt(cell) for cell in after[name][column]] == [keys.decrypt(cell) for cell in cells]
            assert all(cell.startswith("gAAAAAAAAA") for cell in after[name][column])
    assert await rotation.renew(db, keys) == rotation.Renewed()
    keep_newest(key_file, read_keys(key_file))
    alone = read_key_file(key_file)
    await match_keys(db, alone)
    async with db.transaction() as work:
        [kept] = (await second_texts.of(work, alone, ["verhaal-1"]))["verhaal-1"].values()
        assert (kept.words, kept.masks, kept.reviewer) == (ROOF.words, ROOF.masks, "Noor")
        assert await interviews.load(work, alone, address) == WHOLE
        assert await stories.find(work, alone, RECEIPT) is not None
        assert [item.id for item in await stories.withdraw(work, alone, RECEIPT, NOON)] == ["verhaal-1", SENT.id]
        assert await papers.find(work, alone, PAPER.number) == PAPER


@dataclass
class Meddling:
    """A database in which somebody goes on telling right before the rotation writes what it made of the old words."""

    db: Database
    meanwhile: list[Callable[[], Awaitable[None]]]

    @property
    def shared(self) -> bool:
        return self.db.shared

    async def run(self, unit: Callable[[Work], Awaitable[Result]], *, about: str = "") -> Result:
        while self.meanwhile:
            await self.meanwhile.pop()()
        return await self.db.run(unit, about=about)

    def transaction(self, *, about: str = "", patient: bool = False) -> AbstractAsyncContextManager[Work]:
        return self.db.transaction(about=about, patient=patient)

    def reading(self) -> AbstractAsyncContextManager[Work]:
        return self.db.reading()

    async def scrub(self) -> None:
        await self.db.scrub()

    async def close(self) -> None:
        await self.db.close()


async def test_words_that_are_told_meanwhile_are_not_overwritten_with_old_ones(
    db: Database, key_file: Path, address: Address
) -> None:
    keys = read_key_file(key_file)
    await filled(db, keys, address)
    told = WHOLE.having(
        replace(FEELING, option="boos"), replace(STORY, parts=(replace(STORY.parts[0], text="Nieuw."),))
    )

    async def go_on() -> None:
        async with db.transaction() as work:
            await interviews.save(work, keys, address, WHOLE, told, NOON)

    add_key(key_file)
    fresh = read_key_file(key_file)
    await rotation.renew(Meddling(db, [go_on]), fresh)
    async with db.reading() as work:
        assert await interviews.load(work, fresh.newest_only(), address) == told


class Broken(Exception):
    """Somebody pulled the plug."""


@dataclass
class Breaking(Meddling):
    """A database whose plug is pulled at the write with this number, with all that its transaction did."""

    last: int = 0

    async def run(self, unit: Callable[[Work], Awaitable[Result]], *, about: str = "") -> Result:
        async def until_then(work: Work) -> Result:
            return await unit(BreakingWork(work, self))

        return await self.db.run(until_then, about=about)


@dataclass
class BreakingWork:
    """The work in it."""

    work: Work
    database: Breaking

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        return await self.work.fetch(sql, *values)

    async def execute(self, sql: str, *values: Value) -> int:
        if not self.database.last:
            raise Broken
        self.database.last -= 1
        return await self.work.execute(sql, *values)


async def test_broken_off_at_any_write_all_can_be_read_and_the_next_goes_on(
    db: Database, key_file: Path, address: Address
) -> None:
    await filled(db, read_key_file(key_file), address)
    add_key(key_file)
    keys = read_key_file(key_file)
    amount = sum(len(cells) for columns in (await tokens(db)).values() for cells in columns.values()) - 1
    broken = 0
    for last in range(amount):
        with suppress(Broken):
            await rotation.renew(Breaking(db, [], last), keys)
            continue
        broken += 1
        assert not await rotation.is_done(db, keys)
        await match_keys(db, keys)
        async with db.reading() as work:
            assert await interviews.load(work, keys, address) == WHOLE
            assert await stories.find(work, keys, RECEIPT) is not None
            assert [row.payload for row in await turns.waiting(work, keys, address)] == [REPLY]
        await _made_old(db, keys, key_file)
        keys = read_key_file(key_file)
    assert broken == amount
    await rotation.renew(db, keys)
    assert await rotation.is_done(db, keys)
    async with db.reading() as work:
        assert await rotation.older(work, keys) == 0


async def _made_old(db: Database, keys: KeyRing, key_file: Path) -> None:
    """Finishes the work and adds a key: again nothing is of the newest."""
    await rotation.renew(db, keys)
    assert await rotation.is_done(db, keys)
    add_key(key_file)


async def test_a_token_that_no_key_opens_stays_as_it_is_and_holds_up_no_other(
    db: Database, key_file: Path, address: Address
) -> None:
    await filled(db, read_key_file(key_file), address)
    spoiled = Fernet(Fernet.generate_key()).encrypt(b"?").decode()
    async with db.transaction() as work:
        await work.execute("UPDATE outbox SET payload = $1", spoiled)
    add_key(key_file)
    keys = read_key_file(key_file)
    assert (await rotation.renew(db, keys)).unreadable == 1
    assert (await tokens(db))["outbox"]["payload"] == [spoiled]
    async with db.reading() as work:
        assert await rotation.older(work, keys) == 0


async def test_what_is_of_an_older_key_is_counted(db: Database, key_file: Path, address: Address) -> None:
    await filled(db, read_key_file(key_file), address)
    add_key(key_file)
    keys = read_key_file(key_file)
    async with db.reading() as work:
        before = await rotation.older(work, keys)
    done = await rotation.renew(db, keys)
    async with db.reading() as work:
        assert (before, await rotation.older(work, keys)) == (done.changed, 0)


# The key file, and programs that have it open.


def test_a_new_key_goes_in_front_and_the_file_stays_for_its_owner_only(key_file: Path) -> None:
    before = read_keys(key_file)
    add_key(key_file)
    after = read_keys(key_file)
    assert after.encrypt[1:] == before.encrypt
    assert (len(after.encrypt), after.hash) == (2, before.hash)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert "Bewaar het apart van de database" in key_file.read_text()
    assert [file.name for file in key_file.parent.iterdir()] == [key_file.name]
    assert keep_newest(key_file, read_keys(key_file)) == 1
    assert read_keys(key_file).encrypt == after.encrypt[:1]


def test_a_key_file_that_is_a_link_stays_one(key_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "sleutels" / "koppeling"
    link.symlink_to(key_file)
    add_key(link)
    assert link.is_symlink()
    assert len(read_keys(key_file).encrypt) == 2


def test_two_programs_do_not_change_the_keys_at_once(key_file: Path) -> None:
    with changing(key_file), pytest.raises(StorageFault, match="Probeer het straks nog eens"), changing(key_file):
        pytest.fail("both were at it")


def test_what_another_program_is_changing_is_read_when_that_is_done(key_file: Path) -> None:
    whole = key_file.read_bytes()
    with alone(key_file.parent):
        key_file.write_bytes(whole[:10])
        with pytest.raises(StorageFault, match="Probeer het straks nog eens"), changing(key_file):
            pytest.fail("both were at it")
        key_file.write_bytes(whole)
    with changing(key_file) as keys:
        assert keys.encrypt == read_keys(key_file).encrypt


def test_a_key_file_that_cannot_be_changed_is_a_fault_and_stays_as_it_was(key_file: Path) -> None:
    before = key_file.read_bytes()
    key_file.with_name(f"{key_file.name}.nieuw").mkdir()
    with pytest.raises(KeyFileFault, match="kan niet worden veranderd"):
        add_key(key_file)
    assert key_file.read_bytes() == before


def test_a_running_program_reads_what_was_made_with_a_key_that_came_later(key_file: Path) -> None:
    running = read_key_file(key_file)
    mark = running.mark("chat", "1")
    add_key(key_file)
    token = read_key_file(key_file).encrypt("woorden")
    assert running.decrypt(token) == "woorden"
    assert running.is_of_newest(running.encrypt("meer"))
    assert running.mark("chat", "1") == mark


def test_a_running_program_soon_makes_tokens_with_the_new_key_by_itself(key_file: Path) -> None:
    running = read_key_file(key_file)
    add_key(key_file)
    time.sleep(secrets.LOOK_SECONDS)
    assert read_key_file(key_file).is_of_newest(running.encrypt("woorden"))


def test_an_address_that_is_remembered_sealed_is_sealed_anew_with_the_new_key(key_file: Path, address: Address) -> None:
    running = read_key_file(key_file)
    before = seal(running, address)
    assert seal(running, address) == before
    add_key(key_file)
    time.sleep(secrets.LOOK_SECONDS)
    after = seal(running, address)
    assert running.is_of_newest(after)
    assert not running.is_of_newest(before)
    assert unseal(running, after) == unseal(running, before) == address


@pytest.mark.parametrize("spoil", ["gone", "torn", "of another", "of everyone"])
def test_a_key_file_that_was_spoiled_takes_no_keys_from_a_running_program(key_file: Path, spoil: str) -> None:
    running = read_key_file(key_file)
    token = running.encrypt("woorden")
    content = key_file.read_bytes()
    key_file.unlink()
    if spoil == "torn":
        key_file.write_bytes(content[: len(content) // 2])
    elif spoil == "of another":
        create_key_file(key_file)
    elif spoil == "of everyone":
        key_file.write_bytes(content)
        key_file.chmod(0o644)
    time.sleep(secrets.LOOK_SECONDS)
    with pytest.raises(StorageFault):
        running.decrypt(Fernet(Fernet.generate_key()).encrypt(b"x").decode())
    assert running.decrypt(running.encrypt("meer")) == "meer"
    assert running.decrypt(token) == "woorden"
