"""What typed words do: pieces of a story, a title, a remark beside a button, a message that is changed afterwards."""

from dataclasses import replace

import pytest

from dialogs.asides import SHORT
from dialogs.engine import step
from dialogs.interview import CUT_AT, Answer, Interview, Part
from dialogs.prompt import prompt, story_prompt
from dialogs.questions import StoryQuestion
from dialogs.replies import AskTap, Step
from dialogs.telling import REMARK_LIMIT
from tests.dialogs.situations import after, asked, asking, edited, said, situation, tapping
from tests.talk.world import library

LIMIT = 8000
TITLE_LIMIT = 80


def test_after_the_first_piece_one_gentle_line_and_then_silence() -> None:
    begun = step(library(), asking("bewoner", "verhaal"), said("Ik ging erheen.", message="1"))
    assert _texts(begun) == ["ALG.meer"]
    assert begun.interview
    further = step(library(), begun.interview, said("Toen praatten wij.", message="2"))
    assert further.replies == ()
    assert further.interview
    assert further.interview.answer("verhaal").parts == (Part("Ik ging erheen.", "1"), Part("Toen praatten wij.", "2"))


def test_a_story_is_kept_with_the_prompt_that_it_was_told_to() -> None:
    told = after(tapping(asking("bewoner", "verhaal"), "anders"), said("Dat vergeet ik nooit."))
    question = asked(told)
    assert isinstance(question, StoryQuestion)
    assert told.answer("verhaal").prompt == story_prompt(question, told).id == "onvergetelijk"


@pytest.mark.parametrize("pieces", [["w" * 9000], ["w" * 4000, "x" * 3999, "y" * 10], ["w" * 7999, "x"]])
def test_of_a_story_as_much_is_kept_as_fits_and_the_teller_is_told(pieces: list[str]) -> None:
    interview, taken = asking("bewoner", "verhaal"), None
    for piece in pieces:
        taken = step(library(), interview, said(piece))
        assert taken.interview
        interview = taken.interview
    assert taken
    assert _texts(taken) == ["INV.te_lang"]
    assert taken.replies[0].values == {"max_tekens": str(LIMIT)}
    done = AskTap(interview.tag, "verhaal", "klaar")
    assert [(button.label, button.tap) for button in taken.replies[0].buttons] == [("✅ Klaar", done)]
    kept = interview.answer("verhaal").text
    assert LIMIT - 1 <= len(kept) <= LIMIT
    assert "\n".join(pieces).startswith(kept)


def test_what_just_fits_is_not_too_long() -> None:
    taken = step(library(), asking("bewoner", "verhaal"), said("w" * LIMIT))
    assert _texts(taken) == ["ALG.meer"]
    assert taken.interview
    assert len(taken.interview.answer("verhaal").text) == LIMIT


def test_of_a_long_title_the_beginning_is_kept() -> None:
    taken = step(library(), asking("bewoner", "titel"), said("De brief van " + "zeer " * 40))
    assert _texts(taken) == ["INV.te_lang_kort", "bewoner/1/gevoel"]
    assert taken.replies[0].values == {"max_tekens": str(TITLE_LIMIT)}
    assert taken.interview
    assert len(taken.interview.answer("titel").text) <= TITLE_LIMIT


def test_another_title_takes_the_place_of_the_first() -> None:
    renaming = tapping(tapping(asking("bewoner", "nakijken"), "veranderen"), "titel")
    assert after(renaming, said("Nieuw")).answer("titel") == Answer("titel", parts=(Part("Nieuw"),), done=True)


def test_words_beside_a_button_are_a_remark_and_the_question_stays() -> None:
    interview = asking("bewoner", "gevoel")
    taken = step(library(), interview, said("Dat is moeilijk te zeggen.", message="9"))
    assert _texts(taken) == ["INV.tekst_bij_knop", "bewoner/1/gevoel"]
    assert taken.interview
    assert taken.interview.answer("gevoel") == Answer("gevoel", parts=(Part("Dat is moeilijk te zeggen.", "9"),))
    again = step(library(), taken.interview, said("Het was van alles wat."))
    assert _texts(again) == ["INV.tekst_bij_knop"]
    assert again.interview
    blij = tapping(again.interview, "blij").answer("gevoel")
    assert (blij.option, blij.text) == ("blij", "Dat is moeilijk te zeggen.\nHet was van alles wat.")


