"""Everything that can be asked and said, by name: the question sets in all their versions, and the texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.interview import Interview
from dialogs.questions import QuestionSet
from dialogs.texts import Text, Texts


@dataclass(frozen=True)
class Library:
    """`sets` by id and version; `texts` with what the study filled in."""

    sets: Mapping[tuple[str, int], QuestionSet]
    texts: Texts

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
