"""Links by code in the rules: what they lead to, what they answer, and that one that leads nowhere stops nobody."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from dialogs.engine import step
from dialogs.events import Chosen, Command, Commanded, Fresh, Opened, Said
from dialogs.interview import Interview, Visit
from dialogs.links import LENGTH, SIGNS, Link, code_of, is_code, way_back
from dialogs.naming import codes, way_in
from dialogs.offers import CONSENT, HELPING, standing
from dialogs.replies import DoorTap, PlainTap, Step, Tap
from tests.talk.world import library

CODE, VISIT = "abcdefgh23", "bcdefgh234"
PLACE = Link(CODE, CODE, "bewoner", "noord")
HELPED = Link(CODE, CODE, "bewoner", "noord", helped=True)
IN_VISIT = Link(VISIT, CODE, "bewoner", "noord", helped=True, visit=Visit(VISIT, "buurtteam", own_team=False))
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
IDS = Fresh("interview-1", "teller-1", "story-1", "K7PM4TX9R")


def _links(*links: Link) -> MappingProxyType[str, Link]:
    return MappingProxyType({link.code: link for link in links})


def _opened(code: str, *links: Link) -> Step:
    return step(library(), None, Opened(at=AT, channel="test", fresh=IDS, link=code, links=_links(*links)))


def _chosen(tap: Tap, *links: Link, interview: Interview | None = None) -> Step:
    return step(library(), interview, Chosen(at=AT, channel="test", fresh=IDS, tap=tap, links=_links(*links)))


def _said(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]


def _agreed(code: str, *links: Link) -> Interview:
    stand = standing(library(), code, links=_links(*links))
    begun = _chosen(DoorTap(stand.stage, "ja", stand.offer), *links).interview
    assert begun
    return begun


@pytest.mark.parametrize("number", range(40))
def test_a_code_has_ten_signs_that_look_like_no_other(number: int) -> None:
    code = code_of((number * 7 + place * 5) % 32 for place in range(32))
    assert is_code(code)
    assert len(code) == LENGTH
    assert not set(code) & set("01ilo")
    assert set(code) <= set(SIGNS)


def test_numbers_for_which_there_is_no_sign_are_passed_over() -> None:
    assert code_of(iter([31, *range(10)])) == SIGNS[:10]
    assert code_of(iter([1, 2])) == SIGNS[1:3]


def test_a_link_leads_to_the_consent_of_its_set() -> None:
    assert _said(_opened(CODE, PLACE)) == ["ALG.welkom", "ALG.toestemming"]
    assert _said(_opened(CODE, Link(CODE, CODE, "medewerker"))) == ["ALG.welkom", "MED.toestemming"]


def test_a_code_in_capitals_is_the_same() -> None:
    assert _said(_opened(f" {CODE.upper()} ", PLACE)) == ["ALG.welkom", "ALG.toestemming"]


@pytest.mark.parametrize("typed", ["abcde fgh23", "ABCDE  FGH23.", "abcdefgh23,", "(abcdefgh23)"])
def test_a_code_in_pieces_or_with_the_marks_of_a_sentence_is_the_same(typed: str) -> None:
    assert way_in(_spoken(f"/start {typed}")) == CODE
    assert _said(_opened(typed, PLACE)) == ["ALG.welkom", "ALG.toestemming"]
    again = Opened(at=AT, channel="test", fresh=IDS, link=typed, links=_links(PLACE))
    other = _agreed(VISIT, Link(VISIT, VISIT, "bewoner"))
    assert _said(step(library(), other, again)) == ["ALG.andere_link"]


SLIPS = ("abcdefgh2", "abcdefgh233", "abcdefgh2O", "abcdefgh2l", "ABCD efgh2")
"""A sign that was forgotten, one too many, and some that are in no code."""


@pytest.mark.parametrize("typed", SLIPS)
def test_a_code_with_a_slip_leads_nowhere_is_said_kindly_and_is_kept_nowhere(typed: str) -> None:
    taken = _opened(typed, PLACE)
    assert _said(taken) == ["ALG.welkom", "ALG.link_niet", "ALG.rol"]
    taps = [button.tap for button in taken.screen(())]
    assert {tap.offer.link for tap in taps if isinstance(tap, DoorTap)} == {""}


@pytest.mark.parametrize("typed", ["b-noord-huis7", "b-west-markt2", "noord7", "verhaal", "in-abcdefgh2", ""])
def test_what_is_no_code_at_all_is_taken_as_ever(typed: str) -> None:
    assert way_in(_spoken(f"/start {typed}")) == ""
    assert "ALG.link_niet" not in _said(_opened(typed, PLACE))


@pytest.mark.parametrize("links", [(), (Link(CODE, CODE, "bewoner", works=False),)])
def test_a_link_that_leads_nowhere_is_said_kindly_and_all_goes_on_as_without(links: tuple[Link, ...]) -> None:
    taken = _opened(CODE, *links)
    assert _said(taken) == ["ALG.welkom", "ALG.link_niet", "ALG.rol"]
    taps = [button.tap for button in taken.screen(())]
    assert {tap.offer.link for tap in taps if isinstance(tap, DoorTap)} == {""}


def test_a_link_for_a_helper_asks_whether_the_other_is_there() -> None:
    assert standing(library(), CODE, links=_links(HELPED)).stage == HELPING


def test_the_place_of_a_link_is_kept_and_answers_its_question() -> None:
    begun = _agreed(CODE, PLACE)
    assert (begun.link, begun.answer("stadsdeel").option, begun.visit, begun.test) == (CODE, "noord", None, False)


def test_who_comes_in_a_visit_is_asked_at_once_and_counts_for_the_place() -> None:
    assert _said(_opened(VISIT, IN_VISIT)) == ["ALG.welkom", "HELP.toestemming"]
    begun = _agreed(VISIT, IN_VISIT)
    assert (begun.link, begun.visit, begun.helped) == (CODE, IN_VISIT.visit, True)
    assert way_back(begun) == VISIT


def test_what_is_told_by_a_test_link_is_marked() -> None:
    assert _agreed(CODE, Link(CODE, CODE, "bewoner", test=True)).test


def test_a_link_to_try_it_out_that_is_over_leads_to_a_trial_all_the_same() -> None:
    over = Link(CODE, CODE, "bewoner", test=True, works=False)
    assert _said(_opened(CODE, over)) == ["ALG.welkom", "ALG.proef", "ALG.toestemming"]
    assert _agreed(CODE, over).test


def test_a_link_that_was_paused_between_the_question_and_the_yes_still_counts() -> None:
    stand = standing(library(), CODE, links=_links(PLACE))
    taken = _chosen(DoorTap(CONSENT, "ja", stand.offer), Link(CODE, CODE, "bewoner", "noord", works=False))
    assert taken.interview
    assert taken.interview.link == CODE


def test_a_code_of_nothing_in_a_button_is_kept_nowhere() -> None:
    stand = standing(library(), CODE, links=_links(PLACE))
    taken = _chosen(DoorTap(CONSENT, "ja", stand.offer))
    assert taken.interview
    assert taken.interview.link is None


def test_the_next_teller_of_a_visit_comes_by_it() -> None:
    taken = _chosen(PlainTap("volgende", VISIT), IN_VISIT)
    assert [(reply.text, reply.clears) for reply in taken.replies] == [("HELP.toestemming", True)]


def test_a_visit_that_is_over_is_said_to_be_and_the_screen_is_cleared_all_the_same() -> None:
    taken = _chosen(PlainTap("volgende", VISIT))
    assert [(reply.text, reply.clears) for reply in taken.replies] == [
        ("ALG.welkom", True),
        ("ALG.link_niet", False),
        ("ALG.rol", False),
    ]


def test_another_link_that_works_is_asked_about_and_one_that_does_not_is_passed_by() -> None:
    begun, other = _agreed(CODE, PLACE), "cdefgh2345"
    again = Opened(at=AT, channel="test", fresh=IDS, link=other, links=_links(Link(other, other, "bewoner")))
    assert _said(step(library(), begun, again)) == ["ALG.andere_link"]
    nowhere = Opened(at=AT, channel="test", fresh=IDS, link=other)
    assert _said(step(library(), begun, nowhere)) == ["ALG.verder_gaan"]


def _spoken(words: str) -> Said:
    return Said(at=AT, channel="test", fresh=IDS, text=words)


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Opened(at=AT, channel="test", fresh=IDS, link=CODE.upper()), CODE),
        (Commanded(at=AT, channel="test", fresh=IDS, command=Command.START, rest=CODE), CODE),
        (Commanded(at=AT, channel="test", fresh=IDS, command=Command.HELP, rest=CODE), ""),
        (_spoken(f"/start {CODE}"), CODE),
        (_spoken(f"/verwijderen {CODE}"), ""),
        (_spoken(CODE), ""),
        (_spoken("/start b-noord"), ""),
    ],
)
def test_by_which_code_somebody_comes_in(event: Opened | Commanded | Said, code: str) -> None:
    assert way_in(event) == code


def test_the_codes_of_a_turn_are_looked_up_only_where_the_rules_may_ask() -> None:
    begun = _agreed(CODE, PLACE)
    assert codes(begun, _spoken("Ik vertel verder.")) == frozenset()
    stopping = step(library(), begun, _spoken("/stop")).interview
    assert codes(stopping, _spoken("ja")) == {CODE}
    tap = PlainTap("volgende", VISIT)
    assert codes(None, Chosen(at=AT, channel="test", fresh=IDS, tap=tap)) == {VISIT}
    screen = _opened(CODE, PLACE).screen(())
    assert codes(None, Said(at=AT, channel="test", fresh=IDS, text="ja", screen=screen)) == {CODE}


def test_who_comes_to_try_it_out_reads_that_before_anything_is_asked() -> None:
    for link in (PLACE, replace(PLACE, works=False), HELPED, IN_VISIT):
        assert "ALG.proef" not in _said(_opened(link.code, link))
        trial = replace(link, test=True)
        assert _said(_opened(trial.code, trial))[:2] == ["ALG.welkom", "ALG.proef"]


def test_the_next_teller_of_a_visit_to_try_it_out_reads_that_too() -> None:
    tap = PlainTap("volgende", VISIT)
    assert _said(_chosen(tap, IN_VISIT)) == ["HELP.toestemming"]
    taken = _chosen(tap, replace(IN_VISIT, test=True))
    assert _said(taken) == ["ALG.proef", "HELP.toestemming"]
    assert [reply.clears for reply in taken.replies] == [True, False]


@pytest.mark.parametrize("option", ["nee", "jong"])
def test_whoever_helps_goes_on_with_somebody_else_where_a_teller_does_not_take_part(option: str) -> None:
    stand = standing(library(), VISIT, links=_links(IN_VISIT))
    taken = _chosen(DoorTap(stand.stage, option, stand.offer), IN_VISIT)
    [button] = taken.replies[-1].buttons
    assert button.tap == PlainTap("volgende", VISIT)
    assert taken.screen(()) == (button,)
    alone = standing(library(), CODE, links=_links(PLACE))
    assert _chosen(DoorTap(alone.stage, option, alone.offer), PLACE).replies[-1].buttons == ()
