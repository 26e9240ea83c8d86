"""What is particular to a PostgreSQL server: it can be away, it has many writers, and it says what was in a row."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from functools import partial

import pytest

from storage.addresses import Address
from storage.database import Database, Work
from storage.faults import Damaged, StorageFault, TableMissing, Unavailable
from storage.interviews import save
from storage.opening import open_database
from storage.postgres import CONNECTIONS, open_postgres
from storage.schema import match_keys, migrate
from storage.secrets import KeyRing
from storage.stories import keep
from storage.turns import queue
from tests.postgres import PostgresServer
from tests.storage.tellings import DRAFT, NOON, RECEIPT, SENT

ADD = "INSERT INTO things (thing) VALUES ($1)"
ALL = "SELECT thing FROM things ORDER BY thing"
NOT_BYTEWISE = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
"""
FAIL = "DO $$ BEGIN RAISE EXCEPTION 'niet voor anderen' USING ERRCODE = '{state}', DETAIL = 'geheim'; END $$"
SCRUBBED = "SELECT vacuum_count AS times FROM pg_stat_user_tables WHERE relname = 'things'"
WAITING = "SELECT COUNT(*) AS amount FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"

HASTY = 1.0
"""Seconds after which somebody gives up who does not wait for long: enough for a connection on a busy machine."""


