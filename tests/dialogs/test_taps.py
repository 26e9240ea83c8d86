"""What a button carries goes to the channel and comes back as it was, and fits; anything else is no button."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.doorway import CONSENT, ROLE
from dialogs.engine import step
from dialogs.prompt import ask
from dialogs.replies import AskTap, DoorTap, Offer, PlainTap, Step, Tap
from dialogs.taps import LIMIT, LINK_LIMIT, ROLES, decode, encode
from tests.dialogs.situations import agreed, chosen, opened
from tests.talk.world import library

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLUGS = st.from_regex(r"[A-Za-z0-9_]{1,16}", fullmatch=True)
_LINKS = st.from_regex(rf"[A-Za-z0-9_-]{{0,{LINK_LIMIT}}}", fullmatch=True)
_FINGERPRINTS = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)
_ROLES = st.sampled_from(["", *ROLES])
_NO_SET = st.builds(Offer, role=_ROLES, link=_LINKS)
_OF_SET = st.builds(Offer, st.sampled_from(_LETTERS), st.integers(1, 999), _ROLES, _FINGERPRINTS, _LINKS)
_DOORS = st.builds(DoorTap, st.just(ROLE), st.sampled_from(ROLES), _NO_SET) | st.builds(
    DoorTap, st.just(CONSENT), st.sampled_from(["ja", "nee", "uitleg", "jong", "verder", "mens"]), _OF_SET
)
_QUESTIONS = st.from_regex(r"[a-z][a-z0-9_]{0,15}", fullmatch=True) | st.sampled_from(
    [f"@{text_id}" for text_id in library().texts]
)
_TAGS = st.from_regex(r"[0-9a-f]{6}", fullmatch=True)
TAPS = (
    _DOORS
    | st.builds(AskTap, _TAGS, _QUESTIONS, _SLUGS)
    | st.builds(PlainTap, st.sampled_from(["nog", "weg", "zien", "ja", "nee", "kwijt"]), _LINKS)
    | st.builds(
        PlainTap, st.just("nieuw"), _LINKS | st.sampled_from([f"={item.id}" for item in library().sets.values()])
    )
)


@given(TAPS)
def test_a_button_comes_back_as_it_went(tap: Tap) -> None:
    assert decode(encode(tap)) == tap


@given(TAPS)
def test_every_button_fits(tap: Tap) -> None:
    assert len(encode(tap).encode()) <= LIMIT


@given(st.text() | st.from_regex(r"[dqg](:[a-z0-9]{0,4}){0,8}", fullmatch=True))
@example("d:t:ja:b1:²:abcd1234:")
@example("d:t:ja:b01:0:abcd1234:")
@example("d:t:ja:b1:00:abcd1234:")
@example("g:nog:\ud800")
def test_a_string_stands_for_one_button_at_most(data: str) -> None:
    tap = decode(data)
    assert tap is None or encode(tap) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "d",
        "q",
        "x:000001:gevoel:blij",
        "q:000001:gevoel",
        "q:000001:gevoel:blij:boos",
        "Q:000001:gevoel:blij",
        "g:nog",
        "g:nog:b:1",
        "d:t:ja",
        "d:t:ja:b1:0:abcd1234",
        "d:t:ja:b1:0:abcd1234:link:nog",
        "d:t:ja:1b:0:abcd1234:",
        "d:t:ja:b0:0:abcd1234:",
        "d:t:ja:b1000:0:abcd1234:",
        "d:t:ja:b:0:abcd1234:",
        "d:t:ja:b-1:0:abcd1234:",
        "d:t:ja:b1\n:0:abcd1234:",
        "d:t:ja:B1:0:abcd1234:",
        "d:t:ja:b١:0:abcd1234:",
        "d:t:ja:b1:9:abcd1234:",
        "d:t:ja:b1:-1:abcd1234:",
        "d:t:ja:b1:bewoner:abcd1234:",
        "g:nog:" + "x" * (LIMIT - 5),
        "g:nog:" + "é" * (LIMIT // 2),
    ],
)
def test_a_foreign_string_is_no_button(data: str) -> None:
    assert decode(data) is None


def test_the_longest_button_before_consent_just_fits() -> None:
    known = Offer("p", 999, max(ROLES, key=len), "0123abcd", "x" * LINK_LIMIT)
    options = [*ROLES, *(slug for door in _doors() for slug in library().text(door).buttons)]
    longest = max(
        len(encode(DoorTap(stage, option, known)).encode()) for stage in (ROLE, CONSENT) for option in options
    )
    assert longest <= LIMIT


def test_every_button_before_consent_fits_with_the_longest_link() -> None:
    shown = [step(library(), None, opened(f"{letter}-" + "x" * (LINK_LIMIT - 2))) for letter in "bmpz"]
    further = [step(library(), None, chosen(tap)) for taken in shown for tap in _taps(taken)]
    assert all(decode(encode(tap)) == tap for taken in (*shown, *further) for tap in _taps(taken))


def test_a_link_that_is_too_long_is_as_good_as_none() -> None:
    link = "b-" + "x" * (LINK_LIMIT - 1)
    assert step(library(), None, opened(link)) == step(library(), None, opened())


@pytest.mark.parametrize("question_set", ["bewoner", "medewerker", "professional"])
def test_every_button_of_a_question_fits(question_set: str) -> None:
    interview = replace(agreed(question_set), id="f" * 32, voluntary=True)
    asked = [ask(library(), interview, question) for question in library().of(interview).questions]
    taps = [button.tap for reply in asked for button in reply.buttons]
    assert taps
    assert all(decode(encode(tap)) == tap for tap in taps)


def _doors() -> set[str]:
    return {"ALG.hulp", *(questions.consent for questions in library().sets.values())}


def _taps(taken: Step) -> list[Tap]:
    return [button.tap for reply in taken.replies for button in reply.buttons]
