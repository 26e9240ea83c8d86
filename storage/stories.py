"""Stories: what was sent, found again by a receipt only; knows no chat, no draft and no message.

Every word is encrypted anew when a story is kept, and its id is random: nothing in its rows tells from which draft or
in which order it came.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from types import MappingProxyType

from dialogs.interview import Answer, Consent, Interview, Language, Status, Visit
from dialogs.receipts import normal_receipt
from storage import erased
from storage.database import Row, Value, Work
from storage.erased import Erased, Kind
from storage.faults import StorageFault
from storage.records import answers_of, came, coded, consent_of, header, interview_of, link_of, visit_of
from storage.rows import (
    day,
    flag,
    instant,
    moment,
    number,
    text,
    text_or_none,
    write_rows,
)
from storage.secrets import KeyRing

TELLER_DIGITS = 16
"""Of the hash of a teller id: 64 bits, so that no two tellers of one study share them."""

STORIES_AT_ONCE = 200
"""Stories in memory while all are read."""

_KEEP = """
INSERT INTO stories (story_id, receipt_mark, teller, question_set, set_version, channel,
    link, role, consent_text, consent_fingerprint, consent_at, voluntary, helped, quote, sent_at,
    language, language_certainty, language_source, origin, test, helper, own_team)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
"""

_KEEP_ANSWER = """
INSERT INTO story_answers (story_id, question, option_id, skipped, prompt, followed_up, done, carried)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

_KEEP_PART = """
INSERT INTO story_parts (story_id, question, position, words) VALUES ($1, $2, $3, $4)
"""

_FIND = """
SELECT story_id AS id, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, voluntary, helped, quote,
    NULL AS aside, NULL AS about, NULL AS waiting, 0 AS remind, NULL AS told, '' AS visit,
    test, helper, own_team, language, language_certainty, language_source
FROM stories WHERE receipt_mark = $1
"""

_FIND_ANSWERS = """
SELECT a.question, a.option_id, a.skipped, a.prompt, a.followed_up, a.done, a.carried,
    p.words, '' AS message
FROM story_answers a
LEFT JOIN story_parts p ON p.story_id = a.story_id AND p.question = a.question
WHERE a.story_id = $1
ORDER BY a.question, p.position
"""

_NEXT = """
SELECT story_id AS id, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, helped, quote, sent_at,
    '' AS visit, test, helper, own_team, language, language_certainty, language_source
FROM stories
WHERE story_id > $1 AND (CAST($2 AS TEXT) IS NULL OR question_set = $2)
ORDER BY story_id LIMIT $3
"""

_ONE = """
SELECT story_id AS id, teller, question_set, set_version, channel, link, role,
    consent_text, consent_fingerprint, consent_at, helped, quote, sent_at,
    '' AS visit, test, helper, own_team, language, language_certainty, language_source
FROM stories WHERE story_id = $1
"""

_NEXT_ANSWERS = """
SELECT a.story_id, a.question, a.option_id, a.skipped, a.prompt, a.followed_up, a.done, a.carried,
    p.words, '' AS message
FROM stories s
JOIN story_answers a ON a.story_id = s.story_id
LEFT JOIN story_parts p ON p.story_id = a.story_id AND p.question = a.question
WHERE s.story_id > $1 AND s.story_id <= $2
    AND (CAST($3 AS TEXT) IS NULL OR s.question_set = $3)
ORDER BY a.story_id, a.question, p.position
"""

_ORIGIN = "SELECT story_id, origin FROM stories WHERE receipt_mark = $1"

_FORGET = "DELETE FROM stories WHERE story_id IN (SELECT story_id FROM stories WHERE sent_at < $1 LIMIT $2)"

_WITHDRAWN = "SELECT story_id, day FROM withdrawals ORDER BY story_id"

_ASKED = """
SELECT question_set, set_version, MIN(sent_at) AS first, MAX(sent_at) AS last
FROM stories WHERE test = 0 GROUP BY question_set, set_version
"""