@pytest.fixture
async def url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A database on the server that all tests share."""
    name = await postgres.database()
    yield postgres.url(name)
    await postgres.drop(name)


@pytest.fixture
async def things(url: str) -> AsyncIterator[Database]:
    """A database with one table."""
    opened = await open_database(url)
    async with opened.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT NOT NULL PRIMARY KEY)")
    yield opened
    await opened.close()


async def _all(db: Database) -> list[object]:
    async with db.reading() as work:
        return [row["thing"] for row in await work.fetch(ALL)]


async def _add(work: Work) -> None:
    await work.execute(ADD, "a")


# Values and the order of texts.


async def test_every_text_is_compared_byte_by_byte(db: Database) -> None:
    async with db.transaction() as work:
        await work.execute("CREATE TABLE IF NOT EXISTS late (a TEXT, b BIGINT)")
        await work.execute("ALTER TABLE late ADD COLUMN c TEXT NOT NULL DEFAULT ''")
    async with db.reading() as work:
        assert await work.fetch(NOT_BYTEWISE) == []
        assert len(await work.fetch("SELECT table_name FROM information_schema.columns WHERE column_name = 'c'")) == 1


async def test_a_text_with_a_nul_is_refused_without_repeating_it(things: Database) -> None:
    with pytest.raises(StorageFault, match="kan zo niet in de database") as refused:
        async with things.transaction() as work:
            await work.execute(ADD, "geheim\0")
    assert "geheim" not in str(refused.value)
    assert refused.value.__suppress_context__


async def test_what_was_there_already_is_not_told(things: Database) -> None:
    async with things.transaction() as work:
        await work.execute(ADD, "geheim")
    with pytest.raises(StorageFault, match="past niet bij") as refused:
        await _added(things, "", "geheim")
    assert not isinstance(refused.value, Unavailable)
    assert "geheim" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    ("state", "words", "kind"),
    [
        ("23505", "past niet bij", StorageFault),
        ("22P05", "kan zo niet in de database", StorageFault),
        ("54000", "kan zo niet in de database", StorageFault),
        ("42P01", "nog niet ingericht", TableMissing),
        ("25006", "mag niet worden geschreven", Unavailable),
        ("40P01", "tegelijk", Unavailable),
        ("42501", "Geef rechten", Unavailable),
        ("42703", "weigerde een opdracht", Unavailable),
        ("53100", "schijf van de databaseserver is vol", Unavailable),
        ("53200", "geen ruimte of geen verbindingen", Unavailable),
        ("55P03", "bezet", Unavailable),
        ("57014", "brak een opdracht af", Unavailable),
        ("58030", "geeft een fout", Unavailable),
        ("XX001", "beschadigd", Damaged),
        ("P0001", "weigerde een opdracht", Unavailable),
    ],
)
async def test_what_the_server_says_becomes_a_sentence_of_ours(
    things: Database, state: str, words: str, kind: type[StorageFault]
) -> None:
    async def fail(work: Work) -> None:
        await _add(work)
        await work.execute(FAIL.format(state=state))

    with pytest.raises(StorageFault, match=words) as refused:
        await things.run(fail)
    assert isinstance(refused.value, Unavailable) == issubclass(kind, Unavailable)
    assert isinstance(refused.value, kind)
    assert "geheim" not in str(refused.value)
    assert "niet voor" not in str(refused.value)
    assert await _all(things) == []


# More programs at once.


async def test_two_programs_take_turns_about_the_same_and_not_about_others(things: Database, url: str) -> None:
    other = await open_database(url)
    async with things.transaction(about="een chat"):
        later = asyncio.create_task(_added(other, "een chat", "later"))
        await _until_waiting(things, 1)
        await _added(other, "een andere", "eerder")
        assert await _all(things) == ["eerder"]
        assert not later.done()
    await later
    assert await _all(things) == ["eerder", "later"]
    await other.close()


async def test_many_turns_of_one_chat_do_not_hold_up_another(things: Database, url: str) -> None:
    """Else they would hold a connection each while they wait for the program that has the turn."""
    other = await open_database(url)
    async with things.transaction(about="een chat"):
        crowd = [asyncio.create_task(_added(other, "een chat", str(number))) for number in range(2 * CONNECTIONS)]
        await _until_waiting(things, 1)
        await _added(other, "een andere", "z")
        assert await _all(things) == ["z"]
    await asyncio.gather(*crowd)
    assert len(await _all(things)) == 2 * CONNECTIONS + 1
    await other.close()


async def test_turns_of_one_chat_are_kept_in_the_order_in_which_they_came(things: Database) -> None:
    kept: list[str] = []

    async def add(name: str, work: Work) -> None:
        await work.execute(ADD, name)
        kept.append(name)

    names = [f"{number:03}" for number in range(50)]
    await asyncio.gather(*(things.run(partial(add, name), about="chat") for name in names))
    assert kept == names


async def test_a_unit_that_the_server_broke_off_is_run_again(things: Database) -> None:
    tries: list[str] = []

    async def add(work: Work) -> str:
        tries.append("try")
        await work.execute(ADD, "a")
        if len(tries) < 3:
            await work.execute(FAIL.format(state="40001"))
        return "done"

    assert await things.run(add) == "done"
    assert len(tries) == 3
    assert await _all(things) == ["a"]


async def test_two_units_that_wait_for_each_other_are_both_done(things: Database, url: str) -> None:
    other = await open_database(url)
    async with things.transaction() as work:
        await work.execute(ADD, "a")
        await work.execute(ADD, "b")
    both = asyncio.Barrier(2)

    async def touch(first: str, second: str, work: Work) -> None:
        await work.execute("UPDATE things SET thing = $1 WHERE thing = $1", first)
        if first not in met:
            met.append(first)
            await both.wait()
        await work.execute("UPDATE things SET thing = $1 WHERE thing = $1", second)

    met: list[str] = []
    await asyncio.gather(things.run(lambda work: touch("a", "b", work)), other.run(lambda work: touch("b", "a", work)))
    await other.close()


async def test_whoever_waits_too_long_for_its_turn_is_told_so_unless_it_is_patient(things: Database, url: str) -> None:
    hasty = await open_postgres(url, seconds=HASTY)
    async with things.transaction(about="een start"):
        with pytest.raises(Unavailable, match="niet op tijd"):
            await _added(hasty, "een start", "never")
        patient = asyncio.create_task(_patiently_added(hasty, "later"))
        await _until_waiting(things, 1)
        await asyncio.sleep(2 * HASTY)
        assert not patient.done()
    await patient
    assert await _all(things) == ["later"]
    await hasty.close()


async def test_whoever_waits_too_long_for_a_connection_is_told_so(things: Database, url: str) -> None:
    hasty = await open_postgres(url, seconds=HASTY)
    async with AsyncExitStack() as all_of_them:
        for _ in range(CONNECTIONS):
            await all_of_them.enter_async_context(hasty.reading())
        with pytest.raises(Unavailable, match="niet op tijd"):
            await hasty.run(_add)
    await hasty.run(_add)
    assert await _all(things) == ["a"]
    await hasty.close()


async def test_what_the_driver_cannot_do_is_not_offered_again_for_ever(things: Database) -> None:
    """A fault in the program: two statements at once in one transaction."""
    tries: list[str] = []

    async def both(work: Work) -> None:
        tries.append("try")
        slow = asyncio.ensure_future(work.fetch("SELECT pg_sleep(0.2)"))
        await asyncio.sleep(0.05)
        try:
            await work.fetch(ALL)
        finally:
            await asyncio.gather(slow, return_exceptions=True)

    with pytest.raises(StorageFault, match="kan zo niet") as refused:
        await things.run(both)
    assert not isinstance(refused.value, Unavailable)
    assert tries == ["try"]


# A server that goes away.


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of one's own, to be killed."""
    made = PostgresServer()
    yield made
    made.remove()


