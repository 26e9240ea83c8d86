"""An export of very many stories takes no more memory than one of some."""

import asyncio
import tracemalloc
from pathlib import Path

from storage.stories import STORIES_AT_ONCE
from tests.research.kept import House, export_by
from tests.research.many import build_many
from tests.research.told import LIBRARY


def peak(folder: Path, stories: int) -> int:
    """The most memory that Python's objects took during an export of so many stories."""
    house = House(folder / "huis")
    asyncio.run(build_many(house, stories))
    tracemalloc.start()
    export_by(house, folder / "uit", LIBRARY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_number_of_stories(tmp_path: Path) -> None:
    some = peak(tmp_path / "enkele", 2 * STORIES_AT_ONCE)
    many = peak(tmp_path / "veel", 10 * STORIES_AT_ONCE)
    assert many < 1.25 * some
