"""How much every story may show of its teller, in all exports for one recipient; knows no file and no database.

A plan is made over everybody who may leave, before anybody is chosen, and what a recipient was not shown before stays
hidden. So whoever lays exports side by side knows of a teller no more than one of them tells, and that fits enough of
them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.library import Library
from research.export.coarsening import HIDDEN, LANGUAGE, LINK, Known, coarsen, together
from research.export.outgoing import areas_by, known_by, known_of
from research.export.selecting import LeftOut, Selection
from storage.stories import Story

Attributes = Mapping[str, Sequence[str]]
"""By set what a teller is known by, in the order in which it is hidden."""

HiddenTo = Mapping[str, Iterable[str]]
"""Of a story, by its id, the attributes up to which one or another export for the recipient hid it."""


Somebody = tuple[str, str]
"""The id of a set and a teller in it. In another set the same teller has another name in what leaves."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story with what its teller is known by, in the order of `Attributes`."""

    question_set: str
    teller: str
    known: Known

    @property
    def somebody(self) -> Somebody:
        """Whose it is."""
        return self.question_set, self.teller

    def hiding(self, number: int) -> "Told":
        """With so many of its attributes hidden, from the first on."""
        return replace(self, known=(HIDDEN,) * number + self.known[number:])


def attributes_of(library: Library) -> Attributes:
    """What tellers are known by, of all versions of a set together."""
    versions = defaultdict(list)
    for key in sorted(library.sets):
        versions[key[0]].append(library.sets[key])
    return {name: known_by(questions) for name, questions in versions.items()}


def told(story: Story, attributes: Attributes) -> Told:
    """What a plan has to know of a story."""
    return Told(story.question_set, story.teller, known_of(story, attributes[story.question_set]))


@dataclass(frozen=True)
class Plan:
    """What each of these stories, by id, may show. Set by set: which one a story was told for is seen anyway."""

    attributes: Attributes
    stories: Mapping[str, Told]

    def after(self, before: HiddenTo) -> "Plan":
        """Of everybody: hidden is what was hidden `before`, and what fits too few."""
        stories = {key: self._as_before(item, before.get(key, ())) for key, item in self.stories.items()}
        return self._coarse(stories)

    def of(self, stories: Collection[str]) -> "Plan":
        """Of these alone: hidden is what is hidden already, and what fits too few of them by themselves."""
        return self._coarse({key: item for key, item in self.stories.items() if key in stories})

    def shown(self, story: str) -> Mapping[str, str]:
        """The value of every attribute of a story as it may leave."""
        item = self.stories[story]
        return dict(zip(self.attributes[item.question_set], item.known, strict=True))

    def why_not(self, story: str, selection: Selection) -> LeftOut | None:
        """Why a story is not among those that are asked for of their teller: by what it shows, or by its not showing.

        By anything else, the choice would tell what the story hides.
        """
        shown = self.shown(story)
        areas = areas_by(self.attributes[self.stories[story].question_set])
        where = {LeftOut.OTHER_AREA: areas, LeftOut.OTHER_LINK: [LINK], LeftOut.OTHER_LANGUAGE: [LANGUAGE]}
        for reason, wanted in selection.of_teller.items():
            found = {shown[name] for name in where[reason]}
            if wanted not in found:
                return LeftOut.NOT_SHOWN if HIDDEN in found else reason
        return None

    @property
    def hidden(self) -> Mapping[str, Mapping[str, int]]:
        """By set how many stories do not show each attribute."""
        sets: dict[str, list[Known]] = defaultdict(list)
        for item in self.stories.values():
            sets[item.question_set].append(item.known)
        return {
            name: {
                attribute: sum(values[place] == HIDDEN for values in known)
                for place, attribute in enumerate(self.attributes[name])
            }
            for name, known in sets.items()
        }

    @property
    def hidden_to(self) -> Mapping[str, str]:
        """Of every story that does not show all: the last attribute that is hidden."""
        number = {key: item.known.count(HIDDEN) for key, item in self.stories.items()}
        return {key: self.attributes[self.stories[key].question_set][last - 1] for key, last in number.items() if last}

    def _as_before(self, item: Told, hidden_to: Iterable[str]) -> Told:
        """An attribute that is there no more cannot be counted up to: then all of them stay hidden."""
        order = self.attributes[item.question_set]
        last = max((order.index(name) + 1 if name in order else len(order) for name in hidden_to), default=0)
        return item.hiding(last)

    def _coarse(self, stories: Mapping[str, Told]) -> "Plan":
        hidden = _hidden(stories)
        return Plan(self.attributes, {key: item.hiding(hidden[item.somebody]) for key, item in stories.items()})


def _hidden(stories: Mapping[str, Told]) -> Mapping[Somebody, int]:
    """How many attributes every teller has to hide."""
    sets: dict[str, dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
    for item in stories.values():
        sets[item.question_set][item.teller].append(item.known)
    tellers = {name: coarsen({key: together(known) for key, known in of.items()}) for name, of in sets.items()}
    return {(name, key): known.count(HIDDEN) for name, of in tellers.items() for key, known in of.items()}
