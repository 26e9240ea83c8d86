"""Reading a story back and taking it away, before consent and in the middle of another story."""

from dataclasses import replace

import pytest

from dialogs import withdrawal
from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Interview, Status
from dialogs.prompt import prompt
from dialogs.replies import AskTap, PlainTap, Purpose, ReceiptRequest, Reply, Step
from dialogs.texts import plain
from tests.dialogs.situations import (
    FRESH,
    STORY,
    asking,
    chosen,
    commanded,
    looked,
    named,
    said,
    sent,
    situation,
)
from tests.talk.world import library

RECEIPT = FRESH.receipt
DRAFTS = [None, asking("bewoner", "verhaal"), asking("bewoner", "gevoel"), asking("medewerker", "keuze")]


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("typed", ["K7PM4TX9R", "k7p-m4t-x9r", " k7p m4t x9r. ", "Ｋ７Ｐ－Ｍ４Ｔ－Ｘ９Ｒ"])
def test_a_receipt_behind_the_command_is_looked_up_at_once(draft: Interview | None, typed: str) -> None:
    taken = step(library(), draft, commanded(Command.WITHDRAW, typed))
    assert taken == Step(draft, request=ReceiptRequest(RECEIPT, Purpose.ASK))


@pytest.mark.parametrize("typed", ["weet ik niet", "💥", "ik wil dood"])
def test_what_nobody_can_mean_as_a_receipt_is_not_looked_up(typed: str) -> None:
    taken = step(library(), None, commanded(Command.WITHDRAW, typed))
    assert taken.request is None
    assert _ids(taken) == ["ALG.verwijderen"]


@pytest.mark.parametrize("typed", ["AB1-CD1-EF1", "K7P-M4T", "K7P-M4T-X9R-K7P"])
def test_what_cannot_be_a_receipt_is_looked_up_as_nothing(typed: str) -> None:
    taken = step(library(), None, commanded(Command.WITHDRAW, typed))
    assert taken.request == ReceiptRequest("", Purpose.ASK)


@pytest.mark.parametrize("draft", DRAFTS)
def test_without_a_receipt_it_is_asked_for_and_can_then_be_typed(draft: Interview | None) -> None:
    asked = step(library(), draft, commanded(Command.WITHDRAW))
    assert _ids(asked) == ["ALG.verwijderen"]
    given = step(library(), asked.interview, said("k7p m4t x9r", screen=asked.screen(())))
    assert given.request == ReceiptRequest(RECEIPT, Purpose.ASK)


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_story_that_is_found_is_shown_by_its_title_before_it_goes(draft: Interview | None) -> None:
    taken = step(library(), draft, looked(sent()))
    assert _ids(taken) == ["ALG.verwijderen.zeker"]
    assert "De brief" in _words(taken)
    assert [button.tap for button in taken.replies[0].buttons] == [
        PlainTap("zien", RECEIPT),
        PlainTap("ja", RECEIPT),
        PlainTap("nee", RECEIPT),
    ]


def test_a_story_without_a_title_is_named_so() -> None:
    untitled = sent().keeping(set(sent().answers) - {"titel"})
    assert "Zonder titel" in _words(step(library(), None, looked(untitled)))
    assert "📖" not in _words(step(library(), None, looked(untitled, Purpose.READ))).split("Ik heb uw verhaal")[0]


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize(("name", "purpose"), [("zien", Purpose.READ), ("ja", Purpose.WITHDRAW)])
def test_reading_and_taking_away_ask_for_the_story_once_more(
    draft: Interview | None, name: str, purpose: Purpose
) -> None:
    taken = step(library(), draft, chosen(PlainTap(name, RECEIPT)))
    assert taken == Step(draft, request=ReceiptRequest(RECEIPT, purpose))


def test_the_whole_story_is_read_back_and_the_question_is_asked_again() -> None:
    taken = step(library(), None, looked(sent(), Purpose.READ))
    assert _ids(taken) == ["ALG.inzage", "ALG.verwijderen.zeker"]
    assert STORY in _words(taken)
    assert "• Gevoel: 😀 Blij" in _words(taken)


def test_a_long_story_is_read_back_to_its_last_word() -> None:
    found = sent()
    story = found.answer("verhaal")
    long = found.having(replace(story, parts=(replace(story.parts[0], text="woord " * 1300 + "einde"),)))
    assert "einde" in _words(step(library(), None, looked(long, Purpose.READ)))


def test_a_story_that_was_taken_away_is_gone() -> None:
    assert _ids(step(library(), None, looked(sent(), Purpose.WITHDRAW))) == ["ALG.verwijderd"]


@pytest.mark.parametrize("draft", DRAFTS[1:])
def test_after_a_withdrawal_the_question_of_the_draft_comes_back(draft: Interview) -> None:
    begun = step(library(), draft, commanded(Command.WITHDRAW))
    taken = step(library(), begun.interview, looked(sent(), Purpose.WITHDRAW))
    assert taken.interview == draft
    assert taken.replies[-1] == prompt(library(), draft)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("purpose", Purpose)
