"""Drafts: interviews that are open, each with the address of its chat; knows no story, no reply and no rule.

The rows of a draft say exactly what the interview says. What is sent or dropped is not here any more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter

from dialogs.interview import Answer, Interview, Status
from storage.addresses import Address, chat_mark, seal, unseal
from storage.database import Row, Value, Work
from storage.faults import StorageFault
from storage.records import answers_of, came, coded, header, interview_of
from storage.rows import instant, moment, number, text, write_rows
from storage.secrets import KeyRing

__all__ = [
    "Address",
    "Draft",
    "draft",
    "drop",
    "due",
    "is_open",
    "last_there",
    "load",
    "opened_at",
    "pinned",
    "save",
    "take_unreadable",
    "touch",
]

_FIND = """
SELECT interview_id AS id, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, voluntary, helped, quote, aside, about, waiting, remind, told,
    test, visit, helper, own_team, revision
FROM interviews WHERE chat_mark = $1
"""

_REVISION = "SELECT interview_id AS id, revision FROM interviews WHERE chat_mark = $1"

_FIND_ANSWERS = """
SELECT a.question, a.option_id, a.skipped, a.prompt, a.followed_up, a.done, a.carried, p.words, p.message
FROM answers a
LEFT JOIN parts p ON p.interview_id = a.interview_id AND p.question = a.question
WHERE a.interview_id = $1
ORDER BY a.question, p.position
"""

_OPEN = """
INSERT INTO interviews (interview_id, chat_mark, teller, question_set, set_version, channel,
    link, role, consent_text, consent_fingerprint, consent_at, voluntary, helped, quote, aside,
    about, waiting, remind, told, test, helper, own_team, visit, due_at, revision, changed_at, opened_at, chat)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28)
ON CONFLICT (interview_id) DO NOTHING
"""

_CHANGE = """
UPDATE interviews SET teller = $3, question_set = $4, set_version = $5, channel = $6,
    link = $7, role = $8, consent_text = $9, consent_fingerprint = $10, consent_at = $11,
    voluntary = $12, helped = $13, quote = $14, aside = $15, about = $16, waiting = $17, remind = $18, told = $19,
    test = $20, helper = $21, own_team = $22, visit = $23, due_at = $24, revision = $25, changed_at = $26
WHERE interview_id = $1 AND chat_mark = $2
"""

_GO_ON = """
UPDATE interviews SET due_at = $3, revision = $4, changed_at = $5 WHERE interview_id = $1 AND chat_mark = $2
"""

_WRITE_ANSWER = """
INSERT INTO answers (interview_id, question, option_id, skipped, prompt, followed_up, done, carried)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (interview_id, question) DO UPDATE SET option_id = excluded.option_id,
    skipped = excluded.skipped, prompt = excluded.prompt, followed_up = excluded.followed_up,
    done = excluded.done, carried = excluded.carried
"""

_WRITE_PART = """
INSERT INTO parts (interview_id, question, position, words, message)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (interview_id, question, position) DO UPDATE SET words = excluded.words,
    message = excluded.message
"""

_LAST_THERE = "SELECT changed_at FROM interviews WHERE chat_mark = $1"
_OPENED_AT = "SELECT opened_at FROM interviews WHERE chat_mark = $1"
_TAKE_ANSWERS = "DELETE FROM answers WHERE interview_id = $1"
_TAKE_ANSWER = "DELETE FROM answers WHERE interview_id = $1 AND question = $2"
_TAKE_PARTS = "DELETE FROM parts WHERE interview_id = $1 AND question = $2 AND position >= $3"
_DROP = "DELETE FROM interviews WHERE chat_mark = $1"
_TOUCH = "UPDATE interviews SET changed_at = $2, due_at = $3 WHERE chat_mark = $1"
_PINNED = """
SELECT question_set, set_version FROM interviews UNION SELECT question_set, set_version FROM stories
"""
_OVERDUE = """
SELECT interview_id, chat, changed_at FROM interviews
WHERE NOT (changed_at BETWEEN $1 AND $2) AND NOT (opened_at BETWEEN $1 AND $2)
"""
_TAKE = "DELETE FROM interviews WHERE interview_id = $1"
_DUE = """
SELECT chat FROM interviews WHERE due_at IS NULL OR due_at <= $1 ORDER BY COALESCE(due_at, '') LIMIT $2
"""

_about_itself = attrgetter(*(field.name for field in fields(Interview) if field.name != "answers"))
"""All that an interview says but its answers."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands in the database. Its `revision` differs after every change; "" fits no other."""

    interview: Interview
    revision: str


