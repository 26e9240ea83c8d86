"""Coming in with a story under way: it is asked what to do with it, and to begin anew leads to where the way in led."""

from dataclasses import replace

import pytest

from dialogs.engine import step
from dialogs.events import Command, Event
from dialogs.interview import Interview, Status
from dialogs.prompt import prompt
from dialogs.replies import AskTap, DoorTap, Step, Tap
from dialogs.taps import LINK_LIMIT
from tests.dialogs.situations import Situation, after, asking, chosen, commanded, named, opened, said
from tests.talk.world import library

DRAFT = replace(asking("bewoner", "gevoel"), link="b-noord-huis")
LINKS = [
    (opened("m-2"), "m-2"),
    (commanded(Command.START, "m-2"), "m-2"),
    (said("/start m-2"), "m-2"),
    (opened("m-2", question_set="professional"), "m-2"),
    (opened("x" * LINK_LIMIT), "x" * LINK_LIMIT),
]
WITHOUT = [
    opened("b-noord-huis"),
    opened(),
    commanded(Command.START),
    said("opnieuw"),
    opened("b-" + "x" * LINK_LIMIT),
    opened("b-a:b"),
    opened("é" * LINK_LIMIT),
]


@pytest.mark.parametrize(("event", "link"), LINKS)
def test_by_another_link_it_is_asked_which_of_the_two_it_is_to_be(event: Event, link: str) -> None:
    taken = step(library(), DRAFT, event)
    assert taken.interview == replace(DRAFT, aside="ALG.andere_link", about=link)
    assert _texts(taken) == ["ALG.andere_link"]
    assert _taps(taken) == [AskTap(DRAFT.tag, "@ALG.andere_link", option) for option in ("verder", "nieuw")]
    assert _labels(taken) == ["▶️ Met mijn verhaal", "Opnieuw beginnen"]


def test_another_set_without_a_link_is_remembered_while_it_is_asked() -> None:
    taken = step(library(), DRAFT, opened(question_set="professional"))
    assert taken.interview == replace(DRAFT, aside="ALG.verder_gaan", about="=professional")
    assert _texts(taken) == ["ALG.verder_gaan"]


def test_a_third_link_takes_the_place_of_the_second() -> None:
    asked = step(library(), DRAFT, opened("m-2")).interview
    again = step(library(), asked, opened("p-oost"))
    assert again.interview == replace(DRAFT, aside="ALG.andere_link", about="p-oost")
    back = step(library(), again.interview, opened("b-noord-huis"))
    assert back.interview == replace(DRAFT, aside="ALG.verder_gaan")


@pytest.mark.parametrize("event", WITHOUT)
def test_without_another_link_to_begin_anew_leads_to_the_door_of_the_draft(event: Event) -> None:
    taken = step(library(), DRAFT, event)
    assert taken.interview == replace(DRAFT, aside="ALG.verder_gaan")
    assert _taps(taken) == [AskTap(DRAFT.tag, "@ALG.verder_gaan", option) for option in ("verder", "nieuw")]
    begun = step(library(), taken.interview, chosen(_new(taken)))
    assert _dropped(begun)
    assert begun.replies == step(library(), None, opened("b-noord-huis")).replies


@pytest.mark.parametrize("way_in", [opened("m-2"), opened(question_set="professional"), opened("vreemd")])
def test_whoever_begins_anew_stands_at_the_door_of_the_way_in(way_in: Event) -> None:
    taken = step(library(), DRAFT, way_in)
    begun = step(library(), taken.interview, chosen(_new(taken)))
    assert _dropped(begun)
    assert begun.replies == step(library(), None, way_in).replies


def test_after_a_link_to_another_set_the_consent_is_for_that_set_with_that_link() -> None:
    taken = step(library(), DRAFT, opened("m-2"))
    begun = step(library(), taken.interview, chosen(_new(taken)))
    assert _texts(begun) == ["ALG.welkom", "MED.toestemming"]
    yes = Situation(None, begun.screen(())).tap("ja")
    assert isinstance(yes, DoorTap)
    assert (yes.offer.letter, yes.offer.link) == ("m", "m-2")
    interview = after(DRAFT, chosen(_new(taken)))
    assert (interview.question_set, interview.link) == ("bewoner", "b-noord-huis")
    other = step(library(), None, chosen(yes)).interview
    assert other is not None
    assert (other.question_set, other.link, other.answers) == ("medewerker", "m-2", {})


