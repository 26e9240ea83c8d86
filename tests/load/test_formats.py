"""Every format is measured beside a plain writer that writes the same number of rows."""

from pathlib import Path

import pytest

from research.export.formats.every import FORMATS
from tests.load.formats import formats, lines
from tests.load.plain import WRITERS, write
from tests.research.kept import build, export
from tests.research.told import BEWONER, nth, tell

STORIES = 20


def test_every_format_with_stories_in_it_has_a_plain_writer_beside_it() -> None:
    assert {item.name for item in FORMATS} - WRITERS.keys() == {"ddi"}
    assert WRITERS.keys() <= {item.name for item in FORMATS}


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_a_plain_writer_writes_what_it_is_given(name: str, tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0))] * 3), tmp_path / "uit")
    write(name, folder / "verhalen.csv", tmp_path / "kaal")
    assert [path.stat().st_size > 0 for path in (tmp_path / "kaal").iterdir()] == [True]


def test_each_is_run_and_told() -> None:
    found = formats(STORIES)
    told = lines(found)
    assert set(found.runs) == set(WRITERS)
    assert all(f" {name} " in line and "x kaal" in line for name, line in zip(found.runs, told, strict=True))
