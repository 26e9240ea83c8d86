"""Help, pause, stop, come back, change: a question before the question, which words may pass by or must name."""

from dataclasses import replace

import pytest

from dialogs.asides import EFFECTS, PASSING, is_final
from dialogs.engine import step
from dialogs.events import Command, Showed
from dialogs.interview import Answer, Interview, Status
from dialogs.prompt import prompt
from dialogs.replies import AgainTap, AskTap, Offer, PlainTap, Purpose, ReceiptRequest, Step
from dialogs.texts import fingerprint
from tests.dialogs.situations import (
    AT,
    FRESH,
    after,
    asked,
    asking,
    chosen,
    commanded,
    named,
    said,
    situation,
    tapping,
)
from tests.talk.world import library

GEVOEL = asking("bewoner", "gevoel")
REVIEW = asking("bewoner", "nakijken")
TELLING = after(asking("bewoner", "verhaal"), said("Ik ging naar het Buurtteam."))


@pytest.mark.parametrize(
    ("command", "text_id"),
    [
        (Command.START, "ALG.verder_gaan"),
        (Command.HELP, "ALG.hulp"),
        (Command.PAUSE, "ALG.pauze"),
        (Command.STOP, "ALG.stop"),
        (Command.WITHDRAW, "ALG.verwijderen"),
        (Command.NOW, "CRISIS"),
        (Command.ERASE, "ALG.stop"),
    ],
)
@pytest.mark.parametrize("before", [GEVOEL, REVIEW, TELLING], ids=["gevoel", "review", "telling"])
def test_a_command_asks_something_and_the_question_comes_back(
    before: Interview, command: Command, text_id: str
) -> None:
    taken = step(library(), before, commanded(command))
    assert taken.interview == replace(before, aside=text_id)
    assert _texts(taken) == [text_id]
    back = "terug" if command is Command.WITHDRAW else "verder"
    asked_again = step(library(), taken.interview, chosen(AskTap(before.tag, f"@{text_id}", back)))
    assert asked_again == Step(before, (prompt(library(), before),))


@pytest.mark.parametrize(("text_id", "option"), EFFECTS)
def test_every_button_of_an_aside_does_something(text_id: str, option: str) -> None:
    here = situation(f"{text_id}/nakijken")
    assert option in map(named, (button.tap for button in here.screen))
    taken = step(library(), here.interview, chosen(here.tap(option)))
    assert taken.accepted
    assert taken.replies
    assert taken.interview != here.interview


def test_only_a_few_buttons_throw_the_draft_away_and_one_throws_the_story_away() -> None:
    final = {key for key in EFFECTS if is_final(*key)}
    dropping = {(text_id, option) for text_id, option in EFFECTS if _drops(text_id, option)}
    assert dropping == {
        ("ALG.andere_link", "nieuw"),
        ("ALG.jong", "ja"),
        ("ALG.pauze", "weg"),
        ("ALG.stop", "ja"),
        ("ALG.verder_gaan", "nieuw"),
        ("HER.1", "weg"),
        ("HER.2", "weg"),
    }
    assert final - dropping == {("ALG.veranderen.zeker", "ja")}


def test_a_button_of_an_aside_counts_only_while_it_stands_open() -> None:
    stop = AskTap(GEVOEL.tag, "@ALG.stop", "ja")
    late = step(library(), GEVOEL, chosen(stop))
    assert (late.interview, late.accepted) == (GEVOEL, False)
    paused = replace(GEVOEL, aside="ALG.pauze")
    assert step(library(), paused, chosen(stop)).interview == paused


def test_the_buttons_of_the_question_go_on_counting() -> None:
    for text_id in ("ALG.stop", "ALG.hulp", "ALG.verder_gaan", "ALG.verwijderen"):
        asking_ = replace(GEVOEL, aside=text_id)
        assert tapping(GEVOEL, "blij") == after(asking_, chosen(AskTap(GEVOEL.tag, "gevoel", "blij")))


def test_whoever_goes_on_telling_is_not_held_up_and_hears_where_the_story_stands() -> None:
    commanded_ = {"ALG.stop", "ALG.pauze", "ALG.hulp", "ALG.verder_gaan", "ALG.verwijderen"}
    assert {*commanded_, "ALG.andere_link", "ALG.herinnering", "CRISIS", "HER.1", "HER.2"} == PASSING
    for text_id in PASSING:
        taken = step(library(), replace(TELLING, aside=text_id), said("En toen kwam er een brief."))
        assert taken.interview
        assert taken.interview.aside is None
        assert taken.interview.answer("verhaal").text.endswith("En toen kwam er een brief.")
        assert _texts(taken) == ["ALG.meer"]


