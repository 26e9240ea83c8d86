"""Forms on paper that were printed: what is on each, until it is typed in; knows no answer and nobody who wrote one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.receipts import normal_receipt
from storage.database import Work
from storage.rows import moment, number, text, write_rows
from storage.secrets import KeyRing

_PRINT = "INSERT INTO papers (receipt_mark, link, question_set, set_version, printed_at) VALUES ($1, $2, $3, $4, $5)"
_FIND = "SELECT link, question_set, set_version FROM papers WHERE receipt_mark = $1"
_TAKE = "DELETE FROM papers WHERE receipt_mark = $1"
_FORGET = "DELETE FROM papers WHERE printed_at < $1"


@dataclass(frozen=True)
class Paper:
    """What a form asks, and the code of the link that is on it, "" for none."""

    question_set: str
    version: int
    link: str = ""


async def note(work: Work, keys: KeyRing, paper: Paper, receipts: Sequence[str], at: datetime) -> None:
    """A form was printed with each of these receipts, which no form and no story has."""
    about = (paper.link, paper.question_set, paper.version, moment(at))
    await write_rows(work, _PRINT, [(_mark(keys, receipt), *about) for receipt in receipts])


async def find(work: Work, keys: KeyRing, receipt: str) -> Paper | None:
    """The form with this receipt, if it was printed and not typed in yet."""
    found = await work.fetch(_FIND, _mark(keys, receipt))
    if not found:
        return None
    return Paper(text(found[0], "question_set"), number(found[0], "set_version"), text(found[0], "link"))


async def take(work: Work, keys: KeyRing, receipt: str) -> bool:
    """The form was typed in, and never is again; False where it is known no more."""
    return await work.execute(_TAKE, _mark(keys, receipt)) == 1


async def forget(work: Work, before: datetime) -> int:
    """Takes away forms that were printed before this time: nobody brings them back any more; how many."""
    return await work.execute(_FORGET, moment(before))


def _mark(keys: KeyRing, receipt: str) -> str:
    return keys.mark("paper", normal_receipt(receipt))
