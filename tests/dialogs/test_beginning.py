"""How an interview begins: what a link already tells, another story of the same teller, somebody who helps."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.beginning import DAY_ZERO, again
from dialogs.daytime import AMSTERDAM
from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import FROM_BEFORE, FROM_LINK, Answer, Interview, Part
from dialogs.library import Library, Terms
from dialogs.offers import ALOUD, HELPING, HINTS, ROLE, Standing, renewed, standing
from dialogs.prompt import ask, prompt
from dialogs.replies import AgainTap, DoorTap, Offer, PlainTap, Step
from dialogs.taps import LIMIT, LINK_LIMIT, decode, encode, fits
from dialogs.texts import fingerprint, plain
from tests.dialogs.situations import (
    AT,
    FRESH,
    STORY,
    Situation,
    asked,
    asking,
    chosen,
    commanded,
    helped,
    named,
    onward,
    opened,
    said,
    situation,
    tapping,
)
from tests.talk.world import library

REVIEW = asking("bewoner", "nakijken")


def shelf(**terms: bool) -> Library:
    """The library of a study that decided something else."""
    return replace(library(), terms=replace(Terms(), **terms))


def reworded(text_id: str, shelf_: Library | None = None) -> Library:
    """A library in which a text says something more."""
    base = shelf_ or library()
    text = base.text(text_id)
    return replace(base, texts={**base.texts, text_id: replace(text, text=f"{text.text} En nog iets.")})


def texts(taken: Step) -> list[str]:
    """The ids of what is said."""
    return [reply.text for reply in taken.replies]


def begun(link: str, on: Library | None = None, *, language: str = "") -> Step:
    """What follows when somebody comes in by a link and says ja."""
    books = on or library()
    door = Situation(None, step(books, None, opened(link)).screen(()))
    return step(books, None, replace(chosen(door.tap("ja")), language=language))


def interview_of(taken: Step) -> Interview:
    """The interview that a step holds."""
    assert taken.interview is not None
    return taken.interview


# A link that tells where somebody lives or works.


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("b-noord-huis", "noord"),
        ("b-zuidoost", "zuidoost"),
        ("b-nieuw_west-balie", "nieuw_west"),
        ("p-oost", "oost"),
        ("b-noord7", None),
        ("b-Noord", None),
        ("b-", None),
        ("b-utrecht-noord", None),
        ("m-noord", None),
    ],
)
def test_a_link_that_names_a_district_answers_the_question_for_it(link: str, place: str | None) -> None:
    interview = interview_of(begun(link))
    told = Answer("stadsdeel", option=place, done=True, carried=FROM_LINK)
    assert interview.answers == ({"stadsdeel": told} if place else {})


def test_a_study_can_ask_everybody_where_they_live() -> None:
    assert interview_of(begun("b-noord-huis", shelf(district_from_link=False))).answers == {}


def test_what_a_link_told_is_not_asked_and_not_counted_but_shown_and_can_be_changed() -> None:
    interview = interview_of(begun("b-noord-huis"))
    come_by = []
    while asked(interview).kind != "review":
        come_by.append(plain(prompt(library(), interview).template, prompt(library(), interview).values))
        interview = onward(interview)
    assert not [words for words in come_by if "Waar woont u" in words]
    assert [words.split("\n")[0] for words in come_by if words.startswith(("2 van", "6 van"))] == ["2 van 7", "6 van 7"]
    review = prompt(library(), interview)
    assert "• Stadsdeel: Noord" in (review.values["antwoorden"] or "")
    changing = tapping(tapping(tapping(interview, "veranderen"), "antwoord"), "stadsdeel")
    assert asked(changing).id == "stadsdeel"
    changed = tapping(changing, "oost").answer("stadsdeel")
    assert changed == Answer("stadsdeel", option="oost", done=True)


# Another story of the same teller.


def thanked(interview: Interview = REVIEW, on: Library | None = None) -> AgainTap:
    """The button for another story under the thanks for this one."""
    books = on or library()
    told = step(books, interview, chosen(Situation(interview, prompt(books, interview).buttons).tap("verstuur_wel")))
    tap = Situation(None, told.screen(())).tap("nog")
    assert isinstance(tap, AgainTap)
    return tap


def test_another_story_is_begun_at_once_and_the_teller_is_told_that_it_is_kept_too() -> None:
    taken = step(library(), None, chosen(thanked()))
    assert texts(taken) == ["ALG.nog", "bewoner/1/verhaal"]
    interview = interview_of(taken)
    assert asked(interview).id == "verhaal"
    assert (interview.id, interview.teller) == (FRESH.interview, FRESH.teller)
    assert (interview.role, interview.link) == (REVIEW.role, REVIEW.link)
    assert interview.consent.fingerprint == fingerprint(library().text("ALG.toestemming").text)


def test_the_answers_about_the_teller_come_along_and_the_others_do_not() -> None:
    told = REVIEW.having(Answer("leeftijd", skipped=True, done=True))
    interview = interview_of(step(library(), None, chosen(thanked(told))))
    assert interview.answers == {
        "stadsdeel": Answer("stadsdeel", option=told.answer("stadsdeel").option, done=True, carried=FROM_BEFORE),
        "leeftijd": Answer("leeftijd", skipped=True, done=True, carried=FROM_BEFORE),
    }


def test_what_came_along_is_not_asked_again_and_can_be_changed() -> None:
    interview = interview_of(step(library(), None, chosen(thanked())))
    while asked(interview).kind != "review":
        assert asked(interview).id not in ("stadsdeel", "leeftijd")
        interview = onward(interview)
    changing = tapping(tapping(tapping(interview, "veranderen"), "antwoord"), "leeftijd")
    assert tapping(changing, "65_74").answer("leeftijd").carried == ""


def test_a_remark_about_the_teller_stays_where_it_was_made() -> None:
    remarked = REVIEW.having(replace(REVIEW.answer("leeftijd"), parts=(Part("Ik ben van 1958."),)))
    tap = thanked(remarked)
    assert tap == thanked()
    assert interview_of(step(library(), None, chosen(tap))).answer("leeftijd").parts == ()


def test_in_a_third_story_the_answers_still_come_along() -> None:
    second = interview_of(step(library(), None, chosen(thanked())))
    while asked(second).kind != "review":
        second = onward(second)
    third = interview_of(step(library(), None, chosen(thanked(second))))
    assert third.answers == interview_of(step(library(), None, chosen(thanked()))).answers


def test_the_story_is_sent_with_the_teller_of_the_story_before() -> None:
    sending = replace(chosen(Situation(REVIEW, prompt(library(), REVIEW).buttons).tap("verstuur_niet")), thread="abc")
    assert interview_of(step(library(), REVIEW, sending)).teller == "abc"


@pytest.mark.parametrize("set_id", ["bewoner", "medewerker", "professional"])
@pytest.mark.parametrize("link", ["", "x" * LINK_LIMIT, "b-noord-huis"])
def test_the_button_for_another_story_always_fits(set_id: str, link: str) -> None:
    interview = replace(asking(set_id, "nakijken"), link=link or None)
    tap = again(library(), interview, "x" * 12)
    assert fits(tap)
    assert len(encode(tap).encode()) <= LIMIT
    assert decode(encode(tap)) == tap
    if len(link) < LINK_LIMIT:
        assert any(tap.answers)


def test_answers_that_do_not_fit_on_the_button_are_asked_again() -> None:
    tap = again(library(), replace(REVIEW, link="x" * LINK_LIMIT), "x" * 16)
    assert tap.answers == ("",)
    interview = interview_of(step(library(), None, chosen(tap)))
    assert interview.answers == {}


def test_a_link_that_does_not_fit_on_the_button_is_left_out_after_the_answers() -> None:
    tap = again(library(), replace(REVIEW, link="x" * LINK_LIMIT), "x" * 16)
    assert (tap.answers, tap.offer.link) == (("",), "")
    assert (tap.offer.letter, tap.offer.role) == ("b", "bewoner")
    assert interview_of(step(library(), None, chosen(tap))).link is None
    kept = again(library(), replace(REVIEW, link="x" * 16), "x" * 16)
    assert kept.offer.link == "x" * 16


# For how long a consent counts for another story.


def day_of(at: datetime) -> datetime:
    """The beginning of that day."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def at(tap: AgainTap, when: datetime, on: Library | None = None) -> Step:
    """What follows when the button for another story is used at this time."""
    return step(on or library(), None, replace(chosen(tap), at=when))


