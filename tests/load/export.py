"""`verhalen export` beside a plain dump of the same rows, each in a process of its own: how long, and how much memory.

`python -m tests.load bench --part uitvoer` prints it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import click

ROUNDS = 3

EXPORT, DUMP, SEALED = "uitvoer", "dump", "dump, versleuteld"

CONFIG, DATABASE, KEYS = "config.toml", "data/vertelbot.db", "secrets/vertelbot.key"
"""Where they are in the folder of a house."""


@dataclass(frozen=True)
class Run:
    """What one process took: seconds, seconds of the processor, and at most this many bytes."""

    seconds: float
    cpu: float
    peak: int


@dataclass(frozen=True)
class Exported:
    """What came of a number of stories, by what was run."""

    stories: int
    runs: Mapping[str, Sequence[Run]]

    def ratio(self, name: str, figure: Callable[[Run], float]) -> float:
        """This one as a multiple of the dump in the same round, the median of the rounds."""
        both = zip(self.runs[name], self.runs[DUMP], strict=True)
        return median(figure(run) / figure(dump) for run, dump in both)

    def middle(self, name: str, figure: Callable[[Run], float]) -> float:
        """The median of the rounds."""
        return median(figure(run) for run in self.runs[name])


def exported(stories: int, rounds: int = ROUNDS) -> Exported:
    """Makes a database with so many stories, and runs the three of them in turn.

    From a small process: the peak of a process is never under that of the one that started it.
    """
    command = [sys.executable, "-m", "tests.load.export", str(stories), str(rounds)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return Exported(stories, {name: [Run(**run) for run in runs] for name, runs in found.items()})


def _rounds(stories: int, rounds: int) -> Mapping[str, list[Run]]:
    runs: dict[str, list[Run]] = {EXPORT: [], DUMP: [], SEALED: []}
    with tempfile.TemporaryDirectory() as folder:
        house, outcome = Path(folder) / "huis", Path(folder) / "uit"
        subprocess.run([sys.executable, "-m", "tests.research.many", house, str(stories)], check=True)
        for _ in range(rounds):
            for name, found in runs.items():
                found.append(measured(_command(name, house, outcome)))
                shutil.rmtree(outcome)
    return runs


def _command(name: str, house: Path, outcome: Path) -> Sequence[str | Path]:
    """How one of the three is started, to make the folder `outcome`."""
    if name == EXPORT:
        raw = ("--tier", "a", "--recipient", "meting", "--reason", "meting", "--formats", "csv")
        return [sys.executable, "-m", "research", "export", "--out", outcome, "--config", house / CONFIG, *raw]
    more = ["--sealed"] if name == SEALED else []
    return [sys.executable, "-m", "tests.load.dump", house / DATABASE, house / KEYS, outcome, *more]


def measured(command: Sequence[str | Path]) -> Run:
    """Runs a command to its end, which has to be good."""
    began = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        # It is gone: nobody has to wait for it again.
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def lines(found: Exported) -> list[str]:
    """What came of it, in words: a line for each of the three."""
    return [_line(found, name) for name in found.runs]


def _line(found: Exported, name: str) -> str:
    seconds, cpu = found.middle(name, lambda run: run.seconds), found.middle(name, lambda run: run.cpu)
    ratio, of_cpu = found.ratio(name, lambda run: run.seconds), found.ratio(name, lambda run: run.cpu)
    peak = max(run.peak for run in found.runs[name]) / 2**20
    return (
        f"{found.stories:>7} verhalen  {name:<18}{seconds:7.2f} s  ({cpu:6.2f} s cpu)  {peak:5.0f} MiB"
        f"  {ratio:5.2f} x dump  ({of_cpu:.2f} x cpu)"
    )


if __name__ == "__main__":
    made = _rounds(*map(int, sys.argv[1:]))
    click.echo(json.dumps({name: [asdict(run) for run in runs] for name, runs in made.items()}))
