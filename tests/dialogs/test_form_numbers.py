"""Numbers of forms: read as they are typed, and taken for nothing else."""

import pytest

from bot.staff.papers import new_number
from dialogs.form_numbers import is_number, normal_number, spelled
from dialogs.links import is_code
from dialogs.receipts import is_receipt


@pytest.mark.parametrize("typed", ["k7pm4tx9", "K7PM-4TX9", " k7pm 4tx9 ", "k7pm–4tx9", "ｋ７pm.4tx9"])
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert normal_number(typed) == "k7pm4tx9"
    assert is_number(typed)


@pytest.mark.parametrize("typed", ["", "k7pm4tx", "k7pm4tx9r", "k7pm4tx9r2", "k7pm4txo", "k7pm4tx1", "kÿpm4tx9"])
def test_what_is_no_number(typed: str) -> None:
    assert not is_number(typed)


def test_a_number_is_shown_in_groups() -> None:
    assert spelled("K7pm4tx9") == "k7pm-4tx9"


def test_new_numbers_are_taken_for_no_receipt_and_no_link() -> None:
    made = {new_number() for _ in range(500)}
    assert len(made) == 500
    assert all(map(is_number, made))
    assert [number for number in made if is_receipt(number) or is_receipt(spelled(number)) or is_code(number)] == []