def test_another_story_is_under_the_consent_of_the_day_on_which_it_was_given() -> None:
    second = interview_of(at(thanked(), AT + timedelta(days=3)))
    assert second.consent == replace(REVIEW.consent, given_at=day_of(AT))
    while asked(second).kind != "review":
        second = onward(second)
    third = interview_of(at(thanked(second), AT + timedelta(days=5)))
    assert third.consent == second.consent


def test_a_day_is_one_of_utc_wherever_the_consent_was_given() -> None:
    late = datetime(2026, 3, 2, 0, 30, tzinfo=AMSTERDAM)
    tap = again(library(), replace(REVIEW, consent=replace(REVIEW.consent, given_at=late)), "teller")
    assert interview_of(at(tap, AT)).consent.given_at == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_after_as_many_days_as_a_draft_is_kept_consent_is_asked_again(days: int) -> None:
    books = replace(library(), terms=replace(Terms(), draft_days=days))
    tap, end = thanked(), day_of(AT) + timedelta(days=days)
    assert interview_of(at(tap, end - timedelta(seconds=1), books)).consent.given_at == day_of(AT)
    late = at(tap, end, books)
    assert (late.interview, texts(late)) == (None, ["ALG.toestemming"])
    assert step(books, None, chosen(Situation(None, late.screen(())).tap("ja"))).interview is not None


