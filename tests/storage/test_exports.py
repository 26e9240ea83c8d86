"""What was handed out is written down, on a real database, and a withdrawal finds whoever has the story."""

from dataclasses import replace

from storage import exports, stories
from storage.database import Database
from storage.exports import Export, Recall, Stories
from storage.secrets import KeyRing
from tests.storage.tellings import NOON, RECEIPT, SENT

FIRST = Export("2026-03-04-aaaaaa", NOON, "b", "Onderzoek, gemeente", "nodig", "Noor", '{"formats": []}', "9f86d081")
SECOND = replace(FIRST, id="2026-03-04-bbbbbb", recipient="Een bureau")


async def handed_out(db: Database, keys: KeyRing, export: Export, *ids: str, taken_back: tuple[str, ...] = ()) -> None:
    async with db.transaction() as work:
        await exports.keep(work, keys, export, ids, taken_back)


async def test_an_export_is_found_as_it_was_written_down(db: Database, keys: KeyRing) -> None:
    await handed_out(db, keys, SECOND, "s1", "s3", taken_back=("s2",))
    await handed_out(db, keys, FIRST)
    async with db.reading() as work:
        assert await exports.find(work, keys, SECOND.id) == SECOND
        assert await exports.find(work, keys, "2026-03-04-cccccc") is None
        assert await exports.every(work, keys) == [FIRST, SECOND]
        assert await exports.stories_of(work, SECOND.id) == Stories(frozenset({"s1", "s3"}), frozenset({"s2"}))
        assert await exports.amounts(work) == {SECOND.id: 2}


async def test_who_has_a_story_is_known_after_it_is_taken_back(db: Database, keys: KeyRing) -> None:
    async with db.transaction() as work:
        await stories.keep(work, keys, SENT, "s1", RECEIPT, NOON)
    await handed_out(db, keys, FIRST, "s1", "s9")
    await handed_out(db, keys, SECOND, "s9", taken_back=("s1",))
    async with db.reading() as work:
        assert await exports.recalls(work) == []
    async with db.transaction() as work:
        await stories.withdraw(work, keys, RECEIPT, NOON)
    async with db.reading() as work:
        assert await exports.recalls(work) == [Recall(FIRST.id, "s1", "2026-03-04")]


async def test_one_recipient_is_known_however_the_name_was_typed(keys: KeyRing) -> None:
    typed = ["Onderzoek, gemeente", " onderzoek,  GEMEENTE "]
    assert len({exports.recipient_mark(keys, name) for name in typed}) == 1
    assert exports.recipient_mark(keys, "Een bureau") != exports.recipient_mark(keys, typed[0])


async def test_what_was_hidden_from_a_recipient_is_known_and_goes_with_the_story(db: Database, keys: KeyRing) -> None:
    again = replace(FIRST, id="2026-03-05-aaaaaa", recipient=" onderzoek,  GEMEENTE ")
    async with db.transaction() as work:
        await stories.keep(work, keys, SENT, "s1", RECEIPT, NOON)
    for export, attribute in ((FIRST, "leeftijd"), (again, "taal"), (SECOND, "link")):
        await handed_out(db, keys, export, "s1")
        async with db.transaction() as work:
            await exports.keep_hidden(work, export.id, {"s1": attribute, "gone": "link"})
    async with db.reading() as work:
        assert await exports.hidden_in(work, FIRST.id) == {"s1": {"leeftijd"}}
        assert await exports.hidden_from(work, keys, FIRST.recipient) == {"s1": {"leeftijd", "taal"}}
        assert await exports.hidden_from(work, keys, "Niemand") == {}
    async with db.transaction() as work:
        await stories.withdraw(work, keys, RECEIPT, NOON)
    async with db.reading() as work:
        assert await exports.hidden_from(work, keys, FIRST.recipient) == {}


async def test_no_word_of_whom_it_went_to_stands_in_the_tables(db: Database, keys: KeyRing) -> None:
    await handed_out(db, keys, FIRST)
    async with db.reading() as work:
        rows = await work.fetch("SELECT * FROM exports")
    shown = " ".join(str(value) for row in rows for value in row.values())
    assert [word for word in ("Onderzoek", "gemeente", "nodig", "Noor", "formats") if word in shown] == []
