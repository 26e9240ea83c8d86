"""A question set as it stands on paper: which questions, in which order, and the number of each box.

Who types a form in afterwards goes by the same numbers. Knows no typesetting.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.questions import AnyOption, Question, QuestionSet, ReviewQuestion, StoryQuestion, TriadOption, When
from dialogs.texts import Text, Texts, plain
from printing.letters import drawn

QUOTING = ("verstuur_wel", "verstuur_niet")
"""The buttons at the end of a conversation that say whether a story may be quoted: the last boxes of a form."""

_TAPPED, _TYPED, _WRITTEN = "Tik ", "Typ ", "Schrijf "


@dataclass(frozen=True)
class Box:
    """A box to tick. `id` is the slug of the option, the prompt or the button that it stands for.

    `note` says for whom it is, or what follows from it. A point of a triangle has `shares` of its three corners, and a
    way to ask for a story has a `name` where it is one to choose for who has little to tell.
    """

    number: int
    id: str
    label: str
    note: str = ""
    shares: tuple[int, int, int] | None = None
    name: str = ""


@dataclass(frozen=True)
class Item:
    """A question on paper. `heading` comes before it, `note` says for whom it is."""

    number: int
    question: Question
    asked: str
    boxes: tuple[Box, ...] = ()
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Form:
    """The questions of a set that a teller answers without help, from 1 on."""

    questions: QuestionSet
    texts: Texts

    def items(self) -> tuple[Item, ...]:
        """All of them, in the order of the set."""
        return tuple(self._item(number, question) for number, question in enumerate(self._asked(), start=1))

    def _asked(self) -> list[Question]:
        return [item for item in self.questions.questions if not (item.when and item.when.helped)]

    def _item(self, number: int, question: Question) -> Item:
        return Item(
            number,
            question,
            self._words(question),
            tuple(self._boxes(question)),
            self._heading(question),
            self._only(question.when),
        )

    def _words(self, question: Question) -> str:
        match question:
            case StoryQuestion():
                return ""
            case ReviewQuestion():
                return self._said("UIT.papier.verslag")
            case _:
                return self.on_paper(question.text)

    def _boxes(self, question: Question) -> Iterator[Box]:
        match question:
            case StoryQuestion(prompts=prompts):
                for number, prompt in enumerate(prompts, start=1):
                    asked = self.on_paper(prompt.text.replace("\n\n", "\n"))
                    yield Box(number, prompt.id, asked, self._only(prompt.when), name=prompt.button or "")
            case ReviewQuestion():
                labels = self._text("UIT.papier.verslag").buttons
                yield from (Box(number, slug, labels[slug]) for number, slug in enumerate(QUOTING, start=1))
            case _:
                options: Sequence[AnyOption] = getattr(question, "options", ())
                yield from (self._option(number, option) for number, option in enumerate(options, start=1))

    def _option(self, number: int, option: AnyOption) -> Box:
        notes = [self._only(option.when), self._said("UIT.papier.ander") if option.leads_to else ""]
        shares = option.shares if isinstance(option, TriadOption) else None
        return Box(number, option.id, drawn(option.label), "\n".join(filter(None, notes)), shares)

    def _heading(self, question: Question) -> str:
        """What is said before the first question of a part; a part that is asked only if wanted says so itself."""
        block = question.block
        if block and self.questions.blocks[block].voluntary and question is self._of(block)[0]:
            return self._said("UIT.papier.extra")
        values = {"m": str(len(self._of(block))), "n": "1"} if block else {}
        return self.on_paper(plain(question.intro, values)) if question.intro else ""

    def _of(self, block: str | None) -> list[Question]:
        return [item for item in self._asked() if item.block == block]

    def _only(self, when: When | None) -> str:
        """For whom something is, where it is not for everybody."""
        if when is None:
            return ""
        roles = self._text("ALG.rol").buttons
        about = [self._said("UIT.papier.rol", {"keuze": roles[role]}) for role in when.roles]
        return " ".join([*self._chosen(when), *about])

    def _chosen(self, when: When) -> Iterator[str]:
        for number, question in enumerate(self._asked(), start=1):
            if question.id == when.question:
                labels = {option.id: drawn(option.label) for option in getattr(question, "options", ())}
                chosen = "” of “".join(labels[slug] for slug in when.options)
                yield self._said("UIT.papier.alleen", {"vraag": str(number), "keuze": chosen})

    def on_paper(self, words: str) -> str:
        """Words of the chat for who has a pen and no screen."""
        return "".join(map(self._with_a_pen, _with_ends(words)))

    def _with_a_pen(self, sentence: str) -> str:
        if sentence.startswith(_TAPPED):
            return sentence.replace(sentence.strip(), self._said("UIT.papier.kruisje"))
        return sentence.replace(_TYPED, _WRITTEN, 1) if sentence.startswith(_TYPED) else sentence

    def _text(self, text_id: str) -> Text:
        return self.texts[text_id]

    def _said(self, text_id: str, values: Mapping[str, str] | None = None) -> str:
        return plain(self.texts[text_id].text, values or {})


def _with_ends(words: str) -> list[str]:
    """The sentences, each with the space or the line end behind it, so that together they are the words again."""
    return re.findall(r"[^.?!\n]*[.?!:]*(?:\s+|$)", words)
