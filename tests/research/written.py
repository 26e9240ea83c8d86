"""The files of one format, of stories that were told, without a database."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dialogs.interview import Interview, Language
from dialogs.library import Library
from dialogs.questions import QuestionSet
from research.export.codebook import entries
from research.export.columns import columns, line_of
from research.export.content import Content, Opens
from research.export.fixed import FIXED
from research.export.rows import StoryRow, StoryRows
from research.export.tiers import LEAVING, Tier
from research.export.variables import variables
from storage.stories import Story
from tests.research.kept import story_id, teller
from tests.research.told import LIBRARY, NOON, SETS


def content_of(sets: tuple[QuestionSet, ...] = SETS, at: datetime = NOON, tier: Tier = Tier.RAW) -> Content:
    """What holds for all stories of an export of these sets."""
    leaving = LEAVING[tier]
    return Content(
        at, "0", sets, variables(leaving.fixed, columns(sets), sets, leaving.coarse), tuple(entries(sets, leaving))
    )


def write(
    opens: Opens,
    folder: Path,
    told: Sequence[Interview],
    *,
    content: Content | None = None,
    library: Library = LIBRARY,
) -> Path:
    """Makes the files of a format; the folder. Stories have the ids of those in a database, and their order."""
    write_stories(opens, folder, stories_of(told), content=content, library=library)
    return folder


def stories_of(told: Sequence[Interview]) -> list[Story]:
    """As they would be read from a database."""
    return sorted((_sent(number, interview) for number, interview in enumerate(told)), key=lambda story: story.id)


def write_stories(
    opens: Opens, folder: Path, stories: Sequence[Story], *, content: Content | None = None, library: Library = LIBRARY
) -> Mapping[str, int]:
    """The same of these stories; how many rows each file has."""
    content = content or content_of()
    folder.mkdir(parents=True, exist_ok=True)
    names = {variable.name for variable in content.variables}
    fixed = [column for column in FIXED if column.name in names]
    rows_of, line = StoryRows(library), line_of(fixed, columns(content.sets))
    with opens(folder, content) as writer:
        for story in stories:
            row = rows_of.of(story)
            writer.write(row, line(row))
    return writer.rows()


def row_of(told: Interview) -> StoryRow:
    """One story."""
    return StoryRows(LIBRARY).of(_sent(0, told))


def _sent(number: int, told: Interview) -> Story:
    return Story(
        id=story_id(number),
        teller=teller(number),
        question_set=told.question_set,
        version=told.version,
        channel=told.channel,
        consent=told.consent,
        quote=told.quote is True,
        sent_at=NOON,
        link=told.link,
        role=told.role,
        helped=told.helped,
        language=told.language or Language(),
        answers=told.answers,
    )


def library_of(*sets: QuestionSet) -> Library:
    """A library of these sets only."""
    return replace(LIBRARY, sets={(item.id, item.version): item for item in sets})


@contextmanager
def clock_of(zone: str) -> Iterator[None]:
    """The clock of this process is that of another part of the world."""
    before = os.environ.get("TZ")
    try:
        _turn_to(zone)
        yield
    finally:
        _turn_to(before)


def _turn_to(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()
