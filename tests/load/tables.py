"""The outcome of the benchmark as tables of plain text, in Dutch; knows no bot and measures nothing."""

from collections.abc import Iterable, Iterator, Sequence

from tests.load import formats
from tests.load.bench import Results
from tests.load.bots import BROWSER, MODES, NAMES, OURS, WEB_MODES
from tests.load.export import lines
from tests.load.goals import Goal, Kind, goals, kind, middle, multiple, ratio
from tests.load.memory import Opened
from tests.load.run import Measured, quantile
from tests.load.script import steps

KB = 1000
MIB = 1024 * 1024
SHARES = (0.5, 0.95, 0.99)
TIMES = ("p50 ms", "p95 ms", "p99 ms")
HEAD = ("bot", "antw/s", "per cpu-s", "wij/deze", *TIMES, "aanr/gesprek", "geheugen MiB")
WEB_HEAD = ("wie", "antw/s", "per cpu-s", "browser/deze", "per cpu-s", *TIMES, "aanr/gesprek", "geheugen MiB")


def tables(results: Results) -> str:
    """Everything: a table for each kind of load, the web chat, the memory, and the goals."""
    blocks = [_table(results, of) for of in _kinds(results)]
    return "\n\n".join(
        [
            *blocks,
            *_browsers(results),
            *_waits(results),
            *_weights(results),
            *_memory(results.memory),
            *_exports(results),
            *_formats(results),
            _goals(goals(results)),
        ]
    )


def _kinds(results: Results) -> list[Kind]:
    found = {kind(load) for load in results.rounds if load.mode in MODES}
    return sorted(found, key=lambda of: (of.think, of.latency, MODES.index(of.mode), of.residents))


def _table(results: Results, of: Kind) -> str:
    thinking = f", {of.think:.0f} s denken" if of.think else ""
    title = f"{of.residents} bewoners, {of.mode}, {of.latency * 1000:.0f} ms naar de Bot API{thinking}"
    rows = [_row(results, of, bot) for bot in NAMES if of.of(results, bot)]
    return "\n".join([title, *_aligned([HEAD, *rows])])


def _row(results: Results, of: Kind, bot: str) -> tuple[str, ...]:
    found = of.of(results, bot)
    beside = None if bot == OURS else ratio(results, of, bot, lambda measured: measured.per_cpu)
    return (bot, *_rates(found), _figure(beside, 2), *_costs(found))


def _browsers(results: Results) -> Iterator[str]:
    """Browsers, with as many residents on Telegram below them."""
    numbers = sorted({load.residents for load in results.rounds if load.mode in WEB_MODES})
    rows = [row for residents in numbers for row in _web_rows(results, residents)]
    if rows:
        title = "browsers, en evenveel bewoners op Telegram (0 ms naar de Bot API)"
        yield "\n".join([title, *_aligned([WEB_HEAD, *rows])])


def _web_rows(results: Results, residents: int) -> Iterator[tuple[str, ...]]:
    browsers = Kind(BROWSER, residents).of(results, OURS)
    for mode in (*WEB_MODES, *MODES):
        found = Kind(mode, residents).of(results, OURS)
        if found:
            beside = [multiple(browsers, found, figure) for figure in (lambda m: m.per_second, lambda m: m.per_cpu)]
            told = ["" if mode == BROWSER else _figure(value, 2) for value in beside]
            yield (f"{residents} {mode}", *_rates(found), *told, *_costs(found))


def _waits(results: Results) -> Iterator[str]:
    """How long one browser alone waits for the first byte of each kind of request."""
    rows = [row for mode in WEB_MODES for row in _waited(Kind(mode, 1).of(results, OURS))]
    if rows:
        yield "\n".join(["tijd tot de eerste byte, met één browser", *_aligned([("verzoek", *TIMES), *rows])])


def _waited(found: dict[int, Measured]) -> Iterator[tuple[str, ...]]:
    for name in dict.fromkeys(name for measured in found.values() for name in measured.waits):
        mode = next(iter(found.values())).load.mode
        yield (f"{name}, {mode}", *(_figure(_wait(found, name, share), 1) for share in SHARES))


def _wait(found: dict[int, Measured], name: str, share: float) -> float | None:
    return middle(found, lambda measured: quantile(measured.waits.get(name, ()), share) * 1000)


def _weights(results: Results) -> Iterator[str]:
    """The first view of the web chat."""
    if results.weights:
        rows = [(found.path, str(found.whole), str(found.sent)) for found in results.weights]
        total = [str(sum(sizes)) for sizes in zip(*((w.whole, w.sent) for w in results.weights), strict=True)]
        head = ("gewicht van het eerste beeld", "bytes", "verstuurd")
        yield "\n".join(_aligned([head, *rows, ("samen", *total)]))


def _rates(found: dict[int, Measured]) -> tuple[str, ...]:
    return (
        _figure(middle(found, lambda measured: measured.per_second), 0),
        _figure(middle(found, lambda measured: measured.per_cpu), 0),
    )


def _costs(found: dict[int, Measured]) -> tuple[str, ...]:
    return (
        *(_figure(_milliseconds(found, share), 1) for share in SHARES),
        _figure(middle(found, calls_per_interview) if _whole(found) else None, 1),
        _figure(middle(found, lambda measured: measured.peak / MIB), 0),
    )


def _milliseconds(found: dict[int, Measured], share: float) -> float | None:
    return middle(found, lambda measured: measured.quantile(share) * 1000)


def _whole(found: dict[int, Measured]) -> bool:
    """Whether residents came to the end: of the first questions alone nothing is told about an interview."""
    return all(measured.interviews for measured in found.values())


def calls_per_interview(measured: Measured) -> float:
    """Calls of the Bot API for a whole interview, without those that fetch updates."""
    made = sum(amount for name, amount in measured.calls.items() if name != "getUpdates")
    return made / measured.answers * len(steps()) if measured.answers else 0.0


def _memory(found: Sequence[Opened]) -> Iterator[str]:
    if found:
        rows = [
            (item.bot, f"{item.empty / MIB:.1f}", str(count), f"{size / KB:.2f}")
            for item in found
            for count, size in item.each()
        ]
        head = ("bot", "leeg MiB", "open gesprekken", "kB per gesprek")
        yield "\n".join(["geheugen van gesprekken die open staan", *_aligned([head, *rows])])


def _exports(results: Results) -> Iterator[str]:
    if results.exports:
        rows = [f"  {line}" for found in results.exports for line in lines(found)]
        yield "\n".join(["uitvoer van alle verhalen, naast een dump van dezelfde rijen", *rows])


def _formats(results: Results) -> Iterator[str]:
    for found in results.formats:
        rows = [f"  {line}" for line in formats.lines(found)]
        yield "\n".join(["elke soort uitvoer, naast de snelste die er kaal een schrijft", *rows])


def _goals(found: Iterable[Goal]) -> str:
    marks = {True: "gehaald", False: "NIET gehaald", None: "-"}
    rows = [(marks[goal.met], goal.wanted, goal.found) for goal in found]
    return "\n".join(["doelen", *(f"  {mark:<13} {wanted}: {told}" for mark, wanted, told in rows)])


def _figure(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["  " + "  ".join(_cell(row, at, widths[at]) for at in range(len(row))) for row in rows]


def _cell(row: tuple[str, ...], at: int, width: int) -> str:
    return f"{row[at]:>{width}}" if at else f"{row[at]:<{width}}"
