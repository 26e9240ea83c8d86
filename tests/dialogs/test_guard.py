"""What must not be kept is seen however it is typed, and all else stays; every case stands in `guarded.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dialogs.clean import clean_text
from dialogs.personal.bsn import NUMBER, without_bsn
from dialogs.personal.guard import ADDRESS, Found, Kind, found, masked
from dialogs.personal.name_hints import hints_at_name

Cases = list[tuple[str, str]]


def _told() -> dict[str, dict[str, list[list[str]]]]:
    with (Path(__file__).parent / "guarded.toml").open("rb") as file:
        told: dict[str, dict[str, list[list[str]]]] = tomllib.load(file)
    return told


def _named(answer: str) -> list[str]:
    with (Path(__file__).parent / "guarded.toml").open("rb") as file:
        names: list[str] = tomllib.load(file)["namen"][answer]
    return names


def _cases(table: str) -> Cases:
    seen = [(typed, left) for typed, left in _told()[table]["gezien"]]
    return seen + [(str(typed), str(typed)) for typed in _told()[table]["blijft"]]


BSN_CASES = _cases("bsn")
FOUND_CASES = _cases("vondsten")
MESSAGES = _cases("berichten")

SCRIPTS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡")
POINTS = (
    "",
    " ",
    ".",
    "-",
    "/",
    "–",
    " - ",
    "\u00a0",
    "\u200b",
    "\u2009",
    "\u2060",
    "\u00ad",
    "\ufe0f\u20e3",
    "\n",
    ",",
)
OTHERS = (
    "12-05-1980",
    "0612345678",
    "020 1234567",
    "45",
    "€ 500",
    "NL91ABNA0417164300",
    "1104 AB 12",
    "2019",
    "bsn",
    "ja",
)
PARTS = (
    *("111222333", "123456782", "1112.22.333", "029 010 007", "1 1 1", "4567 8901", "7", "12 05 1980", "1.250.000"),
    *("12,50", "omar", "@", "live.nl", " punt ", "nl", "Dorpsstraat 5, ", "[nummer]", *"-. ,€+\n"),
)

_hostile = st.text(
    st.sampled_from([*"0123456789 -./,+()[]€@abnlNLeEmM\n\t\r\0'", "\u0301", "\u200b", "\ud83d", "１", "٣", "²"])
)
_pieces = st.lists(
    st.sampled_from((*OTHERS, *PARTS)),
    max_size=14,
).map("".join)
TYPED = st.text(st.characters(exclude_categories=())) | _hostile | _pieces
WORDS = st.text(st.sampled_from("abc deéABÉ.,;:!?()\n'\"👍ش ")).map(lambda text: f"{text} ")


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A BSN: nine digits that pass the elfproef."""
    first = draw(st.integers(min_value=1_000_000, max_value=99_999_999))
    last = sum(w * int(d) for w, d in zip(range(9, 1, -1), f"{first:08}", strict=True)) % 11
    assume(last < 10)
    return f"{first:08}{last}"


@st.composite
def spelled(draw: st.DrawFn, number: str) -> str:
    """A number in groups, with one thing between them, in digits of any script."""
    point = draw(st.sampled_from(POINTS))
    ends = draw(st.sets(st.integers(min_value=0, max_value=len(number) - 2)))
    return "".join(
        draw(st.sampled_from(SCRIPTS))[int(digit)] + (point if place in ends else "")
        for place, digit in enumerate(number)
    )


@pytest.mark.parametrize(("typed", "left"), BSN_CASES, ids=[typed for typed, _ in BSN_CASES])
def test_a_bsn_goes_and_all_else_stays(typed: str, left: str) -> None:
    assert without_bsn(typed) == left
    assert without_bsn(clean_text(typed)) == clean_text(left)


@pytest.mark.parametrize(("typed", "left"), FOUND_CASES, ids=[typed for typed, _ in FOUND_CASES])
def test_what_leads_to_a_person_is_masked_and_all_else_stays(typed: str, left: str) -> None:
    assert masked(typed) == left


@pytest.mark.parametrize(("typed", "left"), MESSAGES, ids=[typed for typed, _ in MESSAGES])
def test_a_whole_message_keeps_its_story(typed: str, left: str) -> None:
    assert masked(without_bsn(typed)) == left


@pytest.mark.parametrize("typed", _named("ja"))
def test_a_name_is_hinted_at(typed: str) -> None:
    assert hints_at_name(typed)


@pytest.mark.parametrize("typed", _named("nee"))
def test_no_name_is_seen_where_none_is(typed: str) -> None:
    assert not hints_at_name(typed)


def test_there_are_many_cases_also_of_what_stays() -> None:
    assert len(BSN_CASES) >= 150
    assert len(FOUND_CASES) >= 190
    assert len([typed for typed, left in BSN_CASES + FOUND_CASES if typed == left]) >= 120
    assert len(MESSAGES) >= 40
    assert len(_named("ja")) >= 45
    assert len(_named("nee")) >= 50


