"""Copies of all that is kept, of either engine: whole, unreadable without keys, and put back without what is gone."""

import os
import stat
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.interview import Interview
from storage import erased, interviews, links, papers, second_texts, staff, stories, tables, tallies, turns
from storage.addresses import Address
from storage.backup import making
from storage.backup.making import contents_of, make, read_back, tidy
from storage.backup.restoring import Known, Restored, into_file, into_server, known_gone
from storage.backup.ring import Copy, copies, name
from storage.backup.sealing import CopyFault
from storage.backup.workshop import workshop
from storage.database import Database, Row
from storage.erased import Erased, Kind
from storage.faults import StorageFault
from storage.links import Made
from storage.messages import note as note_message
from storage.opening import open_database
from storage.papers import Paper
from storage.private_files import alone
from storage.schema import FOLDER, match_keys, migrate, newest
from storage.second_texts import Masked
from storage.secrets import KeyRing, create_key_file, read_key_file
from storage.sole_use import SoleUse, mark_of
from storage.staff import Person, Role
from storage.wrong_codes import note as note_code
from tests.postgres import PostgresServer
from tests.storage.tellings import DRAFT, NOON, RECEIPT, SENT, STORY

NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
OTHER_RECEIPT = "222222222"
REPLY = '{"text": "Wilt u dit zo versturen?"}'
OF_TELLERS = {"interviews", "answers", "parts", "stories", "story_answers", "story_parts", "second_texts", "seen"}
PUT_BACK = {"canary", *OF_TELLERS, "links", "staff", "tallies"}
LEFT_OUT = {"outbox", "messages", "wrong_codes", "staff_sessions"}
BEGUN = tallies.Tally(NOON.date(), "abcdefgh23", tallies.Mode.SELF, tallies.Kind.STARTED)
PERSON = Person("p1", "Floriaantje Kwakel", "Buurtteam Zwabber", Role.STAFF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where copies go."""
    return tmp_path / "kopieen"


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """An empty database on a server."""
    name = await postgres.database()
    yield postgres.url(name)
    await postgres.drop(name)


@pytest.fixture
async def full(db: Database, keys: KeyRing, address: Address) -> Database:
    """A database with something in every table that a conversation fills."""
    await match_keys(db, keys)
    async with db.transaction() as work:
        await interviews.save(work, keys, address, None, DRAFT, NOON)
        await stories.keep(work, keys, replace(SENT, id="concept-1"), "verhaal-1", RECEIPT, NOON)
        await stories.keep(work, keys, replace(SENT, id="concept-2"), "verhaal-2", OTHER_RECEIPT, NOON)
        for story in ("verhaal-1", "verhaal-2"):
            await second_texts.propose(work, keys, story, [Masked("verhaal", STORY.text)], "1", NOON)
        await turns.seen(work, "telegram", 2**60, NOON)
        await turns.queue(work, keys, address, [REPLY], NOON)
        await note_message(work, keys, address, ["81078"], NOON)
        await note_code(work, keys, address, NOON)
        await links.keep(work, keys, Made(code="abcdefgh23", question_set="bewoner", made_at=NOON, place="Huis"))
        await staff.keep(work, keys, PERSON, NOON)
        await staff.sign_in(work, keys, "koekje", PERSON.id, LATER + timedelta(days=1))
        await tallies.add(work, [BEGUN])
    return db


async def rows(db: Database) -> dict[str, list[Row]]:
    """Every row of every table but the record of its shape, in the order of its key."""
    found = {}
    async with db.reading() as work:
        for table in tables.of_today():
            if table.name != tables.RECORD:
                found[table.name] = await work.fetch(table.page(()))
    return found


async def test_an_invitation_works_no_more_after_a_copy_was_put_back(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    """It may have been used since, or whoever had it removed."""
    async with full.transaction() as work:
        await staff.invite(work, keys, PERSON.id, "uitnodiging", LATER + timedelta(days=7))
    copy, _ = await make(url, keys, folder, NOW)
    _, after = await put_back(tmp_path, keys, copy)
    assert [(row["staff_id"], row["invite_mark"], row["invite_until"]) for row in after["staff"]] == [("p1", "", "")]
    assert after["staff_sessions"] == []


def _names(folder: Path) -> list[str]:
    """What is in a folder, but for the list of what was taken away."""
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("weggehaald-"))


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def put_back(
    tmp_path: Path, keys: KeyRing, copy: Copy, gone: set[Erased] | None = None, now: datetime = LATER
) -> tuple[Restored, dict[str, list[Row]]]:
    """What came of a copy in a place where nothing was."""
    place = tmp_path / "terug" / "v.db"
    restored = await into_file(place, keys, copy.path, gone or set(), now, over=False)
    opened = await open_database(f"sqlite:///{place}")
    try:
        await match_keys(opened, keys)
        return restored, await rows(opened)
    finally:
        await opened.close()


async def test_a_copy_put_back_is_the_same_to_the_letter_but_for_what_was_only_for_then(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    before = await rows(full)
    assert {name for name, found in before.items() if found} == PUT_BACK | LEFT_OUT
    copy, contents = await make(url, keys, folder, NOW)
    assert (contents.version, contents.taken_at) == (newest(), NOW)
    assert {name: len(found) for name, found in before.items()} == {
        name: amount for name, amount in contents.rows.items() if name != tables.RECORD
    }
    restored, after = await put_back(tmp_path, keys, copy)
    assert {name: after[name] for name in PUT_BACK} == {name: before[name] for name in PUT_BACK}
    assert [name for name in after if name not in PUT_BACK and after[name]] == []
    assert (restored.stories, restored.drafts, restored.gone, restored.aside) == (2, 1, 0, None)


async def test_a_copy_of_any_engine_fills_an_empty_server_and_only_an_empty_one(
    full: Database, url: str, keys: KeyRing, folder: Path, postgres_url: str
) -> None:
    before = await rows(full)
    copy, _ = await make(url, keys, folder, NOW)
    restored = await into_server(postgres_url, keys, copy.path, set(), LATER, folder)
    server = await open_database(postgres_url)
    try:
        after = await rows(server)
        assert {name: after[name] for name in PUT_BACK} == {name: before[name] for name in PUT_BACK}
        assert restored.stories == 2
        async with server.reading() as work:
            assert await stories.find(work, keys, RECEIPT) is not None
        with pytest.raises(StorageFault, match="Maak een lege database"):
            await into_server(postgres_url, keys, copy.path, set(), LATER, folder)
        assert await rows(server) == after
    finally:
        await server.close()


async def test_what_was_taken_away_since_stays_away_and_others_are_whole(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    copy, _ = await make(url, keys, folder, NOW)
    never_seen = Erased(Kind.STORY, "van-later", "2026-03-05")
    gone = {Erased(Kind.STORY, "verhaal-1", "2026-03-05"), Erased(Kind.DRAFT, DRAFT.id, "2026-03-05"), never_seen}
    restored, after = await put_back(tmp_path, keys, copy, gone)
    assert (restored.stories, restored.drafts, restored.gone) == (1, 0, 2)
    assert [row["story_id"] for row in after["stories"]] == ["verhaal-2"]
    assert {row["story_id"] for row in after["story_parts"]} == {"verhaal-2"}
    assert {row["story_id"] for row in after["second_texts"]} == {"verhaal-2"}
    assert (after["interviews"], after["answers"], after["parts"]) == ([], [], [])
    assert {row["story_id"] for row in after["withdrawals"]} == {"verhaal-1", "van-later"}
    bytes_ = (tmp_path / "terug" / "v.db").read_bytes()
    async with full.reading() as work:
        tokens = [str(row["words"]) for row in await work.fetch("SELECT words FROM parts")]
    assert tokens
    assert [token for token in tokens if token.encode() in bytes_] == []


async def test_a_form_that_its_teller_took_back_after_the_copy_is_typed_in_by_nobody(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    forms = [
        Paper(number, receipt, f"verhaal-{number}", "bewoner", 1, "00000000", NOON)
        for number, receipt in (("h3wd8nyc", "444444444"), ("m8rn5vyb", "555555555"))
    ]
    async with full.transaction() as work:
        await papers.note(work, keys, forms)
    copy, _ = await make(url, keys, folder, NOW)
    async with full.transaction() as work:
        gone = await papers.withdraw(work, keys, "444-444-444", NOW)
        assert await papers.withdraw(work, keys, "444-444-444", NOW) == []
    assert gone == [Erased(Kind.STORY, "verhaal-h3wd8nyc", "2026-03-05")]
    _, after = await put_back(tmp_path, keys, copy, set(gone))
    assert [row["number"] for row in after["papers"]] == ["m8rn5vyb"]


async def test_a_draft_so_old_that_nobody_knows_whether_it_was_thrown_away_does_not_come_back(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    copy, _ = await make(url, keys, folder, NOW)
    restored, after = await put_back(tmp_path, keys, copy, now=NOON + erased.REMEMBERED + timedelta(hours=1))
    assert (restored.drafts, restored.gone, after["interviews"]) == (0, 1, [])


async def test_a_story_sent_after_the_copy_leaves_its_draft_to_be_gone_on_with(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path, address: Address
) -> None:
    copy, _ = await make(url, keys, folder, NOW)
    async with full.transaction() as work:
        await stories.keep(work, keys, SENT, "verhaal-3", "333333333", NOW)
        await interviews.drop(work, keys, address)
        later = set(await erased.every(work))
    _, after = await put_back(tmp_path, keys, copy, later)
    assert [row["interview_id"] for row in after["interviews"]] == [DRAFT.id]


async def test_what_the_present_database_and_a_newer_copy_know_of_is_known(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    await make(url, keys, folder, NOW)
    async with full.transaction() as work:
        await stories.withdraw(work, keys, RECEIPT, NOW)
    newer, _ = await make(url, keys, folder, LATER)
    async with full.transaction() as work:
        await erased.note_draft(work, DRAFT.id, NOW)
    withdrawn = {Erased(Kind.STORY, "verhaal-1", "2026-03-05"), Erased(Kind.DRAFT, "concept-1", "2026-03-05")}
    lost = f"sqlite:///{tmp_path}/weg.db"
    assert await known_gone(lost, keys, [newer.path], folder) == Known(withdrawn)
    assert await known_gone(lost, keys, [], folder) == Known(None)
    every = withdrawn | {Erased(Kind.DRAFT, DRAFT.id, "2026-03-05")}
    assert await known_gone(url, keys, [], folder) == Known(every)
    damaged = folder / name(LATER + timedelta(hours=1))
    damaged.write_bytes(newer.path.read_bytes()[:-9])
    assert await known_gone(lost, keys, [damaged, newer.path], folder) == Known(withdrawn, (damaged,))
    assert await known_gone(lost, keys, [damaged], folder) == Known(None, (damaged,))
    assert await known_gone(url, keys, [damaged], folder) == Known(every)
    with alone(folder), pytest.raises(StorageFault, match="Probeer het straks nog eens"):
        await known_gone(lost, keys, [newer.path], folder)


async def test_a_database_of_the_release_before_tells_which_stories_were_withdrawn(
    url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    older = tmp_path / "vorige"
    older.mkdir()
    for file in ("0001_first.sql", "0002_whole_conversation.sql"):
        (older / file).write_text((FOLDER / file).read_text(encoding="utf-8"), encoding="utf-8")
    database = await open_database(url)
    try:
        assert await migrate(database, older) == 2
        await match_keys(database, keys)
        async with database.transaction() as work:
            await work.execute("INSERT INTO withdrawals (story_id, day) VALUES ($1, $2)", "verhaal-1", "2026-03-05")
    finally:
        await database.close()
    withdrawn = {Erased(Kind.STORY, "verhaal-1", "2026-03-05")}
    assert await known_gone(url, keys, [], folder) == Known(withdrawn)
    copy, _ = await make(url, keys, folder, NOW)
    assert await known_gone(f"sqlite:///{tmp_path}/weg.db", keys, [copy.path], folder) == Known(withdrawn)


async def test_turns_go_on_while_a_copy_is_made_and_it_holds_one_moment(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    async with full.transaction() as work:
        for number in range(3 * tables.ROWS):
            await turns.seen(work, "telegram", number, NOON)
    database = await open_database(url, read_only=True)
    try:
        with tables.opened(tmp_path / "rijen.db") as file:
            async with database.reading() as work:
                await work.fetch("SELECT story_id FROM stories")
                async with full.transaction() as meanwhile:
                    await stories.withdraw(meanwhile, keys, RECEIPT, NOW)
                    await meanwhile.execute("DELETE FROM seen WHERE update_id > $1", tables.ROWS)
                counts = await tables.pour_out(work, file, newest())
            assert tables.amounts(file) == counts
    finally:
        await database.close()
    assert (counts["stories"], counts["seen"], counts["withdrawals"]) == (2, 3 * tables.ROWS + 1, 0)


# What is on the disk.


async def test_a_copy_is_for_its_owner_only_and_says_nothing_without_keys(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    copy, _ = await make(url, keys, folder, NOW)
    assert _mode(folder) == 0o700
    assert _mode(copy.path) == 0o600
    assert _names(folder) == [copy.path.name]
    content = copy.path.read_bytes()
    assert [word for word in (b"bewoner", b"opgelucht", b"verhaal-1", b"stories", b"SQLite") if word in content] == []
    create_key_file(tmp_path / "anders" / "sleutels")
    with pytest.raises(CopyFault, match="van andere sleutels"):
        contents_of(read_key_file(tmp_path / "anders" / "sleutels"), copy.path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_a_copy_of_which_a_byte_or_a_piece_is_not_its_own_is_found_out(
    data: st.DataObject, sealed: bytes, keys: KeyRing, tmp_path: Path
) -> None:
    lines = sealed.splitlines(keepends=True)
    assert len(lines) > 4
    match data.draw(st.sampled_from(["bit", "cut", "swap", "leave out", "twice", "more"])):
        case "bit":
            at = data.draw(st.integers(0, len(sealed) - 1))
            spoiled = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        case "cut":
            spoiled = sealed[: data.draw(st.integers(0, len(sealed) - 1))]
        case "swap":
            one, two = data.draw(st.lists(st.integers(1, len(lines) - 1), min_size=2, max_size=2, unique=True))
            lines[one], lines[two] = lines[two], lines[one]
            spoiled = b"".join(lines)
        case "leave out":
            del lines[data.draw(st.integers(0, len(lines) - 1))]
            spoiled = b"".join(lines)
        case "twice":
            at = data.draw(st.integers(0, len(lines) - 1))
            spoiled = b"".join([*lines[: at + 1], *lines[at:]])
        case _:
            spoiled = sealed + data.draw(st.binary(min_size=1, max_size=20))
    (tmp_path / "stuk").write_bytes(spoiled)
    (tmp_path / "terug").unlink(missing_ok=True)
    with pytest.raises(CopyFault):
        await read_back(keys, tmp_path / "stuk", tmp_path / "terug")


@pytest.fixture
async def sealed(tmp_path: Path, keys: KeyRing) -> bytes:
    """A copy of several pieces."""
    opened = await open_database(f"sqlite:///{tmp_path}/groot.db")
    try:
        await migrate(opened)
        await match_keys(opened, keys)
        async with opened.transaction() as work:
            for number in range(40):
                payload = os.urandom(50_000).hex()
                await turns.queue(work, keys, Address("web", str(number)), [payload], NOON)
    finally:
        await opened.close()
    copy, _ = await make(f"sqlite:///{tmp_path}/groot.db", keys, tmp_path / "kopieen", NOW)
    return copy.path.read_bytes()


async def test_pieces_of_two_copies_do_not_go_together(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    one, _ = await make(url, keys, folder, NOW)
    two, _ = await make(url, keys, folder, LATER)
    first, second = (copy.path.read_bytes().splitlines(keepends=True) for copy in (one, two))
    (tmp_path / "stuk").write_bytes(b"".join([*first[:2], *second[2:]]))
    with pytest.raises(CopyFault, match="horen niet bij elkaar"):
        await read_back(keys, tmp_path / "stuk", tmp_path / "terug")


async def test_a_copy_that_cannot_be_made_leaves_nothing_behind_and_older_ones_as_they_were(
    full: Database, url: str, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    create_key_file(tmp_path / "anders" / "sleutels")
    copy, _ = await make(url, keys, folder, NOW)
    before = copy.path.read_bytes()
    with pytest.raises(StorageFault, match="De sleutels horen niet bij deze database"):
        await make(url, read_key_file(tmp_path / "anders" / "sleutels"), folder, LATER)
    assert _names(folder) == [copy.path.name]
    assert copy.path.read_bytes() == before


async def test_what_a_killed_one_left_goes_with_the_next_and_a_busy_one_is_left_alone(
    full: Database, url: str, keys: KeyRing, folder: Path
) -> None:
    left = folder / ".bezig-oud"
    left.mkdir(parents=True)
    (left / "rijen.db").touch()
    (folder / ".bezig-bestand").touch()
    with alone(folder), pytest.raises(StorageFault, match="Probeer het straks nog eens"):
        await make(url, keys, folder, NOW)
    assert left.exists()
    copy, _ = await make(url, keys, folder, NOW)
    assert _names(folder) == [copy.path.name]


def test_what_a_killed_one_left_goes_also_where_no_copy_is_made_and_not_from_under_one_that_is(tmp_path: Path) -> None:
    other = tmp_path / "anders.db"
    other.touch()
    with workshop(tmp_path / "kopieen") as busy:
        tidy(tmp_path / "kopieen", NOW)
        assert busy.exists()
    folder = tmp_path / "kopieen"
    (folder / ".bezig-oud").mkdir()
    (folder / ".bezig-oud" / "rijen.db").touch()
    (folder / ".bezig-link").symlink_to(other)
    tidy(folder, NOW)
    assert _names(folder) == []
    assert other.exists()
    tidy(tmp_path / "weg", NOW)


async def test_copies_go_round_in_a_ring(full: Database, url: str, keys: KeyRing, folder: Path) -> None:
    hours = [NOW - timedelta(hours=hour) for hour in (30, 3)]
    times = [NOW - timedelta(days=20), *hours, NOW - timedelta(minutes=20), NOW]
    for at in times:
        await make(url, keys, folder, at)
    assert [copy.taken_at for copy in copies(folder)] == [times[4], times[2], times[1]]


async def test_where_there_is_no_room_for_a_copy_old_ones_and_what_is_half_made_go_and_the_newest_stay(
    full: Database, url: str, keys: KeyRing, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in (NOW - timedelta(days=20), NOW - timedelta(days=9), NOW - timedelta(days=8)):
        await make(url, keys, folder, at)
    for days in (20, 12, 10, 9):
        (folder / name(NOW - timedelta(days=days))).touch()
    (folder / ".bezig-oud").mkdir()
    monkeypatch.setattr(making, "ROOM_LEFT", 2**60)
    with pytest.raises(StorageFault, match="te weinig ruimte"):
        await make(url, keys, folder, NOW)
    assert _names(folder) == [name(NOW - timedelta(days=days)) for days in (10, 9, 8)]


# What is in the place already.


@pytest.fixture
async def copy(full: Database, url: str, keys: KeyRing, folder: Path) -> Copy:
    made, _ = await make(url, keys, folder, NOW)
    return made


async def _told_in(place: Path, keys: KeyRing, draft: Interview) -> None:
    opened = await open_database(f"sqlite:///{place}")
    try:
        await migrate(opened)
        await match_keys(opened, keys)
        async with opened.transaction() as work:
            await interviews.save(work, keys, Address("web", "1"), None, draft, NOON)
    finally:
        await opened.close()


async def test_what_is_told_in_the_place_is_not_overwritten_and_with_a_word_it_is_put_aside(
    copy: Copy, keys: KeyRing, tmp_path: Path
) -> None:
    target = tmp_path / "er" / "v.db"
    await _told_in(target, keys, replace(DRAFT, id="van-nu"))
    before = target.read_bytes()
    with pytest.raises(StorageFault, match="--over"):
        await into_file(target, keys, copy.path, set(), LATER, over=False)
    assert target.read_bytes() == before
    restored = await into_file(target, keys, copy.path, set(), LATER, over=True)
    assert restored.aside == target.with_name("v.db.weggezet-20260305T123000Z")
    assert b"van-nu" in restored.aside.read_bytes()
    assert b"van-nu" not in target.read_bytes()
    assert _names(target.parent) == ["v.db", "v.db-in-gebruik", restored.aside.name]
    assert _mode(target) == 0o600


async def test_a_damaged_database_is_put_aside_and_only_with_a_word(copy: Copy, keys: KeyRing, tmp_path: Path) -> None:
    target = tmp_path / "er" / "v.db"
    target.parent.mkdir()
    target.write_bytes(b"dit is geen database " * 500)
    with pytest.raises(StorageFault, match="--over"):
        await into_file(target, keys, copy.path, set(), LATER, over=False)
    restored = await into_file(target, keys, copy.path, set(), LATER, over=True)
    assert restored.aside
    assert restored.aside.read_bytes().startswith(b"dit is geen database")
    opened = await open_database(f"sqlite:///{target}")
    await opened.close()


async def test_a_log_that_a_lost_database_left_is_not_taken_for_that_of_the_new_one(
    copy: Copy, keys: KeyRing, tmp_path: Path
) -> None:
    target = tmp_path / "er" / "v.db"
    target.parent.mkdir()
    target.with_name("v.db-wal").write_bytes(b"een log van vroeger")
    assert (await into_file(target, keys, copy.path, set(), LATER, over=False)).aside is None
    assert _names(target.parent) == ["v.db", "v.db-in-gebruik", "v.db.weggezet-20260305T123000Z-wal"]


async def test_an_empty_database_in_the_place_needs_no_word(copy: Copy, keys: KeyRing, tmp_path: Path) -> None:
    target = tmp_path / "er" / "v.db"
    target.parent.mkdir()
    target.touch()
    assert (await into_file(target, keys, copy.path, set(), LATER, over=False)).stories == 2


async def test_a_database_that_is_open_elsewhere_is_not_taken_away_from_under_it(
    copy: Copy, keys: KeyRing, tmp_path: Path
) -> None:
    target = tmp_path / "er" / "v.db"
    await _told_in(target, keys, DRAFT)
    opened = await open_database(f"sqlite:///{target}")
    try:
        async with opened.reading() as work:
            await work.fetch("SELECT 1 AS one FROM interviews")
        with pytest.raises(StorageFault, match="Stop eerst de bot"):
            await into_file(target, keys, copy.path, set(), LATER, over=True)
        async with opened.transaction() as work:
            await turns.seen(work, "web", 1, NOON)
    finally:
        await opened.close()
    assert _names(target.parent) == ["v.db", "v.db-in-gebruik"]


async def test_a_damaged_database_is_not_taken_away_from_under_a_bot_either(
    copy: Copy, keys: KeyRing, tmp_path: Path
) -> None:
    target = tmp_path / "er" / "v.db"
    target.parent.mkdir()
    target.write_bytes(b"dit is geen database " * 500)
    bot = SoleUse(mark_of(target))
    assert bot.take()
    with pytest.raises(StorageFault, match="Stop eerst de bot"):
        await into_file(target, keys, copy.path, set(), LATER, over=True)
    bot.give_back()
    assert (await into_file(target, keys, copy.path, set(), LATER, over=True)).stories == 2


async def test_no_other_begins_on_a_database_that_is_not_there_while_it_is_put_back(
    copy: Copy, keys: KeyRing, tmp_path: Path
) -> None:
    target = tmp_path / "er" / "v.db"
    target.parent.mkdir()
    bot = SoleUse(mark_of(target))

    def gone() -> Iterator[Erased]:
        assert not bot.take()
        yield Erased(Kind.STORY, "verhaal-1", "2026-03-05")

    assert (await into_file(target, keys, copy.path, gone(), LATER, over=False)).stories == 1
    assert bot.take()
    bot.give_back()


async def test_a_database_of_no_keys_or_of_others_knows_nothing_of_what_was_taken_away(
    copy: Copy, keys: KeyRing, folder: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/leeg.db"
    create_key_file(tmp_path / "anders" / "sleutels")
    opened = await open_database(url)
    try:
        await migrate(opened)
        assert await known_gone(url, keys, [], folder) == Known(None)
        await match_keys(opened, read_key_file(tmp_path / "anders" / "sleutels"))
        assert await known_gone(url, keys, [], folder) == Known(None)
    finally:
        await opened.close()


async def test_a_damaged_copy_changes_nothing(copy: Copy, keys: KeyRing, tmp_path: Path) -> None:
    copy.path.write_bytes(copy.path.read_bytes()[:-10])
    target = tmp_path / "er" / "v.db"
    await _told_in(target, keys, DRAFT)
    before = target.read_bytes()
    with pytest.raises(CopyFault, match="niet heel"):
        await into_file(target, keys, copy.path, set(), LATER, over=True)
    assert _names(target.parent) == ["v.db", "v.db-in-gebruik"]
    assert target.read_bytes() == before
