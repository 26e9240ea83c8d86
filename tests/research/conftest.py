"""What every test of this room starts from: no settings in the environment, and files seen only by their owner."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("VERTELBOT_")]:
        monkeypatch.delenv(name)
    # Loose on purpose: what an export makes is private whatever the shell was told.
    before = os.umask(0o002)
    yield
    os.umask(before)
