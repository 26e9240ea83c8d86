"""The goals for speed, each with what was measured and whether it is met; knows no bot and measures nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from tests.load.bench import Results
from tests.load.bots import MODES, OURS, PEERS
from tests.load.export import EXPORT
from tests.load.plan import FAR, THINK, USUAL
from tests.load.run import Load, Measured

ECHO, CONVERSATION = "ptb-echo", "ptb-gesprek"
Figure = Callable[[Measured], float]


@dataclass(frozen=True)
class Goal:
    """What was to be reached, what was measured, and whether that is enough; None where it was not measured."""

    wanted: str
    found: str
    met: bool | None


@dataclass(frozen=True)
class Kind:
    """Load runs that differ only in the bot and how long they took."""

    mode: str
    residents: int = USUAL
    latency: float = 0.0
    think: float = 0.0

    def of(self, results: Results, bot: str) -> dict[int, Measured]:
        """The runs of one bot, by round."""
        for load, found in results.rounds.items():
            if load.bot == bot and self == kind(load):
                return found
        return {}


def kind(load: Load) -> Kind:
    """Of which kind a load run is."""
    return Kind(load.mode, load.residents, load.latency, load.think)


def middle(found: dict[int, Measured], figure: Figure) -> float | None:
    """The median over the rounds; None where there was none."""
    return median(figure(measured) for measured in found.values()) if found else None


def ratio(results: Results, of: Kind, peer: str, figure: Figure) -> float | None:
    """Ours as a multiple of a peer's in the same round, the median of the rounds."""
    return multiple(of.of(results, OURS), of.of(results, peer), figure)


def multiple(ours: dict[int, Measured], theirs: dict[int, Measured], figure: Figure) -> float | None:
    """The one as a multiple of the other in the same round, the median of the rounds."""
    both = [figure(ours[number]) / figure(theirs[number]) for number in ours.keys() & theirs.keys()]
    return median(both) if both else None


def goals(results: Results) -> Iterator[Goal]:
    """All of them."""
    yield _kept(results)
    for mode in MODES:
        for peer, least in {**dict.fromkeys(PEERS, 1.0), ECHO: 3.0, CONVERSATION: 4.0}.items():
            yield _cheaper(results, mode, peer, least)
    for mode in MODES:
        yield _faster(results, mode)
    near = Kind("webhook", latency=0.05)
    yield _within(results, near, 0.5, 0.07)
    yield _within(results, near, 0.99, 0.11)
    for people in (150, 500):
        yield _within(results, Kind("webhook", people, FAR, THINK), 0.99, FAR + 0.03)
    for mode in MODES:
        yield _holds(results, mode)
    yield _small(results)
    yield _light(results)
    yield _exported(results)
    yield _flat(results)


def _kept(results: Results) -> Goal:
    audits = [run.audit for found in results.rounds.values() for run in found.values() if run.audit]
    lost = sum(audit.missing + audit.misfiled + audit.unsent for audit in audits)
    seen = sum(audit.acknowledged for audit in audits)
    stuck = sum(run.stuck for load, found in results.rounds.items() if load.bot == OURS for run in found.values())
    told = f"{seen} bevestigde antwoorden nagekeken: {lost} kwijt of anders bewaard; {stuck} bewoners bleven hangen"
    return Goal("elk antwoord vastgelegd", told, lost == 0 and stuck == 0 if seen else None)


def _cheaper(results: Results, mode: str, peer: str, least: float) -> Goal:
    found = ratio(results, Kind(mode), peer, lambda measured: measured.per_cpu)
    wanted = f"meer dan {peer}" if least == 1.0 else f"ten minste {least:.0f} x {peer}"
    return _goal(
        f"antwoorden per cpu-seconde, {mode}: {wanted}", found, lambda x: x >= least if least > 1 else x > 1, "x"
    )


def _faster(results: Results, mode: str) -> Goal:
    found = ratio(results, Kind(mode, latency=0.05), CONVERSATION, lambda measured: measured.per_second)
    wanted = f"antwoorden per seconde bij 50 ms, {mode}: ten minste 20 x {CONVERSATION}"
    return _goal(wanted, found, lambda x: x >= 20, "x")


def _within(results: Results, of: Kind, share: float, seconds: float) -> Goal:
    found = middle(of.of(results, OURS), lambda measured: measured.quantile(share))
    people = f"{of.residents} mensen die {of.think:.0f} s denken" if of.think else f"{of.residents} bewoners"
    wanted = f"{people}, webhook, {of.latency * 1000:.0f} ms: p{share * 100:.0f} hooguit {seconds * 1000:.0f} ms"
    return _goal(wanted, None if found is None else found * 1000, lambda x: x <= seconds * 1000, " ms")


def _holds(results: Results, mode: str) -> Goal:
    usual = middle(Kind(mode).of(results, OURS), lambda measured: measured.per_second)
    crowd = middle(Kind(mode, 2_000).of(results, OURS), lambda measured: measured.per_second)
    found = crowd / usual if usual and crowd else None
    wanted = f"geen instorting, {mode}: met 2.000 bewoners ten minste 0,7 x de antwoorden per seconde van 50"
    return _goal(wanted, found, lambda x: x >= 0.7, "x")


def _small(results: Results) -> Goal:
    each = [size for found in results.memory if found.bot == OURS for _, size in found.each()]
    return _goal(
        "minder dan 4 kB geheugen per open gesprek", max(each) / 1000 if each else None, lambda x: x < 4, " kB"
    )


def _light(results: Results) -> Goal:
    sent = sum(found.sent for found in results.weights) / 1000
    return _goal("eerste beeld in de browser: hooguit 60 kB", sent or None, lambda x: x <= 60, " kB")


def _exported(results: Results) -> Goal:
    most = results.exports[-1] if results.exports else None
    found = most.ratio(EXPORT, lambda run: run.seconds) if most else None
    return _goal("uitvoer van de meeste verhalen: hooguit 3 x de tijd van een dump", found, lambda x: x <= 3, "x")


def _flat(results: Results) -> Goal:
    peaks = [max(run.peak for run in found.runs[EXPORT]) for found in results.exports]
    grown = max(peaks) / min(peaks) if len(peaks) > 1 else None
    return _goal("uitvoer van meer verhalen: hooguit 1,1 x zo groot", grown, lambda x: x < 1.1, "x")


def _goal(wanted: str, found: float | None, is_met: Callable[[float], bool], unit: str) -> Goal:
    if found is None:
        return Goal(wanted, "niet gemeten", None)
    return Goal(wanted, f"{found:.2f}{unit}".replace(".", ","), is_met(found))
