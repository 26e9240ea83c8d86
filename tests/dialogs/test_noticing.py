"""What is noticed beside what words mean: the number of a person, a crisis, a number in a story, a name, a language."""

from dataclasses import replace

import pytest

from dialogs.engine import step
from dialogs.events import Command
from dialogs.interview import Interview, Language, Part
from dialogs.memory import Memory
from dialogs.prompt import PIECES, prompt
from dialogs.replies import AskTap, PlainTap, Step
from tests.dialogs.situations import (
    STORY,
    after,
    asked,
    asking,
    chosen,
    commanded,
    edited,
    named,
    said,
    situation,
    tapping,
)
from tests.talk.world import library

BSN = "111222333"
TELLING = asking("bewoner", "verhaal")
CRISIS = "Ik wil niet meer leven."
TURKISH = "Buurtteam memurları bana çok yardım etti ve mektupları birlikte okuduk."
NUMBERED = "Bel mij maar op 06 12345678, dan leg ik het uit."


def texts(taken: Step) -> list[str]:
    """The ids of what is said."""
    return [reply.text for reply in taken.replies]


def words_of(taken: Step) -> str:
    """The story as it is kept."""
    assert taken.interview is not None
    return taken.interview.answer("verhaal").text


# The number of a person may not be kept, with consent neither.


def test_the_number_of_a_person_is_not_kept_and_the_rest_is() -> None:
    taken = step(library(), TELLING, said(f"Mijn BSN is {BSN}, zei ik aan de balie.", message="7"))
    assert BSN not in repr(taken)
    assert words_of(taken).startswith("Mijn BSN is ")
    assert words_of(taken).endswith(", zei ik aan de balie.")
    assert texts(taken) == ["INV.bsn", "ALG.meer"]


def test_what_was_not_kept_can_be_taken_from_the_screen_too() -> None:
    taken = step(library(), TELLING, said(f"BSN {BSN}", message="7"))
    [button] = taken.replies[0].buttons
    assert button.tap == PlainTap("wis", "7")
    wiped = step(library(), taken.interview, chosen(button.tap))
    assert wiped.interview == taken.interview
    assert [(reply.text, reply.wipes) for reply in wiped.replies] == [("INV.gewist", ("7",))]
    assert step(library(), None, chosen(button.tap)).replies == wiped.replies


def test_where_a_channel_knows_no_messages_there_is_no_such_button() -> None:
    assert step(library(), TELLING, said(f"BSN {BSN}")).replies[0].buttons == ()


def test_it_is_said_every_time() -> None:
    first = step(library(), TELLING, said(f"BSN {BSN}", message="7"))
    second = step(library(), first.interview, said(f"Ja dus {BSN}.", message="8"))
    assert texts(second) == ["INV.bsn"]
    changed = step(library(), second.interview, edited(f"Mijn nummer: {BSN}", "7"))
    assert texts(changed) == ["INV.bsn", "INV.bewerkt"]
    assert BSN not in repr(changed)


@pytest.mark.parametrize("question", ["titel", "gevoel", "nakijken"])
def test_it_is_kept_at_no_question(question: str) -> None:
    taken = step(library(), asking("bewoner", question), said(f"BSN {BSN}", message="7"))
    assert BSN not in repr(taken)
    assert texts(taken)[0] == "INV.bsn"


def test_in_an_aside_and_before_consent_it_is_kept_nowhere_either() -> None:
    asked_ = replace(TELLING, aside="ALG.stop")
    assert BSN not in repr(step(library(), asked_, said(f"Mijn BSN is {BSN} en dat is dat", message="7")))
    assert BSN not in repr(step(library(), None, said(f"BSN {BSN}")))
    assert BSN not in repr(step(library(), None, commanded(Command.START, BSN)).interview)


HALVES = ("Mijn BSN is 11122", "2333, dat zei ik.")


def test_a_number_that_is_typed_in_two_messages_is_not_kept_and_each_keeps_its_other_words() -> None:
    told = after(TELLING, said("Ik ging erheen.", message="6"))
    taken = step(library(), after(told, said(HALVES[0], message="7")), said(HALVES[1], message="8"))
    assert taken.interview is not None
    assert [part.text for part in taken.interview.answer("verhaal").parts] == [
        "Ik ging erheen.",
        "Mijn BSN is [nummer]",
        ", dat zei ik.",
    ]
    assert texts(taken) == ["INV.bsn", "ALG.meer"]
    assert "2333" not in repr(taken)
    further = step(library(), taken.interview, said("En toen.", message="9"))
    assert words_of(further).endswith("[nummer]\n, dat zei ik.\nEn toen.")
    assert further.replies == ()


def test_after_more_was_asked_for_a_number_in_two_messages_is_not_kept_either() -> None:
    asked_more = tapping(after(TELLING, said(HALVES[0], message="7")), "klaar")
    taken = step(library(), asked_more, said(HALVES[1], message="8"))
    assert "2333" not in words_of(taken)
    assert texts(taken)[0] == "INV.bsn"
    assert asked(tapping(taken.interview or TELLING, "klaar")).id == "titel"


