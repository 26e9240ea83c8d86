"""Forms on paper that were printed: what is on each, until it is typed in; knows no answer and nobody who wrote one.

Staff know a form by its number. Its receipt is for the teller alone: it is encrypted, and looked up by a mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.form_numbers import normal_number
from dialogs.receipts import normal_receipt
from storage import erased
from storage.database import Row, Work
from storage.erased import Erased, Kind
from storage.rows import instant, moment, number, text, write_rows
from storage.secrets import KeyRing

_PRINT = """
INSERT INTO papers (number, receipt_mark, receipt, story_id, link, question_set, set_version, consent_fingerprint,
    printed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_FIND = """
SELECT number, receipt, story_id, link, question_set, set_version, consent_fingerprint, printed_at
FROM papers WHERE number = $1
"""
_FIND_BY_RECEIPT = """
SELECT number, receipt, story_id, link, question_set, set_version, consent_fingerprint, printed_at
FROM papers WHERE receipt_mark = $1
"""
_ASKED = "SELECT DISTINCT question_set, set_version FROM papers"
_TAKE = "DELETE FROM papers WHERE number = $1"
_FORGET = "DELETE FROM papers WHERE printed_at < $1"


@dataclass(frozen=True)
class Paper:
    """A form: its number, and what it asks. `link` is the code that is on it, "" for none.

    `story` and `receipt` are those of the story that it becomes. `consent` marks the words of the consent on it.
    """

    number: str
    receipt: str = field(repr=False)
    story: str
    question_set: str
    version: int
    consent: str
    printed_at: datetime
    link: str = ""


async def note(work: Work, keys: KeyRing, printed: Sequence[Paper]) -> None:
    """These forms were printed; no other form and no story has a number, a receipt or an id of theirs."""
    await write_rows(work, _PRINT, [(paper.number, *_sealed(keys, paper), *_about(paper)) for paper in printed])


async def find(work: Work, keys: KeyRing, typed: str) -> Paper | None:
    """The form with this number, if it was printed, and neither typed in nor taken away."""
    found = await work.fetch(_FIND, normal_number(typed))
    return _paper(keys, found[0]) if found else None


async def of_receipt(work: Work, keys: KeyRing, receipt: str) -> Paper | None:
    """The same by its receipt."""
    found = await work.fetch(_FIND_BY_RECEIPT, _mark(keys, receipt))
    return _paper(keys, found[0]) if found else None


async def asked(work: Work) -> set[tuple[str, int]]:
    """The question sets, with versions, that forms which are still out ask."""
    return {(text(row, "question_set"), number(row, "set_version")) for row in await work.fetch(_ASKED)}


async def take(work: Work, paper: Paper) -> bool:
    """The form was typed in, and never is again; False where it is known no more."""
    return await work.execute(_TAKE, paper.number) == 1


async def withdraw(work: Work, keys: KeyRing, receipt: str, at: datetime) -> list[Erased]:
    """Takes away the form with this receipt, so that it becomes no story, also not from an older copy.

    What was so erased: the story that it would have become, or nothing. Whoever types it in at the same moment comes
    first or finds it gone; its story is looked for after this.
    """
    found = await work.fetch(_FIND_BY_RECEIPT, _mark(keys, receipt))
    gone = [Erased(Kind.STORY, text(row, "story_id"), erased.day(at)) for row in found]
    await erased.erase(work, gone)
    return gone


async def forget(work: Work, before: datetime) -> int:
    """Takes away forms that were printed before this time: nobody brings them back any more; how many."""
    return await work.execute(_FORGET, moment(before))


def _sealed(keys: KeyRing, paper: Paper) -> tuple[str, str]:
    return _mark(keys, paper.receipt), keys.encrypt(normal_receipt(paper.receipt))


def _about(paper: Paper) -> tuple[str, str, str, int, str, str]:
    asked = (paper.link, paper.question_set, paper.version, paper.consent)
    return paper.story, *asked, moment(paper.printed_at)


def _paper(keys: KeyRing, row: Row) -> Paper:
    return Paper(
        number=text(row, "number"),
        receipt=keys.decrypt(text(row, "receipt")),
        story=text(row, "story_id"),
        question_set=text(row, "question_set"),
        version=number(row, "set_version"),
        consent=text(row, "consent_fingerprint"),
        printed_at=instant(row, "printed_at"),
        link=text(row, "link"),
    )


def _mark(keys: KeyRing, receipt: str) -> str:
    return keys.mark("paper", normal_receipt(receipt))
