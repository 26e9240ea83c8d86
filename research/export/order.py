"""What was asked for, as one thing that can be kept and asked again; knows no story and no file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import Enum, auto

from pydantic import TypeAdapter, ValidationError

from research.export.asked import Asked
from research.export.safe_text import safe
from research.export.selecting import Selection
from research.export.tiers import LEAVING, Tier
from research.faults import UsageFault

MONDAY, SUNDAY = 0, 6
"""As the calendar of Python counts them."""

_SELECTION = TypeAdapter(Selection)


@dataclass(frozen=True)
class Order:
    """An export as it was asked for.

    `snapshot` is its id and `at` (aware) its moment; `software` the version of the program. `formats` are their names.
    `recipient` and `reason` are words of whoever asked, `by` is who that was.
    """

    snapshot: str
    at: datetime
    software: str
    tier: Tier = Tier.TABLES
    selection: Selection = field(default_factory=Selection)
    formats: tuple[str, ...] = ()
    recipient: str = ""
    reason: str = ""
    by: str = ""

    @property
    def folder(self) -> str:
        """What its folder is called inside a zip: the same however often it is made, and for whatever file."""
        return f"uitvoer-{self.snapshot}"


class Lack(Enum):
    """What may be wrong with an order, for whoever says it in the words of a command or of a page."""

    RECIPIENT = auto()
    REASON = auto()
    DAYS = auto()
    WEEKS = auto()


_TOLD = {
    Lack.RECIPIENT: "Zeg voor wie deze uitvoer is, zoals: --recipient 'Onderzoek, gemeente'",
    Lack.REASON: "Zeg waarom de verhalen nodig zijn zoals ze verteld zijn, zoals: --reason 'overeenkomst 12'",
    Lack.DAYS: "De eerste dag (--from) komt na de laatste (--until).",
    Lack.WEEKS: "In soort b staan weken en geen dagen. Kies bij --from een maandag, en bij --until een zondag.",
}


def lacks(order: Order) -> list[Lack]:
    """All that an order lacks for its tier."""
    since, until = order.selection.since, order.selection.until
    found = {
        Lack.RECIPIENT: LEAVING[order.tier].named and not order.recipient,
        Lack.REASON: order.tier is Tier.RAW and not order.reason,
        Lack.DAYS: bool(since and until and since > until),
        Lack.WEEKS: LEAVING[order.tier].coarse and not _of_whole_weeks(since, until),
    }
    return [lack for lack, is_so in found.items() if is_so]


def checked(order: Order) -> Order:
    """The order, with its words on one line each. `UsageFault` with all that it lacks for its tier."""
    order = replace(order, recipient=on_one_line(order.recipient), reason=on_one_line(order.reason))
    if faults := [_TOLD[lack] for lack in lacks(order)]:
        raise UsageFault("\n".join(faults))
    return order


def on_one_line(typed: str) -> str:
    """What somebody typed, as it can stand in a line of a list or a letter."""
    return " ".join(safe(typed).split())


def _of_whole_weeks(since: date | None, until: date | None) -> bool:
    """Whether a choice of days says no more than the weeks that stand beside the stories."""
    return (since is None or since.weekday() == MONDAY) and (until is None or until.weekday() == SUNDAY)


@dataclass(frozen=True)
class Then:
    """What was found for an order: how many stories were `left_out`, by reason, and when sets were `asked`."""

    left_out: Mapping[str, int]
    asked: Asked


def written(order: Order, found: Then) -> str:
    """What of it is kept with the export, with what was found for it."""
    kept = {
        "formats": list(order.formats),
        "selection": asdict(order.selection),
        "counted": dict(found.left_out),
        "asked": [[*version, *days] for version, days in sorted(found.asked.items())],
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, default=date.isoformat)


def again(order: Order, wish: str) -> tuple[Order, Then]:
    """The order with what was asked for then, and what was found then; the other way round from `written`."""
    kept = json.loads(wish)
    wanted = replace(order, selection=selection(kept["selection"]), formats=tuple(kept["formats"]))
    asked = {
        (name, version): (date.fromisoformat(first), date.fromisoformat(last))
        for name, version, first, last in kept.get("asked", [])
    }
    return wanted, Then(kept["counted"], asked)


def selection(typed: Mapping[str, object]) -> Selection:
    """A selection out of what was typed or kept, by name. `UsageFault` with each of them that is none."""
    try:
        return _SELECTION.validate_python(typed)
    except ValidationError as faults:
        strange = [fault["input"] for fault in faults.errors()]
        days = ", ".join(f"'{value}'" for value in strange)
        raise UsageFault(f"{days} is geen dag. Schrijf jaar, maand en dag, zoals 2026-03-01.") from None


def told(selection: Selection) -> Sequence[str]:
    """What was chosen, a Dutch phrase for each."""
    phrases = {
        "question_set": "vragenlijst {}",
        "since": "vanaf {}",
        "until": "tot en met {}",
        "area": "gebied {}",
        "link": "link {}",
        "language": "taal {}",
    }
    chosen = [words.format(value) for name, words in phrases.items() if (value := getattr(selection, name)) is not None]
    return [*chosen, *(["ook wat verteld is om te proberen"] if selection.with_test else [])]
