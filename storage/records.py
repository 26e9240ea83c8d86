"""An interview and its answers as rows and back, alike for drafts and stories; knows no table and no statement."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from dialogs.interview import Answer, Consent, Interview, Part, Status, Visit
from storage.database import Row, Value
from storage.rows import flag, instant, moment, number, text, text_or_none
from storage.secrets import KeyRing

REMEMBERED = 4096
"""Answers without words that are made once: there are fewer different ones, and every interview has many."""

_CODED = ("question", "option_id", "skipped", "prompt", "followed_up", "done", "carried")
_coded_cells = itemgetter(*_CODED)


def header(keys: KeyRing, interview: Interview) -> tuple[Value, ...]:
    """What both a draft and a story say about themselves: teller up to and including helped, as in the tables.

    A link can be typed by hand, with anything in it, so it is a person's words as well.
    """
    return (
        interview.teller,
        interview.question_set,
        interview.version,
        interview.channel,
        keys.encrypt(interview.link) if interview.link else None,
        interview.role,
        interview.consent.text,
        interview.consent.fingerprint,
        moment(interview.consent.given_at),
        int(interview.voluntary),
        int(interview.helped),
    )


def came(interview: Interview) -> tuple[Value, ...]:
    """How a teller came, beside the link: test, helper and own_team, as in the tables."""
    visit = interview.visit or Visit("")
    return int(interview.test), visit.helper, None if visit.own_team is None else int(visit.own_team)


def visit_of(row: Row) -> Visit | None:
    """The visit in a row with visit, helper and own_team; None where nobody went from teller to teller."""
    code, helper = text(row, "visit"), text(row, "helper")
    own_team = None if row["own_team"] is None else flag(row, "own_team")
    return Visit(code, helper, own_team) if code or helper else None


def interview_of(keys: KeyRing, row: Row, answers: Mapping[str, Answer], status: Status) -> Interview:
    """The interview of a row with the columns of `header`, its id, and what only a draft has (empty for a story)."""
    return Interview(
        id=text(row, "id"),
        teller=text(row, "teller"),
        question_set=text(row, "question_set"),
        version=number(row, "set_version"),
        channel=text(row, "channel"),
        consent=consent_of(row),
        link=link_of(keys, row),
        role=text_or_none(row, "role"),
        answers=answers,
        voluntary=flag(row, "voluntary"),
        aside=opened(keys, row, "aside") or None,
        about=opened(keys, row, "about"),
        waiting=opened(keys, row, "waiting"),
        quote=None if row["quote"] is None else flag(row, "quote"),
        status=status,
        helped=flag(row, "helped"),
        remind=flag(row, "remind"),
        told=frozenset(opened(keys, row, "told").split()),
        visit=visit_of(row),
        test=flag(row, "test"),
    )


def opened(keys: KeyRing, row: Row, column: str) -> str:
    """The words in an encrypted cell; "" where it is empty."""
    sealed = text_or_none(row, column)
    return keys.decrypt(sealed) if sealed else ""


def link_of(keys: KeyRing, row: Row) -> str | None:
    """The link in a row, if the teller came by one."""
    return opened(keys, row, "link") or None


def consent_of(row: Row) -> Consent:
    """The proof of consent in a row."""
    return Consent(
        text=text(row, "consent_text"),
        fingerprint=text(row, "consent_fingerprint"),
        given_at=instant(row, "consent_at"),
    )


def coded(answer: Answer) -> tuple[Value, ...]:
    """What an answer says besides its words: option_id up to and including carried, as in the tables."""
    return (
        answer.option,
        int(answer.skipped),
        answer.prompt,
        answer.followed_up,
        int(answer.done),
        answer.carried,
    )


def answers_of(keys: KeyRing, rows: Sequence[Row]) -> Mapping[str, Answer]:
    """The answers of one interview by question: a row for each part, in order, or one without where there is none."""
    grouped = groupby(rows, key=lambda row: text(row, "question"))
    return MappingProxyType({question: _answer(keys, list(lines)) for question, lines in grouped})


def _answer(keys: KeyRing, rows: Sequence[Row]) -> Answer:
    parts = tuple([_part(keys, row) for row in rows if row["words"] is not None])
    return _made(rows[0], parts) if parts else _remembered(_coded_cells(rows[0]))


@lru_cache(maxsize=REMEMBERED)
def _remembered(cells: tuple[Value, ...]) -> Answer:
    return _made(dict(zip(_CODED, cells, strict=True)), ())


def _made(row: Row, parts: tuple[Part, ...]) -> Answer:
    return Answer(
        question=text(row, "question"),
        option=text_or_none(row, "option_id"),
        skipped=flag(row, "skipped"),
        prompt=text_or_none(row, "prompt"),
        followed_up=number(row, "followed_up"),
        parts=parts,
        done=flag(row, "done"),
        carried=text(row, "carried"),
    )


def _part(keys: KeyRing, row: Row) -> Part:
    return Part(keys.decrypt(text(row, "words")), text(row, "message"))
