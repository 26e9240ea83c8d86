"""Reminders and the end of a draft: by day, at most two, only where they are wanted, and never untrue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.daytime import AMSTERDAM, date_of, is_day
from dialogs.engine import step
from dialogs.events import Blocked, Command, Waited
from dialogs.interview import Interview, Status
from dialogs.library import Library, Terms
from dialogs.prompt import prompt, say
from dialogs.replies import Step
from dialogs.waiting import DAY, FIRST, GONE, LAST, SWEPT, due
from tests.dialogs.situations import FRESH, after, asking, commanded, helped, named, said, tapping
from tests.talk.world import library

DRAFT = asking("bewoner", "gevoel")
WANTED = replace(DRAFT, remind=True)
NOON = datetime(2026, 3, 2, 12, tzinfo=AMSTERDAM).astimezone(UTC)
NIGHT = datetime(2026, 3, 2, 23, tzinfo=AMSTERDAM).astimezone(UTC)
HOURS = st.integers(0, 365 * 24 * 4).map(lambda quarters: NOON + timedelta(minutes=15 * quarters))
DAYS = st.integers(1, 30)


def shelf(days: int = 7) -> Library:
    """The library of a study that keeps drafts so long."""
    return replace(library(), terms=Terms(draft_days=days))


def waited(interview: Interview, since: datetime, at: datetime, days: int = 7) -> Step:
    """What is done for a draft at this time."""
    return step(shelf(days), interview, Waited(at=at, channel="test", fresh=FRESH, since=since))


def lived(interview: Interview, since: datetime, days: int = 7, every: float = 0.25) -> list[tuple[datetime, str]]:
    """All that is said to a teller who never comes back, looked at every so many hours."""
    heard: list[tuple[datetime, str]] = []
    at = since
    while interview.status is Status.OPEN:
        at += timedelta(hours=every)
        taken = waited(interview, since, at, days)
        assert taken.interview is not None
        interview = taken.interview
        heard += [(taken.not_before or at, reply.text) for reply in taken.replies]
    return heard


def test_a_day_later_and_a_day_before_the_end_and_when_it_is_gone() -> None:
    assert lived(WANTED, NOON) == [(NOON + DAY, FIRST), (NOON + 6 * DAY, LAST), (NOON + 7 * DAY, GONE)]


def test_what_would_come_by_night_comes_by_day() -> None:
    heard = [(at.astimezone(AMSTERDAM), text) for at, text in lived(WANTED, NIGHT)]
    assert [(at.day, at.hour, text) for at, text in heard] == [(4, 10, FIRST), (8, 18, LAST), (10, 10, GONE)]


def test_whoever_did_not_ask_hears_nothing() -> None:
    assert lived(DRAFT, NOON, every=1) == []
    assert due(Terms(), DRAFT, NOON) == NOON + 7 * DAY


def test_where_somebody_helps_the_screen_is_emptied_after_a_day_and_nothing_else_is_said() -> None:
    assert lived(replace(helped(), remind=True), NOON, every=1) == [(NOON + DAY, SWEPT)]


def test_an_emptied_screen_says_so_and_the_story_stays_as_it_is() -> None:
    here = helped()
    taken = waited(here, NOON, NOON + DAY)
    assert taken == Step(here.telling(SWEPT), (replace(say(library(), SWEPT), clears=True),), not_before=NOON + DAY)
    assert waited(here.telling(SWEPT), NOON, NOON + 2 * DAY) == Step(here.telling(SWEPT))
    assert due(Terms(), here.telling(SWEPT), NOON) == NOON + 7 * DAY


@given(since=HOURS)
def test_a_screen_is_emptied_by_day_and_while_a_channel_still_can(since: datetime) -> None:
    at = due(Terms(), helped(), since)
    assert is_day(at)
    assert DAY <= at - since < 2 * DAY


def test_a_screen_that_is_used_again_is_emptied_again() -> None:
    swept = helped().telling(SWEPT)
    back = after(swept, commanded(Command.HELP))
    assert SWEPT not in back.told
    assert due(Terms(), back, NOON) == NOON + DAY


def test_of_a_helped_draft_that_is_kept_a_day_only_the_end_comes() -> None:
    assert lived(helped(), NOON, days=1) == []


def test_of_a_draft_that_is_kept_a_day_only_its_end_is_told() -> None:
    assert lived(WANTED, NOON, days=1) == [(NOON + DAY, GONE)]


def test_of_a_draft_that_is_kept_two_days_there_is_one_reminder() -> None:
    assert lived(WANTED, NOON, days=2) == [(NOON + DAY, LAST), (NOON + 2 * DAY, GONE)]


def test_three_days_have_room_for_both() -> None:
    assert [text for _, text in lived(WANTED, NOON, days=3)] == [FIRST, LAST, GONE]


@given(since=HOURS, days=DAYS)
def test_reminders_come_by_day_in_time_and_at_most_twice(since: datetime, days: int) -> None:
    interview, at, texts = WANTED, since, list[str]()
    end = since + days * DAY
    while (at := due(Terms(draft_days=days), interview, since)) < end:
        assert since < at
        taken = waited(interview, since, at, days)
        assert taken.interview is not None
        [reply] = taken.replies
        assert is_day(at)
        if reply.text == LAST:
            assert date_of(at) == date_of(end) - DAY
        else:
            assert at - since >= DAY
        interview, texts = taken.interview, [*texts, reply.text]
    assert at == end
    assert texts in ([], [LAST], [FIRST, LAST])
    gone = waited(interview, since, end, days)
    assert gone.interview == replace(DRAFT, remind=True, told=interview.told, status=Status.DROPPED)
    assert [reply.text for reply in gone.replies] == [GONE]
    assert gone.over
    assert gone.not_before is not None
    assert is_day(gone.not_before)
    assert gone.not_before >= end


def test_in_the_week_that_the_clocks_are_changed_tomorrow_is_tomorrow() -> None:
    for since in (datetime(2026, 10, 18, 23, 30, tzinfo=AMSTERDAM), datetime(2026, 3, 23, 0, 30, tzinfo=AMSTERDAM)):
        end = since.astimezone(UTC) + 7 * DAY
        [last] = [at for at, text in lived(WANTED, since.astimezone(UTC)) if text == LAST]
        assert date_of(last) == date_of(end) - DAY


def test_before_its_time_nothing_is_done() -> None:
    for hours in (0, 1, 23):
        assert waited(WANTED, NOON, NOON + timedelta(hours=hours)) == Step(WANTED)


def test_a_reminder_is_a_question_with_the_way_on_below_it() -> None:
    taken = waited(WANTED, NOON, NOON + DAY)
    reminded = replace(WANTED, aside=FIRST, told=frozenset({FIRST}))
    assert taken == Step(reminded, (prompt(library(), reminded),), not_before=NOON + DAY)
    assert [named(button.tap) for button in taken.replies[0].buttons] == ["verder", "weg"]
    going_on = tapping(reminded, "verder")
    assert going_on == replace(WANTED, told=frozenset({FIRST}))
    assert tapping(reminded, "weg").status is Status.DROPPED


def test_a_reminder_says_nothing_of_a_story_or_a_buurtteam() -> None:
    for text_id in (FIRST, LAST, GONE):
        words = library().text(text_id).text.lower()
        assert not [word for word in ("verhaal", "buurtteam", "onderzoek", "vertel") if word in words]


def test_a_reminder_that_was_missed_comes_late_by_day_and_once() -> None:
    assert waited(WANTED, NOON, NOON + 2 * DAY + timedelta(hours=12)) == Step(WANTED)
    late = waited(WANTED, NOON, NOON + 2 * DAY)
    assert [reply.text for reply in late.replies] == [FIRST]
    assert late.interview is not None
    assert waited(late.interview, NOON, NOON + 2 * DAY + timedelta(minutes=1)) == Step(late.interview)


def test_of_two_reminders_that_were_missed_only_the_last_is_said() -> None:
    late = waited(WANTED, NOON, NOON + 6 * DAY + timedelta(hours=1))
    assert [reply.text for reply in late.replies] == [LAST]
    assert late.interview is not None
    assert late.interview.told == {FIRST, LAST}
    assert waited(late.interview, NOON, NOON + 6 * DAY + timedelta(hours=2)) == Step(late.interview)


def test_on_the_last_day_nobody_is_told_that_it_will_be_tomorrow() -> None:
    told = replace(WANTED, told=frozenset({FIRST}))
    assert waited(told, NOON, NOON + 7 * DAY - timedelta(hours=1)) == Step(told)
    never = waited(WANTED, NOON, NOON + 7 * DAY - timedelta(hours=1))
    assert [reply.text for reply in never.replies] == [FIRST]


def test_whoever_came_back_is_not_reminded_of_the_same_once_more() -> None:
    again = replace(WANTED, told=frozenset({FIRST}))
    assert [text for _, text in lived(again, NOON, every=1)] == [LAST, GONE]
    assert [text for _, text in lived(replace(again, told=frozenset({FIRST, LAST})), NOON, every=1)] == [GONE]


def test_words_after_a_reminder_go_to_the_question_below_it() -> None:
    reminded = replace(asking("bewoner", "verhaal"), remind=True, aside=FIRST, told=frozenset({FIRST}))
    told = after(reminded, said("Toen kwam er iemand bij mij thuis."))
    assert told.aside is None
    assert told.answer("verhaal").text == "Toen kwam er iemand bij mij thuis."


@pytest.mark.parametrize("aside", [None, "ALG.pauze", FIRST])
def test_whoever_blocks_the_bot_is_not_written_to_any_more(aside: str | None) -> None:
    here = replace(WANTED, aside=aside)
    blocked = step(library(), here, Blocked(at=NOON, channel="test", fresh=FRESH))
    assert blocked == Step(replace(here, remind=False))
    assert step(library(), None, Blocked(at=NOON, channel="test", fresh=FRESH)) == Step(None)
