"""Whether one update that nobody can read leaves the others readable."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.sifting import sifted

GOOD = b'{"update_id":11,"message":{"text":"Een \\"]}\\" en {[","entities":[{"a":[]}]}}'
UNREADABLE = {
    "thousands of levels": b'{"update_id":7,"message":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    "thousands of levels before the number": b'{"message":'
    + b'{"a":' * 9_000
    + b"1"
    + b"}" * 9_000
    + b',"update_id":7}',
    "thousands of digits": b'{"update_id":7,"message":{"date":' + b"9" * 5_000 + b"}}",
    "bytes that are no text": b'{"update_id":7,"message":{"text":"\xff\xfe"}}',
    "words that are no JSON": b'{"update_id":7,"message":{nietwaar}}',
}

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("update_id"), inner, max_size=3),
)


def answer(*updates: bytes) -> bytes:
    return b'{"ok":true,"result":[' + b",\n".join(updates) + b"]}"


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_others_are_read_and_of_the_one_its_number(kind: str, place: int) -> None:
    updates = [GOOD, GOOD]
    updates.insert(place, UNREADABLE[kind])
    with pytest.raises((ValueError, RecursionError)):
        json.loads(answer(*updates))
    expected = [json.loads(GOOD), json.loads(GOOD)]
    expected.insert(place, {"update_id": 7, "message": None})
    assert sifted(answer(*updates)) == {"ok": True, "result": expected}


@given(st.lists(st.dictionaries(st.text() | st.just("update_id"), any_json), max_size=4))
def test_what_can_be_read_is_read_as_it_is(updates: list[object]) -> None:
    whole = {"ok": True, "result": updates}
    assert sifted(json.dumps(whole).encode()) == whole


@pytest.mark.parametrize(
    "number",
    [b'"7"', b"7.5", b"7e3", b"null", b"9" * 30, b'{"update_id":7}', b"[7]"],
)
def test_a_number_that_is_none_is_none(number: bytes) -> None:
    found = sifted(answer(b'{"update_id":' + number + b',"message":' + b"[" * 9_000 + b"]" * 9_000 + b"}"))
    assert found
    assert found["result"] == [{"update_id": None, "message": None}]


@pytest.mark.parametrize("cut", [1, 2, 30, 60, 100])
def test_half_an_answer_is_no_answer(cut: int) -> None:
    assert sifted(answer(GOOD, GOOD)[:-cut]) is None


@pytest.mark.parametrize(
    "words", [b"", b"geen JSON", b"[]", b'{"ok":true}', b'{"ok":false,"result":[]}', b'{"ok":true,"result":{"a":1}}']
)
def test_what_is_no_answer_to_a_poll_is_left_alone(words: bytes) -> None:
    assert sifted(words) is None
