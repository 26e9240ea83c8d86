"""A link as somebody fills it in on the form: what was typed, what it means, and what of it cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.staff.place_links import DAY_FORMATS, Wish, place_faults
from dialogs.daytime import AMSTERDAM

HELPED = "helper"


@dataclass(frozen=True)
class Filled:
    """The fields of the form, as they were typed. `once` is of that page alone: a button that is tapped twice sends it
    twice."""

    question_set: str = "bewoner"
    place: str = ""
    district: str = ""
    mode: str = "zelf"
    from_day: str = ""
    until_day: str = ""
    test: str = ""
    once: str = ""

    @property
    def wish(self) -> Wish:
        """What is asked for; a day that cannot be read is left out."""
        return Wish(
            self.question_set,
            self.place,
            self.district,
            helped=self.mode == HELPED,
            test=bool(self.test),
            from_day=day(self.from_day),
            until_day=day(self.until_day),
        )

    def unread(self) -> Iterator[str]:
        """A sentence for a place without a name, and for each day that cannot be read."""
        if not self.place:
            yield from place_faults(self.place)
        for name, typed in (("eerste", self.from_day), ("laatste", self.until_day)):
            if typed.strip() and day(typed) is None:
                yield f"De {name} dag kan ik niet lezen. Typ bijvoorbeeld: 31-12-2026."


def filled(fields: Mapping[str, str]) -> Filled:
    """The form out of what a browser sent."""
    return Filled(**{name: fields.get(name, "") for name in Filled.__dataclass_fields__})


def day(typed: str) -> date | None:
    """The day that was typed; None for none, and for what is no day."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(typed.strip(), form).replace(tzinfo=AMSTERDAM).date()
        except ValueError:
            continue
    return None
