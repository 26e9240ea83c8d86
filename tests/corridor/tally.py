"""What was reached over a whole run of conversations: counted, to be sure that the run went everywhere."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from bot.outgoing import Outgoing
from dialogs.emergency import command_in
from dialogs.events import Command
from dialogs.interview import Interview
from dialogs.path import current
from dialogs.texts import plain
from dialogs.understand import slashed
from tests.talk.world import library

WITHIN = "ALG.zonder_titel"
"""A text that is only said within another."""


@dataclass
class Tally:
    """`rules`: how often each was run. `ends`: what became of stories. The others: what was reached at least once."""

    rules: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    asides: Counter[str] = field(default_factory=Counter)
    commands: Counter[Command] = field(default_factory=Counter)

    def line(self) -> str:
        """The numbers of the run."""
        ends = ", ".join(f"{amount} {name}" for name, amount in sorted(self.ends.items()))
        return f"{self.rules.total()} steps, {self.events.total()} updates; stories and drafts: {ends}"

    def said(self, replies: Iterable[Outgoing], notice: str) -> None:
        """These were said to a teller."""
        for reply in replies:
            self.texts.update(_ids().get(reply.template, ()))
            self.texts.update(WITHIN for value in reply.values.values() if value == library().text(WITHIN).text)
        if notice:
            self.texts.update(_ids().get(notice, ()))

    def stands_open(self, interview: Interview) -> None:
        """This is asked now."""
        if interview.aside is None:
            question = current(library().of(interview), interview)
            self.questions[f"{interview.question_set}/{question.id}"] += 1
        else:
            self.asides[interview.aside] += 1

    def typed(self, text: str) -> None:
        """The command in what was typed, if there is one, was used."""
        typed = slashed(text)
        command = typed[0] if typed else command_in(library(), text, among_words=False)
        if command:
            self.commands[command] += 1


@cache
def _ids() -> dict[str, tuple[str, ...]]:
    """The ids of the texts that a template may be; a line in another language has the Dutch one below it."""
    found: dict[str, tuple[str, ...]] = {}
    dutch = library().text("TAAL.nl").text
    for text in library().texts.values():
        own = text.language != "nl" and text.id.startswith("TAAL.")
        template = f"{text.text}\n{dutch}" if own else text.text
        found[template] = (*found.get(template, ()), text.id)
    return {**found, **{plain(template, {}): ids for template, ids in found.items()}}
