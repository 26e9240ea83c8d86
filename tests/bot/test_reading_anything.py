"""Whether anything at all can come in as an update without a fault, and what is read of it can be used."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.reading import Aside, Group, Reader, Update
from dialogs.events import Fresh
from tests.bot.raw import QUESTION, every_kind, sent, tap
from tests.botapi.wire import Json

READER = Reader(
    "telegram:123", lambda: Fresh("interview", "teller", "story", "K7PM4TX9R"), lambda: datetime(2026, 3, 4, tzinfo=UTC)
)
REASONS = {"geen update", "onleesbaar", "soort update", "groep", "andere bot", "dienstbericht"}

_texts = st.text(st.characters(codec=None, categories=None), max_size=12)
_numbers = st.integers() | st.sampled_from([2**63, -(2**63), 2**64, 10**400, 0, -1])
_leaves = st.none() | st.booleans() | _numbers | st.floats() | _texts
_NAMES = ["message", "chat", "id", "type", "text", "from", "entities", "reply_markup", "data"]
_LATER = ["date", "language_code", "forward_origin", "sender_user", "media_group_id", "my_chat_member", "status"]
_keys = _texts | st.sampled_from([*_NAMES, *_LATER])
anything: st.SearchStrategy[Json] = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4), max_leaves=12
)

Place = tuple[str | int, ...]


def inside(value: Json) -> dict[str | int, Json]:
    """What an object or array holds, by key or index."""
    held: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        held = [*value.items()]
    if isinstance(value, list):
        held = [*enumerate(value)]
    return dict(held)


def places(value: Json, above: Place = ()) -> list[Place]:
    """Every place in a JSON value, as the keys that lead to it."""
    return [above, *(place for key, item in inside(value).items() for place in places(item, (*above, key)))]


def changed(value: Json, place: Place, other: list[Json]) -> Json:
    """The value with something else at a place, or with nothing there where `other` is empty."""
    if not place:
        return other[0] if other else None
    key, *rest = place
    items = inside(value)
    if rest or other:
        items[key] = changed(items[key], tuple(rest), other)
    else:
        del items[key]
    return {str(name): item for name, item in items.items()} if isinstance(value, dict) else list(items.values())


@st.composite
def mutated(draw: st.DrawFn) -> Json:
    """A real update of which up to three places are missing, or hold something else."""
    raw: Json = draw(st.sampled_from(every_kind()))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(places(raw)))
        raw = changed(raw, place, draw(st.lists(anything, max_size=1)))
    return raw


def deep(levels: int) -> Json:
    nested: Json = "bodem"
    for _ in range(levels):
        nested = [nested]
    return nested


def is_sound(read: Update | Group | Aside) -> bool:
    """Whether what came out holds nothing that the rest of the house could stumble over."""
    match read:
        case Update(inbound=inbound, tapped=touched):
            words = [getattr(inbound.event, "text", ""), *((touched.words, touched.label) if touched else ())]
            whole = -(2**63) <= int(inbound.address.chat) < 2**63 and (not inbound.message or int(inbound.message) != 0)
            words += [inbound.event.language, getattr(inbound.event, "album", "")]
            return whole and all(isinstance(said, str) and said.encode() is not None for said in words)
        case Group(chat=chat):
            return -(2**63) <= chat < 2**63
        case Aside(reason=reason):
            return reason in REASONS


@settings(max_examples=200)
@given(anything)
def test_any_json_is_read_without_raising(raw: Json) -> None:
    assert is_sound(READER.read(raw))


@settings(max_examples=300)
@given(mutated())
def test_a_damaged_update_is_read_without_raising(raw: Json) -> None:
    assert is_sound(READER.read(raw))


def forged(data: Json) -> Json:
    """A tap with data that no button of ours carries, under a button that does."""
    under: Json = {**QUESTION, "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": data}]]}}
    return {"update_id": 7, "callback_query": {"id": "1", "message": under, "data": data}}


MONSTERS: dict[str, Json] = {
    "data of many levels": forged(deep(50_000)),
    "data of many letters": forged("x" * 1_000_000),
    "data of 5000 digits": forged(10**5000),
    "words of many levels": sent({"text": deep(50_000)}),
    "a button under words of many levels": tap({**QUESTION, "text": deep(50_000)}, "g:verder:"),
    "marks of many levels": tap({**QUESTION, "entities": deep(50_000)}, "g:verder:"),
    "a keyboard of many levels": tap({**QUESTION, "reply_markup": {"inline_keyboard": deep(50_000)}}, "g:verder:"),
    "a language of many levels": sent({"text": "x", "from": {"id": 1, "language_code": deep(50_000)}}),
    "an origin of many levels": sent({"text": "x", "forward_origin": {"sender_user": deep(50_000)}}),
    "an album of many levels": sent({"photo": [], "media_group_id": deep(50_000)}),
    "a date of 5000 digits": sent({"text": "x", "date": 10**5000}),
    "a million letters": sent({"text": "a" * 1_000_000}),
    "a million marks on one letter": sent({"text": "a" + "\u0301" * 1_000_000}),
    "a message number of 5000 digits": tap({**QUESTION, "message_id": 10**5000}, "g:verder:"),
    "a chat number of 5000 digits": sent({"chat": {"id": 10**5000, "type": "private"}, "text": "x"}),
}


@pytest.mark.parametrize("kind", MONSTERS)
def test_a_monster_is_read_without_raising(kind: str) -> None:
    assert is_sound(READER.read(MONSTERS[kind]))
