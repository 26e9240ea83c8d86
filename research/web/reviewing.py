"""Reviews that are going on in browsers: what a button means, and what is shown of it; keeps nothing in a database.

What somebody did to a story and did not keep yet is in memory only, for each browser one story. Every rule of a review
is in `research.deidentify.reviewing`.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import TypeVar

from dialogs.library import Library
from research.deidentify import reviewing
from research.deidentify.reviewing import Added, Changed, Event, Moved, Removed, Review, Undone
from storage.second_texts import Masked, SecondTexts
from storage.secrets import KeyRing

MOST = 100
"""Browsers of which anything is remembered; of more, the one that was used least lately begins anew."""

NOWHERE = "Deze woorden staan niet in het verhaal, of er staat al iets anders voor. Typ hele woorden zoals ze er staan."
ANEW = "Dit verhaal is intussen anders. Kijk het nog een keer na."
NO_WORDS = "Typ eerst welke woorden weg moeten."

Fields = Mapping[str, str]
Remembered = TypeVar("Remembered")


@dataclass(frozen=True)
class Slip:
    """Words that somebody typed and that could not be masked, what was to stand for them, and why that was not done."""

    said: str = field(repr=False)
    choice: str = field(repr=False)
    why: str


@dataclass
class Open:
    """A review in one browser. `seen`: the second texts as they were when it began.

    `notice`: to be read once. `slip`: to be mended, on the next page and on no other. `again`: the story was reviewed
    before, and waits for nobody.
    """

    review: Review
    seen: SecondTexts = field(repr=False)
    notice: str = ""
    slip: Slip | None = None
    again: bool = False

    @property
    def is_amiss(self) -> bool:
        """Whether there is something to read first."""
        return bool(self.notice or self.slip)

    def told(self) -> tuple[str, Slip | None]:
        """The notice and the slip, which are then no more."""
        said = self.notice, self.slip
        self.notice, self.slip = "", None
        return said

    def mark(self, keys: KeyRing) -> str:
        """What stands for all that is shown: a form holds it, and does nothing where something else is shown by now."""
        review = self.review
        shown = [review.story, review.at, [asdict(text) for text in review.texts]]
        return keys.mark("review shown", json.dumps(shown))

    def does(self, does: str, fields: Fields) -> None:
        """What a button stands for; one that is not known does nothing."""
        event = self._added(fields) if does == "voeg" else _EVENTS.get(does, _nothing)(fields)
        if event:
            self.review = reviewing.step(self.review, event)

    def may_be_kept(self) -> bool:
        """Whether the story may be kept so: with something in it that may never leave, no export would take it."""
        kinds = reviewing.left(self.review)
        if kinds:
            named = ", ".join(kinds).lower()
            self.notice = f"Zo kan dit verhaal niet weg. Er staat nog in: {named}. Voeg dat eerst toe."
        return not kinds

    def _added(self, fields: Fields) -> Event | None:
        said, shown = fields.get("said", ""), fields.get("choice", "")
        found = _first(self.review, said)
        if found is None:
            self.slip = Slip(said, shown, NOWHERE if said.strip() else NO_WORDS)
            return None
        text, start, end = found
        return Added(text, start, end, shown)


def _nothing(_fields: Fields) -> Event | None:
    return None


_EVENTS: Mapping[str, Callable[[Fields], Event | None]] = MappingProxyType(
    {
        "volgende": lambda fields: Moved(1),
        "vorige": lambda fields: Moved(-1),
        "laat": lambda fields: Removed(),
        "overal": lambda fields: Removed(everywhere=True),
        "verander": lambda fields: Changed(fields.get("choice", "")),
        "terug": lambda fields: Undone(),
    }
)


class Reviews:
    """Those of all browsers, each by the secret of its session, and which stories each of them passes over; of what was
    kept only which story was the last."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Open] = OrderedDict()
        self._skipped: OrderedDict[str, set[str]] = OrderedDict()
        self._last: OrderedDict[str, str] = OrderedDict()

    def of(self, browser: str, story_id: str) -> Open | None:
        """The review of this story that goes on in a browser."""
        found = self._open.get(browser)
        return found if found and found.review.story == story_id else None

    def begin(self, browser: str, review: Review, seen: SecondTexts) -> Open:
        """One begins, in the place of another."""
        begun = Open(review, seen)
        _remember(self._open, browser, begun)
        return begun

    def end(self, browser: str) -> None:
        """It is over, whatever came of it."""
        self._open.pop(browser, None)

    @property
    def browsers(self) -> set[str]:
        """All of which anything is remembered."""
        return {*self._open, *self._skipped, *self._last}

    def forget(self, browser: str) -> None:
        """Nothing is remembered of it any more."""
        self.end(browser)
        self.skip_none(browser)
        self._last.pop(browser, None)

    def keep(self, browser: str, story_id: str) -> None:
        """This story was kept."""
        _remember(self._last, browser, story_id)

    def last(self, browser: str) -> str:
        """The story that was kept last; "" where none was."""
        return self._last.get(browser, "")

    def skip(self, browser: str, story_id: str) -> None:
        """This one comes last."""
        _remember(self._skipped, browser, self._skipped.get(browser, set()) | {story_id})

    def skip_none(self, browser: str) -> None:
        """What was skipped comes again."""
        self._skipped.pop(browser, None)

    def coming(self, browser: str, waiting: list[str], after: str = "") -> list[str]:
        """The stories that were not skipped, in turn: first what comes after this one, which is none of them."""
        skipped = self._skipped.get(browser, set())
        left = [story for story in waiting if story not in skipped and story != after]
        return sorted(left, key=lambda story: story < after)


def _remember(of_each: OrderedDict[str, Remembered], browser: str, what: Remembered) -> None:
    of_each[browser] = what
    of_each.move_to_end(browser)
    while len(of_each) > MOST:
        of_each.popitem(last=False)


@dataclass(frozen=True)
class Piece:
    """A piece of a text. `masked`: something else stands for it, or it is that; `here`: it is pointed at."""

    words: str = field(repr=False)
    masked: bool = False
    here: bool = False


@dataclass(frozen=True)
class Side:
    """One text, as it was told and as it would leave; `name` is what its question is called."""

    name: str
    told: tuple[Piece, ...]
    leaves: tuple[Piece, ...]


def sides(review: Review, library: Library) -> list[Side]:
    """All texts of a story."""
    names = {item.id: item.name for questions in library.sets.values() for item in questions.questions}
    here = reviewing.focus(review)
    return [
        Side(
            names.get(text.question, text.question),
            tuple(_pieces(text, here[1] if here and here[0] == at else None, leaves=False)),
            tuple(_pieces(text, here[1] if here and here[0] == at else None, leaves=True)),
        )
        for at, text in enumerate(review.texts)
    ]


def _pieces(text: Masked, here: int | None, *, leaves: bool) -> Iterator[Piece]:
    after = 0
    for at, mask in enumerate(text.masks):
        yield Piece(text.typed[after : mask.start])
        yield Piece(mask.words if leaves else text.typed[mask.start : mask.end], masked=True, here=at == here)
        after = mask.end
    yield Piece(text.typed[after:])


def _first(review: Review, said: str) -> tuple[int, int, int] | None:
    """Where these words stand first that nothing stands for yet: which text, from where up to where."""
    found = ((at, *span) for at, text in enumerate(review.texts) for span in reviewing.unmasked(text, said))
    return next(found, None)
