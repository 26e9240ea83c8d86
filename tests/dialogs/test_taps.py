"""What a button carries goes to the channel and comes back as it was, and fits; anything else is no button."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.engine import step
from dialogs.offers import ALOUD, CONSENT, HELPER, HELPING, HINTS, ROLE
from dialogs.prompt import ask
from dialogs.replies import AgainTap, AskTap, DoorTap, Offer, PlainTap, Step, Tap
from dialogs.taps import LIMIT, LINK_LIMIT, ROLES, decode, encode, fits
from tests.dialogs.situations import agreed, chosen, opened
from tests.talk.world import library

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLUGS = st.from_regex(r"[A-Za-z0-9_]{1,16}", fullmatch=True)
_LINKS = st.from_regex(rf"[A-Za-z0-9_-]{{0,{LINK_LIMIT}}}", fullmatch=True)
_FINGERPRINTS = st.from_regex(r"[0-9a-f]{8}", fullmatch=True)
_ROLES = st.sampled_from(["", *ROLES])
_NO_SET = st.builds(Offer, role=_ROLES, link=_LINKS)
_OF_SET = st.builds(Offer, st.sampled_from(_LETTERS), st.integers(1, 999), _ROLES, _FINGERPRINTS, _LINKS)
_DOORS = st.builds(DoorTap, st.just(ROLE), st.sampled_from([*ROLES, HELPER]), _NO_SET) | st.builds(
    DoorTap,
    st.sampled_from([CONSENT, HELPING, HINTS, ALOUD]),
    st.sampled_from(["ja", "nee", "uitleg", "jong", "verder", "mens", "nood", "ok", "samen", "niet_erbij", "eigen"]),
    _OF_SET,
)
_QUESTIONS = st.from_regex(r"[a-z][a-z0-9_]{0,15}", fullmatch=True) | st.sampled_from(
    [f"@{text_id}" for text_id in library().texts]
)
_TAGS = st.from_regex(r"[0-9a-f]{6}", fullmatch=True)
_THREADS = st.from_regex(r"[A-Za-z0-9_-]{12}", fullmatch=True)
_CODES = st.lists(st.sampled_from(["", "-", "1", "7", "888"]), min_size=1, max_size=2).map(tuple)
_DAYS = st.integers(0, 0xFFFFFF)
_THREADED = st.builds(AskTap, _TAGS, _SLUGS.filter(lambda slug: len(slug) <= 10), _SLUGS, _THREADS)
_PLAIN = ["weg", "zien", "ja", "nee", "kwijt", "klaar", "volgende", "leeg", "leeg_ja", "leeg_nee", "wis"]
TAPS = (
    _DOORS
    | st.builds(AskTap, _TAGS, _QUESTIONS, _SLUGS)
    | _THREADED
    | st.builds(AgainTap, _THREADS, _OF_SET.filter(lambda offer: len(offer.link) <= 16), _DAYS, _CODES)
    | st.builds(PlainTap, st.sampled_from(_PLAIN), _LINKS)
)


@given(TAPS)
def test_a_button_comes_back_as_it_went(tap: Tap) -> None:
    back = decode(encode(tap))
    assert back == tap
    assert back is not None
    assert encode(back) == encode(tap)


@given(TAPS)
def test_every_button_fits(tap: Tap) -> None:
    assert len(encode(tap).encode()) <= LIMIT
    assert fits(tap)


def test_a_button_with_the_teller_of_the_story_before_is_the_same_button() -> None:
    plain, threaded = AskTap("0f3c9a", "gevoel", "blij"), AskTap("0f3c9a", "gevoel", "blij", "abcDEF-_1234")
    assert plain == threaded
    assert hash(plain) == hash(threaded)
    assert encode(plain) != encode(threaded)
    back = decode(encode(threaded))
    assert isinstance(back, AskTap)
    assert back.thread == "abcDEF-_1234"


@given(
    st.text()
    | st.from_regex(r"[dqgn](:[a-z0-9]{0,4}){0,8}", fullmatch=True)
    | st.from_regex(r"n:abc:[0-9.-]{0,4}:[a-z]?[0-9-]{0,4}:[0-9a-f]{8,16}:[a-z]{0,4}", fullmatch=True)
)
@example("n:abc:1.2:b01:abcd12348d0:noord")
@example("n:abc:1.2:b-1:abcd12340:")
@example("n:abc:1.2:b01:abcd123408d0:")
@example("n:abc:1.2:b001:abcd12348d0:")
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
        "q:000001:gevoel:blij:",
        "q:000001:gevoel:blij:x!y",
        "q:000001:gevoel:blij:" + "x" * 17,
        "q:000001:gevoel:blij:boos:nog",
        "n:abc:1.2:b01:abcd12348d0",
        "n:abc:1.2:b01:abcd12348d0:link:nog",
        "n::1.2:b01:abcd12348d0:",
        "n:a b:1.2:b01:abcd12348d0:",
        "n:abc:1,2:b01:abcd12348d0:",
        "n:abc:1.--:b01:abcd12348d0:",
        "n:abc:1234:b01:abcd12348d0:",
        "n:abc:١:b01:abcd12348d0:",
        "n:abc:1:b00:abcd12348d0:",
        "n:abc:1:b91:abcd12348d0:",
        "n:abc:1:b1:abcd12348d0:",
        "n:abc:1:b-:abcd12348d0:",
        "n:abc:1:01:abcd12348d0:",
        "n:abc:1:-1:abcd12348d0:",
        "n:abc:1:--:abcd12348d0:",
        "n:abc:1::abcd12348d0:",
        "n:abc:1:b01000:abcd12348d0:",
        "n:abc:1:b01:abcd1234:",
        "n:abc:1:b01:abcd123408d0:",
        "n:abc:1:b01:abcd1234-8:",
        "n:abc:1:b01:abcd1234G:",
        "n:abc:1:b01:abcd12341234567:",
        "n:abc:1:b01:abcd12348d0:a/b",
        "n:abc:1.2:b1:0:abcd1234:",
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


def test_what_a_button_for_another_story_carries_is_written_close() -> None:
    offer = Offer("b", 12, "bewoner", "0123abcd", "b-noord-huis")
    tap = AgainTap("abcDEF-_1234", offer, 0x8D0, ("7", "", "-"))
    assert encode(tap) == f"n:abcDEF-_1234:7..-:b{ROLES.index('bewoner')}12:0123abcd8d0:b-noord-huis"
    assert encode(replace(tap, offer=replace(offer, role="", link=""), day=0)) == "n:abcDEF-_1234:7..-:b-12:0123abcd0:"


def test_the_longest_button_before_consent_just_fits() -> None:
    known = Offer("p", 999, max(ROLES, key=len), "0123abcd", "x" * LINK_LIMIT)
    options = [*ROLES, *(slug for door in _doors() for slug in library().text(door).buttons)]
    stages = (ROLE, CONSENT, HELPING, HINTS, ALOUD)
    longest = max(len(encode(DoorTap(stage, option, known)).encode()) for stage in stages for option in options)
    assert longest <= LIMIT


def test_every_button_before_consent_fits_with_the_longest_link() -> None:
    shown = [step(library(), None, opened(f"{letter}-" + "x" * (LINK_LIMIT - 2))) for letter in "bhmpz"]
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
    threaded = [replace(tap, thread="x" * 12) for tap in taps if isinstance(tap, AskTap)]
    assert all(decode(encode(tap)) == tap and fits(tap) for tap in threaded)


def _doors() -> set[str]:
    return {
        "ALG.hulp",
        "HELP.start",
        "HELP.uitleg",
        "HELP.toestemming",
        *(questions.consent for questions in library().sets.values()),
    }


def _taps(taken: Step) -> list[Tap]:
    return [button.tap for reply in taken.replies for button in reply.buttons]
