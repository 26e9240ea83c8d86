"""The figures as Prometheus reads them; knows only numbers."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from prometheus_client.registry import Collector

from bot.figures import Figures, Spread
from storage.amounts import Amounts

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0
PREFIX = "vertelbot_"


def written(figures: Figures, waiting: Amounts | None, backup_age: float | None) -> bytes:
    """All figures of this moment; what is not known is left out."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Moment(figures, waiting, backup_age))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Moment(Collector):
    def __init__(self, figures: Figures, waiting: Amounts | None, backup_age: float | None) -> None:
        self._figures = figures
        self._waiting = waiting
        self._backup_age = backup_age

    def collect(self) -> Iterator[Metric]:
        yield from self._counted()
        yield _spread("turn_seconds", "How long turns took, kept and all.", self._figures.turns)
        yield _gauge("database_up", "Whether the database answers.", float(self._waiting is not None))
        yield _gauge("keeping", "Whether the last update could be kept.", float(self._figures.keeping))
        yield _gauge("standing_by", "Whether another program is in turn.", float(self._figures.standing_by))
        yield from self._measured()

    def _counted(self) -> Iterator[Metric]:
        figures = self._figures
        handled = CounterMetricFamily(f"{PREFIX}updates_handled", "Updates that were kept.", labels=["channel"])
        for channel, times in figures.handled.items():
            handled.add_metric([channel], times)
        yield handled
        aside = CounterMetricFamily(f"{PREFIX}updates_aside", "Updates that were set aside.", labels=["reason"])
        for reason, times in figures.aside.items():
            aside.add_metric([reason], times)
        yield aside
        failed = CounterMetricFamily(f"{PREFIX}turns_failed", "Turns that failed and come again.", labels=["kind"])
        for kind, times in figures.failed.items():
            failed.add_metric([kind], times)
        yield failed
        calls = CounterMetricFamily(f"{PREFIX}calls", "Calls to the Bot API.", labels=["kind", "outcome"])
        for labels, times in figures.calls.items():
            calls.add_metric(labels, times)
        yield calls

    def _measured(self) -> Iterator[Metric]:
        if self._waiting:
            yield _gauge("outbox", "Replies that were not delivered yet.", self._waiting.outbox)
            yield _gauge("drafts", "Interviews that are going on.", self._waiting.drafts)
        # Whoever was in turn before and stands by now hears nothing, and need not.
        if (age := self._figures.pulse.age) is not None and not self._figures.standing_by:
            yield _gauge("telegram_age_seconds", "Time since Telegram was last heard.", age)
        if self._backup_age is not None:
            yield _gauge("backup_age_seconds", "Time since the last backup.", self._backup_age)


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}{name}", told, value)


def _spread(name: str, told: str, spread: Spread) -> Metric:
    sums, total = [], 0
    for bound, count in zip((*spread.bounds, float("inf")), spread.counts, strict=True):
        total += count
        sums.append(("+Inf" if bound == float("inf") else str(bound), float(total)))
    return HistogramMetricFamily(f"{PREFIX}{name}", told, buckets=sums, sum_value=spread.sum)