@pytest.mark.parametrize("end", [PostgresServer.kill, PostgresServer.stop])
async def test_a_server_that_was_away_is_found_again_without_opening_anew(
    server: PostgresServer, end: Callable[[PostgresServer], None]
) -> None:
    db = await open_database(server.url("postgres"))
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT NOT NULL PRIMARY KEY)")
        await work.execute(ADD, "kept")

    async def lose(work: Work) -> None:
        await work.execute(ADD, "lost")
        end(server)
        await work.execute(ADD, "never")

    with pytest.raises(Unavailable):
        await db.run(lose)
    for _ in range(CONNECTIONS + 1):
        with pytest.raises(Unavailable):
            await db.run(_add)
        with pytest.raises(Unavailable):
            await _all(db)
    server.start()
    await db.run(_add)
    assert await _all(db) == ["a", "kept"]
    await db.close()


async def test_a_restart_between_two_turns_is_not_noticed(server: PostgresServer) -> None:
    db = await open_database(server.url("postgres"))
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT NOT NULL PRIMARY KEY)")
    server.stop()
    server.start()
    await db.run(_add)
    assert await _all(db) == ["a"]
    await db.close()


async def test_a_commit_that_may_have_been_kept_is_not_done_again_by_itself(server: PostgresServer) -> None:
    db = await open_database(server.url("postgres"))
    async with db.transaction() as work:
        await work.execute("CREATE TABLE things (thing TEXT NOT NULL PRIMARY KEY)")
    tries: list[str] = []

    async def add(work: Work) -> None:
        tries.append("try")
        await work.execute(ADD, "a")
        server.kill()

    with pytest.raises(Unavailable, match="weet alleen de server"):
        await db.run(add)
    assert tries == ["try"]
    server.start()
    assert await _all(db) == []
    await db.close()


async def test_closing_a_database_whose_server_is_away_does_end(server: PostgresServer) -> None:
    db = await open_database(server.url("postgres"))
    async with db.reading() as work:
        await work.fetch("SELECT 1 AS one")
    server.kill()
    await db.close()


async def test_a_server_without_room_for_more_connections_is_asked_again(
    postgres: PostgresServer, url: str, things: Database
) -> None:
    name = url.rpartition("?")[0].rpartition("/")[2]
    await postgres.command("CREATE ROLE krap LOGIN CONNECTION LIMIT 1")
    await postgres.command("GRANT ALL ON things TO krap", database=name)
    few = await open_database(postgres.url(name, "krap"))
    async with few.reading() as work:
        await work.fetch(ALL)
        with pytest.raises(Unavailable, match="geen verbindingen"):
            await few.run(_add)
    await few.run(_add)
    assert await _all(things) == ["a"]
    await few.close()
    await postgres.command("REVOKE ALL ON things FROM krap", database=name)
    await postgres.command("DROP ROLE krap")