def test_what_is_found_says_where_and_what() -> None:
    typed = "Bel 06-12345678, omar@live.nl, NL91ABNA0417164300 of 1104 AB 12."
    assert found(typed) == (
        Found(4, 15, Kind.PHONE),
        Found(17, 29, Kind.EMAIL),
        Found(31, 49, Kind.IBAN),
        Found(53, 63, Kind.POSTCODE),
    )


@given(TYPED)
def test_any_text_can_be_guarded(typed: str) -> None:
    assert isinstance(without_bsn(typed), str)
    assert isinstance(masked(typed), str)
    assert isinstance(hints_at_name(typed), bool)


@given(TYPED)
@example("111222333-12-05-1980 4567 8901")
@example("111222333,12,50 4567 8901")
@example("12-05-1980..1.250.000 4567 8901bsn")
@example("bsn 1234567 12345678 123456789 1234567")
def test_what_is_guarded_once_stays_the_same(typed: str) -> None:
    assert without_bsn(without_bsn(typed)) == without_bsn(typed)
    assert masked(masked(typed)) == masked(typed)


@given(TYPED)
def test_what_is_found_comes_in_order_and_does_not_overlap(typed: str) -> None:
    places = [place for piece in found(typed) for place in (piece.start, piece.end)]
    assert places == sorted(places)
    assert all(piece.start < piece.end for piece in found(typed))


@pytest.mark.parametrize("guard", [without_bsn, masked])
@given(typed=TYPED)
def test_outside_what_is_masked_every_sign_stays(guard: Callable[[str], str], typed: str) -> None:
    kept = re.split(rf"{re.escape(NUMBER)}|{re.escape(ADDRESS)}", guard(typed))
    assert re.fullmatch(".*?".join(map(re.escape, kept)), typed, re.DOTALL)


@given(st.text(st.characters(exclude_categories=("Nd", "No"), exclude_characters="@＠﹫tTｔＴ")))
def test_a_text_without_digits_or_at_signs_stays(typed: str) -> None:
    assert without_bsn(typed) == typed
    assert masked(typed) == typed


@given(st.data(), WORDS, numbers(), WORDS)
def test_a_bsn_among_words_goes_in_any_spelling(data: st.DataObject, before: str, number: str, after: str) -> None:
    typed = data.draw(spelled(number))
    left = without_bsn(before + typed + " " + after)
    assert left.startswith(before + NUMBER)
    assert left.endswith(" " + after)
    assert number not in _plain_digits(left)


@given(st.lists(st.sampled_from(OTHERS)), numbers(), st.sampled_from(POINTS), st.lists(st.sampled_from(OTHERS)))
def test_a_bsn_among_numbers_goes_in_the_usual_spellings(
    before: list[str], number: str, point: str, after: list[str]
) -> None:
    for spelling in (
        number,
        point.join((number[:3], number[3:6], number[6:])),
        f"{number[:4]}.{number[4:6]}.{number[6:]}",
    ):
        left = without_bsn(" ".join((*before, spelling, *after)))
        assert number not in _plain_digits(left)


@given(WORDS, st.integers(min_value=1_000_000, max_value=999_999_999), WORDS)
def test_any_number_behind_the_word_goes(before: str, number: int, after: str) -> None:
    assert without_bsn(f"{before}bsn {number} {after}") == f"{before}bsn {NUMBER} {after}"


@pytest.mark.parametrize(
    "typed",
    [
        *(piece * 20_000 for piece in ("1 ", "a@", "1,", "+3", "0", "a", " ", "\n", "\ud800", "1\u0301", "A.", "€1")),
        *(
            piece * 5_000
            for piece in ("1104ab ", "5, 1104 ab ", "NL91 ", "12-05-1980 ", "bsn ", "bsn 1234567 ", "a at ")
        ),
        *(
            piece * 5_000
            for piece in ("a@b punt ", "omar@live.nl ", "Aa ", "van de ", "mevrouw van ", "1.250", "06 12 ")
        ),
        *(piece * 5_000 for piece in ("111222333 ", "1 1 1 2 2 2 3 3 3-", "2019-2020-", "1104 ab straat", "ik ben A ")),
    ],
    ids=lambda typed: repr(typed[:12]),
)
def test_a_long_text_is_guarded_as_fast_as_it_is_long(typed: str) -> None:
    for guard in (without_bsn, masked):
        assert len(guard(typed)) <= 2 * len(typed)
    assert hints_at_name(typed) in (True, False)


def _plain_digits(text: str) -> str:
    decimals = (unicodedata.decimal(sign, None) for sign in text)
    return "".join(str(decimal) for decimal in decimals if decimal is not None)