@pytest.mark.parametrize("pieces", [("Het kostte 1112", "22334 keer niets"), ("06 1234", "5678"), ("1 maart", "2026")])
def test_numbers_that_are_none_together_stay_in_messages_of_their_own(pieces: tuple[str, str]) -> None:
    told = after(after(TELLING, said(pieces[0], message="7")), said(pieces[1], message="8"))
    assert told.answer("verhaal").parts == (Part(pieces[0], "7"), Part(pieces[1], "8"))


def test_a_number_that_only_an_edit_makes_whole_is_not_kept() -> None:
    told = after(after(TELLING, said(HALVES[0], message="7")), said("Toen.", message="8"))
    assert "2333" not in words_of(step(library(), told, edited(HALVES[1], "8")))


def test_what_was_told_before_a_number_stays_when_the_last_message_is_changed() -> None:
    told = after(after(TELLING, said(f"{STORY} {HALVES[0]}", message="7")), said(HALVES[1], message="8"))
    assert STORY in words_of(step(library(), told, edited("Dat zei ik.", "8")))


# A crisis.


def test_a_crisis_is_answered_at_once_and_the_words_are_kept() -> None:
    taken = step(library(), TELLING, said(CRISIS, message="7"))
    assert words_of(taken) == CRISIS
    assert texts(taken) == ["CRISIS"]
    assert taken.interview is not None
    assert (taken.interview.aside, taken.interview.about) == ("CRISIS", "7")
    assert [named(button.tap) for button in taken.replies[0].buttons] == ["verder", "pauze", "stop", "wis"]
    wiped = step(library(), taken.interview, said("wis"))
    assert [(reply.text, reply.wipes) for reply in wiped.replies] == [("INV.gewist", ("7",)), ("ALG.meer", ())]
    assert words_of(wiped) == CRISIS


def test_for_one_story_it_comes_once_of_itself_and_always_when_it_is_asked_for() -> None:
    told = tapping(after(TELLING, said(CRISIS, message="7")), "verder")
    again = step(library(), told, said("Ik wil echt niet meer leven.", message="8"))
    assert "CRISIS" not in texts(again)
    assert texts(step(library(), again.interview, said("Ik heb nu hulp nodig"))) == ["CRISIS"]


def test_after_it_the_story_goes_on_where_it_was() -> None:
    told = after(TELLING, said(CRISIS, message="7"))
    further = step(library(), told, said("Toen belde mijn zus mij op.", message="8"))
    assert words_of(further) == f"{CRISIS}\nToen belde mijn zus mij op."
    assert further.interview is not None
    assert further.interview.aside is None
    assert texts(further) == ["ALG.meer"]


def test_in_a_message_that_is_changed_it_is_seen_too() -> None:
    told = after(TELLING, said("Toen.", message="7"))
    taken = step(library(), told, edited(CRISIS, "7"))
    assert texts(taken) == ["INV.bewerkt", "CRISIS"]
    assert words_of(taken) == CRISIS


def test_at_a_question_with_buttons_it_comes_before_the_question() -> None:
    taken = step(library(), asking("bewoner", "gevoel"), said(CRISIS, message="7"))
    assert texts(taken)[-1] == "CRISIS"
    assert taken.interview is not None
    assert asked(taken.interview).id == "gevoel"


@pytest.mark.parametrize("question", ["gevoel", "nakijken", "titel"])
def test_somebody_in_need_is_not_told_that_the_words_were_no_answer(question: str) -> None:
    here = asking("bewoner", question)
    for interview in (here, here.asking("ALG.stop"), here.asking("ALG.jong")):
        for words in (CRISIS, "ik wil dood"):
            said_ = texts(step(library(), interview, said(words, message="7")))
            assert said_[-1] == "CRISIS"
            assert not {"INV.onbekend", "INV.niet_bewaard", "INV.tekst_bij_knop"} & {*said_}


PLACES = ["ALG.rol", "ALG.toestemming", "MED.toestemming", "HELP.start", "HELP.uitleg", "HELP.toestemming", "ALG.dank"]
ELSEWHERE = ["HELP.dank", "ALG.leeg", "ALG.code_fout", "ALG.code_wacht", "ALG.verwijderen.zeker"]
CRIES = [CRISIS, "ik wil dood", "ik wil dood 1", "/verwijderen ik wil dood", "/stop ik wil dood", "nee ik wil dood"]


@pytest.mark.parametrize("place", [*PLACES, *ELSEWHERE])
@pytest.mark.parametrize("words", CRIES)
def test_before_consent_it_is_answered_before_anything_else_and_nothing_is_kept(place: str, words: str) -> None:
    here = situation(place)
    taken = step(library(), None, said(words, screen=here.screen))
    assert (texts(taken)[0], taken.interview, taken.request) == ("CRISIS", None, None)
    assert texts(taken)[1:] in ([], [place])


def test_before_consent_it_is_answered_each_time() -> None:
    memory = Memory()
    for _ in range(3):
        seen = memory.seeing(said(CRISIS))
        taken = step(library(), None, seen)
        assert (texts(taken), taken.interview) == (["CRISIS"], None)
        memory = memory.after(seen, taken)


