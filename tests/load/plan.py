"""Which load runs make up the benchmark, in full and in short; runs none of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.load.bots import BROWSER, MODES, NAMES, OURS, WEB_MODES
from tests.load.run import Load

USUAL = 50
"""Residents where nothing else is said."""

DISTANCES = (0.0, 0.05)
THINK, FAR = 5.0, 0.08
"""People who think so many seconds, with Telegram so far away."""

ENOUGH = 600
"""Answers of people who think, so that a p99 says something."""

A_SECOND, LONGEST_WARM = 70, 10.0
"""So many begin in a second: then some are at every question while it counts. With very many it would take too long."""


@dataclass(frozen=True)
class Plan:
    """How often, how long, and how many. `sizes`: other numbers of residents; `thinkers`: of people who think first.

    `browsers`: how many of them, beside as many residents on Telegram.

    `opened`: numbers of interviews that stand open at once, for their memory; for the peers the first of them.
    `exported`: numbers of stories in an export.
    `beside`: whether the peers are measured in crowds and with people who think as well, in the first round.
    """

    rounds: int
    warm: float
    seconds: float
    sizes: tuple[int, ...]
    thinkers: tuple[int, ...]
    browsers: tuple[int, ...]
    opened: tuple[int, ...]
    exported: tuple[int, ...]
    beside: bool


FULL = Plan(5, 3.0, 6.0, (1, 500, 2_000), (150, 500), (50, 500), (2_000, 10_000), (10_000, 100_000), beside=True)
SHORT = Plan(1, 2.0, 5.0, (1, 500), (150,), (50,), (1_000,), (1_000, 10_000), beside=False)


def side_by_side(plan: Plan, number: int) -> Iterator[Load]:
    """All bots after one another for each way and distance; who goes first differs from round to round."""
    for mode in MODES:
        for latency in DISTANCES:
            for bot in _turned(NAMES, number):
                yield _closed(plan, bot, mode, USUAL, latency)


def browsers(plan: Plan, number: int) -> Iterator[Load]:
    """Browsers and as many residents on Telegram, by turns; and one browser alone, with scripts and without."""
    for residents in plan.browsers:
        for mode in _turned((BROWSER, *MODES), number):
            yield _closed(plan, OURS, mode, residents)
    for mode in WEB_MODES:
        yield _closed(plan, OURS, mode, 1)


def crowds(plan: Plan, number: int) -> Iterator[Load]:
    """More residents and fewer: ours in every round, the peers in the first."""
    for mode in MODES:
        for residents in plan.sizes:
            for bot in _measured(plan, number):
                yield _closed(plan, bot, mode, residents)


def thinkers(plan: Plan, number: int) -> Iterator[Load]:
    """People as they are, who read and think: ours in every round, the peers in the first."""
    for mode in reversed(MODES):
        for residents in plan.thinkers:
            seconds = max(plan.seconds, ENOUGH * THINK / residents)
            for bot in _measured(plan, number):
                yield Load(bot, mode, residents, FAR, THINK, warm=THINK, seconds=seconds)


def _closed(plan: Plan, bot: str, mode: str, residents: int, latency: float = 0.0) -> Load:
    warm = max(plan.warm, min(residents / A_SECOND, LONGEST_WARM))
    return Load(bot, mode, residents, latency, warm=warm, seconds=plan.seconds)


def _turned(names: tuple[str, ...], number: int) -> tuple[str, ...]:
    first = number % len(names)
    return names[first:] + names[:first]


def _measured(plan: Plan, number: int) -> tuple[str, ...]:
    return NAMES if plan.beside and number == 0 else (OURS,)
