"""Whether a canary in the log is caught: without that, a suite in which none is seen would say nothing."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from console import logs
from tests import canaries
from tests.botapi.people import message, person
from tests.botapi.wire import Object

ROOT = Path(__file__).parent.parent
WORDS = "Een zwaluw met een zonnehoed"
CHAT = 4_201_977
UPDATE: Object = {"update_id": 1, "message": message(person(CHAT), 1, 1, {"text": WORDS})}
LIBRARIES = ("een.andere.bibliotheek", "aiosqlite", "telegram", "asyncio")


@pytest.mark.parametrize("name", [*LIBRARIES, "bot.telegram.polling"])
def test_words_in_what_anybody_logs_are_caught(name: str) -> None:
    said = f"er kwam binnen: {WORDS}"
    with canaries.watched() as watch:
        canaries.plant_of(UPDATE)
        logging.getLogger(name).debug(said)
    assert watch.caught() == [WORDS]


def test_words_in_the_values_that_our_own_rooms_log_are_caught() -> None:
    with canaries.watched() as watch:
        canaries.plant_of(UPDATE)
        logging.getLogger("bot.intake").debug("er kwam binnen: %s", WORDS)
    assert watch.caught() == [WORDS]


def test_who_somebody_is_is_caught_and_a_longer_number_is_not_taken_for_it() -> None:
    with canaries.watched() as watch:
        canaries.plant_of(UPDATE)
        logging.getLogger("storage").info("chat %d1 van 1%d", CHAT, CHAT)
        assert watch.caught() == []
        logging.getLogger("storage").info("chat -%d van bewoner_%d", CHAT, CHAT)
    assert watch.caught() == [str(CHAT), f"bewoner_{CHAT}"]


def test_what_the_filter_of_production_takes_out_is_no_catch() -> None:
    with canaries.watched() as watch:
        canaries.plant_of(UPDATE)
        canaries.plant("123:TEST")
        for name in LIBRARIES:
            logging.getLogger(name).debug("de waarden: %s %d", WORDS, CHAT)
            logging.getLogger(name).debug("https://api.telegram.org/bot123:TEST/getMe")
    assert watch.caught() == []


def test_a_log_of_another_process_is_read(tmp_path: Path) -> None:
    file = tmp_path / "alles.log"
    with canaries.watched() as watch:
        canaries.plant(WORDS)
        canaries.read(file)
        assert watch.caught() == []
        file.write_text(f"2026-03-02 DEBUG bot: {WORDS}\n")
    assert watch.caught() == [WORDS]


def test_others_who_listen_get_a_record_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    with canaries.watched():
        logging.getLogger("een.andere.bibliotheek").warning("de waarden: %s", "wel")
    assert caplog.messages == ["de waarden: wel"]


def test_the_filter_is_the_one_that_stands_before_the_log() -> None:
    with canaries.watched() as watch:
        assert [type(one) for one in watch.filters] == [logs.Redacting]


@pytest.mark.parametrize("name", [*LIBRARIES, "bot.telegram.polling", "storage"])
def test_everybody_is_heard_at_debug(name: str) -> None:
    assert logging.getLogger(name).isEnabledFor(logging.DEBUG)


FAILS = '''
"""A test that logs what somebody typed."""
import logging
from tests import canaries

def test_that_tells() -> None:
    canaries.plant("{words}")
    logging.getLogger("bot.intake").debug("gehoord: %s", "{words}")

def test_that_is_silent() -> None:
    canaries.plant("{words}")
    logging.getLogger("bot.intake").debug("gehoord: %s", "niets")
'''


def test_a_test_in_which_somebody_is_told_of_fails(tmp_path: Path) -> None:
    """With the fixture that every test of the suite has."""
    (tmp_path / "conftest.py").write_text(
        "from tests.conftest import nothing_of_anybody_in_the_log, pytest_configure\n"
    )
    (tmp_path / "test_wie_vertelt.py").write_text(FAILS.format(words=WORDS))
    words = [
        "-q",
        "-p",
        "no:cacheprovider",
        f"--rootdir={tmp_path}",
        f"--confcutdir={tmp_path}",
        f"-c{ROOT}/pyproject.toml",
        str(tmp_path),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "ERROR" in done.stdout
    assert "test_that_tells" in done.stdout
    assert "2 passed, 1 error" in done.stdout
