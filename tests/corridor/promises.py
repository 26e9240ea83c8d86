"""What holds after every turn of every conversation: each promise is a function that fails where it is broken."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.outgoing import Outgoing, pack, unpack
from bot.telegram.rendering import render
from dialogs.asides import STOP
from dialogs.engine import step
from dialogs.events import Chosen, Command, Edited, Event, Said
from dialogs.interview import Interview, Status
from dialogs.naming import way_in
from dialogs.path import current, path
from dialogs.prompt import prompt
from dialogs.questions import ReviewQuestion
from dialogs.replies import AgainTap, DoorTap, Tap
from dialogs.spelling import bare, heard
from dialogs.taps import LIMIT, decode, encode
from dialogs.texts import fingerprint
from dialogs.understand import slashed
from dialogs.waiting import FIRST, GONE, LAST, SWEPT
from tests.corridor.chats import Chat, Turn
from tests.corridor.sayings import birds
from tests.corridor.witness import OF_DRAFTS, Rows, Witness, has_number_of_a_person
from tests.dialogs.situations import said
from tests.talk.world import library

ROOM = 4096
"""Characters that a message of Telegram holds."""

_ASKING = (("ALG.toestemming", "ja"), ("MED.toestemming", "ja"), ("HELP.toestemming", "ja"), ("ALG.dank", "nog"))
_TEXTS = [(library().text(text_id), slug) for text_id, slug in _ASKING]
_YES = {bare(heard(name)) for text, slug in _TEXTS for name in (text.buttons[slug], *text.words.get(slug, ()))}
"""What can be typed to begin a story."""


def keeps_nothing_before_consent(turn: Turn, before: tuple[Rows, Mapping[str, int]], witness: Witness) -> None:
    """Who had no draft and has none leaves no trace, but that a wrong code was tried; or took a story back.

    That somebody came with the code of a link is counted, and of whom is not.

    Where somebody told a story before, the screen that is to be emptied is known, and the emptying waits like the rest.
    """
    if turn.before or turn.after or turn.took_back:
        assert turn.outcome.direct == ()
        return
    if turn.outcome.queued:
        assert turn.chat.agreed
        assert any(reply.clears or reply.wipes for reply in turn.said)
        return
    if turn.wrote:
        rows, counts = before
        assert {name: witness.rows[name] for name in OF_DRAFTS} == {name: rows[name] for name in OF_DRAFTS}
        tried = 0 if way_in(turn.inbound.event) else 1
        assert dict(witness.counts) == {**counts, "wrong_codes": counts["wrong_codes"] + tried}


def begins_with_a_yes(turn: Turn) -> None:
    """A draft begins with "ja" to exactly the words that the texts hold now, and holds nothing yet of this teller."""
    if turn.before or turn.after is None:
        return
    event = turn.inbound.event
    assert isinstance(event, Chosen | Said)
    if isinstance(event, Chosen):
        assert _agrees(event.tap)
    else:
        assert any(map(_agrees, turn.chat.ever))
        said_ = heard(event.text)
        assert said_.isdigit() or bare(said_) in _YES
    shown = library().text(turn.after.consent.text).text
    assert turn.after.consent.fingerprint == fingerprint(shown)
    assert not any(answer.parts for answer in turn.after.answers.values())


def _agrees(tap: Tap) -> bool:
    return isinstance(tap, AgainTap) or (isinstance(tap, DoorTap) and tap.option == "ja" and tap.stage in ("t", "v"))


def asks_one_question(interview: Interview | None) -> None:
    """All before the question that is asked is done, it is not, and nothing is kept of one that does not apply."""
    if interview is None:
        return
    applying = path(library().of(interview), interview)
    question = current(library().of(interview), interview)
    ids = [item.id for item in applying]
    assert ids.count(question.id) == 1
    assert all(interview.answer(question_id).done for question_id in ids[: ids.index(question.id)])
    assert not interview.answer(question.id).done
    assert isinstance(applying[-1], ReviewQuestion)
    assert interview.answers.keys() <= set(ids)
    assert prompt(library(), interview).template


def can_be_said(replies: Iterable[Outgoing]) -> None:
    """Every reply can wait, can be sent, and has buttons that can be carried and read."""
    for reply in replies:
        assert unpack(pack(reply)) == reply
        assert all(0 < len(message.plain) <= ROOM for left in (False, True) for message in render(reply, left))
        for label, data in (button for row in reply.rows for button in row):
            tap = decode(data)
            assert label
            assert tap
            assert len(data.encode()) <= LIMIT
            assert encode(tap) == data


def offers_ways_out(interview: Interview | None) -> None:
    """In any state, in a copy: /stop and "ja" end it, and help and the numbers to call are there for the asking."""
    stopping = step(library(), interview, said("/stop"))
    if interview is None:
        assert [reply.text for reply in stopping.replies] == ["ALG.geen_concept"]
    else:
        assert stopping.interview
        assert stopping.interview.aside == STOP
        gone = step(library(), stopping.interview, said("ja", screen=stopping.screen(())))
        assert gone.interview
        assert gone.interview.status is Status.DROPPED
    assert _answers(interview, "/hulp") >= {"ALG.hulp"}
    assert _answers(interview, "/nood") >= {"CRISIS"}
    assert _answers(interview, "hulp") >= {"ALG.hulp"}


def _answers(interview: Interview | None, text: str) -> set[str]:
    return {reply.text for reply in step(library(), interview, said(text)).replies}


def stays_with_agreed_chats(witness: Witness, chats: Iterable[Chat]) -> None:
    """Only chats that agreed have rows."""
    agreed = {chat.mark for chat in chats if chat.agreed}
    assert {line["chat_mark"] for line in (*witness.rows["interviews"], *witness.rows["outbox"])} <= agreed


def keeps_no_number_of_a_person(witness: Witness) -> None:
    """No BSN stands in anything that was written."""
    assert [words for token in witness.fresh if has_number_of_a_person(words := witness.words(token))] == []


def keeps_no_word_from_before(witness: Witness, unkept: set[int], turn: Turn) -> None:
    """What may not be kept stands in nothing that was written, and is not said back."""
    assert [token for token in witness.fresh if birds(witness.words(token)) & unkept] == []
    assert not any(birds(reply.plain({})) & unkept for reply in turn.outcome.direct)


def unkept_birds(turn_before: Interview | None, event: Event) -> set[int]:
    """The words of an event that may never be kept: all before consent, and those behind a command."""
    if not isinstance(event, Said | Edited):
        return set()
    typed = slashed(event.text) if isinstance(event, Said) else None
    if typed:
        return birds(event.text) if typed[0] is not Command.START else set()
    return birds(event.text) if turn_before is None else set()


def reads_as_it_was_told(found: Interview | None, told: Interview) -> None:
    """A story is found as it was when it was read back, without what belongs to the chat."""
    assert found
    assert found.id != told.id
    assert found.teller != told.teller
    bare = {
        question: replace(answer, parts=tuple(replace(part, message="") for part in answer.parts))
        for question, answer in told.answers.items()
    }
    assert dict(found.answers) == bare
    kept = ("question_set", "version", "channel", "link", "role", "voluntary", "helped")
    assert [getattr(found, name) for name in kept] == [getattr(told, name) for name in kept]
    assert (found.consent.text, found.consent.fingerprint) == (told.consent.text, told.consent.fingerprint)


def leads_to_no_chat(rows: Rows, traces: set[str]) -> None:
    """Nothing of a story is also something of a chat or of a draft."""
    lines = (line for name in ("stories", "story_answers", "story_parts") for line in rows[name])
    assert {cell for line in lines for cell in line.values()}.isdisjoint(traces)


def reminds_little_and_by_day(chat: Chat, draft: Interview, replies: Iterable[Outgoing], at_day: bool) -> None:
    """Unasked, a teller hears of a draft twice at most, each time something else, by day and if they wanted it."""
    texts = {library().text(text_id).text: text_id for text_id in (FIRST, LAST, GONE, SWEPT)}
    for reply in replies:
        text = texts[reply.template]
        if text == SWEPT:
            assert draft.helped
            continue
        assert draft.remind
        assert not draft.helped
        assert at_day or text == GONE
        chat.reminded[draft.id, text] += 1

    assert all(count == 1 for count in chat.reminded.values())


def is_gone_in_time(chat: Chat, silent: timedelta, before: Interview | None) -> None:
    """A draft goes after its days of silence, and not before."""
    if before is not None:
        assert (chat.draft is None) == (silent >= timedelta(days=library().terms.draft_days))
