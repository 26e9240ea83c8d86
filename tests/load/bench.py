"""The benchmark: all load runs of a plan, alternating between the bots, with a line for each; tells nothing of it."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from tests.load.bots import NAMES, OURS
from tests.load.export import Exported, exported
from tests.load.memory import Opened, opened
from tests.load.plan import Plan, crowds, side_by_side, thinkers
from tests.load.run import BotFailed, Load, Measured, run

Say = Callable[[str], None]

PARTS = {"naast-elkaar": side_by_side, "drukte": crowds, "denkers": thinkers}
MEMORY = "geheugen"
EXPORT = "uitvoer"
ALL = (*PARTS, MEMORY, EXPORT)


@dataclass
class Results:
    """What came of every load run, by round, the memory of each bot, and exports of many stories."""

    rounds: dict[Load, dict[int, Measured]] = field(default_factory=dict)
    memory: list[Opened] = field(default_factory=list)
    exports: list[Exported] = field(default_factory=list)

    def of(self, load: Load) -> dict[int, Measured]:
        """The runs of one kind, by round."""
        return self.rounds.get(load, {})


async def bench(plan: Plan, parts: Iterable[str], say: Say) -> Results:
    """Runs these parts of the plan; what a bot cannot do is said and left out."""
    results, wanted = Results(), frozenset(parts)
    for number in range(plan.rounds):
        for name, loads in PARTS.items():
            for load in loads(plan, number) if name in wanted else ():
                await _one(results, load, number, say)
    for bot in NAMES if MEMORY in wanted else ():
        say(f"geheugen van open gesprekken: {bot}")
        try:
            results.memory.append(await opened(bot, plan.opened if bot == OURS else plan.opened[:1]))
        except (BotFailed, TimeoutError) as failed:
            say(f"  liep niet: {failed}")
    for stories in plan.exported if EXPORT in wanted else ():
        say(f"uitvoer van {stories} verhalen")
        results.exports.append(await asyncio.to_thread(exported, stories))
    return results


async def _one(results: Results, load: Load, number: int, say: Say) -> None:
    what = f"ronde {number + 1}: {load.residents} bewoners, {load.mode}, {load.latency * 1000:.0f} ms, {load.bot}"
    try:
        measured = await run(load)
    except BotFailed as failed:
        say(f"{what}: liep niet: {failed}")
        return
    say(f"{what}: {measured.per_second:.0f} antwoorden/s, {measured.per_cpu:.0f} per cpu-seconde")
    # What each resident said has been audited; it would only take memory.
    results.rounds.setdefault(load, {})[number] = replace(measured, tellings=())
