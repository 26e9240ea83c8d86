"""How much is done, and how far a long run has come."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from tests.stress.numbers import FULL, SHORT, Numbers


@pytest.fixture(scope="session")
def numbers(request: pytest.FixtureRequest) -> Numbers:
    """The short form, or the full one with `--full`."""
    return FULL if request.config.getoption("full") else SHORT


@pytest.fixture
def progress(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says a line at once in the full form, or with `-v`. In a worker beside others there is nobody to say it to."""
    plugins = request.config.pluginmanager
    reporter, capturing = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")

    def say(line: str) -> None:
        if not reporter or not (request.config.getoption("full") or request.config.getoption("verbose")):
            return
        # What is written while a test runs is kept from the screen, also by whoever reports on it.
        with capturing.global_and_fixture_disabled() if capturing else nullcontext():
            reporter.ensure_newline()
            reporter.write_line(f"  {line}")
            reporter.flush()

    return say


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str, str], None]:
    """Says under all tests what was found: the name of what was tried, and the figures."""
    return record_property
