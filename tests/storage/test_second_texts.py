"""Second texts are kept beside the words of a story, on a real database: proposed, reviewed, and gone with it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage import erased, second_texts, stories
from storage.database import Database
from storage.rows import text
from storage.second_texts import Mask, Masked, Overtaken, SecondTexts
from storage.secrets import KeyRing
from tests.storage.tellings import FEELING, NOON, RECEIPT, SENT, STORY

LATER = NOON + timedelta(days=1)
ROOF = Masked("verhaal", STORY.text, (Mask(5, 8, "[HUIS]", "zelf"),))
EVENING = Masked("gevoel", FEELING.text)


@pytest.fixture
async def told(db: Database, keys: KeyRing) -> Database:
    """A database with one story."""
    async with db.transaction() as work:
        await stories.keep(work, keys, SENT, "s1", RECEIPT, NOON)
    return db


async def propose(db: Database, keys: KeyRing, *proposed: Masked, story: str = "s1", rules: str = "1") -> int:
    async with db.transaction() as work:
        return await second_texts.propose(work, keys, story, proposed, rules, NOON)


async def review(db: Database, keys: KeyRing, seen: SecondTexts, reviewed: Sequence[Masked], by: str = "Noor") -> None:
    async with db.transaction() as work:
        await second_texts.review(work, keys, seen, reviewed, by, LATER)


async def of_story(db: Database, keys: KeyRing, story: str = "s1") -> SecondTexts:
    async with db.reading() as work:
        return (await second_texts.of(work, keys, [story])).get(story, {})


async def waiting(db: Database) -> list[str]:
    async with db.reading() as work:
        return await second_texts.waiting(work)


async def test_what_is_proposed_stands_beside_the_words_and_waits_for_a_review(told: Database, keys: KeyRing) -> None:
    assert await propose(told, keys, ROOF, EVENING) == 2
    found = await of_story(told, keys)
    assert {name: one.words for name, one in found.items()} == {
        "verhaal": "Mijn [HUIS] lekte al weken.\nToen belde iemand van de buurt.",
        "gevoel": "vooral die avond",
    }
    assert (found["verhaal"].masks, found["gevoel"].masks) == (ROOF.masks, ())
    assert [(one.rules, one.made_on, one.reviewed_on, one.reviewer) for one in found.values()] == [
        ("1", "2026-03-04", "", "")
    ] * 2
    assert await waiting(told) == ["s1"]
    async with told.reading() as work:
        kept = await stories.find(work, keys, RECEIPT)
    assert kept is not None
    assert kept.answers["verhaal"].text == STORY.text


async def test_what_was_reviewed_says_by_whom_and_is_proposed_no_more(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF, EVENING)
    seen = await of_story(told, keys)
    await review(told, keys, seen, [Masked("verhaal", STORY.text), EVENING])
    assert await propose(told, keys, ROOF, EVENING, rules="2") == 0
    found = await of_story(told, keys)
    assert [(one.words, one.is_reviewed, one.reviewer, one.reviewed_on, one.rules) for one in found.values()] == [
        ("vooral die avond", True, "Noor", "2026-03-05", "1"),
        (STORY.text, True, "Noor", "2026-03-05", "1"),
    ]
    assert await waiting(told) == []


async def test_what_nobody_looked_at_is_proposed_anew(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF)
    assert await propose(told, keys, Masked("verhaal", STORY.text), rules="2") == 1
    assert [(one.words, one.rules) for one in (await of_story(told, keys)).values()] == [(STORY.text, "2")]


async def test_of_two_who_review_a_story_the_first_wins_and_the_second_hears_it(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF, EVENING)
    seen = await of_story(told, keys)
    await review(told, keys, seen, [ROOF, EVENING], "Noor")
    with pytest.raises(Overtaken):
        await review(told, keys, seen, [Masked("verhaal", STORY.text), EVENING], "Bo")
    found = await of_story(told, keys)
    assert {one.reviewer for one in found.values()} == {"Noor"}
    assert found["verhaal"].words == ROOF.words


async def test_a_review_is_of_the_whole_story_or_of_nothing(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF, EVENING)
    seen = await of_story(told, keys)
    await propose(told, keys, ROOF)
    with pytest.raises(Overtaken):
        await review(told, keys, seen, [ROOF, EVENING])
    assert [one.is_reviewed for one in (await of_story(told, keys)).values()] == [False, False]


async def test_a_second_text_stands_for_the_very_words_it_was_made_of(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF, EVENING)
    await review(told, keys, await of_story(told, keys), [ROOF, EVENING])
    found = await of_story(told, keys)
    assert found["verhaal"].stands_for(keys, STORY.text)
    assert not found["verhaal"].stands_for(keys, STORY.text + " ")
    assert not found["gevoel"].stands_for(keys, STORY.text)
    other = Masked("verhaal", "Andere woorden.")
    assert await propose(told, keys, other, EVENING) == 1
    found = await of_story(told, keys)
    assert [(one.words, one.is_reviewed) for one in found.values()] == [
        ("vooral die avond", True),
        ("Andere woorden.", False),
    ]


async def test_a_review_of_other_words_than_were_kept_counts_not(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF)
    with pytest.raises(Overtaken):
        await review(told, keys, await of_story(told, keys), [Masked("verhaal", "Andere woorden.")])


async def test_it_goes_with_its_story(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF, EVENING)
    async with told.transaction() as work:
        await stories.withdraw(work, keys, RECEIPT, NOON)
    assert await of_story(told, keys) == {}
    assert await propose(told, keys, ROOF) == 0
    assert await waiting(told) == []


async def test_it_goes_with_a_story_that_is_too_old_and_with_one_that_is_erased_again(
    told: Database, keys: KeyRing
) -> None:
    await propose(told, keys, ROOF)
    async with told.transaction() as work:
        await stories.keep(work, keys, SENT, "s2", "222222222", LATER)
        await second_texts.propose(work, keys, "s2", [ROOF], "1", NOON)
        await stories.forget(work, NOON + timedelta(hours=1), 10)
        assert await work.fetch("SELECT story_id FROM second_texts") == [{"story_id": "s2"}]
        await erased.erase(work, [erased.Erased(erased.Kind.STORY, "s2", "2026-03-05")])
        assert await work.fetch("SELECT story_id FROM second_texts") == []


async def test_those_of_many_stories_are_found_at_once(told: Database, keys: KeyRing) -> None:
    amount = second_texts.STORIES_AT_ONCE + 3
    async with told.transaction() as work:
        for number in range(amount):
            await stories.keep(work, keys, SENT, f"v{number:04}", f"CODE{number}", NOON)
            await second_texts.propose(work, keys, f"v{number:04}", [ROOF], "1", NOON)
        wanted = [f"v{number:04}" for number in range(amount)]
        assert list(await second_texts.of(work, keys, [*wanted, "s1", "niet"])) == wanted
        assert await second_texts.of(work, keys, []) == {}


async def test_no_word_and_no_name_can_be_read_without_keys(told: Database, keys: KeyRing) -> None:
    await propose(told, keys, ROOF)
    await review(told, keys, await of_story(told, keys), [ROOF], "Noor")
    async with told.reading() as work:
        [row] = await work.fetch("SELECT * FROM second_texts")
    shown = " ".join(str(cell) for cell in row.values())
    assert [word for word in ("HUIS", "lekte", "zelf", "Noor") if word in shown] == []
    assert keys.decrypt(text(row, "reviewer")) == "Noor"


async def test_equal_words_in_two_stories_have_no_mark_in_common(told: Database, keys: KeyRing) -> None:
    async with told.transaction() as work:
        await stories.keep(work, keys, SENT, "s2", "222222222", NOON)
    await propose(told, keys, ROOF)
    await propose(told, keys, ROOF, story="s2")
    async with told.reading() as work:
        marks = [text(row, "original") for row in await work.fetch("SELECT original FROM second_texts")]
    assert len(set(marks)) == 2
