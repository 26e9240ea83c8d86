"""How plain a Dutch text is, as a list of faults; it may not know where a text comes from.

The thresholds are lower bounds on difficulty: a text without faults is not proven plain, for
only a reader can show that. They follow the Pharos checklist for readable information (short
sentences, everyday words, active voice, nothing figurative, one question at a time), the norms
of Douma for reading ease, and the counts of wordfreq for how common a word is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.plainness.reading import (
    bullets,
    mean_sentence,
    reading_ease,
    sentences,
    without_headings,
    words,
)
from tests.plainness.wording import (
    avoided,
    explained,
    figurative,
    informal,
    passive,
    rare_words,
    wording,
)

SHORT_BELOW = 15
LONG_WORD = 10


class Rule(StrEnum):
    """What a text can break, in the words that the report uses."""

    LONGEST_SENTENCE = "langste zin (woorden)"
    MEAN_SENTENCE = "gemiddelde zin (woorden)"
    READING_EASE = "leesgemak (Flesch-Douma)"
    RARE_WORDS = "zeldzame woorden"
    LONG_WORDS = "lange woorden (procent)"
    AVOIDED = "woorden om te vermijden"
    FIGURATIVE = "beeldspraak"
    PASSIVE = "lijdende vorm"
    QUESTIONS = "vragen in één bericht"
    BULLETS = "punten in één bericht"
    LENGTH = "woorden in één bericht"
    BUTTON_LENGTH = "tekens op een knop"
    BUTTON_RARE = "zeldzame woorden op een knop"
    INFORMAL = "je of jij in plaats van u"


@dataclass(frozen=True)
class Readable:
    """A text as one message shows it, with its button labels.

    `kind` is "" or one of consent, help, crisis, privacy: the messages that may be longer.
    """

    id: str
    text: str
    buttons: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Profile:
    """The thresholds for one group of readers; shares are percentages of the words in a text."""

    name: str
    longest_sentence: int
    mean_sentence: float
    reading_ease: float
    rare_when_short: int
    rare_share: float
    long_share: float
    words: int
    rare_when_longer: int = 1
    questions: int = 1
    bullets: int = 3
    button_length: int = 28


RESIDENT = Profile("resident", 12, 9, 75, 0, 5, 8, 50)
PROFESSIONAL = Profile("professional", 16, 12, 65, 1, 8, 10, 80)
PROFILES: Mapping[str, Profile] = {each.name: each for each in (RESIDENT, PROFESSIONAL)}

# Consent must by law say more than three things and ask for two; help lists what can be done.
WORDS_BY_KIND: Mapping[str, int] = {"help": 80, "consent": 80, "crisis": 80, "privacy": 170}
QUESTIONS_BY_KIND: Mapping[str, int] = {"consent": 2}
BULLETS_BY_KIND: Mapping[str, int] = {"consent": 7, "help": 4}


@dataclass(frozen=True)
class Fault:
    """One broken rule: where, what was found, what is allowed, and the words it is about."""

    id: str
    rule: Rule
    found: float
    allowed: float
    about: str = ""

    def __str__(self) -> str:
        bound = "minstens" if self.rule is Rule.READING_EASE else "hoogstens"
        numbers = f"{_dutch(self.found)} gevonden, {bound} {_dutch(self.allowed)} toegestaan"
        return f"{self.id}: {self.rule}: {numbers}" + (f" – {self.about}" if self.about else "")


def faults(text: Readable, profile: Profile) -> list[Fault]:
    """Every rule of `profile` that the text or one of its buttons breaks; empty when none."""
    found = [*_size(text, profile), *_wording(text, profile), *_buttons(text, profile)]
    return [*found, *_difficulty(text, profile)] if words(text.text) else found


def _size(text: Readable, profile: Profile) -> Iterator[Fault]:
    limit = max(profile.words, WORDS_BY_KIND.get(text.kind, 0))
    yield from _above(text, Rule.LENGTH, len(words(text.text)), limit)
    limit = BULLETS_BY_KIND.get(text.kind, profile.bullets)
    yield from _above(text, Rule.BULLETS, bullets(text.text), limit)
    asked = _questions(text)
    limit = QUESTIONS_BY_KIND.get(text.kind, profile.questions)
    yield from _above(text, Rule.QUESTIONS, len(asked), limit, " | ".join(asked))


def _questions(text: Readable) -> list[str]:
    """The sentences that ask for an answer: no condition, and no heading of the privacy text."""
    found = sentences(without_headings(text.text) if text.kind == "privacy" else text.text)
    return [
        sentence
        for sentence, after in zip(found, [*found[1:], ""], strict=True)
        if sentence.rstrip("\"'»”) ").endswith("?") and not _is_condition(sentence, after)
    ]


def _is_condition(sentence: str, after: str) -> bool:
    """A question without a question word, followed by what to do: "Is er gevaar? Bel 112." """
    first, then = words(sentence)[0], (words(after) or [""])[0]
    return first not in wording().question_words and then in wording().instructions


def _difficulty(text: Readable, profile: Profile) -> Iterator[Fault]:
    longest = max(sentences(text.text), key=lambda sentence: len(words(sentence)))
    count = len(words(longest))
    yield from _above(text, Rule.LONGEST_SENTENCE, count, profile.longest_sentence, longest)
    yield from _above(text, Rule.MEAN_SENTENCE, mean_sentence(text.text), profile.mean_sentence)
    rare = rare_words(text.text)
    yield from _above(text, Rule.RARE_WORDS, len(rare), _rare(text, profile), _listed(rare))
    if len(words(text.text)) >= SHORT_BELOW:
        yield from _difficulty_of_longer(text, profile)


def _rare(text: Readable, profile: Profile) -> float:
    """How many rare words a text may hold, by its length."""
    count = len(words(text.text))
    share = profile.rare_share * count / 100
    return profile.rare_when_short if count < SHORT_BELOW else max(profile.rare_when_longer, share)


def _difficulty_of_longer(text: Readable, profile: Profile) -> Iterator[Fault]:
    """The measures that are noise on fewer than fifteen words."""
    ease = reading_ease(text.text)
    if ease < profile.reading_ease:
        yield Fault(text.id, Rule.READING_EASE, ease, profile.reading_ease)
    found = words(text.text)
    long = [word for word in found if sum(map(str.isalpha, word)) >= LONG_WORD]
    share = 100 * len(long) / len(found)
    yield from _above(text, Rule.LONG_WORDS, share, profile.long_share, ", ".join(long))


def _wording(text: Readable, profile: Profile) -> Iterator[Fault]:
    """The lists that hold for the text and for each of its buttons."""
    for shown in (text.text, *text.buttons):
        for rule, about in (
            (Rule.AVOIDED, avoided(shown, for_residents=profile is RESIDENT)),
            (Rule.FIGURATIVE, figurative(shown)),
            (Rule.PASSIVE, passive(shown)),
            (Rule.INFORMAL, informal(shown)),
        ):
            hits = list(about)
            yield from _above(text, rule, len(hits), 0, " | ".join(hits))


def _buttons(text: Readable, profile: Profile) -> Iterator[Fault]:
    for label in text.buttons:
        length = len(re.sub(r"\{[^{}]*\}", "", label))
        yield from _above(text, Rule.BUTTON_LENGTH, length, profile.button_length, label)
        rare = rare_words(label)
        yield from _above(text, Rule.BUTTON_RARE, len(rare), 0, f"{label}: {_listed(rare)}")


def _above(text: Readable, rule: Rule, found: float, allowed: float, about: str = "") -> Iterator[Fault]:
    if found > allowed:
        yield Fault(text.id, rule, found, allowed, about)


def _listed(rare: list[str]) -> str:
    return ", ".join(map(explained, rare))


def _dutch(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
