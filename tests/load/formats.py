"""Every format of an export beside the fastest plain writer of that format, each in a process of its own.

`python -m tests.load bench --part soorten` prints it: stories a second, and the most memory that a process had.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from research.export.formats.every import available
from tests.load.export import CONFIG, Run, measured
from tests.load.plain import WRITERS

Runs = Mapping[str, tuple[Run, Run]]
"""By format what the export took, and the plain writer."""


@dataclass(frozen=True)
class Formats:
    """What came of a number of stories."""

    stories: int
    runs: Runs


def formats(stories: int) -> Formats:
    """Makes a database with so many stories, and exports them in every format; from a small process, as `export`."""
    command = [sys.executable, "-m", "tests.load.formats", str(stories)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return Formats(stories, {name: (Run(**ours), Run(**plain)) for name, (ours, plain) in found.items()})


def _measured(stories: int) -> Runs:
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        house, outcome, plain = (Path(folder) / name for name in ("huis", "uit", "kaal"))
        subprocess.run([sys.executable, "-m", "tests.research.many", house, str(stories)], check=True)
        measured(_export(house, outcome, "csv"))
        source = shutil.move(outcome / "verhalen.csv", Path(folder) / "verhalen.csv")
        shutil.rmtree(outcome)
        for name in [item.name for item in available("") if item.name in WRITERS]:
            ours = measured(_export(house, outcome, name))
            theirs = measured([sys.executable, "-m", "tests.load.plain", name, source, plain])
            found[name] = (ours, theirs)
            shutil.rmtree(outcome)
            shutil.rmtree(plain)
    return found


def _export(house: Path, outcome: Path, name: str) -> Sequence[str | Path]:
    asked = ("--tier", "a", "--recipient", "meting", "--reason", "meting", "--formats", name)
    return [sys.executable, "-m", "research", "export", "--out", outcome, "--config", house / CONFIG, *asked]


def lines(found: Formats) -> list[str]:
    """What came of it, in words: a line for each format."""
    return [_line(found.stories, name, *runs) for name, runs in found.runs.items()]


def _line(stories: int, name: str, ours: Run, plain: Run) -> str:
    peak, plain_peak = ours.peak / 2**20, plain.peak / 2**20
    return (
        f"{stories:>7} verhalen  {name:<12}{stories / ours.seconds:7.0f} verhalen/s  {peak:5.0f} MiB"
        f"  {ours.seconds / plain.seconds:6.2f} x kaal  ({ours.cpu / plain.cpu:.2f} x cpu, kaal {plain_peak:.0f} MiB)"
    )


if __name__ == "__main__":
    click.echo(json.dumps({name: [asdict(run) for run in runs] for name, runs in _measured(int(sys.argv[1])).items()}))
