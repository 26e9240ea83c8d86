"""Help where nothing can be kept: for whoever asks for it, and for whoever tells of a crisis."""

import pytest

from dialogs.emergency import Rescue, rescue
from dialogs.events import Event
from dialogs.prompt import say
from dialogs.replies import AskTap, DoorTap, Offer, PlainTap
from tests.dialogs.situations import asking, chosen, edited, opened, said, showed
from tests.talk.world import library

NUMBERS = say(library(), "CRISIS")


@pytest.mark.parametrize(
    "event",
    [
        chosen(AskTap(asking("bewoner", "gevoel").tag, "@ALG.hulp", "nood")),
        chosen(DoorTap("t", "nood", Offer("b", 1))),
        said("/nood"),
        said("/hulp"),
        said("/help"),
        said("HULP"),
        said("help!"),
        said("?"),
        said("Ik heb nu hulp nodig"),
        said("مساعدة"),
    ],
)
def test_whoever_asks_for_help_gets_the_numbers_and_that_is_all(event: Event) -> None:
    assert rescue(library(), event) == Rescue(NUMBERS, whole=True)


@pytest.mark.parametrize("text", ["Ik wil niet meer leven.", "Ik wil dood en niemand ziet het"])
def test_whoever_tells_of_a_crisis_gets_the_numbers_and_the_words_are_still_to_be_kept(text: str) -> None:
    for event in (said(text), edited(text, "7")):
        assert rescue(library(), event) == Rescue(NUMBERS, whole=False)


@pytest.mark.parametrize(
    "event",
    [
        said("Mijn dak lekte."),
        said(""),
        said("stop"),
        said("/stop"),
        said("Zij hielp mij goed"),
        opened("b-1"),
        showed("INV.foto"),
        edited("Toen.", "7"),
        edited("hulp", "7"),
        chosen(PlainTap("weg")),
        chosen(AskTap("a1b2c3", "gevoel", "blij")),
    ],
)
def test_nothing_else_is_answered(event: Event) -> None:
    assert rescue(library(), event) is None


def test_what_is_said_needs_no_interview_and_has_no_buttons() -> None:
    assert (NUMBERS.buttons, NUMBERS.values) == ((), {})
    assert "112" in NUMBERS.template
