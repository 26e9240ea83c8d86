"""Proposes second texts for all stories that have none yet, beside a running bot; knows no rule and no command.

Stories are read in pages and written one by one, so that no turn of the bot waits for it. Whoever breaks it off begins
it again: what is done is not done anew.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from dialogs.library import Library
from research.deidentify.finding import RULES, Finder
from research.deidentify.kinds import Finding, Kind
from research.deidentify.masking import mask
from storage import second_texts, stories
from storage.database import Database, Work
from storage.second_texts import Masked, SecondTexts
from storage.secrets import KeyRing
from storage.stories import Story

Heard = Callable[[int], None]
"""Hears how many stories were looked at since it last heard."""


@dataclass
class Proposed:
    """What was done: how many stories and texts got a proposal, of which kinds, and how many stories had one."""

    stories: int = 0
    texts: int = 0
    ready: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)


def texts_of(story: Story, library: Library) -> Mapping[str, str]:
    """What was typed in a story, by question, in the order in which the questions are asked."""
    pinned = library.sets.get((story.question_set, story.version))
    places = {question.id: place for place, question in enumerate(pinned.questions)} if pinned else {}
    questions = sorted(story.answers, key=lambda question: (places.get(question, len(places)), question))
    return {question: text for question in questions if (text := story.answers[question].text)}


def is_ready(keys: KeyRing, texts: Mapping[str, str], there: SecondTexts) -> bool:
    """Whether every text has a second one of these very words that was reviewed, or made by the rules of now."""
    return all(
        question in there
        and there[question].stands_for(keys, typed)
        and (there[question].is_reviewed or there[question].rules == RULES)
        for question, typed in texts.items()
    )


def propose(finder: Finder, texts: Mapping[str, str]) -> tuple[tuple[Masked, ...], list[Finding]]:
    """The texts of one story with what is proposed in them, and all that was found."""
    found = {question: finder.find(typed) for question, typed in texts.items()}
    return mask(texts, found), [finding for findings in found.values() for finding in findings]


async def deidentify(
    database: Database,
    keys: KeyRing,
    library: Library,
    finder: Finder,
    *,
    question_set: str | None,
    clock: Callable[[], datetime],
    heard: Heard,
) -> Proposed:
    """Proposes second texts for all stories, or those of one question set, that have none; what was done."""
    done, last = Proposed(), ""
    while told := await _page(database, keys, question_set, last):
        there = await _there(database, keys, [story.id for story in told])
        for story in told:
            texts = texts_of(story, library)
            if is_ready(keys, texts, there.get(story.id, {})):
                done.ready += 1
            else:
                await _write(database, keys, finder, story.id, texts, clock(), done)
            heard(1)
        last = told[-1].id
    return done


async def _page(database: Database, keys: KeyRing, question_set: str | None, after: str) -> list[Story]:
    async with database.reading() as work:
        return await stories.page(work, keys, question_set, after)


async def _there(database: Database, keys: KeyRing, ids: Sequence[str]) -> Mapping[str, SecondTexts]:
    async with database.reading() as work:
        return await second_texts.of(work, keys, ids)


async def _write(
    database: Database,
    keys: KeyRing,
    finder: Finder,
    story_id: str,
    texts: Mapping[str, str],
    at: datetime,
    done: Proposed,
) -> None:
    """A story that was taken away meanwhile gets nothing."""
    proposed, found = propose(finder, texts)
    kept = await database.run(partial(_put, keys, story_id, proposed, at))
    if kept:
        done.stories += 1
        done.texts += kept
        done.kinds.update(finding.kind for finding in found)


async def _put(keys: KeyRing, story_id: str, proposed: Sequence[Masked], at: datetime, work: Work) -> int:
    return await second_texts.propose(work, keys, story_id, proposed, RULES, at)
