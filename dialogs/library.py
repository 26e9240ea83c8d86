"""Everything that can be asked and said, by name: the question sets in all their versions, and the texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.areas import Areas
from dialogs.crisis import CrisisWords
from dialogs.interview import Interview
from dialogs.language import Recogniser
from dialogs.questions import QuestionSet
from dialogs.texts import Text, Texts


@dataclass(frozen=True)
class Terms:
    """What the study decided about conversations.

    `draft_days`: how long a story that was not sent is kept. `open`: whether new stories are asked for.
    `district_from_link`: a link that names a district answers the question where the teller lives or works.
    """

    draft_days: int = 7
    open: bool = True
    district_from_link: bool = True


@dataclass(frozen=True)
class Library:
    """`sets` by id and version; `texts` with what the study filled in; what else the rules go by.

    `crisis`: the words that open the message of crisis. `languages`: tells what a text is written in. `sounds`: where
    the files are, by name, in which questions are read aloud. `areas`: what a link may be for within a district.
    """

    sets: Mapping[tuple[str, int], QuestionSet]
    texts: Texts
    crisis: CrisisWords
    languages: Recogniser
    terms: Terms = field(default_factory=Terms)
    sounds: Mapping[str, Path] = field(default_factory=dict)
    areas: Areas = field(default_factory=Areas)

    def text(self, text_id: str) -> Text:
        """The text with this id. KeyError where there is none; reading the sets checks the ids that they name."""
        return self.texts[text_id]

    def of(self, interview: Interview) -> QuestionSet:
        """The version of the set that an interview is pinned to. KeyError where its file has gone."""
        return self.sets[interview.question_set, interview.version]

    def newest(self, set_id: str) -> QuestionSet | None:
        """The latest version of a set."""
        return max(
            (item for item in self.sets.values() if item.id == set_id),
            key=lambda item: item.version,
            default=None,
        )

    def lettered(self, letter: str) -> QuestionSet | None:
        """The latest version of the set with this letter in links."""
        return next((self.newest(item.id) for item in self.sets.values() if item.letter == letter), None)

    def for_role(self, role: str) -> QuestionSet | None:
        """The latest version of the set that is meant for tellers with this role."""
        return next((self.newest(item.id) for item in self.sets.values() if role in item.roles), None)
