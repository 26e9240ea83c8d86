"""An answer that changes: what hangs on it goes, what a teller told stays, and another set may go on."""

from dataclasses import replace

import pytest

from dialogs.events import Command
from dialogs.interview import Answer, Consent, Interview
from dialogs.library import Library
from dialogs.load import load_library
from dialogs.path import current, options, prompts, stands
from dialogs.prompt import prompt, story_prompt
from dialogs.questions import ClosedQuestion, StoryQuestion
from tests.dialogs.situations import AT, after, agreed, asked, asking, commanded, named, onward, said, tapping
from tests.talk.world import STUDY, library

CHAIN = """
id = "keten"
version = 1
letter = "k"
title = "Een keten"
profile = "resident"
consent = "ALG.toestemming"
thanks = "ALG.dank"

[[questions]]
id = "weer"
kind = "choice"
name = "Weer"
text = "Welk weer was het?"
options = [{ id = "zon", code = 1, label = "Zon" }, { id = "regen", code = 2, label = "Regen" }]

[[questions]]
id = "mee"
kind = "choice"
name = "Mee"
text = "Wat nam u mee?"
options = [
  { id = "hoed", code = 1, label = "Een hoed", when = { question = "weer", options = ["zon"] } },
  { id = "paraplu", code = 2, label = "Een paraplu", when = { question = "weer", options = ["regen"] } },
  { id = "niets", code = 3, label = "Niets" },
]

[[questions]]
id = "kleur"
kind = "choice"
name = "Kleur"
text = "Welke kleur had die?"
when = { question = "mee", options = ["hoed", "paraplu"] }
options = [{ id = "rood", code = 1, label = "Rood" }, { id = "blauw", code = 2, label = "Blauw" }]

[[questions]]
id = "verhaal"
kind = "story"
name = "Verhaal"
max_chars = 8000

[[questions.prompts]]
id = "begin"
code = 1
text = "Vertel."

[[questions]]
id = "nakijken"
kind = "review"
name = "Nakijken"
"""
BLANK = Interview("1", "2", "keten", 1, "test", Consent("ALG.toestemming", "", AT))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of one set, in which one answer leads to the next."""
    folder = tmp_path_factory.mktemp("sets")
    (folder / "keten.toml").write_text(CHAIN, encoding="utf-8")
    return load_library(STUDY, folder=folder)


def answered(**chosen: str) -> Interview:
    """An interview with these options, all done."""
    return BLANK.having(*(Answer(question, option=option, done=True) for question, option in chosen.items()))


def test_an_option_that_no_longer_applies_does_not_stand(chain: Library) -> None:
    question = chain.of(BLANK).question("mee")
    assert isinstance(question, ClosedQuestion)
    assert [option.id for option in options(question, answered(weer="zon"))] == ["hoed", "niets"]
    assert stands(question, answered(weer="zon", mee="hoed"))
    assert not stands(question, answered(weer="regen", mee="hoed"))
    assert stands(question, answered(weer="regen"))
    assert stands(chain.of(BLANK).question("verhaal"), BLANK)


@pytest.mark.parametrize(("again", "left"), [("regen", {"weer"}), ("zon", {"weer", "mee", "kleur"})])
def test_a_changed_answer_takes_along_all_that_hung_on_it(chain: Library, again: str, left: set[str]) -> None:
    whole = answered(weer="zon", mee="hoed", kleur="rood")
    reopened = whole.having(replace(whole.answer("weer"), done=False))
    changed = tapping(reopened, again, chain)
    assert set(changed.answers) == left
    assert current(chain.of(changed), changed).id == ("mee" if again == "regen" else "verhaal")


def test_an_answer_that_makes_a_question_unneeded_takes_its_answer_along(chain: Library) -> None:
    whole = answered(weer="zon", mee="hoed", kleur="rood")
    reopened = whole.having(replace(whole.answer("mee"), done=False))
    assert set(tapping(reopened, "niets", chain).answers) == {"weer", "mee"}


@pytest.mark.parametrize("time", ["verleden", "heden", "toekomst"])
def test_staff_tell_to_the_prompts_of_the_time_they_chose(time: str) -> None:
    chosen = tapping(agreed("medewerker"), time)
    question = asked(chosen)
    assert isinstance(question, StoryQuestion)
    assert [item.id for item in prompts(question, chosen)] == [time, f"{time}_2"]


def test_another_time_brings_another_prompt_as_long_as_nothing_was_told() -> None:
    past = tapping(tapping(agreed("medewerker"), "verleden"), "anders")
    assert _prompt(past) == "verleden_2"
    now = tapping(after(past, commanded(Command.BACK)), "heden")
    assert _prompt(now) == "heden"


def test_words_stay_with_the_prompt_that_they_were_told_to() -> None:
    told = after(tapping(agreed("medewerker"), "verleden"), said("Wij begonnen met niets."))
    now = tapping(after(told, commanded(Command.BACK)), "heden")
    assert _prompt(now) == "verleden"
    assert now.answer("verhaal").text == "Wij begonnen met niets."


def test_only_who_works_at_a_buurtteam_may_go_on_in_another_set() -> None:
    for role in ("", "organisatie", "gemeente"):
        buttons = prompt(library(), agreed("medewerker", role)).buttons
        assert [named(button.tap) for button in buttons] == ["verleden", "heden", "toekomst"]
    moved = tapping(agreed("medewerker", "buurtteam"), "blijven")
    assert (moved.question_set, moved.version, asked(moved).id) == ("professional", 1, "verhaal")
    assert moved.answers == {}


def test_on_the_way_to_another_set_the_story_and_its_title_stay_and_coded_answers_go() -> None:
    told = onward(asking("medewerker", "gevoel"))
    moved = tapping(told.having(replace(told.answer("keuze"), done=False)), "blijven")
    assert told.answer("gevoel").option == "trots"
    assert set(moved.answers) == {"verhaal", "titel"}
    assert moved.answer("verhaal").parts == told.answer("verhaal").parts
    assert moved.answer("titel") == told.answer("titel")
    assert moved.answer("titel").text
    assert isinstance(asked(moved), ClosedQuestion)
    assert moved.answer("verhaal").prompt is None
    assert (moved.id, moved.teller, moved.consent) == (told.id, told.teller, told.consent)


def test_whoever_went_back_to_the_choice_is_asked_whether_the_words_are_right() -> None:
    told = onward(asking("medewerker", "gevoel"))
    moved = tapping(_back_to(told, "keuze"), "blijven")
    assert moved.answer("verhaal").parts == told.answer("verhaal").parts
    assert asked(moved).id == "verhaal"
    named_ = tapping(moved, "klaar")
    assert asked(named_).id == "titel"
    assert asked(after(named_, commanded(Command.ON))).id == "nodig"
    assert after(named_, commanded(Command.ON)).answer("titel") == told.answer("titel")


def _back_to(interview: Interview, question_id: str) -> Interview:
    while asked(interview).id != question_id:
        interview = after(interview, commanded(Command.BACK))
    return interview


def _prompt(interview: Interview) -> str:
    question = library().of(interview).question("verhaal")
    assert isinstance(question, StoryQuestion)
    return story_prompt(question, interview).id
