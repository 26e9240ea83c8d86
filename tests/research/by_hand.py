"""One format by itself, written from stories that stand in no database."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from dialogs.interview import Interview, Language
from dialogs.questions import QuestionSet
from research.export.codebook import entries
from research.export.columns import columns, line_of
from research.export.content import Content, Opens
from research.export.fixed import FIXED
from research.export.rows import StoryRows
from research.export.variables import variables
from storage.stories import Story
from tests.research.kept import story_id, teller
from tests.research.told import LIBRARY, NOON, SETS


def content(sets: Sequence[QuestionSet] = SETS, at: datetime = NOON) -> Content:
    """What a format gets of an export in which nothing is left out."""
    return Content(at, "0", tuple(sets), variables(FIXED, columns(sets), sets), tuple(entries(sets)))


def stories(told: Iterable[Interview], at: datetime = NOON) -> list[Story]:
    """As the house would keep them: each with an id of its own, in order of it, and where it has none with a teller."""
    return sorted((_story(number, interview, at) for number, interview in enumerate(told)), key=lambda story: story.id)


def write(folder: Path, opens: Opens, told: Iterable[Story], about: Content | None = None) -> Mapping[str, int]:
    """Makes the files of one format in a new folder; how many rows each has."""
    about = about or content()
    line, rows_of = line_of(FIXED, columns(about.sets)), StoryRows(LIBRARY)
    folder.mkdir()
    with opens(folder, about) as writer:
        for story in told:
            row = rows_of.of(story)
            writer.write(row, line(row))
    return writer.rows()


def _story(number: int, told: Interview, at: datetime) -> Story:
    return Story(
        id=story_id(number),
        teller=told.teller or teller(number),
        question_set=told.question_set,
        version=told.version,
        channel=told.channel,
        consent=told.consent,
        quote=told.quote is True,
        sent_at=at,
        link=told.link,
        role=told.role,
        helped=told.helped,
        language=told.language or Language(),
        answers=told.answers,
    )
