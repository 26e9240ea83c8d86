"""The same snapshot gives the same bytes in every format, a year later and in another part of the world."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from research.export.tiers import Tier
from tests.research.kept import House, build, made, manifest, review
from tests.research.told import every_option
from tests.system.machine import program

LATER = ("-f", "+400d")
"""Also what is written in C takes its clock from it."""

ELSEWHERE = {"TZ": "Pacific/Kiritimati"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Stories with every option, reviewed; every second one may be quoted."""
    house = build(tmp_path_factory.mktemp("bytes") / "huis", every_option())
    review(house)
    return house


@pytest.mark.parametrize("tier", Tier)
def test_an_export_that_is_made_once_more_is_the_same(house: House, tmp_path: Path, tier: Tier) -> None:
    first, again = tmp_path / "een", tmp_path / "later"
    _export(house, first, "--tier", tier, "--recipient", "Onderzoek", "--reason", "overeenkomst 12")
    snapshot = str(manifest(first)["momentopname"])
    _export(house, again, "--snapshot", snapshot, before=(program("faketime"), *LATER), around=ELSEWHERE)
    assert len(made(first)) > len(Tier)
    for name, path in made(first).items():
        assert path.read_bytes() == made(again)[name].read_bytes(), name
    assert made(again).keys() == made(first).keys()


def test_the_clock_is_another_one_for_who_is_told_so() -> None:
    """Else the test above would show nothing."""
    code = "import time; print(time.localtime().tm_year)"
    asked = [sys.executable, "-c", code]
    now, later = (_said([*before, *asked]) for before in ([], [program("faketime"), *LATER]))
    assert int(later) == int(now) + 1 or int(later) == int(now) + 2


def _export(
    house: House, target: Path, *more: str, before: tuple[str, ...] = (), around: Mapping[str, str] | None = None
) -> None:
    command: list[str | Path] = [
        *before,
        sys.executable,
        "-m",
        "research",
        "export",
        "--out",
        target,
        "--config",
        house.config,
        *more,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | (around or {}))


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
