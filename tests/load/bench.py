"""The benchmark: all that a plan measures, step by step, with a line for each; tells nothing of what it means."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic

from tests.bot.page_weight import Weighed
from tests.load.bots import NAMES, OURS
from tests.load.export import Exported, exported
from tests.load.formats import Formats, formats
from tests.load.memory import Opened, opened
from tests.load.plan import Plan, browsers, crowds, side_by_side, thinkers
from tests.load.progress import Progress
from tests.load.run import BotFailed, Load, Measured, run
from tests.load.weight import weighed

Say = Callable[[str], None]
"""Gets what goes on as it is, without an end of the line where it goes on."""

BROWSERS = "browsers"
PARTS = {"naast-elkaar": side_by_side, BROWSERS: browsers, "drukte": crowds, "denkers": thinkers}
MEMORY = "geheugen"
EXPORT, FORMATS = "uitvoer", "soorten"
ALL = (*PARTS, MEMORY, EXPORT, FORMATS)

AROUND_SECONDS = 2.5
"""What a load run takes beside what it measures: the bot starts, is told to stop, and its database is looked at."""

OPENED_A_SECOND, EXPORTED_A_SECOND, IN_EVERY_FORMAT_A_SECOND = 150, 700, 150
"""So many interviews are opened in a second, stories made and brought out, and brought out in all formats."""


@dataclass
class Results:
    """What came of every load run, by round, the memory of each bot, exports of many stories, and the first view."""

    rounds: dict[Load, dict[int, Measured]] = field(default_factory=dict)
    memory: list[Opened] = field(default_factory=list)
    exports: list[Exported] = field(default_factory=list)
    formats: list[Formats] = field(default_factory=list)
    weights: tuple[Weighed, ...] = ()

    def of(self, load: Load) -> dict[int, Measured]:
        """The runs of one kind, by round."""
        return self.rounds.get(load, {})


@dataclass(frozen=True)
class Step:
    """One thing that is measured: what it is, how long it may take, and how; that says in words what came of it."""

    what: str
    seconds: float
    measure: Callable[[Results], Awaitable[str]]


def steps(plan: Plan, parts: Collection[str]) -> Iterator[Step]:
    """All of these parts. What two of them ask for in one round is measured once."""
    for number in range(plan.rounds):
        asked: dict[Load, str] = {}
        for name in (name for name in PARTS if name in parts):
            for load in PARTS[name](plan, number):
                asked.setdefault(load, name)
        for load, name in asked.items():
            what = f"ronde {number + 1} van {plan.rounds}, {name}: {_named(load)}"
            yield Step(what, load.warm + load.seconds + AROUND_SECONDS, partial(_measured, load, number))
    if BROWSERS in parts:
        yield Step("gewicht van het eerste beeld", AROUND_SECONDS, _weighed)
    for bot in NAMES if MEMORY in parts else ():
        counts = plan.opened if bot == OURS else plan.opened[:1]
        what = f"geheugen van open gesprekken: {bot}"
        yield Step(what, 10.0 + max(counts) / OPENED_A_SECOND, partial(_opened, bot, counts))
    for stories in plan.exported if EXPORT in parts else ():
        yield Step(f"uitvoer van {stories} verhalen", 5.0 + stories / EXPORTED_A_SECOND, partial(_exported, stories))
    for stories in plan.exported[-1:] if FORMATS in parts else ():
        seconds = 5.0 + stories / IN_EVERY_FORMAT_A_SECOND
        yield Step(f"alle soorten van {stories} verhalen", seconds, partial(_in_every_format, stories))


async def bench(planned: Sequence[Step], results: Results, say: Say, known: Callable[[], None]) -> None:
    """Takes these steps into `results`; `known` is called after each. What a bot cannot do is said and left out."""
    progress, began = Progress([step.seconds for step in planned]), monotonic()
    for done, step in enumerate(planned):
        say(f"{progress.told(done, monotonic() - began)} {step.what}: ")
        try:
            say(f"{await step.measure(results)}\n")
        except (BotFailed, TimeoutError) as failed:
            say(f"liep niet: {failed}\n")
        known()


def _named(load: Load) -> str:
    thinking = f", {load.think:.0f} s denken" if load.think else ""
    return f"{load.residents} bewoners, {load.mode}, {load.latency * 1000:.0f} ms{thinking}, {load.bot}"


async def _measured(load: Load, number: int, results: Results) -> str:
    measured = await run(load)
    # What each resident said has been audited; it would only take memory.
    results.rounds.setdefault(load, {})[number] = replace(measured, tellings=())
    return f"{measured.per_second:.0f} antwoorden/s, {measured.per_cpu:.0f} per cpu-seconde"


async def _weighed(results: Results) -> str:
    results.weights = await weighed()
    return f"{sum(found.sent for found in results.weights) / 1000:.1f} kB"


async def _opened(bot: str, counts: tuple[int, ...], results: Results) -> str:
    found = await opened(bot, counts)
    results.memory.append(found)
    return ", ".join(f"{size / 1000:.2f} kB per gesprek bij {count}" for count, size in found.each())


async def _exported(stories: int, results: Results) -> str:
    found = await asyncio.to_thread(exported, stories)
    results.exports.append(found)
    return f"{found.middle('uitvoer', lambda one: one.seconds):.1f} s"


async def _in_every_format(stories: int, results: Results) -> str:
    found = await asyncio.to_thread(formats, stories)
    results.formats.append(found)
    return f"{sum(ours.seconds for ours, _ in found.runs.values()):.1f} s"
