"""Whether an export of a database on a server is the one that a file with the same stories gives, line by line."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.postgres import PostgresServer
from tests.research.kept import build, export, manifest, nested, table
from tests.research.told import BEWONER, every_option, nth, remarking, tell

WORDS = "Regel een\nregel twee, met 'aanhalingstekens' en een ⌘.\u2028Klaar."


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    """A new database on a server."""
    name = asyncio.run(postgres.database())
    yield postgres.url(name)
    asyncio.run(postgres.drop(name))


def test_an_export_is_the_same_of_both_engines(tmp_path: Path, url: str) -> None:
    """More stories than are in memory at once, so that pages of one meet those of the other."""
    told = [*every_option(), *(tell(BEWONER, nth(number, WORDS)) for number in range(420))]
    houses = [
        build(tmp_path / name, [tell(BEWONER, remarking("zo was het")), *told], withdrawn=2, drafts=3, server=server)
        for name, server in (("file", ""), ("server", url))
    ]
    file, server = (export(house, tmp_path / f"uit-{house.folder.name}") for house in houses)
    for name in ("antwoorden.csv", "codeboek.csv", "ingetrokken.csv"):
        assert (file / name).read_bytes() == (server / name).read_bytes(), name
    assert _stories(file) == _stories(server)
    assert manifest(file)["verhalen"] == manifest(server)["verhalen"]


def _stories(folder: Path) -> list[object]:
    """All that is said of every story, but for its teller: that is another hash with other keys."""
    lines: list[Mapping[str, object]] = [*table(folder / "verhalen.csv"), *nested(folder)]
    return [{key: value for key, value in line.items() if key != "verteller"} for line in lines]
