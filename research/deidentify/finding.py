"""All that may lead to a person in one text, by every rule there is; knows no story and no database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dialogs.personal.no_names import COMMON, KNOWN
from dialogs.personal.seeing import see
from research.deidentify import around, dates, names, persons, stays, streets, structured
from research.deidentify.kinds import Finding
from research.deidentify.masking import apart
from research.deidentify.pieces import words
from research.deidentify.vocabulary import Vocabulary, vocabulary

RULES = "2"
"""The version of the rules: one more whenever they find something else, so that what nobody reviewed is made anew."""


@dataclass(frozen=True)
class Finder:
    """Finds with our own rules, and with those of deduce."""

    known: Vocabulary
    persons: persons.Persons

    def find(self, text: str) -> tuple[Finding, ...]:
        """What may lead to a person in `text`, in order, none over another; ends and starts in code points."""
        seen = see(text)
        ours = (
            Finding(*seen.typed(item.start, item.end), item.kind, item.rule)
            for rule in self._rules()
            for item in rule(seen.text)
        )
        return apart([*ours, *self._people(text)])

    def _rules(self) -> Iterator[Callable[[str], Iterator[Finding]]]:
        yield structured.surest
        yield structured.numbers
        yield structured.addresses
        yield dates.dates
        yield dates.ages
        yield streets.codes
        yield lambda text: streets.streets(text, self.known)
        yield lambda text: stays.stays(text, self.known)
        yield lambda text: names.names(text, self.known)

    def _people(self, text: str) -> Iterator[Finding]:
        """What deduce takes for a person, without the title, and without what is no name in what residents write."""
        for item in self.persons(names.without_called_after(text)):
            said = words(text[item.start : item.end])
            while said and (said[0].low in around.BEFORE or (said[1:] and said[1].low in around.TITLES)):
                said = said[1:]
            while said and not self._is_name(said[-1].low):
                said = said[:-1]
            if any(self._is_name(word.low) for word in said):
                yield Finding(item.start + said[0].start, item.start + said[-1].end, item.kind, item.rule)

    def _is_name(self, word: str) -> bool:
        if word in COMMON or word in KNOWN or word in around.ROLES or len(word) < 2:
            return False
        return word not in self.known.words and word not in self.known.usual_words


def load() -> Finder:
    """The finder; `ConfigurationFault` where deduce is not installed."""
    return Finder(vocabulary(persons.lists()), persons.load())
