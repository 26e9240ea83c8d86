"""The finder, loaded once for all tests of a worker."""

from functools import cache

import pytest

from research.deidentify import finding
from research.deidentify.finding import Finder


@cache
def _loaded() -> Finder:
    return finding.load()


@pytest.fixture(scope="session")
def finder() -> Finder:
    """All rules with their lists."""
    return _loaded()