def test_a_receipt_that_leads_to_nothing_may_be_typed_again(draft: Interview | None, purpose: Purpose) -> None:
    taken = step(library(), draft, looked(None, purpose))
    assert _ids(taken) == ["ALG.code_fout"]
    again = step(library(), taken.interview, said("K7P M4T X9R", screen=taken.screen(())))
    assert again.request == ReceiptRequest(RECEIPT, Purpose.ASK)


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("purpose", Purpose)
def test_after_too_many_wrong_codes_every_code_is_answered_alike(draft: Interview | None, purpose: Purpose) -> None:
    right, wrong = (replace(looked(found, purpose), held=True) for found in (sent(), None))
    taken = step(library(), draft, wrong)
    assert _ids(taken) == ["ALG.code_wacht"]
    assert step(library(), None, right) == step(library(), None, wrong)
    again = step(library(), taken.interview, said("K7P M4T X9R", screen=taken.screen(())))
    assert again.request == ReceiptRequest(RECEIPT, Purpose.ASK)


@pytest.mark.parametrize(
    ("name", "text_id"), [("nee", "ALG.laten_staan"), ("kwijt", "ALG.code_kwijt"), ("klaar", "HELP.klaar")]
)
def test_leaving_it_be_ends_there_and_a_draft_goes_on(name: str, text_id: str) -> None:
    assert _ids(step(library(), None, chosen(PlainTap(name, RECEIPT)))) == [text_id]
    draft = asking("bewoner", "gevoel")
    taken = step(library(), draft, chosen(PlainTap(name, RECEIPT)))
    assert taken == Step(draft, (taken.replies[0], prompt(library(), draft)))
    assert taken.replies[0].text == text_id


def test_from_the_thanks_a_story_can_be_taken_away() -> None:
    thanks = situation("ALG.dank")
    assert [named(button.tap) for button in thanks.screen] == ["nog", "leeg", "weg"]
    assert _ids(step(library(), None, chosen(thanks.tap("weg")))) == ["ALG.verwijderen"]


def test_the_buttons_of_the_thanks_can_be_typed_by_other_words_too() -> None:
    thanks = replace(library().text("ALG.dank"), words={"weg": ("haal weg",)})
    shelf = replace(library(), texts={**library().texts, thanks.id: thanks})
    review = asking("bewoner", "nakijken")
    sending = step(shelf, review, chosen(AskTap(review.tag, "nakijken", "verstuur_wel")))
    assert _ids(step(shelf, None, said("haal weg", screen=sending.screen(())))) == ["ALG.verwijderen"]


@pytest.mark.parametrize("name", ["", "iets", "vragen"])
def test_a_forged_button_does_nothing(name: str) -> None:
    taken = withdrawal.tapped(library(), None, PlainTap(name, RECEIPT))
    assert (taken.accepted, taken.request, taken.replies) == (False, None, ())


def test_an_old_ja_is_not_meant_once_the_teller_went_on_telling() -> None:
    draft = asking("bewoner", "verhaal")
    taken = step(library(), draft, looked(sent()))
    screen = taken.screen(())
    sure = step(library(), taken.interview, said("ja", screen=screen))
    assert sure.request == ReceiptRequest(RECEIPT, Purpose.WITHDRAW)
    for piece in ("Ik ging naar het Buurtteam.", "Daar hielpen zij mij."):
        taken = step(library(), taken.interview, said(piece, screen=screen))
        screen = taken.screen(screen)
        assert PlainTap("ja", RECEIPT) not in [button.tap for button in screen]
        heard = step(library(), taken.interview, said("ja", screen=screen))
        assert heard.interview is not None
        assert heard.request is None
        assert heard == step(library(), taken.interview, commanded(Command.DONE))
    assert screen == ()


def test_in_a_draft_only_the_buttons_of_the_newest_reply_count() -> None:
    draft = asking("bewoner", "gevoel")
    asked, question = step(library(), draft, looked(sent())), Step(draft, (prompt(library(), draft),))
    assert question.screen(asked.screen(())) == prompt(library(), draft).buttons
    unknown = step(library(), draft, commanded(Command.UNKNOWN))
    assert Step(draft).screen(asked.screen(())) == ()
    assert unknown.screen(asked.screen(())) == prompt(library(), replace(draft, aside="ALG.hulp")).buttons


def test_a_story_that_was_sent_has_another_teller_than_its_draft_had() -> None:
    review = asking("bewoner", "nakijken")
    for option, quote in (("verstuur_wel", True), ("verstuur_niet", False)):
        tap = AskTap(review.tag, "nakijken", option)
        sending = replace(chosen(tap), fresh=replace(FRESH, teller="0f1e2d-teller"))
        told = step(library(), review, sending).interview
        assert told is not None
        assert told == replace(review, teller="0f1e2d-teller", quote=quote, status=Status.SENT, language=told.language)
    assert review.teller != "0f1e2d-teller"


def test_texts_need_no_other_words_for_the_lost_receipt() -> None:
    texts = {text_id: replace(text, words={}) for text_id, text in library().texts.items()}
    bare = replace(library(), texts=texts)
    held = replace(looked(None), held=True)
    for taken in (
        step(bare, None, commanded(Command.WITHDRAW)),
        step(bare, None, looked(None)),
        step(bare, None, held),
    ):
        assert [button.tap for button in taken.replies[0].buttons] == [PlainTap("kwijt")]


def _ids(taken: Step) -> list[str]:
    return [reply.text for reply in taken.replies]


def _words(taken: Step) -> str:
    return "\n".join(map(_plain, taken.replies))


def _plain(reply: Reply) -> str:
    return plain(reply.template, reply.values)
