"""What holds in every conversation, whatever a teller does: any walk through the rules, from an empty world."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from dialogs.asides import is_final
from dialogs.asking import answer_to
from dialogs.daytime import is_day
from dialogs.engine import step
from dialogs.events import Blocked, Chosen, Command, Edited, Haste, Looked, Opened, Said, Showed, Waited
from dialogs.interview import FORWARDED, Interview, Status
from dialogs.looks import is_only_links
from dialogs.noticing import FULL
from dialogs.path import current, path
from dialogs.personal.bsn import without_bsn
from dialogs.prompt import ask, prompt
from dialogs.questions import LABEL_LIMIT, OpenQuestion, ReviewQuestion, StoryQuestion
from dialogs.receipts import spelled
from dialogs.replies import AgainTap, AskTap, DoorTap, PlainTap, Reply, Step, Tap
from dialogs.taps import LIMIT, decode, encode, fits
from dialogs.texts import fingerprint, plain
from dialogs.understand import choose_firmly, slashed, spoken
from storage.addresses import Address
from storage.database import Database
from storage.interviews import drop, load, save
from storage.opening import open_database
from storage.schema import migrate
from storage.secrets import KeyRing
from tests.dialogs.situations import STORY, after, asked, commanded, named, said, tapping
from tests.dialogs.walking import NUMBER, Turn, telling, walks
from tests.talk.world import library

WALKS = settings(max_examples=80, derandomize=True)
LONGEST_WAY = 60
HERE = Address("test", "1")
TOLD_ONCE = {
    "CRISIS",
    "TAAL",
    "ALG.naam_gezien",
    "INV.naam",
    "INV.emoji",
    "HER.1",
    "HER.2",
    "INV.te_kort",
    "ALG.leeg_klaar",
} | FULL


@WALKS
@given(turns=walks())
def test_nobody_is_met_with_silence_outside_a_story_that_is_being_told(turns: list[Turn]) -> None:
    for turn in turns:
        answered = turn.taken.replies or turn.taken.notice or turn.taken.request
        assert answered or _may_be_silent(turn)


@WALKS
@given(turns=walks())
def test_every_button_can_be_carried_and_read(turns: list[Turn]) -> None:
    for button in (button for reply in _replies(turns) for button in reply.buttons):
        assert decode(encode(button.tap)) == button.tap
        assert len(encode(button.tap).encode()) <= LIMIT
        assert 0 < len(button.label) <= LABEL_LIMIT


@WALKS
@given(turns=walks())
def test_no_two_buttons_of_a_reply_look_alike(turns: list[Turn]) -> None:
    for reply in _replies(turns):
        assert len({button.label for button in reply.buttons}) == len(reply.buttons)
        assert len({button.tap for button in reply.buttons}) == len(reply.buttons)


@WALKS
@given(turns=walks())
def test_every_reply_says_something_and_leaves_no_place_unfilled(turns: list[Turn]) -> None:
    for reply in _replies(turns):
        assert plain(reply.template, {**reply.values, "kanaal": "Telegram"}).strip()


@WALKS
@given(turns=walks())
def test_nothing_is_kept_before_the_teller_said_ja(turns: list[Turn]) -> None:
    for turn in turns:
        begun = turn.taken.interview
        if turn.before is None and begun is not None:
            tap = _used(turn)
            assert isinstance(tap, DoorTap | AgainTap)
            assert isinstance(tap, AgainTap) or (tap.stage, tap.option) in {("t", "ja"), ("v", "ja")}
            assert begun.consent.text == ("HELP.toestemming" if begun.helped else library().of(begun).consent)
            shown = library().text(begun.consent.text).text
            assert begun.consent.fingerprint == tap.offer.fingerprint == fingerprint(shown)
            assert all(answer.carried and not answer.parts for answer in begun.answers.values())


@WALKS
@given(turns=walks())
def test_a_button_that_is_not_asked_now_changes_nothing(turns: list[Turn]) -> None:
    for turn in turns:
        if not turn.before or not isinstance(turn.event, Chosen):
            continue
        if isinstance(turn.event.tap, AskTap | DoorTap) and turn.event.tap not in _open_taps(turn.before):
            assert turn.taken.interview == turn.before
            assert not turn.taken.accepted


@WALKS
@given(turns=walks())
def test_what_is_no_answer_leaves_all_answers_as_they_were(turns: list[Turn]) -> None:
    for turn in turns:
        if turn.before and isinstance(turn.event, Opened | Showed | Looked | Waited | Blocked):
            assert turn.taken.interview is not None
            assert turn.taken.interview.answers == turn.before.answers
        if turn.before and isinstance(turn.event, Edited) and not _is_part(turn.before, turn.event.message):
            assert turn.taken.interview
            assert _says_the_same(turn.before, turn.taken.interview)


@WALKS
@given(turns=walks())
def test_exactly_one_question_is_asked_and_all_before_it_are_done(turns: list[Turn]) -> None:
    for interview in _drafts(turns):
        applying = path(library().of(interview), interview)
        question = current(library().of(interview), interview)
        at = applying.index(question)
        assert [item.id for item in applying].count(question.id) == 1
        assert all(interview.answer(item.id).done for item in applying[:at])
        assert not interview.answer(question.id).done
        assert isinstance(applying[-1], ReviewQuestion)


@WALKS
@given(turns=walks())
def test_there_are_answers_only_to_questions_that_apply(turns: list[Turn]) -> None:
    for interview in _drafts(turns):
        assert interview.answers.keys() <= {item.id for item in path(library().of(interview), interview)}


@WALKS
@given(turns=walks())
def test_a_story_is_sent_only_with_a_button_that_says_so(turns: list[Turn]) -> None:
    for turn in turns:
        if turn.taken.interview and turn.taken.interview.status is Status.SENT:
            tap = _used(turn)
            assert isinstance(tap, AskTap)
            assert (tap.question, tap.option) in {("nakijken", "verstuur_wel"), ("nakijken", "verstuur_niet")}
            assert turn.taken.interview.quote == (tap.option == "verstuur_wel")


@WALKS
@given(turns=walks())
def test_a_draft_is_thrown_away_only_with_a_button_that_says_so(turns: list[Turn]) -> None:
    for turn in turns:
        if turn.taken.interview and turn.taken.interview.status is Status.DROPPED:
            assert turn.before
            assert _is_over_its_days(turn) or _throws_away(_used(turn), turn.before.aside or "")


@WALKS
@given(turns=walks())
def test_nothing_is_said_unasked_but_what_was_agreed_to_and_at_most_twice(turns: list[Turn]) -> None:
    unasked = [turn for turn in turns if isinstance(turn.event, Waited) and turn.taken.replies]
    for turn in unasked:
        assert turn.before
        assert (turn.before.remind, turn.before.helped) == (True, False)
        assert is_day(turn.taken.not_before or turn.event.at)
    reminders = [(turn.before.id, turn.taken.replies[0].text) for turn in unasked if turn.before]
    assert len(set(reminders)) == len(reminders)


@WALKS
@given(turns=walks())
def test_the_number_of_a_person_is_kept_nowhere_and_said_nowhere(turns: list[Turn]) -> None:
    for turn in turns:
        assert NUMBER not in repr(turn.taken)


@WALKS
@given(turns=walks())
def test_what_is_said_once_for_a_story_is_said_once(turns: list[Turn]) -> None:
    asked_once = [reply.text for turn in turns for reply in turn.taken.replies if _interrupts(turn, reply)]
    drafts = {interview.id for interview in _drafts(turns)}
    assert asked_once.count("ALG.naam_gezien") <= len(drafts)
    assert asked_once.count("INV.naam") <= len(drafts)
    for interview in _drafts(turns):
        assert interview.told <= TOLD_ONCE


@WALKS
@given(turns=walks())
def test_whoever_tells_another_story_is_the_same_teller_and_nothing_kept_says_so(turns: list[Turn]) -> None:
    for turn in turns:
        told = turn.taken.interview
        if told and told.status is Status.SENT:
            assert told.teller == (turn.event.thread or turn.event.fresh.teller)
        if told and told.status is Status.OPEN and turn.event.thread:
            assert told.teller != turn.event.thread
        for tap in _taps(turn):
            carrying = replace(tap, thread=turn.event.thread)
            assert tap.thread == (turn.event.thread if fits(carrying) else "")


@WALKS
@given(turns=walks())
def test_the_receipt_is_said_once_with_the_thanks(turns: list[Turn]) -> None:
    for turn in turns:
        receipt = turn.event.fresh.receipt
        holding = [reply for reply in turn.taken.replies if _holds(reply, receipt)]
        sent = turn.taken.interview is not None and turn.taken.interview.status is Status.SENT
        assert [reply.text for reply in holding] == ([_thanks(turn.taken)] if sent else [])


@WALKS
@given(turns=walks())
def test_words_that_are_no_button_and_no_command_are_kept_as_they_were_typed(turns: list[Turn]) -> None:
    for turn in turns:
        event = turn.event
        if turn.before and turn.before.aside is None and isinstance(event, Said) and _are_words(turn, event):
            question = asked(turn.before)
            assert isinstance(question, StoryQuestion | OpenQuestion)
            assert turn.taken.interview
            room = question.max_chars - len(turn.before.answer(question.id).text) - 1
            kept = turn.taken.interview.answer(question.id).text
            assert without_bsn(event.text)[: max(room, 0)].rstrip() in kept


@WALKS
@given(turns=walks())
def test_from_everywhere_a_teller_can_come_to_the_end(turns: list[Turn]) -> None:
    interview = next(reversed(list(_drafts(turns))), None)
    for _ in range(LONGEST_WAY):
        if interview is None or interview.status is not Status.OPEN:
            return
        interview = _finishing(interview)
    pytest.fail("the end is out of reach")


@settings(max_examples=40, derandomize=True)
@given(turns=walks())
def test_a_draft_that_was_kept_and_read_again_goes_on_as_if_nothing_had_happened(
    tmp_path_factory: pytest.TempPathFactory, keys: KeyRing, turns: list[Turn]
) -> None:
    asyncio.run(_keep_all(f"sqlite:///{tmp_path_factory.mktemp('drafts')}/v.db", keys, turns))


async def _keep_all(url: str, keys: KeyRing, turns: list[Turn]) -> None:
    database = await open_database(url)
    try:
        await migrate(database)
        for turn in turns:
            await _keep(database, keys, turn)
    finally:
        await database.close()


async def _keep(database: Database, keys: KeyRing, turn: Turn) -> None:
    async with database.transaction() as work:
        again = await load(work, keys, HERE)
        assert again == turn.before
        assert step(library(), again, turn.event) == turn.taken
        if turn.before and again:
            assert prompt(library(), again) == prompt(library(), turn.before)
        after_it = turn.taken.interview
        if after_it and after_it.status is Status.OPEN:
            await save(work, keys, HERE, again, after_it, turn.event.at)
        else:
            await drop(work, keys, HERE)


def _replies(turns: list[Turn]) -> Iterator[Reply]:
    for turn in turns:
        yield from turn.taken.replies
        if turn.taken.notice:
            yield turn.taken.notice


def _drafts(turns: list[Turn]) -> Iterator[Interview]:
    for turn in turns:
        if turn.taken.interview and turn.taken.interview.status is Status.OPEN:
            yield turn.taken.interview


def _open_taps(interview: Interview) -> set[Tap]:
    question = ask(library(), interview, asked(interview))
    return {button.tap for button in (*prompt(library(), interview).buttons, *question.buttons)}


def _used(turn: Turn) -> Tap | None:
    """The button that was used, or named in what was typed."""
    if isinstance(turn.event, Chosen):
        return turn.event.tap
    assert isinstance(turn.event, Said)
    named_ = choose_firmly(turn.event.text, turn.screen)
    if named_ and isinstance(named_.tap, PlainTap):
        return named_.tap
    shown = prompt(library(), turn.before).buttons if turn.before else turn.screen
    button = choose_firmly(turn.event.text, shown)
    return button.tap if button else None


def _throws_away(tap: Tap | None, aside: str) -> bool:
    """Whether a button of the aside that stands open says that the draft goes."""
    return isinstance(tap, AskTap) and tap.question == f"@{aside}" and is_final(aside, tap.option)


def _is_part(interview: Interview, message: str) -> bool:
    return any(part.message == message for answer in interview.answers.values() for part in answer.parts)


def _may_be_silent(turn: Turn) -> bool:
    """Where an answer would only be noise: a piece of a story, the rest of an album, a flood, nobody there."""
    match turn.event:
        case Waited() | Blocked() | Showed(again=True):
            return True
        case Said(haste=haste, forwarded=forwarded):
            waits_already = forwarded and turn.before is not None and turn.before.aside == FORWARDED
            return bool(turn.before and telling(turn.before)) or haste is Haste.TOLD or waits_already
        case _:
            return False


def _says_the_same(before: Interview, now: Interview) -> bool:
    """Whether nothing is new but, at most, a question that the words gave reason for."""
    asked_now = replace(before, aside=now.aside, about=now.about, told=now.told)
    return now == before or (now == asked_now and now.aside in ("CRISIS", "ALG.jong"))


def _is_over_its_days(turn: Turn) -> bool:
    days = timedelta(days=library().terms.draft_days)
    return isinstance(turn.event, Waited) and turn.event.at - turn.event.since >= days


def _interrupts(turn: Turn, reply: Reply) -> bool:
    """Whether a reply came of itself, and not because it stood open already."""
    return turn.before is None or turn.before.aside != reply.text


def _taps(turn: Turn) -> list[AskTap]:
    return [button.tap for reply in turn.taken.replies for button in reply.buttons if isinstance(button.tap, AskTap)]


def _are_words(turn: Turn, event: Said) -> bool:
    assert turn.before
    question, text = asked(turn.before), without_bsn(event.text)
    if not isinstance(question, StoryQuestion | OpenQuestion) or not text or event.forwarded or is_only_links(text):
        return False
    buttons = (*ask(library(), turn.before, question).buttons, *turn.screen)
    heard = choose_firmly(text, buttons) or spoken(text, among_words=True) or slashed(text)
    return not (heard or library().crisis.asks(text) or answer_to(library(), text))


def _holds(reply: Reply, receipt: str) -> bool:
    said_ = " ".join((reply.template, *filter(None, reply.values.values())))
    carried = [encode(button.tap) for button in reply.buttons]
    return spelled(receipt) in said_ or receipt in said_ or any(receipt in data for data in carried)


def _thanks(taken: Step) -> str:
    assert taken.interview
    return library().of(taken.interview).thanks


def _finishing(interview: Interview) -> Interview:
    """One step towards the end: out of an aside, or any answer to the question."""
    question = asked(interview)
    if interview.aside == FORWARDED:
        return tapping(interview, "nee")
    if interview.aside is not None:
        return after(interview, commanded(Command.ON))
    match question:
        case StoryQuestion() if interview.answer(question.id).parts:
            return tapping(interview, "klaar")
        case StoryQuestion() | OpenQuestion():
            return after(interview, said(STORY))
        case ReviewQuestion():
            return tapping(interview, "verstuur_niet")
        case _:
            first = named(prompt(library(), interview).buttons[0].tap)
            return tapping(interview, first) if question.required else after(interview, commanded(Command.SKIP))