_COUNT = """
SELECT 'drafts' AS kind, question_set, COUNT(*) AS amount FROM interviews GROUP BY question_set
UNION ALL
SELECT 'stories' AS kind, question_set, COUNT(*) AS amount FROM stories GROUP BY question_set
UNION ALL
SELECT 'withdrawn' AS kind, '' AS question_set, COUNT(*) AS amount FROM withdrawals
"""


@dataclass(frozen=True)
class Story:
    """What one teller sent, as researchers get it. `quote`: a piece of it may stand in a report.

    `helper`: in which role somebody went from teller to teller, `own_team` whether it is about the team of that helper.
    `test`: told to try it out.
    """

    id: str
    teller: str
    question_set: str
    version: int
    channel: str
    consent: Consent
    quote: bool
    sent_at: datetime
    link: str | None = None
    role: str | None = None
    helped: bool = False
    helper: str = ""
    own_team: bool | None = None
    test: bool = False
    language: Language = field(default_factory=Language)
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))


async def keep(work: Work, keys: KeyRing, interview: Interview, story_id: str, receipt: str, at: datetime) -> None:
    """Keeps a sent interview as a story, once. Nothing but an explicit yes allows it to be quoted.

    Takes an id and a receipt that no story has. The draft is another matter: `interviews.drop`. Of consent and of
    sending only the day is kept: a moment would find the update that it came with. Which draft it was is kept for the
    one who has the receipt, so that a withdrawal takes the draft out of older copies too.
    """
    if interview.status is not Status.SENT:
        raise StorageFault("Alleen een verstuurd gesprek wordt als verhaal bewaard.")
    quote = int(interview.quote is True)
    mark = _receipt_mark(keys, receipt)
    consent = replace(interview.consent, given_at=day(interview.consent.given_at))
    dated = replace(interview, consent=consent, teller=teller_mark(keys, interview.teller))
    row = (story_id, mark, *header(keys, dated), quote, moment(day(at)), *_spoken(interview))
    origin = keys.encrypt_with("origin", normal_receipt(receipt), interview.id)
    await work.execute(_KEEP, *row, origin, *came(interview))
    answers = interview.answers.items()
    coded_rows = [(story_id, question, *coded(answer)) for question, answer in answers]
    await write_rows(work, _KEEP_ANSWER, coded_rows)
    await write_rows(work, _KEEP_PART, list(_part_rows(keys, interview, story_id)))


def _spoken(interview: Interview) -> tuple[Value, ...]:
    language = interview.language or Language()
    return language.code, language.certainty, language.source


def teller_mark(keys: KeyRing, teller: str) -> str:
    """What a story keeps of its teller: the same for every story of one, and no way back to what a button carries."""
    return keys.mark("teller", teller)[:TELLER_DIGITS]


async def find(work: Work, keys: KeyRing, receipt: str) -> Interview | None:
    """The story of a receipt, as the interview it was sent as but without ids of messages; its id is the story's."""
    found = await work.fetch(_FIND, _receipt_mark(keys, receipt))
    if not found:
        return None
    lines = await work.fetch(_FIND_ANSWERS, text(found[0], "id"))
    told = interview_of(keys, found[0], answers_of(keys, lines), Status.SENT)
    return replace(told, language=_language(found[0]))


async def withdraw(work: Work, keys: KeyRing, receipt: str, at: datetime) -> list[Erased]:
    """Takes the story of a receipt away; what was so erased: it and the draft that it was, or nothing.

    Its id and the day stay, nothing else. What the engine's files keep of it goes with `scrub`.
    """
    found = await work.fetch(_ORIGIN, _receipt_mark(keys, receipt))
    gone = [item for row in found for item in _erased(keys, receipt, row, erased.day(at))]
    await erased.erase(work, gone)
    return gone


async def forget(work: Work, before: datetime, most: int) -> int:
    """Takes away stories that were sent before this time, `most` of them, with all their rows; how many."""
    return await work.execute(_FORGET, moment(before), most)


async def every(work: Work, keys: KeyRing, question_set: str | None) -> AsyncIterator[Story]:
    """All stories, or those of one question set, in order of id; never more than a batch in memory."""
    last = ""
    while told := await page(work, keys, question_set, last):
        for story in told:
            yield story
        last = told[-1].id


