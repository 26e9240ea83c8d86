"""What every test may use: keys, and one way to write transcripts anew."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.secrets import KeyRing, create_key_file, read_key_file
from tests import canaries
from tests.bot import story
from tests.corridor import resident
from tests.dialogs.language_table import table_lines
from tests.postgres import PostgresServer
from tests.storage import tellings

ALWAYS = (
    *(story.FIRST, story.SECOND, story.TITLE, story.REMARK, *story.CANARIES),
    *(*resident.WORDS, *resident.CANARIES),
    *(part.text for answer in (tellings.STORY, tellings.FEELING) for part in answer.parts),
)
"""Words that people of many tests type."""

# No test is timed: a slow machine is no fault of the code.
# The examples are the same in every run; `pytest --hypothesis-profile=search` looks for new ones.
settings.register_profile("house", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True, max_examples=500)
settings.load_profile("house")


def pytest_configure() -> None:
    """Whoever listens hears everything. Pytest gives the level back between the parts of a test, so it is set here."""
    logging.getLogger().setLevel(logging.DEBUG)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the transcripts anew with what is said in truth")
    parser.addoption("--full", action="store_true", help="tests/stress in full: hours instead of minutes")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How well languages are recognised, and what was found by trying, in the output of every run."""
    terminalreporter.section("taalherkenning")
    for line in table_lines():
        terminalreporter.line(line)
    tried = [found for report in terminalreporter.stats.get("passed", []) for found in report.user_properties]
    if tried:
        terminalreporter.section("beproefd")
    for name, numbers in tried:
        terminalreporter.line(f"{name}: {numbers}")


@pytest.fixture(autouse=True)
def nothing_of_anybody_in_the_log() -> Iterator[None]:
    """No test may end with anything in the log that somebody in it typed or is known by."""
    with canaries.watched() as watch:
        canaries.plant(*ALWAYS)
        yield
    assert watch.caught() == []


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """Keys as an operator has them: made in a file and read from it."""
    place: Path = tmp_path_factory.mktemp("secrets") / "keys.toml"
    create_key_file(place)
    return read_key_file(place)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, started for the first test that asks for it. Whoever kills one starts her own."""
    server = PostgresServer()
    yield server
    server.remove()