async def load(work: Work, keys: KeyRing, address: Address) -> Interview | None:
    """The draft of a chat, with its answers in order of question id; None where it has none."""
    found = await draft(work, keys, address)
    return found.interview if found else None


async def draft(work: Work, keys: KeyRing, address: Address, remembered: Draft | None = None) -> Draft | None:
    """The same with its revision. What is `remembered` is read again only where another program changed it since."""
    mark = chat_mark(keys, address)
    if remembered and await _is_still(work, mark, remembered):
        return remembered
    found = await work.fetch(_FIND, mark)
    if not found:
        return None
    lines = await work.fetch(_FIND_ANSWERS, text(found[0], "id"))
    interview = interview_of(keys, found[0], answers_of(keys, lines), Status.OPEN)
    return Draft(interview, text(found[0], "revision"))


async def _is_still(work: Work, mark: str, remembered: Draft) -> bool:
    found = await work.fetch(_REVISION, mark)
    known = (remembered.interview.id, remembered.revision)
    return bool(remembered.revision) and [(row["id"], row["revision"]) for row in found] == [known]


async def save(
    work: Work,
    keys: KeyRing,
    address: Address,
    before: Interview | None,
    after: Interview,
    at: datetime,
    due_at: datetime | None = None,
    revision: str = "",
) -> None:
    """Makes the draft of a chat say `after`, writing what differs from `before`: what `load` gave in this transaction.

    `at` is when the teller was last there, `due_at` when something is to be done if nothing is heard until then (None:
    that is to be found out). `revision` is what it is marked with from now on: one that was never used.
    Where they have different ids, the draft of before goes. Only an open interview can be saved.
    """
    if after.status is not Status.OPEN:
        raise StorageFault("Alleen een open gesprek wordt als concept bewaard.")
    if before == after:
        return
    if before is not None and before.id != after.id:
        await drop(work, keys, address)
        before = None
    stamp = (moment(due_at) if due_at else None, revision, moment(at))
    if before is None:
        await _open(work, keys, address, (*_row(keys, address, after), *stamp))
    elif _about_itself(before) == _about_itself(after):
        # Most turns only answer: what else the draft says is not encrypted and written once more.
        await _change(work, _GO_ON, (after.id, chat_mark(keys, address), *stamp))
    else:
        await _change(work, _CHANGE, (*_row(keys, address, after), *stamp))
    await _write_answers(work, keys, {} if before is None else before.answers, after)


async def is_open(work: Work, keys: KeyRing, address: Address) -> bool:
    """Whether this chat has a draft."""
    return await last_there(work, keys, address) is not None


async def last_there(work: Work, keys: KeyRing, address: Address) -> datetime | None:
    """When the teller of this chat was last there, also where the draft itself cannot be read; None without a draft."""
    found = await work.fetch(_LAST_THERE, chat_mark(keys, address))
    return instant(found[0], "changed_at") if found else None


async def opened_at(work: Work, keys: KeyRing, address: Address) -> datetime | None:
    """When the teller of this chat agreed and began; None without a draft."""
    found = await work.fetch(_OPENED_AT, chat_mark(keys, address))
    return instant(found[0], "opened_at") if found else None


async def drop(work: Work, keys: KeyRing, address: Address) -> None:
    """Takes away the draft of a chat, if it has one. What the engine's files keep of it goes with `scrub`."""
    await work.execute(_DROP, chat_mark(keys, address))


async def touch(work: Work, keys: KeyRing, address: Address, at: datetime, due_at: datetime | None = None) -> None:
    """The teller was there, though nothing of the draft changed: its days count from now."""
    await work.execute(_TOUCH, chat_mark(keys, address), moment(at), moment(due_at) if due_at else None)


async def pinned(work: Work) -> set[tuple[str, int]]:
    """The question sets, with versions, that drafts and stories were told to."""
    return {(text(row, "question_set"), number(row, "set_version")) for row in await work.fetch(_PINNED)}