# Numbers, addresses and names in a story: asked once, before it is sent.


def last_question(*words: str) -> Interview:
    """An interview with these words in the story, at the last question before the review."""
    before = asking("bewoner", "leeftijd")
    told = replace(before.answer("verhaal"), parts=tuple(Part(text) for text in words))
    return before.having(told)


def test_before_the_review_it_is_asked_whether_a_number_may_stay() -> None:
    here = last_question(STORY, NUMBERED)
    taken = step(library(), here, said("67"))
    assert texts(taken) == ["ALG.naam_gezien"]
    assert taken.replies[0].values["stukje"] == "«06 12345678»"
    assert taken.interview is not None
    assert (taken.interview.aside, taken.interview.told) == ("ALG.naam_gezien", frozenset())


@pytest.mark.parametrize("command", [Command.ON, Command.BACK, Command.DONE])
def test_until_that_is_answered_it_is_asked_again(command: Command) -> None:
    here = after(last_question(STORY, NUMBERED), said("67"))
    taken = step(library(), here, commanded(command))
    assert texts(taken) == ["ALG.naam_gezien"]
    assert tapping(taken.interview or here, "laat").told == {"ALG.naam_gezien"}


def test_a_number_is_taken_out_only_if_the_teller_says_so() -> None:
    here = after(last_question(STORY, NUMBERED), said("67"))
    away = tapping(here, "weg")
    assert "12345678" not in away.answer("verhaal").text
    assert STORY in away.answer("verhaal").text
    kept = tapping(here, "laat")
    assert NUMBERED in kept.answer("verhaal").text
    for interview in (away, kept):
        assert (asked(interview).kind, interview.aside) == ("review", None)
        assert prompt(library(), interview).text == "ALG.nakijken"


def test_whoever_changes_it_alone_is_told_how() -> None:
    here = after(last_question(NUMBERED), said("67"))
    tap = AskTap(here.tag, "@ALG.naam_gezien", "zelf")
    assert texts(step(library(), here, chosen(tap))) == ["ALG.zelf", "ALG.nakijken"]


def test_it_is_asked_once_for_every_story() -> None:
    here = tapping(after(last_question(NUMBERED), said("67")), "laat")
    back = after(here, commanded(Command.BACK))
    assert texts(step(library(), back, said("67"))) == ["ALG.nakijken"]


def test_of_many_numbers_the_first_few_are_shown() -> None:
    here = last_question(*(f"Bel 06 1234567{number}." for number in range(5)))
    taken = step(library(), here, said("67"))
    shown = (taken.replies[0].values["stukje"] or "").split("\n")
    assert len(shown) == PIECES + 1
    assert (shown[0], shown[-1]) == ("«06 12345670»", "…")


def test_a_name_is_only_hinted_at_and_once() -> None:
    here = last_question("Mijn buurman heet Jan de Vries en hij hielp mij.")
    taken = step(library(), here, said("67"))
    assert texts(taken) == ["INV.naam", "ALG.nakijken"]
    assert taken.interview is not None
    assert taken.interview.told == {"INV.naam"}
    assert taken.interview.aside is None
    back = after(taken.interview, commanded(Command.BACK))
    assert texts(step(library(), back, said("67"))) == ["ALG.nakijken"]


def test_a_story_without_any_of_it_goes_straight_to_the_review() -> None:
    assert texts(step(library(), last_question(STORY), said("67"))) == ["ALG.nakijken"]


# In which language somebody writes.


def test_whoever_writes_in_another_language_reads_once_that_it_is_welcome() -> None:
    taken = step(library(), TELLING, said(TURKISH, message="7"))
    assert texts(taken) == ["TAAL.tr", "ALG.meer"]
    assert taken.replies[0].template.endswith(library().text("TAAL.nl").text)
    assert taken.interview is not None
    assert taken.interview.told == {"TAAL"}
    again = step(library(), taken.interview, said(TURKISH, message="8"))
    assert texts(again) == []


def test_whoever_writes_dutch_reads_nothing_of_it() -> None:
    taken = step(library(), TELLING, said(STORY, message="7"))
    assert texts(taken) == ["ALG.meer"]


@pytest.mark.parametrize(
    ("words", "app", "kept"),
    [
        (TURKISH, "nl", ("tr", True)),
        (STORY, "tr", ("nl", True)),
        ("Ok.", "tr", ("tr", False)),
        ("Ok.", "", ("", False)),
        ("Ok.", "pt-BR", ("pt", False)),
    ],
)
def test_with_a_story_it_is_kept_what_its_words_show_or_else_the_language_of_the_app(
    words: str, app: str, kept: tuple[str, bool]
) -> None:
    review = asking("bewoner", "nakijken")
    told = review.having(replace(review.answer("verhaal"), parts=(Part(words),)))
    taken = step(library(), told, replace(said("ja"), language=app))
    assert taken.interview is not None
    language = taken.interview.language
    assert language is not None
    code, sure = kept
    assert (language.code, language.certainty is not None) == (code, sure)
    if not code:
        assert language == Language()