@pytest.mark.parametrize("day", [0, (AT - DAY_ZERO).days + 1, 0xFFFFFF, 10**9])
def test_a_day_that_no_consent_can_be_of_is_asked_again(day: int) -> None:
    taken = at(replace(thanked(), day=day), AT)
    assert (taken.interview, texts(taken)) == (None, ["ALG.toestemming"])


@pytest.mark.parametrize(
    ("answers", "places"),
    [(("",), {}), (("999", "999"), {}), (("", "", "", "1"), {}), (("7",) * 30, {"stadsdeel": "zuidoost"})],
)
def test_codes_that_stand_for_nothing_are_no_answers(answers: tuple[str, ...], places: dict[str, str]) -> None:
    interview = interview_of(step(library(), None, chosen(replace(thanked(), answers=answers))))
    assert {answer.question: answer.option for answer in interview.answers.values()} == places


def test_where_the_words_of_the_consent_were_changed_it_is_asked_again() -> None:
    tap, books = thanked(), reworded("ALG.toestemming")
    taken = step(books, None, chosen(tap))
    assert (taken.interview, texts(taken)) == (None, ["ALG.toestemming"])
    assert taken.replies[0].template.endswith("En nog iets.")
    assert step(books, None, chosen(Situation(None, taken.screen(())).tap("ja"))).interview is not None


@pytest.mark.parametrize(
    "offer", [{"fingerprint": "00000000"}, {"version": 9}, {"letter": "z"}, {"letter": ""}, {"role": "gemeente"}]
)
def test_a_forged_button_for_another_story_begins_none(offer: dict[str, str | int]) -> None:
    tap = thanked()
    forged = replace(tap, offer=Offer(**{**asdict(tap.offer), **offer}))
    taken = step(library(), None, chosen(forged))
    assert taken.interview is None
    assert texts(taken) in (["ALG.toestemming"], ["ALG.rol"])


def test_when_a_newer_set_is_there_consent_is_asked_for_that_one() -> None:
    tap = thanked()
    newer = library().sets["bewoner", 1].model_copy(update={"version": 2})
    books = replace(library(), sets={**library().sets, ("bewoner", 2): newer})
    taken = step(books, None, chosen(tap))
    assert (taken.interview, texts(taken)) == (None, ["ALG.toestemming"])
    [version] = {button.tap.offer.version for button in taken.replies[0].buttons if isinstance(button.tap, DoorTap)}
    assert version == 2


def test_when_the_study_is_over_there_is_no_other_story() -> None:
    books = shelf(open=False)
    for tap in (thanked(), PlainTap("volgende", "h-1"), situation("ALG.toestemming").tap("ja")):
        taken = step(books, None, chosen(tap))
        assert (taken.interview, texts(taken), taken.over) == (None, ["INV.dicht"], True)
    assert texts(step(books, None, opened("b-noord"))) == ["INV.dicht"]
    assert texts(step(books, None, said(STORY))) == ["INV.dicht"]
    assert texts(step(books, None, commanded(Command.WITHDRAW))) == ["ALG.verwijderen"]


def test_a_story_that_was_begun_can_be_finished_when_the_study_is_over() -> None:
    assert interview_of(step(shelf(open=False), REVIEW, said("ja"))).quote is True


# Somebody who helps.


def walked(*options: str, link: str = "h-1") -> Step:
    """What follows when somebody who helps comes in by a link and makes these choices."""
    taken = step(library(), None, opened(link))
    for option in options:
        taken = step(library(), None, chosen(Situation(None, taken.screen(())).tap(option)))
    return taken


def test_whoever_helps_is_asked_whether_the_teller_is_there() -> None:
    assert texts(walked()) == ["ALG.welkom", "HELP.start"]
    assert texts(walked("samen")) == ["HELP.uitleg"]
    assert texts(walked("samen", "ok")) == ["HELP.toestemming"]
    assert texts(walked("eigen")) == ["ALG.toestemming"]
    absent = walked("niet_erbij")
    assert (texts(absent), absent.over) == (["HELP.niet_erbij"], True)