def test_a_remark_stays_where_the_question_is_skipped() -> None:
    remarked = after(asking("bewoner", "gevoel"), said("Dat zeg ik u niet."))
    skipped = tapping(remarked, "overslaan").answer("gevoel")
    assert (skipped.skipped, skipped.option, skipped.text) == (True, None, "Dat zeg ik u niet.")


def test_a_remark_has_its_bounds_too() -> None:
    taken = step(library(), asking("bewoner", "gevoel"), said("w" * (REMARK_LIMIT + 1)))
    assert _texts(taken) == ["INV.te_lang_kort", "bewoner/1/gevoel"]
    assert taken.replies[0].values == {"max_tekens": str(REMARK_LIMIT)}
    assert taken.interview
    assert len(taken.interview.answer("gevoel").text) == REMARK_LIMIT


@pytest.mark.parametrize(
    ("words", "text_id"),
    [
        ("Dat klopt zo niet.", "INV.onbekend"),
        ("Dat klopt zo helemaal niet.", "INV.niet_bewaard"),
        ("Mijn buurman heeft ook nog geholpen.\nDat was ik vergeten.", "INV.niet_bewaard"),
    ],
)
def test_words_in_the_review_are_kept_nowhere_and_of_more_than_a_few_that_is_said(words: str, text_id: str) -> None:
    review = asking("bewoner", "nakijken")
    taken = step(library(), review, said(words))
    assert taken.interview == review
    assert _texts(taken) == [text_id]
    assert taken.replies[0].rows == prompt(library(), review).rows
    assert (len(words.split()) > SHORT) == (text_id == "INV.niet_bewaard")


@pytest.mark.parametrize("place", ["bewoner/verhaal", "bewoner/verhaal/begonnen", "bewoner/titel", "bewoner/gevoel"])
def test_a_message_without_words_is_answered_with_the_question(place: str) -> None:
    here = situation(place)
    assert here.interview
    taken = step(library(), here.interview, said(""))
    assert taken == Step(here.interview, (prompt(library(), here.interview),))


def test_a_note_is_said_first_and_the_words_count() -> None:
    noted = replace(said("Dit is mijn brief."), note="INV.foto_tekst")
    taken = step(library(), asking("bewoner", "verhaal"), noted)
    assert _texts(taken) == ["INV.foto_tekst", "ALG.meer"]
    assert taken.interview
    further = step(library(), taken.interview, replace(said("En dit ook."), note="INV.foto_tekst"))
    assert _texts(further) == ["INV.foto_tekst"]


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("bewoner/gevoel", "blij"),
        ("bewoner/verhaal", "hulp"),
        ("bewoner/verhaal/begonnen", "klaar"),
        ("bewoner/nakijken", "Dit is een foto van mijn brief."),
        ("ALG.stop", "weet niet hoor"),
    ],
)
def test_where_no_words_are_kept_nothing_is_said_about_what_came_with_them(place: str, typed: str) -> None:
    here = situation(place)
    noted = replace(said(typed, screen=here.screen), note="INV.foto_tekst")
    assert step(library(), here.interview, noted) == step(library(), here.interview, replace(noted, note=""))


def test_a_photo_with_words_that_no_longer_fit_is_not_said_to_be_kept() -> None:
    full = after(asking("bewoner", "verhaal"), said("w" * LIMIT))
    assert _texts(step(library(), full, replace(said("Nog iets."), note="INV.foto_tekst"))) == ["INV.te_lang"]


def test_a_changed_message_takes_the_place_of_its_own_words() -> None:
    told = after(after(asking("bewoner", "verhaal"), said("Een", message="1")), said("Twee", message="2"))
    taken = step(library(), told, edited("Nieuw", "1"))
    assert _texts(taken) == ["INV.bewerkt"]
    assert taken.interview
    assert taken.interview.answer("verhaal").parts == (Part("Nieuw", "1"), Part("Twee", "2"))


