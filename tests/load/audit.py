"""Whether everything that a resident was thanked for stands in our database, under its own question; changes nothing.

It reads what the bot left behind after a load run, by the project's own storage.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dialogs.interview import Interview
from dialogs.replies import AskTap
from dialogs.taps import decode
from storage import interviews, stories
from storage.addresses import Address
from storage.database import Work
from storage.opening import open_database
from storage.secrets import KeyRing, read_key_file
from tests.load.residents import Telling

TYPED_OPTION = {"52": "45_64"}
"""The option that is meant where a closed question is answered in words."""

_NO_ANSWER = {("verhaal", "klaar")}
"""Buttons that say something about an answer that was given before."""


@dataclass(frozen=True)
class Audit:
    """How many answers were acknowledged: followed by the next question. Of those: not kept, and kept otherwise."""

    acknowledged: int = 0
    missing: int = 0
    misfiled: int = 0
    unsent: int = 0
    """Receipts that lead to no story, or to one that may not be quoted though it may."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, and something was looked at."""
        return self.acknowledged > 0 and not (self.missing or self.misfiled or self.unsent)


def on_telegram(chat: int) -> Address:
    """Where the draft of a chat of Telegram is kept."""
    return Address("telegram", str(chat))


async def audit(folder: Path, tellings: Iterable[Telling], address: Callable[[int], Address] = on_telegram) -> Audit:
    """Looks up every interview of a load run in the database of the bot that ran in this folder."""
    database = await open_database(f"sqlite:///{folder}/data/vertelbot.db", read_only=True)
    keys = read_key_file(folder / "secrets" / "vertelbot.key")
    total = Audit()
    try:
        async with database.reading() as work:
            for telling in tellings:
                total = _sum(total, _looked(telling, await _kept(work, keys, telling, address)))
    finally:
        await database.close()
    return total


async def _kept(work: Work, keys: KeyRing, telling: Telling, address: Callable[[int], Address]) -> Interview | None:
    if telling.receipt:
        return await stories.find(work, keys, code_of(telling.receipt))
    return await interviews.load(work, keys, address(telling.chat))


def code_of(receipt: str) -> str:
    """The code in the words of a receipt."""
    line = next((line for line in receipt.splitlines() if line.startswith("Uw code is: ")), "")
    return line.rpartition(" ")[2]


def _looked(telling: Telling, kept: Interview | None) -> Audit:
    expected = dict(_acknowledged(telling))
    if kept is None:
        return Audit(len(expected), len(expected), 0, int(bool(telling.receipt)))
    found = {question: _said(kept, question) for question in expected}
    missing = sum(not words for words in found.values())
    misfiled = sum(bool(found[question]) and found[question] != words for question, words in expected.items())
    return Audit(len(expected), missing, misfiled, int(bool(telling.receipt) and kept.quote is not True))


def _acknowledged(telling: Telling) -> Iterator[tuple[str, str]]:
    """Question and answer, of all that were followed by a question; before consent nothing is kept."""
    done = telling.answers[:-1] if telling.waiting else telling.answers
    for under, move in done:
        asked = decode(move.data or under)
        if (
            isinstance(asked, AskTap)
            and asked.question != "nakijken"
            and (asked.question, asked.option) not in _NO_ANSWER
        ):
            yield asked.question, asked.option if move.data else TYPED_OPTION.get(move.words, move.words)


def _said(kept: Interview, question: str) -> str:
    answer = kept.answer(question)
    return answer.option or answer.text


def _sum(one: Audit, other: Audit) -> Audit:
    return Audit(
        one.acknowledged + other.acknowledged,
        one.missing + other.missing,
        one.misfiled + other.misfiled,
        one.unsent + other.unsent,
    )