def test_whoever_says_to_help_comes_to_the_same_questions() -> None:
    chosen_ = step(library(), None, chosen(situation("ALG.rol").tap("helper")))
    assert texts(chosen_) == ["HELP.start"]
    assert [named(button.tap) for button in chosen_.replies[0].buttons] == ["samen", "niet_erbij", "eigen"]


def test_the_teller_agrees_to_words_that_were_read_aloud() -> None:
    interview = helped()
    assert (interview.helped, interview.voluntary, interview.role) == (True, True, "bewoner")
    assert (interview.question_set, interview.link) == ("bewoner", "h-1")
    assert interview.consent.text == "HELP.toestemming"
    assert interview.consent.fingerprint == fingerprint(library().text("HELP.toestemming").text)


def test_ja_to_other_words_than_those_that_are_read_aloud_today_is_no_consent() -> None:
    tap = situation("HELP.toestemming").tap("ja")
    taken = step(reworded("HELP.toestemming"), None, chosen(tap))
    assert (taken.interview, texts(taken)) == (None, ["HELP.toestemming"])
    other = situation("ALG.toestemming").tap("ja")
    assert isinstance(other, DoorTap)
    assert step(library(), None, chosen(replace(other, stage=ALOUD))).interview is None


@pytest.mark.parametrize(("option", "text_id"), [("nee", "ALG.nee"), ("jong", "ALG.te_jong")])
def test_where_the_teller_says_no_nothing_is_begun(option: str, text_id: str) -> None:
    taken = walked("samen", "ok", option)
    assert (taken.interview, texts(taken), taken.over) == (None, [text_id], True)


def test_after_a_story_that_was_helped_the_screen_is_empty_and_the_next_teller_begins_anew() -> None:
    thanks = situation("HELP.dank")
    tap = thanks.tap("volgende")
    assert tap == PlainTap("volgende", "h-1")
    taken = step(library(), None, chosen(tap))
    assert (taken.interview, texts(taken)) == (None, ["HELP.toestemming"])
    following = step(library(), None, chosen(Situation(None, taken.screen(())).tap("ja")))
    assert interview_of(following).answers == {}
    assert interview_of(following).link == "h-1"


def test_the_receipt_of_a_helped_story_takes_the_place_of_the_whole_conversation() -> None:
    interview = helped()
    while asked(interview).kind != "review":
        interview = onward(interview)
    taken = step(library(), interview, said("ja"))
    assert [(reply.text, reply.clears) for reply in taken.replies] == [("HELP.dank", True)]


def test_a_helper_who_is_done_is_thanked() -> None:
    assert texts(step(library(), None, chosen(situation("HELP.dank").tap("klaar")))) == ["HELP.klaar"]


@pytest.mark.parametrize("link", ["h-noord", "h-noord-balie"])
def test_the_link_of_a_helper_answers_a_question_too(link: str) -> None:
    interview = interview_of(walked("samen", "ok", "ja", link=link))
    assert interview.answer("stadsdeel").option == "noord"


def test_where_there_is_no_set_for_residents_the_role_is_asked() -> None:
    staff = {key: item for key, item in library().sets.items() if key[0] != "bewoner"}
    books = replace(library(), sets=staff)
    assert standing(books, "h-1") == Standing(ROLE, Offer(link="h-1"))
    assert texts(step(books, None, opened("h-1"))) == ["ALG.welkom", "ALG.rol"]


@pytest.mark.parametrize("stage", [HELPING, HINTS, ALOUD])
def test_the_same_question_is_asked_again_in_the_words_of_today(stage: str) -> None:
    offer = Offer("b", 1, "bewoner", "00000000", "h-1")
    stand = renewed(library(), Standing(stage, offer))
    assert (stand.stage, stand.offer.link, stand.offer.role) == (stage, "h-1", "bewoner")
    assert stand.offer.fingerprint != "00000000"


# In which language somebody has the app.


@pytest.mark.parametrize(("app", "first"), [("tr", "TAAL.tr"), ("pt-br", "TAAL.nl"), ("nl", None), ("", None)])
def test_whoever_has_an_app_in_another_language_reads_that_theirs_is_welcome(app: str, first: str | None) -> None:
    taken = begun("b-1", language=app)
    question = ask(library(), interview_of(taken), asked(interview_of(taken)))
    assert texts(taken) == ([first] if first else []) + [question.text]
    assert interview_of(taken).told == (frozenset({"TAAL"}) if first else frozenset())
