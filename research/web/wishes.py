"""An export as somebody fills it in on a page: what a browser sent, and all that is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from dialogs.clean import clean_text
from research.export.archive import key_of
from research.export.content import Format
from research.export.formats.every import available, lacking, of_tier
from research.export.order import Lack, Order, lacks, on_one_line, selection
from research.export.selecting import Selection
from research.export.tiers import Tier
from research.exporting import new_snapshot
from research.faults import UsageFault

FORMAT = "format."
"""What the name of a field begins with, before that of a format."""

LONGEST = 300
"""Of a recipient or a reason."""

CHOSEN = ("question_set", "since", "until", "area", "link", "language")
"""The fields of a selection, as they are named in it too."""

_STRANGE = "Een van de bestanden die u koos, kunnen wij hier niet maken. Kies ze opnieuw."

_SAID = {
    Lack.RECIPIENT: "Vul in voor wie deze uitvoer is.",
    Lack.REASON: "Vul in waarom u de verhalen nodig hebt zoals ze verteld zijn.",
    Lack.DAYS: "De laatste dag ligt vóór de eerste. Draai ze om.",
    Lack.WEEKS: "Bij b staan er weken en geen dagen. Begin op een maandag, en eindig op een zondag.",
}


@dataclass(frozen=True)
class Wish:
    """The fields as they were typed."""

    tier: str = Tier.TABLES.value
    recipient: str = ""
    reason: str = ""
    key: str = ""
    with_test: bool = False
    formats: frozenset[str] = frozenset()
    chosen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType(dict.fromkeys(CHOSEN, "")))

    def order(self, at: datetime, software: str, by: str) -> tuple[Order, list[str]]:
        """What is asked for, and all that is wrong with it, a sentence each."""
        faults = []
        try:
            tier = Tier(self.tier)
        except ValueError:
            tier = Tier.TABLES
            faults.append("Kies wat u wilt hebben.")
        try:
            typed = {name: value for name, value in self.chosen.items() if value}
            chosen = selection({**typed, "with_test": self.with_test})
        except UsageFault:
            chosen = Selection()
            faults.append("Een dag kan ik niet lezen. Schrijf jaar, maand en dag. Bijvoorbeeld: 2026-03-01.")
        if self.key:
            try:
                key_of(self.key)
            except UsageFault as fault:
                faults.append(str(fault))
        if self.formats - {item.name for item in offered()}:
            faults.append(_STRANGE)
        order = Order(new_snapshot(at), at, software, tier, chosen, recipient=self.recipient, reason=self.reason, by=by)
        return order, [*faults, *(_SAID[lack] for lack in lacks(order))]

    def wanted(self, tier: Tier) -> tuple[Format, ...]:
        """The formats that were ticked, of those that the tier has; all of them where none was."""
        names = {item.name for item in of_tier(tier)}
        return available(",".join(sorted(self.formats & names)), tier)

    @property
    def locks(self) -> tuple[str, ...]:
        """The key for whom alone it can be opened."""
        return (self.key,) if self.key else ()


def wish(fields: Mapping[str, str]) -> Wish:
    """The wish out of what a browser sent."""
    words = {name: on_one_line(clean_text(fields.get(name, "")))[:LONGEST] for name in ("recipient", "reason", *CHOSEN)}
    return Wish(
        tier=fields.get("tier", ""),
        recipient=words["recipient"],
        reason=words["reason"],
        key=fields.get("key", "").strip(),
        with_test=bool(fields.get("with_test")),
        formats=frozenset(name.removeprefix(FORMAT) for name in fields if name.startswith(FORMAT)),
        chosen={name: words[name] for name in CHOSEN},
    )


def offered() -> Sequence[Format]:
    """The formats of stories that can be made here."""
    return [item for item in of_tier(Tier.RAW) if not lacking(item)]
