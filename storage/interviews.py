"""Drafts: interviews that are open, each with the address of its chat; knows no story, no reply and no rule.

The rows of a draft say exactly what the interview says. What is sent or dropped is not here any more.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from dialogs.interview import Answer, Interview, Status
from storage.addresses import Address, chat_mark, seal
from storage.database import Value, Work
from storage.faults import StorageFault
from storage.records import answers_of, coded, header, interview_of
from storage.rows import moment, number, text, write_rows
from storage.secrets import KeyRing

__all__ = ["Address", "drop", "expire", "load", "pinned", "save", "touch"]

_FIND = """
SELECT interview_id AS id, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, voluntary, quote, aside
FROM interviews WHERE chat_mark = $1
"""

_FIND_ANSWERS = """
SELECT a.question, a.option_id, a.skipped, a.prompt, a.followed_up, a.done, p.words, p.message
FROM answers a
LEFT JOIN parts p ON p.interview_id = a.interview_id AND p.question = a.question
WHERE a.interview_id = $1
ORDER BY a.question, p.position
"""

_OPEN = """
INSERT INTO interviews (interview_id, chat_mark, teller, question_set, set_version, channel,
    link, role, consent_text, consent_fingerprint, consent_at, voluntary, quote, aside,
    changed_at, opened_at, chat)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
ON CONFLICT (interview_id) DO NOTHING
"""

_CHANGE = """
UPDATE interviews SET teller = $3, question_set = $4, set_version = $5, channel = $6,
    link = $7, role = $8, consent_text = $9, consent_fingerprint = $10, consent_at = $11,
    voluntary = $12, quote = $13, aside = $14, changed_at = $15
WHERE interview_id = $1 AND chat_mark = $2
"""

_WRITE_ANSWER = """
INSERT INTO answers (interview_id, question, option_id, skipped, prompt, followed_up, done)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (interview_id, question) DO UPDATE SET option_id = excluded.option_id,
    skipped = excluded.skipped, prompt = excluded.prompt, followed_up = excluded.followed_up,
    done = excluded.done
"""

_WRITE_PART = """
INSERT INTO parts (interview_id, question, position, words, message)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (interview_id, question, position) DO UPDATE SET words = excluded.words,
    message = excluded.message
"""

_TAKE_ANSWERS = "DELETE FROM answers WHERE interview_id = $1"
_TAKE_ANSWER = "DELETE FROM answers WHERE interview_id = $1 AND question = $2"
_TAKE_PARTS = "DELETE FROM parts WHERE interview_id = $1 AND question = $2 AND position >= $3"
_DROP = "DELETE FROM interviews WHERE chat_mark = $1"
_TOUCH = "UPDATE interviews SET changed_at = $2 WHERE chat_mark = $1"
_PINNED = """
SELECT question_set, set_version FROM interviews UNION SELECT question_set, set_version FROM stories
"""
_EXPIRE = "DELETE FROM interviews WHERE changed_at < $1"


async def load(work: Work, keys: KeyRing, address: Address) -> Interview | None:
    """The draft of a chat, with its answers in order of question id; None where it has none."""
    found = await work.fetch(_FIND, chat_mark(keys, address))
    if not found:
        return None
    lines = await work.fetch(_FIND_ANSWERS, text(found[0], "id"))
    return interview_of(keys, found[0], answers_of(keys, lines), Status.OPEN)


async def save(
    work: Work,
    keys: KeyRing,
    address: Address,
    before: Interview | None,
    after: Interview,
    at: datetime,
) -> None:
    """Makes the draft of a chat say `after`, writing what differs from `before`: what `load` gave in this transaction.

    Where they have different ids, the draft of before goes. Only an open interview can be saved.
    """
    if after.status is not Status.OPEN:
        raise StorageFault("Alleen een open gesprek wordt als concept bewaard.")
    if before == after:
        return
    if before is not None and before.id != after.id:
        await drop(work, keys, address)
        before = None
    if before is None:
        await _open(work, keys, address, after, at)
    else:
        await _change(work, keys, address, after, at)
    await _write_answers(work, keys, {} if before is None else before.answers, after)


async def drop(work: Work, keys: KeyRing, address: Address) -> None:
    """Takes away the draft of a chat, if it has one. What the engine's files keep of it goes with `scrub`."""
    await work.execute(_DROP, chat_mark(keys, address))


async def touch(work: Work, keys: KeyRing, address: Address, at: datetime) -> None:
    """The teller was there, though nothing of the draft changed: its days count from now."""
    await work.execute(_TOUCH, chat_mark(keys, address), moment(at))


async def pinned(work: Work) -> set[tuple[str, int]]:
    """The question sets, with versions, that drafts and stories were told to."""
    return {(text(row, "question_set"), number(row, "set_version")) for row in await work.fetch(_PINNED)}


async def expire(work: Work, before: datetime) -> int:
    """Takes away every draft whose teller was not there since this time; how many."""
    return await work.execute(_EXPIRE, moment(before))


async def _open(work: Work, keys: KeyRing, address: Address, interview: Interview, at: datetime) -> None:
    row = _row(keys, address, interview, at)
    if not await work.execute(_OPEN, *row, moment(at), seal(keys, address)):
        # Saved before after all: it keeps when it was opened, and says nothing but what it says now.
        await work.execute(_TAKE_ANSWERS, interview.id)
        await _change(work, keys, address, interview, at)


async def _change(work: Work, keys: KeyRing, address: Address, interview: Interview, at: datetime) -> None:
    if not await work.execute(_CHANGE, *_row(keys, address, interview, at)):
        raise StorageFault("Dit gesprek is niet meer het concept van deze chat.")


def _row(keys: KeyRing, address: Address, interview: Interview, at: datetime) -> tuple[Value, ...]:
    quote = None if interview.quote is None else int(interview.quote)
    mark = chat_mark(keys, address)
    return interview.id, mark, *header(keys, interview), quote, interview.aside, moment(at)


async def _write_answers(work: Work, keys: KeyRing, before: Mapping[str, Answer], after: Interview) -> None:
    for question in sorted(before.keys() - after.answers.keys()):
        await work.execute(_TAKE_ANSWER, after.id, question)
    for question, count in _shortened(before, after.answers):
        await work.execute(_TAKE_PARTS, after.id, question, count)
    await write_rows(work, _WRITE_ANSWER, list(_answer_rows(before, after)))
    await write_rows(work, _WRITE_PART, list(_part_rows(keys, before, after)))


def _shortened(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[tuple[str, int]]:
    """The questions that have fewer parts than they had, and how many."""
    for question in sorted(before.keys() & after.keys()):
        count = len(after[question].parts)
        if count < len(before[question].parts):
            yield question, count


def _answer_rows(before: Mapping[str, Answer], after: Interview) -> Iterator[tuple[Value, ...]]:
    for question, answer in after.answers.items():
        if question not in before or coded(before[question]) != coded(answer):
            yield after.id, question, *coded(answer)


def _part_rows(keys: KeyRing, before: Mapping[str, Answer], after: Interview) -> Iterator[tuple[Value, ...]]:
    for question, answer in after.answers.items():
        kept = before[question].parts if question in before else ()
        for position, part in enumerate(answer.parts):
            if kept[position : position + 1] != (part,):
                words = keys.encrypt(part.text)
                yield after.id, question, position, words, part.message