async def page(work: Work, keys: KeyRing, question_set: str | None, after: str) -> list[Story]:
    """The next of them behind the one with this id, for whoever lets go of the database in between; none at the end."""
    rows = await work.fetch(_NEXT, after, question_set, STORIES_AT_ONCE)
    if not rows:
        return []
    answers = _by_story(await work.fetch(_NEXT_ANSWERS, after, text(rows[-1], "id"), question_set))
    return [_story(keys, row, answers_of(keys, answers.get(text(row, "id"), ()))) for row in rows]


async def one(work: Work, keys: KeyRing, story_id: str) -> Story | None:
    """The story with this id, if it is there."""
    rows = await work.fetch(_ONE, story_id)
    return _story(keys, rows[0], answers_of(keys, await work.fetch(_FIND_ANSWERS, story_id))) if rows else None


async def withdrawals(work: Work) -> list[tuple[str, str]]:
    """The stories that were withdrawn, for whoever holds an earlier export: their id and the day (in Amsterdam)."""
    return [(text(row, "story_id"), text(row, "day")) for row in await work.fetch(_WITHDRAWN)]


async def counts(work: Work) -> Mapping[str, int]:
    """How many `drafts`, `stories` and `withdrawn` stories there are.

    Of the first two also for each question set, as "stories/bewoner"; a withdrawn story has left none to count it by.
    """
    totals = {"drafts": 0, "stories": 0, "withdrawn": 0}
    for row in await work.fetch(_COUNT):
        kind, question_set, amount = text(row, "kind"), text(row, "question_set"), number(row, "amount")
        totals[kind] += amount
        if question_set:
            totals[f"{kind}/{question_set}"] = amount
    return MappingProxyType(totals)


async def asked(work: Work) -> Mapping[tuple[str, int], tuple[datetime, datetime]]:
    """When the first and the last story were sent that were told with each version of a set, but for trials."""
    return {
        (text(row, "question_set"), number(row, "set_version")): (instant(row, "first"), instant(row, "last"))
        for row in await work.fetch(_ASKED)
    }


def _erased(keys: KeyRing, receipt: str, row: Row, on: str) -> Iterator[Erased]:
    yield Erased(Kind.STORY, text(row, "story_id"), on)
    # Nobody is kept from taking a story back by an origin that is damaged.
    with suppress(StorageFault):
        if origin := text(row, "origin"):
            yield Erased(Kind.DRAFT, keys.decrypt_with("origin", normal_receipt(receipt), origin), on)


def _receipt_mark(keys: KeyRing, receipt: str) -> str:
    return keys.mark("receipt", normal_receipt(receipt))


def _part_rows(keys: KeyRing, interview: Interview, story_id: str) -> Iterator[tuple[Value, ...]]:
    for question, answer in interview.answers.items():
        for position, part in enumerate(answer.parts):
            yield story_id, question, position, keys.encrypt(part.text)


def _by_story(lines: list[Row]) -> Mapping[str, list[Row]]:
    grouped = groupby(lines, key=lambda row: text(row, "story_id"))
    return {story_id: list(rows) for story_id, rows in grouped}


def _story(keys: KeyRing, row: Row, answers: Mapping[str, Answer]) -> Story:
    visit = visit_of(row) or Visit("")
    return Story(
        id=text(row, "id"),
        teller=text(row, "teller"),
        question_set=text(row, "question_set"),
        version=number(row, "set_version"),
        channel=text(row, "channel"),
        consent=consent_of(row),
        quote=flag(row, "quote"),
        sent_at=instant(row, "sent_at"),
        link=link_of(keys, row),
        role=text_or_none(row, "role"),
        helped=flag(row, "helped"),
        helper=visit.helper,
        own_team=visit.own_team,
        test=flag(row, "test"),
        language=_language(row),
        answers=answers,
    )


def _language(row: Row) -> Language:
    certainty = None if row["language_certainty"] is None else number(row, "language_certainty")
    return Language(text(row, "language"), certainty, text(row, "language_source"))
