"""What is remembered of a chat between two turns: what was shown, how fast it went, whose story it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.asides import EFFECTS
from dialogs.engine import step
from dialogs.events import Chosen, Command, Event, Haste, Said, Showed
from dialogs.interview import Interview, Status
from dialogs.memory import EXCUSED_AGAIN, MANY, MINUTE, TOLD_AGAIN, Memory
from dialogs.prompt import prompt
from dialogs.replies import AgainTap, AskTap, Offer, Step
from dialogs.taps import decode, encode, fits
from tests.dialogs.situations import AT, after, asking, chosen, commanded, edited, opened, said, showed, situation
from tests.talk.world import library

TELLING = asking("bewoner", "verhaal")
GEVOEL = asking("bewoner", "gevoel")
SILENT = Step(TELLING)


def typed(memory: Memory, seconds: float, times: int = 1) -> tuple[Memory, list[Haste]]:
    """What is remembered after so many messages with so many seconds between them, and how hasty each was."""
    hasty: list[Haste] = []
    at = memory.times[-1] if memory.times else AT
    for _ in range(times):
        at += timedelta(seconds=seconds)
        seen = memory.seeing(replace(said("Toen."), at=at))
        assert isinstance(seen, Said)
        memory, hasty = memory.after(seen, SILENT), [*hasty, seen.haste]
    return memory, hasty


# Haste.


def test_who_types_fast_is_not_in_haste() -> None:
    _, hasty = typed(Memory(), seconds=3, times=60)
    assert set(hasty) == {Haste.NONE}


def test_more_than_can_be_answered_is_said_once() -> None:
    _, hasty = typed(Memory(), seconds=0.1, times=200)
    assert hasty == [*[Haste.NONE] * MANY, Haste.NEW, *[Haste.TOLD] * (200 - MANY - 1)]


def test_after_a_quiet_minute_there_is_no_haste_and_after_ten_it_is_said_again() -> None:
    memory, _ = typed(Memory(), seconds=0.1, times=60)
    memory, [quiet] = typed(memory, seconds=MINUTE.total_seconds())
    assert quiet is Haste.NONE
    memory, hasty = typed(memory, seconds=0.1, times=MANY)
    assert hasty[-1] is Haste.TOLD
    memory, _ = typed(memory, seconds=TOLD_AGAIN.total_seconds())
    _, hasty = typed(memory, seconds=0.1, times=MANY)
    assert hasty[-1] is Haste.NEW


def test_little_is_remembered_however_much_comes_in() -> None:
    memory, _ = typed(Memory(), seconds=0.001, times=500)
    assert len(memory.times) == MANY + 1


def test_taps_are_no_haste() -> None:
    memory, _ = typed(Memory(), seconds=0.1, times=MANY)
    tap = chosen(AskTap(TELLING.tag, "verhaal", "anders"))
    assert memory.after(memory.seeing(tap), SILENT).times == memory.times


FLOODING = [said("Toen."), showed("INV.sticker"), edited("Toen.", "7")]


@pytest.mark.parametrize("event", FLOODING)
def test_whatever_is_sent_counts(event: Event) -> None:
    memory, hasty = Memory(), list[Haste]()
    for number in range(MANY + 2):
        seen = memory.seeing(replace(event, at=AT + timedelta(seconds=number / 10)))
        memory, hasty = memory.after(seen, SILENT), [*hasty, seen.haste]
    assert hasty == [*[Haste.NONE] * MANY, Haste.NEW, Haste.TOLD]
    for other in FLOODING:
        assert memory.seeing(replace(other, at=AT + timedelta(seconds=4))).haste is Haste.TOLD


@pytest.mark.parametrize("before", [TELLING, None])
def test_in_a_flood_of_stickers_little_is_said(before: Interview | None) -> None:
    assert step(library(), before, replace(showed("INV.sticker"), haste=Haste.TOLD)) == Step(before)
    told = after(TELLING, said("Toen.", message="7"))
    changed = step(library(), told, replace(edited("En toen.", "7"), haste=Haste.TOLD))
    assert changed.replies == ()
    assert changed.interview is not None
    assert changed.interview.answer("verhaal").text == "En toen."


def test_in_a_flood_a_crisis_in_a_message_that_is_changed_is_answered() -> None:
    told = after(TELLING, said("Toen.", message="7"))
    hasty = replace(edited("Ik wil niet meer leven.", "7"), haste=Haste.TOLD)
    assert "CRISIS" in [reply.text for reply in step(library(), told, hasty).replies]


def test_an_edit_leaves_an_album_as_it_was() -> None:
    memory = Memory(album="13")
    assert memory.after(memory.seeing(edited("Toen.", "7")), SILENT).album == "13"


def test_in_a_flood_all_is_kept_and_little_is_said() -> None:
    hasty = replace(said("Toen.", message="7"), haste=Haste.TOLD)
    begun = step(library(), TELLING, hasty)
    assert begun.replies == ()
    assert begun.interview is not None
    assert begun.interview.answer("verhaal").text == "Toen."
    new = step(library(), TELLING, replace(hasty, haste=Haste.NEW))
    assert [reply.text for reply in new.replies] == ["INV.druk"]
    assert new.interview == begun.interview


@pytest.mark.parametrize("text", ["stop", "/hulp", "hulp", "Ik heb nu hulp nodig", "pauze"])
def test_in_a_flood_whoever_asks_for_something_is_answered(text: str) -> None:
    plainly = step(library(), TELLING, said(text))
    assert plainly.replies
    assert step(library(), TELLING, replace(said(text), haste=Haste.TOLD)) == plainly


def test_in_a_flood_a_crisis_is_answered() -> None:
    hasty = replace(said("Ik wil niet meer leven."), haste=Haste.TOLD)
    assert "CRISIS" in [reply.text for reply in step(library(), TELLING, hasty).replies]


@pytest.mark.parametrize("text", ["/onzin", "/foo bar"])
def test_in_a_flood_an_unknown_command_is_no_question(text: str) -> None:
    helped = after(TELLING, said(text))
    for interview in (None, helped):
        assert step(library(), interview, replace(said(text), haste=Haste.TOLD)) == Step(interview)


def test_in_a_flood_an_answer_leads_to_the_next_question() -> None:
    hasty = replace(said("blij"), haste=Haste.TOLD)
    assert step(library(), GEVOEL, hasty) == step(library(), GEVOEL, said("blij"))


# An album.


def _album(memory: Memory, event: Event) -> tuple[Memory, Event]:
    seen = memory.seeing(event)
    return memory.after(seen, SILENT), seen


def test_an_album_is_answered_once() -> None:
    memory, first = _album(Memory(), showed("INV.foto", album="13"))
    memory, second = _album(memory, showed("INV.foto", album="13"))
    memory, other = _album(memory, showed("INV.foto", album="14"))
    assert [event.again for event in (first, second, other) if isinstance(event, Showed)] == [False, True, False]
    assert len(step(library(), TELLING, first).replies) == 1
    assert step(library(), TELLING, second) == Step(TELLING)
    assert step(library(), None, second).replies == ()


def test_pictures_that_have_nothing_in_common_are_answered_each() -> None:
    memory, _ = _album(Memory(), showed("INV.foto"))
    _, again = _album(memory, showed("INV.foto"))
    assert isinstance(again, Showed)
    assert not again.again


def test_words_with_an_album_are_kept_and_the_pictures_after_them_are_silent() -> None:
    caption = replace(said("De brief", message="7"), note="INV.foto_tekst", album="13")
    memory, heard = _album(Memory(), caption)
    taken = step(library(), TELLING, heard)
    assert [reply.text for reply in taken.replies] == ["INV.foto_tekst", "ALG.meer"]
    _, picture = _album(memory, showed("INV.foto", album="13"))
    assert step(library(), taken.interview, picture).replies == ()


def test_an_album_between_which_something_was_typed_is_answered_again() -> None:
    memory, _ = _album(Memory(), showed("INV.foto", album="13"))
    memory, _ = _album(memory, said("Toen."))
    _, later = _album(memory, showed("INV.foto", album="13"))
    assert isinstance(later, Showed)
    assert not later.again


# Sorry for being late.


def test_for_one_time_away_the_bot_says_sorry_once() -> None:
    memory, seen = Memory(), []
    for minutes in (0, 1, 59, 61, 62):
        event = replace(said("Toen."), at=AT + timedelta(minutes=minutes), late=True)
        memory, heard = _album(memory, event)
        seen.append(heard.late)
    assert seen == [True, False, False, True, False]
    assert EXCUSED_AGAIN.total_seconds() == 3600


def test_whatever_is_late_is_answered_with_sorry_first() -> None:
    for event in (said("blij"), commanded(Command.HELP), edited("x", "9"), showed("INV.foto"), opened()):
        plainly = step(library(), GEVOEL, event)
        taken = step(library(), GEVOEL, replace(event, late=True))
        assert [reply.text for reply in taken.replies] == ["INV.laat", *(reply.text for reply in plainly.replies)]
        assert taken.interview == plainly.interview


def test_where_nothing_is_said_nobody_says_sorry() -> None:
    told = step(library(), TELLING, said("Toen.")).interview
    assert step(library(), told, replace(said("En toen."), late=True)).replies == ()


# Whose story it is.

AGAIN = AgainTap("d4e5f6-teller", Offer("b", 1))


def _after(memory: Memory, event: Event, interview: Interview | None, *, accepted: bool = True) -> Memory:
    return memory.after(memory.seeing(event), Step(interview, accepted=accepted))


def test_the_teller_of_the_story_before_is_remembered_while_the_next_is_told() -> None:
    memory = _after(Memory(), chosen(AGAIN), TELLING)
    assert memory.thread == "d4e5f6-teller"
    assert memory.seeing(said("Toen.")).thread == "d4e5f6-teller"
    memory = _after(memory, said("Toen."), TELLING)
    assert memory.thread == "d4e5f6-teller"


@pytest.mark.parametrize("left", [None, replace(TELLING, status=Status.SENT), replace(TELLING, status=Status.DROPPED)])
def test_the_teller_is_forgotten_when_the_story_is_over(left: Interview | None) -> None:
    memory = _after(Memory(), chosen(AGAIN), TELLING)
    assert _after(memory, said("Toen."), left).thread == ""


def test_after_a_restart_the_buttons_still_say_whose_story_it_is() -> None:
    tap = AskTap(TELLING.tag, "gevoel", "blij", thread="d4e5f6-teller")
    assert Memory().seeing(chosen(tap)).thread == "d4e5f6-teller"
    assert _after(Memory(), chosen(tap), TELLING).thread == "d4e5f6-teller"


def test_a_button_that_no_longer_counts_says_nothing_of_whose_story_it_is() -> None:
    tap = AskTap("old", "gevoel", "blij", thread="another")
    assert _after(Memory(), chosen(tap), TELLING, accepted=False).thread == ""
    mine = Memory(thread="d4e5f6-teller")
    assert _after(mine, chosen(tap), TELLING, accepted=False).thread == "d4e5f6-teller"


def test_another_story_that_is_typed_is_of_the_same_teller_as_one_that_is_tapped() -> None:
    memory = Memory(screen=situation("ALG.dank").screen)
    seen = memory.seeing(said("nog een verhaal"))
    tapped = Memory().seeing(Chosen(at=AT, channel="test", fresh=seen.fresh, tap=situation("ALG.dank").tap("nog")))
    assert seen.thread == tapped.thread != ""
    assert step(library(), None, seen) == step(library(), None, tapped)


def test_the_teller_travels_in_the_buttons_of_questions_and_of_asides() -> None:
    threaded = replace(said("/start"), thread="d4e5f6-teller")
    aside = step(library(), GEVOEL, threaded)
    assert [tap.thread for tap in _taps(aside)] == ["d4e5f6-teller", "d4e5f6-teller"]
    question = step(library(), aside.interview, replace(said("verder"), thread="d4e5f6-teller"))
    assert {tap.thread for tap in _taps(question)} == {"d4e5f6-teller"}
    assert question.replies == (prompt(library(), GEVOEL),)


@pytest.mark.parametrize(("text_id", "option"), EFFECTS)
def test_a_button_that_has_no_room_for_the_teller_still_works(text_id: str, option: str) -> None:
    here = situation(f"{text_id}/nakijken")
    assert here.interview is not None
    threaded = replace(said("", screen=here.screen), thread="x" * 16)
    tap = next(tap for tap in _taps(step(library(), here.interview, threaded)) if tap.option == option)
    assert tap == here.tap(option)
    assert fits(tap)
    assert (tap.thread == "x" * 16) == fits(replace(tap, thread="x" * 16))


def test_after_a_restart_the_button_of_an_aside_still_says_whose_story_it_is() -> None:
    aside = step(library(), GEVOEL, replace(commanded(Command.PAUSE), thread="d4e5f6-teller"))
    tap = decode(encode(_taps(aside)[0]))
    assert isinstance(tap, AskTap)
    went_on = step(library(), aside.interview, Memory().seeing(chosen(tap)))
    assert {tap.thread for tap in _taps(went_on)} == {"d4e5f6-teller"}


def _taps(taken: Step) -> list[AskTap]:
    return [button.tap for reply in taken.replies for button in reply.buttons if isinstance(button.tap, AskTap)]


def test_the_buttons_last_shown_are_remembered() -> None:
    door = step(library(), None, opened())
    memory = Memory().after(opened(), door)
    assert memory.screen == door.screen(())
    heard = memory.seeing(said("1"))
    assert isinstance(heard, Said)
    assert heard.screen == memory.screen


def test_an_old_button_for_another_story_makes_nobody_of_a_draft_that_began_by_itself() -> None:
    memory = Memory()
    tap = memory.seeing(chosen(AGAIN))
    assert memory.after(tap, Step(TELLING), TELLING).thread == ""