def test_a_few_words_to_a_yes_or_no_question_become_no_part_of_the_story() -> None:
    for text_id in ("ALG.stop", "ALG.pauze", "ALG.verder_gaan", "ALG.andere_link", "ALG.herinnering", "HER.1"):
        asking_ = replace(TELLING, aside=text_id)
        taken = step(library(), asking_, said("weet niet hoor"))
        assert taken.interview == asking_
        assert _texts(taken) == ["INV.onbekend"]
        assert taken.replies[0].rows == prompt(library(), asking_).rows


@pytest.mark.parametrize("text_id", ["ALG.stop", "ALG.pauze", "ALG.hulp", "ALG.verder_gaan"])
def test_words_that_answer_the_question_below_answer_it(text_id: str) -> None:
    assert step(library(), replace(GEVOEL, aside=text_id), said("blij")) == step(library(), GEVOEL, said("blij"))


@pytest.mark.parametrize(
    ("typed", "receipt"),
    [("k 7 p m 4 t x 9 r", "K7PM4TX9R"), ("AB1-CD1-EF1", ""), ("K7P-M4T", ""), ("k7pm4tx9rrr", "")],
)
def test_where_a_receipt_is_asked_for_what_may_be_one_is_looked_up(typed: str, receipt: str) -> None:
    asking_ = replace(GEVOEL, aside="ALG.verwijderen")
    assert step(library(), asking_, said(typed)) == Step(asking_, request=ReceiptRequest(receipt, Purpose.ASK))


@pytest.mark.parametrize("typed", ["blij", "Dat weet ik niet meer."])
def test_where_a_receipt_is_asked_for_an_answer_to_the_question_is_one(typed: str) -> None:
    taken = step(library(), replace(GEVOEL, aside="ALG.verwijderen"), said(typed))
    assert taken == step(library(), GEVOEL, said(typed))


@pytest.mark.parametrize("typed", ["die weet ik niet", "K7P", "buurtteam", "verloren"])
def test_where_a_receipt_is_asked_for_a_few_other_words_are_not_looked_up(typed: str) -> None:
    asking_ = replace(GEVOEL, aside="ALG.verwijderen")
    taken = step(library(), asking_, said(typed))
    assert (taken.interview, taken.request, _texts(taken)) == (asking_, None, ["INV.onbekend"])
    assert taken.replies[0].rows == prompt(library(), asking_).rows


CRIES = ["ik wil dood", "Ik wil niet meer leven.", "ik wil dood 1", "/verwijderen ik wil dood"]


@pytest.mark.parametrize("typed", CRIES)
def test_where_a_receipt_is_asked_for_words_of_a_crisis_are_none(typed: str) -> None:
    taken = step(library(), replace(TELLING, aside="ALG.verwijderen"), said(typed, message="8"))
    assert (taken.request, _texts(taken)[-1]) == (None, "CRISIS")


def test_out_of_an_aside_back_leads_to_the_question() -> None:
    assert after(replace(GEVOEL, aside="ALG.hulp"), commanded(Command.BACK)) == GEVOEL
    assert after(replace(GEVOEL, aside="ALG.hulp"), commanded(Command.ON)) == GEVOEL


@pytest.mark.parametrize("command", [Command.PRIVACY, Command.CONTACT])
def test_an_explanation_is_followed_by_the_question(command: Command) -> None:
    taken = step(library(), GEVOEL, commanded(command))
    assert taken.interview == GEVOEL
    assert taken.replies[-1] == prompt(library(), GEVOEL)


def test_what_is_no_words_is_answered_and_changes_nothing() -> None:
    showed = Showed(at=AT, channel="test", fresh=FRESH, text_id="INV.sticker")
    assert step(library(), GEVOEL, showed) == Step(GEVOEL, step(library(), None, showed).replies)


def test_an_answer_can_be_changed_and_the_rest_stays() -> None:
    changing = tapping(tapping(REVIEW, "veranderen"), "antwoord")
    offered = [named(button.tap) for button in prompt(library(), changing).buttons]
    assert offered[:2] == ["gevoel", "makkelijk"]
    assert offered[-1] == "terug"
    reopened = tapping(changing, "makkelijk")
    assert asked(reopened).id == "makkelijk"
    changed = tapping(reopened, "5")
    assert changed == REVIEW.having(replace(REVIEW.answer("makkelijk"), option="5"))