async def test_who_may_only_read_can_read(postgres: PostgresServer, url: str, db: Database, keys: KeyRing) -> None:
    name = url.rpartition("?")[0].rpartition("/")[2]
    await match_keys(db, keys)
    await postgres.command("CREATE ROLE onderzoeker LOGIN")
    await postgres.command("GRANT SELECT ON ALL TABLES IN SCHEMA public TO onderzoeker", database=name)
    readable = await open_database(postgres.url(name, "onderzoeker"), read_only=True)
    await match_keys(readable, keys)
    with pytest.raises(Unavailable, match="Geef rechten"):
        async with readable.reading() as work:
            await work.fetch("SELECT rolpassword FROM pg_authid")
    await readable.close()
    await postgres.command("DROP OWNED BY onderzoeker", database=name)
    await postgres.command("DROP ROLE onderzoeker")


# What stays.


async def test_what_was_deleted_makes_room_when_it_is_scrubbed(things: Database) -> None:
    size = "SELECT pg_relation_size('things') AS size"
    sizes = []
    for _ in range(3):
        for number in range(300):
            await _added(things, "", f"{number} {'x' * 500}")
        async with things.transaction() as work:
            await work.execute("DELETE FROM things")
            [row] = await work.fetch(size)
            sizes.append(row["size"])
        await things.scrub()
        async with things.reading() as work:
            assert await work.fetch(size) == [{"size": 0}]
    assert len(set(sizes)) == 1


async def test_nothing_is_scrubbed_where_nothing_was_deleted(things: Database) -> None:
    await _added(things, "", "a")
    await things.scrub()
    await _added(things, "", "b")
    await things.scrub()
    async with things.reading() as work:
        assert await work.fetch(SCRUBBED) == [{"times": 0}]


async def test_what_another_program_deleted_is_scrubbed_too(things: Database, url: str) -> None:
    await _added(things, "", "a")
    other = await open_database(url)
    async with other.transaction() as work:
        await work.execute("DELETE FROM things")
        await work.fetch("SELECT pg_stat_force_next_flush()")
    await other.close()
    await things.scrub()
    async with things.reading() as work:
        assert await work.fetch(SCRUBBED) == [{"times": 1}]


async def test_nothing_that_a_teller_typed_and_no_address_stands_in_the_files_of_the_server(
    server: PostgresServer, keys: KeyRing, address: Address
) -> None:
    db = await open_database(server.url("postgres"))
    await migrate(db)
    async with db.transaction() as work:
        await save(work, keys, address, None, DRAFT, NOON)
        await queue(work, keys, address, ["Wilt u dit zo versturen?"], NOON)
        await keep(work, keys, SENT, "story-1", RECEIPT, NOON)
    await db.close()
    server.stop()
    content = b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
    words = [word for answer in DRAFT.answers.values() for part in answer.parts for word in part.text.split()]
    secret = [*(word for word in words if len(word) > 4), address.chat, "versturen", RECEIPT]
    assert [text for text in secret if text.encode() in content] == []
    assert [text for text in ("opgelucht", DRAFT.id, "story-1") if text.encode() not in content] == []


async def _added(db: Database, about: str, name: str) -> None:
    async with db.transaction(about=about) as work:
        await work.execute(ADD, name)


async def _patiently_added(db: Database, name: str) -> None:
    async with db.transaction(about="een start", patient=True) as work:
        await work.execute(ADD, name)


async def _until_waiting(db: Database, amount: int) -> None:
    """Until so many transactions wait for their turn."""
    while True:
        async with db.reading() as work:
            if await work.fetch(WAITING) == [{"amount": amount}]:
                return
        await asyncio.sleep(0.01)
