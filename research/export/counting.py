"""How many tellers are in each row of each table, and what may be seen of it; knows no words, and no file.

A teller counts once in a row, however many stories they told there. What is shown: `disclosure/suppressing.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs import paper
from dialogs.questions import AnyOption, ClosedQuestion, QuestionSet
from disclosure.suppressing import Chance, Row, suppressed
from disclosure.tables import MONTHS
from research.export.missing import CODES, Reason
from research.export.rows import StoryRow

ALL, MONTH, MODE, LANGUAGE = "vertellers", "maand", "manier", "taal"

MODES = {"zelf": "zelf", "helper": "met hulp", "papier": "op papier"}

SKIPPED = CODES[Reason.SKIPPED]

Labels = Mapping[str, str]
"""The rows of a table: the code of each, and what it is called."""


@dataclass(frozen=True)
class Table:
    """What may be seen of one table: how many of the tellers of a set are where.

    `question` is the id of the question that it is about, "" where that is something else; `text` is what was asked.
    """

    name: str
    title: str
    question: str
    text: str
    rows: tuple[tuple[str, Row], ...]


class Counting:
    """The tellers of one question set. Of each row a byte for every teller: 100,000 of them are some 20 MB in all."""

    def __init__(self, versions: Sequence[QuestionSet]) -> None:
        self.set = versions[-1]
        self._questions = _questions(versions)
        self._ids: list[str] = []
        self._tellers: dict[str, int] = {}
        self._here: dict[tuple[str, str], bytearray] = {}
        self._answered: dict[tuple[str, int], bytearray] = {}
        for question, (_, labels) in self._questions.items():
            self._answered |= {
                (question, int(code)): self._here.setdefault((_of(question), code), bytearray()) for code in labels
            }

    def add(self, row: StoryRow) -> None:
        """Counts a story of this set."""
        story = row.story
        self._ids.append(story.id)
        teller = self._tellers.setdefault(story.teller, len(self._tellers))
        for table, code in (
            (ALL, ALL),
            (MONTH, f"{row.day:%Y-%m}"),
            (MODE, _mode(row)),
            (LANGUAGE, story.language.code),
        ):
            _mark(self._here.setdefault((table, code), bytearray()), teller)
        for question, answer in row.answers.items():
            here = self._answered.get((question, answer.choice.code or 0))
            if here is not None:
                _mark(here, teller)

    def tables(self, secret: str) -> Iterator[Table]:
        """All of them as they may be seen; `secret` is known to nobody who sees them."""
        chance = Chance.of([secret, *self._ids])
        see = self._seen(chance)
        yield see(ALL, "Vertellers", "", "", {ALL: "alle vertellers"})
        yield see(MONTH, "Maand van vertellen", "", "", {})
        yield see(MODE, "Hoe het verteld is", "", "", MODES)
        yield see(LANGUAGE, "Taal van het verhaal", "", "", {})
        for question, labels in self._questions.values():
            yield see(_of(question.id), question.name, question.id, question.text, labels)

    def _seen(self, chance: Chance) -> Callable[[str, str, str, str, Labels], Table]:
        def see(table: str, title: str, question: str, text: str, labels: Labels) -> Table:
            """Without `labels` nobody knows which rows there are: only those are named of which a number is shown."""
            found = sorted(code for name, code in self._here if name == table)
            counts = {code: self._number(table, code) for code in (labels or found)}
            rows = suppressed(f"{self.set.id}/{table}", counts, chance)
            seen = [row for row in rows if labels or row.people is not None]
            named = tuple((labels[row.name] if labels else _label(table, row.name), row) for row in seen)
            return Table(question or table, title, question, text, named)

        return see

    def _number(self, table: str, code: str) -> int:
        return self._here.get((table, code), bytearray()).count(1)


def countings(sets: Iterable[QuestionSet]) -> Mapping[str, Counting]:
    """One for each set, whatever its version."""
    versions: dict[str, list[QuestionSet]] = {}
    for item in sets:
        versions.setdefault(item.id, []).append(item)
    return {key: Counting(sorted(some, key=lambda item: item.version)) for key, some in versions.items()}


def _questions(versions: Sequence[QuestionSet]) -> dict[str, tuple[ClosedQuestion, Labels]]:
    """Every closed question, in the words of its newest version, with all that could ever be chosen."""
    found: dict[str, tuple[ClosedQuestion, Labels]] = {}
    for item in versions:
        for question in item.questions:
            if isinstance(question, ClosedQuestion):
                _, before = found.get(question.id, (question, {}))
                labels = {**before, **{str(option.code): option.label for option in _choosable(question)}}
                found[question.id] = question, labels
    skipped = {str(SKIPPED): "overgeslagen"}
    return {key: (question, _in_order(labels) | skipped) for key, (question, labels) in found.items()}


def _choosable(question: ClosedQuestion) -> list[AnyOption]:
    """What leads to another set is never an answer."""
    return [option for option in question.options if not option.leads_to]


def _in_order(labels: Labels) -> dict[str, str]:
    return {code: labels[code] for code in sorted(labels, key=int)}


def _of(question: str) -> str:
    """No other table has this name."""
    return f"vraag/{question}"


def _mode(row: StoryRow) -> str:
    if row.story.channel == paper.CHANNEL:
        return "papier"
    return "helper" if row.story.helped else "zelf"


def _label(table: str, code: str) -> str:
    if table == MONTH:
        first = date.fromisoformat(f"{code}-01")
        return f"{MONTHS[first.month - 1]} {first.year}"
    return code or "niet bekend"


def _mark(here: bytearray, teller: int) -> None:
    if teller >= len(here):
        here.extend(bytes(teller + 1 - len(here)))
    here[teller] = 1