def test_a_story_is_not_thrown_away_before_the_teller_said_so_once_more() -> None:
    changing = tapping(tapping(REVIEW, "veranderen"), "verhaal")
    sure = step(library(), changing, chosen(AskTap(REVIEW.tag, "@ALG.veranderen.verhaal", "opnieuw")))
    assert sure.interview == replace(REVIEW, aside="ALG.veranderen.zeker")
    assert _texts(sure) == ["ALG.veranderen.zeker"]
    assert tapping(sure.interview, "nee") == changing
    assert tapping(changing, "terug").answer("verhaal") == REVIEW.answer("verhaal")


def test_a_story_can_be_told_anew_and_the_answers_stay() -> None:
    anew = tapping(tapping(tapping(tapping(REVIEW, "veranderen"), "verhaal"), "opnieuw"), "ja")
    assert anew.aside is None
    assert asked(anew).id == "verhaal"
    assert prompt(library(), anew) == prompt(library(), anew.having(Answer("verhaal", prompt="contact")))
    assert anew.answer("verhaal").parts == ()
    told = tapping(after(anew, said("woord " * 30)), "klaar")
    assert asked(told).kind == "review"
    assert told.answer("gevoel") == REVIEW.answer("gevoel")


def test_for_a_short_story_more_is_asked_once_also_when_it_is_told_anew() -> None:
    asked_once = tapping(TELLING, "klaar")
    assert (asked(asked_once).id, asked_once.told) == ("verhaal", frozenset({"INV.te_kort"}))
    short = REVIEW.having(replace(TELLING.answer("verhaal"), done=True)).telling("INV.te_kort")
    anew = tapping(tapping(tapping(tapping(short, "veranderen"), "verhaal"), "opnieuw"), "ja")
    told = tapping(after(anew, said("Nog korter.")), "klaar")
    assert asked(told).kind == "review"
    assert told.answer("verhaal").text == "Nog korter."


def test_back_opens_one_answer_at_a_time_and_on_keeps_it() -> None:
    back = after(REVIEW, commanded(Command.BACK))
    assert asked(back).id == "leeftijd"
    assert back.answer("leeftijd").option == REVIEW.answer("leeftijd").option
    further = after(back, commanded(Command.BACK))
    assert asked(further).id == "stadsdeel"
    assert after(after(further, commanded(Command.ON)), commanded(Command.ON)) == REVIEW


def test_on_does_not_answer_a_question() -> None:
    for interview in (GEVOEL, asking("bewoner", "titel"), asking("bewoner", "verhaal"), REVIEW):
        taken = step(library(), interview, commanded(Command.ON))
        assert taken == Step(interview, (prompt(library(), interview),))


def test_back_out_of_the_second_step_of_a_triad_is_the_first_step() -> None:
    corners = asking("bewoner", "tijd")
    back = after(tapping(corners, "twee"), commanded(Command.BACK))
    assert back.answer("tijd") == Answer("tijd")
    assert prompt(library(), back).rows == prompt(library(), corners).rows


def test_a_button_for_another_story_asks_what_to_do_with_this_one() -> None:
    for tap in (AgainTap("d4e5f6-teller", Offer("b", 1)), PlainTap("volgende", "h-1")):
        taken = step(library(), GEVOEL, chosen(tap))
        assert taken.interview == replace(GEVOEL, aside="ALG.verder_gaan")
        assert _texts(taken) == ["ALG.verder_gaan"]


def test_words_behind_a_command_that_takes_none_are_said_to_be_unkept() -> None:
    plainly = step(library(), GEVOEL, commanded(Command.STOP))
    taken = step(library(), GEVOEL, said("/stop ik wil niet meer"))
    assert taken.interview == plainly.interview
    assert _texts(taken) == ["INV.rest", "ALG.stop"]
    assert taken.replies[1:] == plainly.replies
    for command in (Command.START, Command.WITHDRAW, Command.UNKNOWN):
        assert "INV.rest" not in _texts(step(library(), GEVOEL, commanded(command, "b-noord")))


def test_an_unknown_command_opens_the_buttons_of_help() -> None:
    taken = step(library(), GEVOEL, said("/onzin"))
    assert taken.interview == replace(GEVOEL, aside="ALG.hulp")
    assert _texts(taken) == ["INV.onbekend"]
    helped = replace(GEVOEL, aside="ALG.hulp")
    assert taken.replies[0].rows == prompt(library(), helped).rows
    assert step(library(), taken.interview, said("verder")) == Step(GEVOEL, (prompt(library(), GEVOEL),))