@pytest.mark.parametrize("event", [opened("m-2"), opened(question_set="professional"), opened()])
def test_whoever_goes_on_stands_where_they_were(event: Event) -> None:
    taken = step(library(), DRAFT, event)
    went_on = step(library(), taken.interview, chosen(_taps(taken)[0]))
    assert went_on == Step(DRAFT, (prompt(library(), DRAFT),))


@pytest.mark.parametrize("aside", [None, "ALG.stop", "ALG.verwijderen", "ALG.veranderen.zeker"])
@pytest.mark.parametrize("asked", ["ALG.andere_link", "ALG.verder_gaan"])
def test_a_button_to_begin_anew_that_is_not_asked_now_does_nothing(aside: str | None, asked: str) -> None:
    going_on = replace(DRAFT, aside=aside)
    taken = step(library(), going_on, chosen(AskTap(DRAFT.tag, f"@{asked}", "nieuw")))
    assert (taken.interview, taken.replies, taken.accepted) == (going_on, (), False)
    assert taken.notice is not None
    assert taken.notice.text == "INV.oude_knop"


def test_without_a_draft_there_is_nothing_to_begin_anew() -> None:
    taken = step(library(), None, chosen(AskTap(DRAFT.tag, "@ALG.andere_link", "nieuw")))
    assert (taken.interview, taken.replies, taken.accepted) == (None, (), False)
    assert taken.notice is not None
    assert taken.notice.text == "INV.knop_voorbij"


def test_the_link_that_came_later_is_not_kept_with_a_draft_that_goes_on() -> None:
    taken = step(library(), DRAFT, opened("m-2"))
    for way_on in (said("met mijn verhaal"), said("verder"), commanded(Command.BACK)):
        assert step(library(), taken.interview, way_on).interview == DRAFT


@pytest.mark.parametrize(
    ("event", "label", "less"),
    [
        (opened("m-2"), "opnieuw beginnen", ("nee", "nieuw", "beginnen", "de nieuwe", "link")),
        (opened(), "nee, opnieuw beginnen", ("nee", "nieuw", "nee opnieuw", "nee beginnen")),
    ],
)
def test_the_button_to_begin_anew_can_be_typed_by_its_label_and_by_no_less(
    event: Event, label: str, less: tuple[str, ...]
) -> None:
    taken = step(library(), DRAFT, event)
    screen = taken.screen(())
    typed = step(library(), taken.interview, said(label, screen=screen))
    assert typed == step(library(), taken.interview, chosen(_new(taken)))
    for words in less:
        heard = step(library(), taken.interview, said(words, screen=screen))
        assert heard.interview == taken.interview
        assert _texts(heard) == ["INV.onbekend"]


@pytest.mark.parametrize("event", [opened("m-2"), opened(question_set="professional"), opened()])
def test_a_number_means_the_button_at_that_place(event: Event) -> None:
    taken = step(library(), DRAFT, event)
    for number, tap in enumerate(_taps(taken), 1):
        typed = said(str(number), screen=taken.screen(()))
        assert step(library(), taken.interview, typed) == step(library(), taken.interview, chosen(tap))


def _new(taken: Step) -> Tap:
    return next(tap for tap in _taps(taken) if named(tap) == "nieuw")


def _dropped(begun: Step) -> bool:
    left: Interview | None = begun.interview
    return left is not None and left == replace(DRAFT, status=Status.DROPPED)


def _taps(taken: Step) -> list[Tap]:
    return [button.tap for reply in taken.replies for button in reply.buttons]


def _labels(taken: Step) -> list[str]:
    return [button.label for reply in taken.replies for button in reply.buttons]


def _texts(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]