def test_a_message_can_be_changed_also_when_its_question_is_long_done() -> None:
    told = after(asking("bewoner", "titel"), said("De titel", message="5"))
    review = asking("bewoner", "nakijken").having(told.answer("titel"))
    changed = after(review, edited("Een betere titel", "5"))
    assert changed.answer("titel").text == "Een betere titel"
    assert asked(changed).id == "nakijken"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Een betere titel", ["INV.bewerkt", "ALG.nakijken"]),
        ("Bel mij op 06 12345678", ["INV.bewerkt", "ALG.naam_gezien"]),
        ("Mijn buurman heet Jan de Vries", ["INV.bewerkt", "INV.naam", "ALG.nakijken"]),
        ("zeer " * 40, ["INV.te_lang_kort", "ALG.nakijken"]),
    ],
)
def test_what_is_changed_at_the_review_is_read_back_as_it_will_be_sent(text: str, heard: list[str]) -> None:
    told = after(asking("bewoner", "titel"), said("De titel", message="5"))
    review = asking("bewoner", "nakijken").having(told.answer("titel"))
    taken = step(library(), review, edited(text, "5"))
    assert _texts(taken) == heard
    assert taken.interview
    assert taken.replies[-1] == prompt(library(), taken.interview)
    if heard[-1] == "ALG.nakijken":
        assert taken.replies[-1].values["titel"] == taken.interview.answer("titel").text != "De titel"


def test_what_is_changed_while_something_else_is_asked_is_not_read_back_yet() -> None:
    told = after(asking("bewoner", "titel"), said("De titel", message="5"))
    review = asking("bewoner", "nakijken").having(told.answer("titel")).asking("ALG.stop")
    assert _texts(step(library(), review, edited("Een betere titel", "5"))) == ["INV.bewerkt"]


# An app cuts what is longer than one message can be.


def test_a_long_message_that_an_app_cut_within_a_word_is_whole_again() -> None:
    whole = "lang" * 1500
    told = asking("bewoner", "verhaal")
    for at in range(0, len(whole), CUT_AT):
        told = after(told, said(whole[at : at + CUT_AT]))
    assert len(told.answer("verhaal").parts) == 2
    assert told.answer("verhaal").text == whole


@pytest.mark.parametrize("length", [CUT_AT - 1, CUT_AT + 1])
def test_a_message_of_any_other_length_ends_with_a_line_break(length: int) -> None:
    parts = (Part("x" * length), Part("y"))
    assert Answer("verhaal", parts=parts).text == f"{'x' * length}\ny"


def test_what_an_app_cut_is_kept_up_to_the_last_sign_that_fits() -> None:
    told = asking("bewoner", "verhaal")
    for _ in range(3):
        told = after(told, said("x" * CUT_AT))
    assert told.answer("verhaal").text == "x" * LIMIT


@pytest.mark.parametrize(("message", "text"), [("9", "Nieuw"), ("", "Nieuw"), ("3", "Nieuw"), ("1", ""), ("1", "   ")])
def test_a_change_of_no_part_or_into_no_words_changes_nothing_and_the_teller_is_told(message: str, text: str) -> None:
    told = after(after(asking("bewoner", "verhaal"), said("Een", message="1")), said("Twee"))
    answered = after(tapping(tapping(told, "klaar"), "klaar"), said("overslaan", message="3"))
    for interview in (told, answered):
        taken = step(library(), interview, edited(text, message))
        assert _texts(taken)[0] == "INV.bewerkt_niet"
        assert taken == Step(interview, (taken.replies[0], prompt(library(), interview)))
        assert taken.replies[0].buttons == ()


@pytest.mark.parametrize(("question", "limit"), [("verhaal", LIMIT), ("titel", TITLE_LIMIT), ("gevoel", REMARK_LIMIT)])
def test_a_changed_message_is_cut_at_the_same_bounds(question: str, limit: int) -> None:
    told = after(asking("bewoner", question), said("Eigenlijk weinig over te zeggen", message="1"))
    taken = step(library(), told, edited("w" * 9000, "1"))
    assert _texts(taken) == ["INV.te_lang_kort"]
    assert taken.replies[0].values == {"max_tekens": str(limit)}
    assert taken.interview
    assert len(taken.interview.answer(question).text) == limit


def test_a_message_cannot_be_changed_after_sending() -> None:
    assert _texts(step(library(), None, edited("Nieuw", "1"))) == ["INV.al_verstuurd"]


def test_words_of_any_kind_stay_as_they_were_typed() -> None:
    typed = "*vet* {titel} <b>&amp; \\n %s 👩‍👩‍👧 “één”\n\n- punt"
    assert _kept(after(asking("bewoner", "verhaal"), said(typed))) == typed


def _kept(interview: Interview) -> str:
    return interview.answer("verhaal").text


def _texts(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]
