"""Interviews to keep: one that could be real, and any that the types allow; knows no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

from hypothesis import strategies as st

from dialogs.interview import FROM_BEFORE, FROM_LINK, Answer, Consent, Interview, Language, Part, Status

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
RECEIPT = "K7PM4TX9R"

STORY = Answer(
    question="verhaal",
    prompt="eerste",
    followed_up=1,
    parts=(Part("Mijn dak lekte al weken.", "81001"), Part("Toen belde iemand van de buurt.", "81002")),
    done=True,
)
FEELING = Answer(question="gevoel", option="opgelucht", parts=(Part("vooral die avond"),), done=True)
AGE = Answer(question="leeftijd", skipped=True, done=True)

BLANK = Interview(
    id="0f3c9a7be1d24c55",
    teller="b71e90d2aa4f4d08",
    question_set="bewoner",
    version=3,
    channel="telegram",
    consent=Consent("ALG.toestemming", "9f86d081", NOON),
    link="noord7",
    role="bewoner",
)
DRAFT = BLANK.having(STORY, FEELING, AGE)
SENT = replace(DRAFT, status=Status.SENT, quote=True, language=Language("nl", 97, "woorden"))

_slugs = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=8)
_maybe_slugs = st.none() | _slugs
_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_zones = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
_later = st.timedeltas(timedelta(), timedelta(days=50_000))
_times = st.builds(lambda later, zone: (NOON + later).astimezone(zone), _later, _zones)
_text_ids = st.from_regex(r"[A-Z]{2,5}\.[a-z_.0-9]{1,8}", fullmatch=True)
_languages = st.builds(Language, st.just("") | _slugs, st.none() | st.integers(0, 100), st.just("") | _slugs)
_parts = st.builds(Part, _words, st.just("") | st.integers(1).map(str))


@st.composite
def answers(draw: st.DrawFn, question: str) -> Answer:
    """Any answer to a question."""
    return Answer(
        question=question,
        option=draw(_maybe_slugs),
        skipped=draw(st.booleans()),
        prompt=draw(_maybe_slugs),
        followed_up=draw(st.integers(0, 4)),
        parts=tuple(draw(st.lists(_parts, max_size=4))),
        done=draw(st.booleans()),
        carried=draw(st.sampled_from(["", FROM_LINK, FROM_BEFORE])),
    )


@st.composite
def interviews(draw: st.DrawFn, status: Status = Status.OPEN) -> Interview:
    """Any interview with the id of `BLANK`, so that one can follow another in the same chat.

    What only a draft has (an aside, a reminder, what was said once) a sent one has not, and the other way round.
    """
    is_draft = status is Status.OPEN
    questions = draw(st.lists(st.sampled_from(["verhaal", "titel", "gevoel", "tijd", "leeftijd"]), unique=True))
    return Interview(
        id=BLANK.id,
        teller=draw(_slugs),
        question_set=draw(_slugs),
        version=draw(st.integers(1, 999)),
        channel=draw(_slugs),
        consent=Consent(draw(_slugs), draw(_slugs), draw(_times)),
        link=draw(_maybe_slugs),
        role=draw(_maybe_slugs),
        answers=MappingProxyType({question: draw(answers(question)) for question in questions}),
        voluntary=draw(st.booleans()),
        aside=draw(_maybe_slugs) if is_draft else None,
        about=draw(_words) if is_draft else "",
        waiting=draw(_words) if is_draft else "",
        quote=draw(st.none() | st.booleans()) if is_draft else draw(st.booleans()),
        status=status,
        helped=draw(st.booleans()),
        remind=draw(st.booleans()) if is_draft else False,
        told=draw(st.frozensets(_text_ids, max_size=4)) if is_draft else frozenset(),
        language=None if is_draft else draw(_languages),
    )


def without_messages(interview: Interview) -> Interview:
    """The interview with parts that have no id of a message, as a story is kept."""
    return interview.having(
        *(
            replace(answer, parts=tuple(Part(part.text) for part in answer.parts))
            for answer in interview.answers.values()
        )
    )
