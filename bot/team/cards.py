"""A link as it stands on a page for staff: in words, with what can be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.staff.addresses import Addresses
from bot.staff.place_links import area_named
from counting.places import NAMELESS, district_named, districts
from dialogs.areas import Area
from dialogs.library import Library
from dialogs.questions import Option, QuestionSet
from storage.links import Made, Pause


class State(StrEnum):
    """Whether a link works now, and why not."""

    BURST = "burst"
    WORKS = "works"
    PAUSED = "paused"
    EARLY = "early"
    OVER = "over"


@dataclass(frozen=True)
class Card:
    """One link. Days are written as people say them, "" for none; `in_letters`: its address as somebody types it."""

    code: str
    name: str
    district: str
    area: str
    asked: str
    state: State
    helped: bool
    test: bool
    from_day: str
    until_day: str
    in_browser: str
    in_telegram: str

    @property
    def in_letters(self) -> str:
        """The address for a browser, without what every browser puts before it by itself."""
        return self.in_browser.removeprefix("https://")

    @property
    def is_over(self) -> bool:
        """Whether its last day was before today."""
        return self.state is State.OVER

    @property
    def is_still(self) -> bool:
        """Whether somebody, or too many people at once, made it stand still."""
        return self.state in (State.BURST, State.PAUSED)


@dataclass(frozen=True)
class Cards:
    """Makes them, in the words of a library."""

    library: Library
    addresses: Addresses

    def of(self, link: Made, today: date) -> Card:
        """One link, on this day."""
        questions = self.library.newest(link.question_set)
        return Card(
            code=link.code,
            name=link.place or NAMELESS,
            district=district_named(questions, link.district),
            area=area_named(self.library, link.area),
            asked=questions.title if questions else link.question_set,
            state=_state(link, today),
            helped=link.helped,
            test=link.test,
            from_day=_said(link.from_day),
            until_day=_said(link.until_day),
            in_browser=self.addresses.in_browser(link.code),
            in_telegram=self.addresses.in_telegram(link.code),
        )

    def sets(self) -> list[QuestionSet]:
        """The question sets that a link may lead to, that of residents first."""
        names = dict.fromkeys(["bewoner", *sorted({name for name, _ in self.library.sets})])
        return [found for name in names if (found := self.library.newest(name))]

    def districts(self) -> list[tuple[Option, tuple[Area, ...]]]:
        """What a link may be for in any of them: a district, or one of its areas."""
        found = {option.id: option for questions in self.sets() for option in districts(questions)}
        return [(option, self.library.areas.within(option.id)) for option in found.values()]


def in_order(cards: Iterable[Card]) -> tuple[list[Card], list[Card]]:
    """Those that are not over, alarms first, and those that are."""
    shown = list(cards)
    alarms = [card for card in shown if card.state is State.BURST]
    others = [card for card in shown if card.state is not State.BURST and not card.is_over]
    return [*alarms, *others], [card for card in shown if card.is_over]


def _state(link: Made, today: date) -> State:
    if link.is_over_on(today):
        return State.OVER
    if link.paused is Pause.BURST:
        return State.BURST
    if link.paused:
        return State.PAUSED
    return State.WORKS if link.works_on(today) else State.EARLY


def _said(day: date | None) -> str:
    return f"{day.day}-{day.month}-{day.year}" if day else ""