async def due(work: Work, keys: KeyRing, by: datetime, most: int) -> list[Address]:
    """The chats for whose draft something is to be done by this time, `most` of them, the oldest first.

    One whose address is damaged leads nowhere and is left out.
    """
    rows = await work.fetch(_DUE, moment(by), most)
    return [found for row in rows if (found := _address(keys, row))]


async def take_unreadable(work: Work, keys: KeyRing, before: datetime, now: datetime) -> int:
    """Takes away the drafts of `before`, or of no time at all, that nothing leads to any more; how many.

    Of those the address or the time is damaged: `due` leaves them out, or nobody can say when they are due.
    """
    rows = await work.fetch(_OVERDUE, moment(before), moment(now + timedelta(days=1)))
    lost = [text(row, "interview_id") for row in rows if _address(keys, row) is None or not _has_time(row)]
    for interview_id in lost:
        await work.execute(_TAKE, interview_id)
    return len(lost)


def _has_time(row: Row) -> bool:
    try:
        instant(row, "changed_at")
    except StorageFault:
        return False
    return True


def _address(keys: KeyRing, row: Row) -> Address | None:
    try:
        return unseal(keys, text(row, "chat"))
    except StorageFault:
        return None


async def _open(work: Work, keys: KeyRing, address: Address, row: tuple[Value, ...]) -> None:
    changed_at = row[-1]
    if not await work.execute(_OPEN, *row, changed_at, seal(keys, address)):
        # Saved before after all: it keeps when it was opened, and says nothing but what it says now.
        await work.execute(_TAKE_ANSWERS, row[0])
        await _change(work, _CHANGE, row)


async def _change(work: Work, sql: str, row: tuple[Value, ...]) -> None:
    if not await work.execute(sql, *row):
        raise StorageFault("Dit gesprek is niet meer het concept van deze chat.")


def _row(keys: KeyRing, address: Address, interview: Interview) -> tuple[Value, ...]:
    """Everything that a draft says about itself but its answers and its stamp, in the order of the statements."""
    return (
        interview.id,
        chat_mark(keys, address),
        *header(keys, interview),
        None if interview.quote is None else int(interview.quote),
        _sealed(keys, interview.aside or ""),
        _sealed(keys, interview.about),
        _sealed(keys, interview.waiting),
        int(interview.remind),
        _sealed(keys, " ".join(sorted(interview.told))),
        *came(interview),
        interview.visit.code if interview.visit else "",
    )


def _sealed(keys: KeyRing, words: str) -> str | None:
    """Encrypted, also where they are only names of texts: which of them was said may tell that somebody is in need."""
    return keys.encrypt(words) if words else None


async def _write_answers(work: Work, keys: KeyRing, before: Mapping[str, Answer], after: Interview) -> None:
    for question in sorted(before.keys() - after.answers.keys()):
        await work.execute(_TAKE_ANSWER, after.id, question)
    # A turn gives one answer: the others are not even compared.
    changed = {question: answer for question, answer in after.answers.items() if before.get(question) is not answer}
    for question, count in _shortened(before, changed):
        await work.execute(_TAKE_PARTS, after.id, question, count)
    await write_rows(work, _WRITE_ANSWER, list(_answer_rows(after.id, before, changed)))
    await write_rows(work, _WRITE_PART, list(_part_rows(keys, after.id, before, changed)))


def _shortened(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[tuple[str, int]]:
    """The questions that have fewer parts than they had, and how many."""
    for question in sorted(before.keys() & after.keys()):
        count = len(after[question].parts)
        if count < len(before[question].parts):
            yield question, count


def _answer_rows(
    interview_id: str, before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> Iterator[tuple[Value, ...]]:
    for question, answer in after.items():
        if question not in before or coded(before[question]) != coded(answer):
            yield interview_id, question, *coded(answer)


def _part_rows(
    keys: KeyRing, interview_id: str, before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> Iterator[tuple[Value, ...]]:
    for question, answer in after.items():
        kept = before[question].parts if question in before else ()
        for position, part in enumerate(answer.parts):
            if kept[position : position + 1] != (part,):
                words = keys.encrypt(part.text)
                yield interview_id, question, position, words, part.message