def test_help_leads_to_numbers_to_call_and_from_there_back() -> None:
    helped = after(GEVOEL, commanded(Command.HELP))
    calling = tapping(helped, "nood")
    assert calling == replace(GEVOEL, aside="CRISIS")
    assert [named(button.tap) for button in prompt(library(), calling).buttons] == ["verder", "pauze", "stop"]
    assert tapping(calling, "verder") == GEVOEL
    assert tapping(calling, "pauze") == replace(GEVOEL, aside="ALG.pauze")
    assert tapping(calling, "stop") == replace(GEVOEL, aside="ALG.stop")


def test_a_message_that_brought_the_numbers_can_be_wiped_and_stays_in_the_story() -> None:
    taken = step(library(), replace(TELLING, aside="CRISIS", about="7"), said("wis"))
    assert taken.interview == TELLING
    assert _texts(taken) == ["INV.gewist", "ALG.meer"]
    assert taken.replies[0].wipes == ("7",)
    assert taken.replies[0].otherwise == library().text("INV.niet_gewist").text


def test_whoever_wants_a_message_after_a_pause_is_asked_once_more() -> None:
    paused = after(GEVOEL, commanded(Command.PAUSE))
    wanting = tapping(paused, "herinner")
    assert wanting == replace(GEVOEL, aside="ALG.herinnering", remind=True)
    assert tapping(wanting, "verder") == replace(GEVOEL, remind=True)
    assert tapping(wanting, "geen") == replace(GEVOEL, aside="ALG.pauze", remind=False)


def test_where_somebody_helps_no_message_is_offered() -> None:
    paused = after(replace(GEVOEL, helped=True), commanded(Command.PAUSE))
    assert [named(button.tap) for button in prompt(library(), paused).buttons] == ["verder", "weg"]


@pytest.mark.parametrize(("days", "offered"), [(1, False), (2, False), (3, True), (7, True)])
def test_a_message_is_offered_where_a_draft_is_kept_long_enough_for_two(days: int, offered: bool) -> None:
    shelf = replace(library(), terms=replace(library().terms, draft_days=days))
    paused = after(GEVOEL, commanded(Command.PAUSE), shelf)
    assert ("herinner" in [named(button.tap) for button in prompt(shelf, paused).buttons]) == offered


def test_whoever_is_too_young_leaves_nothing_behind() -> None:
    taken = step(library(), replace(GEVOEL, aside="ALG.jong"), said("ja"))
    assert taken.interview == replace(GEVOEL, status=Status.DROPPED)
    assert (_texts(taken), taken.over) == (["ALG.te_jong"], True)


@pytest.mark.parametrize(
    ("aside", "option"),
    [("ALG.stop", "ja"), ("ALG.jong", "ja"), ("ALG.pauze", "weg"), ("ALG.verder_gaan", "nieuw")],
)
@pytest.mark.parametrize("helped", [True, False])
def test_where_somebody_helps_the_end_of_a_draft_empties_the_screen(aside: str, option: str, helped: bool) -> None:
    here = replace(GEVOEL, aside=aside, helped=helped, waiting="Van een ander.")
    taken = step(library(), here, chosen(AskTap(here.tag, f"@{aside}", option)))
    assert taken.interview == replace(GEVOEL, helped=helped, status=Status.DROPPED)
    first, *others = taken.replies
    assert first.clears == helped
    assert not any(reply.clears for reply in others)


def test_after_an_aside_nothing_is_left_of_what_it_was_about() -> None:
    for text_id, about in [("ALG.andere_link", "m-2"), ("CRISIS", "7")]:
        open_ = TELLING.asking(text_id, about)
        assert after(open_, commanded(Command.ON)) == TELLING
        assert after(open_, commanded(Command.PAUSE)).about == ""
        assert after(open_, chosen(PlainTap("nee", "K7PM4TX9R"))) == TELLING


def test_the_button_to_take_an_earlier_story_away_asks_for_its_receipt() -> None:
    asking_ = after(GEVOEL, chosen(PlainTap("weg")))
    assert asking_ == replace(GEVOEL, aside="ALG.verwijderen")
    assert step(library(), asking_, said("K7P-M4T-X9R")).request is not None


def test_consent_was_given_to_the_words_that_are_shown() -> None:
    assert GEVOEL.consent.fingerprint == fingerprint(library().text("ALG.toestemming").text)


def _drops(text_id: str, option: str) -> bool:
    here = situation(f"{text_id}/nakijken")
    taken = step(library(), here.interview, chosen(here.tap(option)))
    return taken.interview is not None and taken.interview.status is Status.DROPPED


def _texts(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]
