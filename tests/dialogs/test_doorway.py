"""Before consent: nothing is kept, what is needed travels in the buttons, and only "ja" to these words begins."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.clean import clean_text
from dialogs.doorway import GREETING
from dialogs.engine import step
from dialogs.events import Command
from dialogs.offers import Standing, standing
from dialogs.replies import AskTap, DoorTap, Offer, PlainTap, Purpose, ReceiptRequest, Step
from dialogs.taps import LINK_LIMIT, ROLES
from dialogs.texts import fingerprint
from tests.dialogs.situations import AT, FRESH, chosen, commanded, opened, said, situation
from tests.talk.world import library

STORY = "Ik ging vorige week met mijn brieven naar het Buurtteam."
STANDING = ("ALG.rol", "ALG.toestemming", "MED.toestemming", "HELP.start", "HELP.uitleg", "HELP.toestemming")
DOORS = (*STANDING, "ALG.dank", "HELP.dank", "ALG.leeg", "ALG.code_fout", "ALG.code_wacht", "ALG.verwijderen.zeker")


@pytest.mark.parametrize(
    ("link", "asked", "letter"),
    [
        ("", "ALG.rol", ""),
        ("b-noord-huis", "ALG.toestemming", "b"),
        ("b-", "ALG.toestemming", "b"),
        ("m-2", "MED.toestemming", "m"),
        ("p-oost", "MED.toestemming", "p"),
        ("x-onbekend", "ALG.rol", ""),
        ("b", "ALG.rol", ""),
        ("B-noord", "ALG.rol", ""),
    ],
)
def test_the_letter_of_a_link_names_the_set(link: str, asked: str, letter: str) -> None:
    taken = step(library(), None, opened(link))
    assert _texts(taken) == ["ALG.welkom", asked]
    tap = taken.replies[1].buttons[0].tap
    assert isinstance(tap, DoorTap)
    assert (tap.offer.letter, tap.offer.link) == (letter, link)


@pytest.mark.parametrize("link", ["b-é", "b- noord", "b-a:b", "b-" + "x" * LINK_LIMIT, "b-\n", "b-١"])
def test_a_link_that_can_be_no_code_is_as_good_as_none(link: str) -> None:
    assert standing(library(), link) == Standing("r", Offer())


@pytest.mark.parametrize("role", ROLES)
def test_who_says_who_they_are_is_asked_for_consent_to_the_set_for_them(role: str) -> None:
    taken = step(library(), None, chosen(situation("ALG.rol").tap(role)))
    assert taken.interview is None
    questions = library().for_role(role)
    assert questions is not None
    assert _texts(taken) == [questions.consent]
    begun = step(library(), None, chosen(_tap(taken, "ja"))).interview
    assert begun is not None
    assert (begun.question_set, begun.role) == (questions.id, role)


def test_ja_begins_an_interview_with_proof_of_what_was_agreed_to() -> None:
    begun = step(library(), None, chosen(_tap(step(library(), None, opened("b-noord-huis")), "ja"))).interview
    assert begun is not None
    assert (begun.id, begun.teller, begun.channel) == (FRESH.interview, FRESH.teller, "test")
    assert (begun.question_set, begun.version, begun.role, begun.link) == ("bewoner", 1, "bewoner", "b-noord-huis")
    assert (begun.consent.text, begun.consent.given_at) == ("ALG.toestemming", AT)
    assert begun.consent.fingerprint == fingerprint(library().text("ALG.toestemming").text)
    assert set(begun.answers) == {"stadsdeel"}


def test_ja_without_a_link_begins_an_interview_that_says_nothing_yet() -> None:
    begun = step(library(), None, chosen(situation("ALG.toestemming").tap("ja"))).interview
    assert begun is not None
    assert begun.answers == {}
    assert (begun.helped, begun.remind, begun.told, begun.about) == (False, False, frozenset(), "")


def test_without_a_link_none_is_kept() -> None:
    begun = step(library(), None, chosen(situation("ALG.toestemming").tap("ja"))).interview
    assert begun is not None
    assert begun.link is None


@pytest.mark.parametrize("letter", ["m", "p"])
def test_a_set_for_several_roles_does_not_guess_the_role(letter: str) -> None:
    begun = step(library(), None, chosen(_tap(step(library(), None, opened(f"{letter}-")), "ja"))).interview
    assert begun is not None
    assert begun.role is None


@pytest.mark.parametrize(
    "change", [{"fingerprint": "00000000"}, {"fingerprint": ""}, {"version": 9}, {"version": 0}, {"letter": "z"}]
)
def test_ja_to_other_words_is_no_consent_and_the_words_of_today_are_shown(change: dict[str, str | int]) -> None:
    tap = situation("ALG.toestemming").tap("ja")
    assert isinstance(tap, DoorTap)
    offer = tap.offer
    changed = Offer(**{**asdict(offer), **change})
    taken = step(library(), None, chosen(replace(tap, offer=changed)))
    assert taken.interview is None
    assert _texts(taken) in (["ALG.toestemming"], ["ALG.rol"])


def test_ja_is_asked_again_when_the_text_was_changed_meanwhile() -> None:
    tap = situation("ALG.toestemming").tap("ja")
    text = library().text("ALG.toestemming")
    changed = {**library().texts, text.id: replace(text, text=f"{text.text} En nog iets.")}
    later = replace(library(), texts=changed)
    asked = step(later, None, chosen(tap))
    assert asked.interview is None
    assert asked.replies[0].template.endswith("En nog iets.")
    assert step(later, None, chosen(_tap(asked, "ja"))).interview is not None


@pytest.mark.parametrize(("option", "text_id"), [("nee", "ALG.nee"), ("jong", "ALG.te_jong")])
def test_whoever_does_not_take_part_is_asked_nothing_more(option: str, text_id: str) -> None:
    taken = step(library(), None, chosen(situation("ALG.toestemming").tap(option)))
    assert (taken.interview, _texts(taken), taken.over) == (None, [text_id], True)
    assert taken.screen(situation("ALG.toestemming").screen) == ()


@pytest.mark.parametrize("place", ["ALG.toestemming", "MED.toestemming"])
def test_more_about_it_ends_in_the_same_question(place: str) -> None:
    here = situation(place)
    taken = step(library(), None, chosen(here.tap("uitleg")))
    assert _texts(taken) == ["ALG.uitleg", place]
    assert taken.replies[1].buttons == here.screen


@pytest.mark.parametrize("place", STANDING)
@pytest.mark.parametrize(
    "command", [Command.NOW, Command.PRIVACY, Command.CONTACT, Command.BACK, Command.ON, Command.DONE]
)
def test_after_a_command_the_question_that_stood_open_comes_back(place: str, command: Command) -> None:
    here = situation(place)
    taken = step(library(), None, commanded(command, screen=here.screen))
    assert taken.interview is None
    assert taken.replies[-1].buttons == here.screen


@pytest.mark.parametrize("place", STANDING)
@pytest.mark.parametrize(("option", "before"), [("verder", []), ("mens", ["ALG.contact"]), ("nood", ["CRISIS"])])
def test_out_of_help_the_question_that_stood_open_comes_back(place: str, option: str, before: list[str]) -> None:
    here = situation(place)
    helped = step(library(), None, commanded(Command.HELP, screen=here.screen))
    assert _texts(helped) == ["ALG.hulp"]
    assert "stop" not in [tap.option for tap in _taps(helped)]
    back = step(library(), None, chosen(_tap(helped, option)))
    assert _texts(back)[:-1] == before
    assert back.replies[-1].buttons == here.screen


@pytest.mark.parametrize("command", [Command.STOP, Command.PAUSE])
def test_there_is_nothing_to_stop(command: Command) -> None:
    assert _texts(step(library(), None, commanded(command))) == ["ALG.geen_concept"]


def test_start_with_a_code_is_coming_in_by_a_link() -> None:
    assert step(library(), None, said("/start b-noord")) == step(library(), None, opened("b-noord"))


@pytest.mark.parametrize("place", STANDING)
def test_a_story_before_consent_is_not_kept_and_the_teller_is_told(place: str) -> None:
    here = situation(place)
    taken = step(library(), None, said(STORY, screen=here.screen))
    assert _texts(taken) == ["ALG.eerst_ja", place]
    assert taken.replies[-1].buttons == here.screen
    assert taken.interview is None


def test_a_greeting_is_answered_with_a_welcome_and_a_story_with_an_explanation_too() -> None:
    assert _texts(step(library(), None, said("Hallo goedemorgen"))) == ["ALG.welkom", "ALG.rol"]
    assert len(STORY.split()) > GREETING
    assert _texts(step(library(), None, said(STORY))) == ["ALG.welkom", "ALG.eerst_ja", "ALG.rol"]


@pytest.mark.parametrize("typed", ["buurtteam", "Gemeenten", "K7PM4TX9RR", "K7P"])
def test_a_word_that_could_be_a_receipt_is_a_word(typed: str) -> None:
    assert step(library(), None, said(typed)).request is None


@pytest.mark.parametrize("typed", ["K7PM4TX9R", "k7p m4t x9r", "kpp-mtt-xr2"])
def test_a_receipt_alone_is_looked_up(typed: str) -> None:
    request = step(library(), None, said(typed)).request
    assert request is not None
    assert request.receipt


ASKED = ["ALG.code_fout", "ALG.code_wacht"]


@pytest.mark.parametrize("place", ASKED)
@pytest.mark.parametrize("typed", ["K7P-M4T", "AB1-CD1-EF1", "k7pm4tx9rrr", "123456789"])
def test_where_a_receipt_is_asked_for_what_may_be_one_is_looked_up(place: str, typed: str) -> None:
    taken = step(library(), None, said(typed, screen=situation(place).screen))
    assert taken == Step(None, request=ReceiptRequest("", Purpose.ASK))


@pytest.mark.parametrize("place", ASKED)
@pytest.mark.parametrize("typed", ["weet ik niet", "blij", "buurtteam", "K7P", "K7P-M4T-X9R-K7P2", "💥"])
def test_where_a_receipt_is_asked_for_a_few_other_words_bring_the_question_again(place: str, typed: str) -> None:
    taken = step(library(), None, said(typed, screen=situation(place).screen))
    assert (taken.request, _texts(taken)) == (None, ["ALG.verwijderen"])
    assert [button.tap for button in taken.replies[0].buttons] == [PlainTap("kwijt")]


@pytest.mark.parametrize(
    ("tap", "text_id"),
    [
        (AskTap("a1b2c3", "gevoel", "blij"), "INV.knop_voorbij"),
        (AskTap("a1b2c3", "@ALG.stop", "ja"), "INV.knop_voorbij"),
        (PlainTap("vreemd"), "INV.oude_knop"),
    ],
)
def test_a_button_of_something_that_is_over_says_so(tap: AskTap | PlainTap, text_id: str) -> None:
    taken = step(library(), None, chosen(tap))
    assert taken.replies == ()
    assert not taken.accepted
    assert taken.notice is not None
    assert taken.notice.text == text_id


_OPTIONS = [
    "nee",
    "uitleg",
    "jong",
    "bewoner",
    "helper",
    "verder",
    "mens",
    "nood",
    "samen",
    "eigen",
    "niet_erbij",
    "ok",
]
_TAPS = st.builds(
    DoorTap,
    st.sampled_from(["r", "t", "h", "u", "v", "", "x"]),
    st.sampled_from([*_OPTIONS, "", "anders"]),
    st.builds(Offer, st.sampled_from("bmpz"), st.integers(0, 999), st.sampled_from(["", *ROLES]), st.text(), st.text()),
)


@given(_TAPS, st.sampled_from(["h", "u", "r", "", "x"]))
def test_ja_begins_nothing_but_where_consent_is_asked(tap: DoorTap, stage: str) -> None:
    taken = step(library(), None, chosen(replace(tap, stage=stage, option="ja")))
    assert taken.interview is None
    assert taken.replies


@given(_TAPS)
def test_no_button_but_ja_begins_an_interview(tap: DoorTap) -> None:
    taken = step(library(), None, chosen(tap))
    assert taken.interview is None
    assert taken.replies


@given(text=st.text(), place=st.sampled_from(DOORS))
def test_what_is_typed_before_consent_is_never_said_back(text: str, place: str) -> None:
    here, marked = situation(place), f"zqx{clean_text(text)}xqz"
    taken = step(library(), None, said(marked, screen=here.screen))
    assert taken.interview is None
    assert "zqx" not in repr(taken)


def _texts(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]


def _taps(taken: Step) -> list[DoorTap]:
    return [button.tap for button in taken.replies[-1].buttons if isinstance(button.tap, DoorTap)]


def _tap(taken: Step, option: str) -> DoorTap:
    return next(tap for tap in _taps(taken) if tap.option == option)
