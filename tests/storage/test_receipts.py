"""What a receipt looks like; knows no story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.receipts import ALPHABET, LENGTH, is_receipt, may_be_receipt, normal_receipt, spelled

RECEIPTS = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_the_alphabet_has_no_two_characters_that_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("01ILO")


@pytest.mark.parametrize("typed", ["K7P-M4T-X9R", " k7p m4t x9r ", "k7pm4tx9r.", "K7P–M4T–X9R", "Ｋ７Ｐ-ｍ４ｔ-x9r"])
def test_a_receipt_is_the_same_however_it_is_typed(typed: str) -> None:
    assert normal_receipt(typed) == "K7PM4TX9R"
    assert is_receipt(typed)


@pytest.mark.parametrize("typed", ["", "K7P-M4T-X9", "K7P-M4T-X9RR", "K7P-M4T-X9O", "K7P-M4T-X91", "K7P-M4T-X9É"])
def test_what_has_another_length_or_a_look_alike_is_no_receipt(typed: str) -> None:
    assert not is_receipt(typed)


@pytest.mark.parametrize("typed", ["234567892", "234 567 892", "buurtteam", "Gemeenten", "٢٣٤٥٦٧٨٩٢"])
def test_what_is_only_letters_or_only_digits_is_no_receipt(typed: str) -> None:
    assert len(normal_receipt(typed)) == LENGTH
    assert not is_receipt(typed)


@given(RECEIPTS.filter(is_receipt), st.integers(-3, 3))
def test_a_receipt_with_a_few_characters_too_many_or_too_few_may_be_meant(receipt: str, slips: int) -> None:
    typed = receipt[:slips] if slips < 0 else receipt + "7" * slips
    assert may_be_receipt(typed) == any(map(str.isdigit, typed))


@pytest.mark.parametrize("typed", ["K7P-M4T", "mijn code is k7p m4t x9r", "AB1-CD1-EF1", "123456789", "K7PM4TX9RK7P"])
def test_what_looks_like_one_with_a_slip_may_be_a_receipt(typed: str) -> None:
    assert may_be_receipt(typed)


@pytest.mark.parametrize("typed", ["", "K7P-M", "K7P-M4T-X9R-K7P2", "buurtteam", "weet ik niet", "blij", "ik wil dood"])
def test_what_is_too_short_too_long_or_without_a_digit_is_not_meant_as_one(typed: str) -> None:
    assert not may_be_receipt(typed)


@given(RECEIPTS)
def test_a_spelled_receipt_is_that_receipt(receipt: str) -> None:
    assert normal_receipt(spelled(receipt)) == receipt
    assert len(spelled(receipt)) == LENGTH + 2
