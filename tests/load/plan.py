"""Which load runs make up the benchmark, in full and in short; runs none of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.load.bots import MODES, NAMES, OURS
from tests.load.run import Load

USUAL = 50
"""Residents where nothing else is said."""

DISTANCES = (0.0, 0.05)
THINK, FAR = 5.0, 0.08
"""People who think so many seconds, with Telegram so far away."""


@dataclass(frozen=True)
class Plan:
    """How often, how long, and how many. `sizes`: other numbers of residents; `thinkers`: of people who think first.

    `opened`: numbers of interviews that stand open at once, for their memory; for the peers the first of them.
    `exported`: numbers of stories in an export.
    `beside`: whether the peers are measured in crowds and with people who think as well, in the first round.
    """

    rounds: int
    warm: float
    seconds: float
    sizes: tuple[int, ...]
    thinkers: tuple[int, ...]
    opened: tuple[int, ...]
    exported: tuple[int, ...]
    beside: bool


FULL = Plan(5, 4.0, 10.0, (1, 500, 2_000), (150, 500), (2_000, 10_000), (10_000, 100_000), beside=True)
SHORT = Plan(1, 2.0, 5.0, (1, 500), (150,), (1_000,), (1_000, 10_000), beside=False)


def side_by_side(plan: Plan, number: int) -> Iterator[Load]:
    """All bots after one another for each way and distance; who goes first differs from round to round."""
    for mode in MODES:
        for latency in DISTANCES:
            for bot in _turned(number):
                yield Load(bot, mode, USUAL, latency, warm=plan.warm, seconds=plan.seconds)


def crowds(plan: Plan, number: int) -> Iterator[Load]:
    """More residents and fewer: ours in every round, the peers in the first."""
    for mode in MODES:
        for residents in plan.sizes:
            # So many begin one after another that at any time some are at every question.
            warm = max(plan.warm, residents / 100)
            for bot in _measured(plan, number):
                yield Load(bot, mode, residents, 0.0, warm=warm, seconds=plan.seconds)


def thinkers(plan: Plan, number: int) -> Iterator[Load]:
    """People as they are, who read and think: ours in every round, the peers in the first."""
    for mode in reversed(MODES):
        for residents in plan.thinkers:
            for bot in _measured(plan, number):
                yield Load(bot, mode, residents, FAR, THINK, warm=2 * THINK, seconds=2 * plan.seconds)


def _turned(number: int) -> tuple[str, ...]:
    first = number % len(NAMES)
    return NAMES[first:] + NAMES[:first]


def _measured(plan: Plan, number: int) -> tuple[str, ...]:
    return NAMES if plan.beside and number == 0 else (OURS,)
