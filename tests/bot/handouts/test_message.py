"""The message that a helper forwards to a resident."""

import pytest

from bot.handouts.handout import Handout
from bot.handouts.message import LONGEST, to_forward
from tests.talk.world import library

ADDRESS = "https://vertel.voorbeeld.nl/v/k7pm4tx9r2"


def test_the_address_stands_on_a_line_of_its_own() -> None:
    message = to_forward(Handout(ADDRESS), library().texts)
    assert ADDRESS in message.split("\n")
    assert message.startswith("Hallo!")
    assert "Wij vragen uw naam niet." in message


@pytest.mark.parametrize("address", [ADDRESS, f"https://{'a' * 80}.nl/v/k7pm4tx9r2"])
def test_it_is_short(address: str) -> None:
    assert len(to_forward(Handout(address), library().texts)) <= LONGEST
    assert len(to_forward(Handout(address, test=True), library().texts)) <= LONGEST


def test_one_to_try_it_out_says_so_before_anything_else() -> None:
    real, trial = (to_forward(Handout(ADDRESS, test=test), library().texts) for test in (False, True))
    assert trial.startswith("PROEF: dit telt niet mee.")
    assert trial.endswith(real)
    assert "PROEF" not in real


def test_a_place_with_braces_changes_nothing() -> None:
    texts = library().texts
    assert to_forward(Handout(ADDRESS, place="{adres} {code}"), texts) == to_forward(Handout(ADDRESS), texts)
