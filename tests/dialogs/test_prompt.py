"""How the question that stands open is put: its words, its place, its buttons, and what is read back at the end."""

from dataclasses import replace

import pytest

from dialogs.interview import Answer, Interview, Part
from dialogs.prompt import answers_told, ask, prompt, reading, say, story_prompt
from dialogs.questions import PAIR, StoryQuestion
from dialogs.replies import AskTap, Reply
from dialogs.texts import plain
from tests.dialogs.situations import STORY, after, agreed, asked, asking, named, said, situation, tapping
from tests.talk.world import library


def said_now(interview: Interview) -> str:
    """The words of what stands open, as they are shown."""
    return shown(prompt(library(), interview))


def shown(reply: Reply) -> str:
    """The words of a reply."""
    return plain(reply.template, reply.values)


def slugs(interview: Interview) -> list[str]:
    """The buttons of what stands open."""
    return [named(button.tap) for button in prompt(library(), interview).buttons]


def story_of(question_set: str) -> StoryQuestion:
    """The question for the story of a set."""
    question = library().sets[question_set, 1].question("verhaal")
    assert isinstance(question, StoryQuestion)
    return question


@pytest.mark.parametrize("question_set", ["bewoner", "medewerker", "professional"])
def test_every_question_is_said_the_same_each_time(question_set: str) -> None:
    for question in library().sets[question_set, 1].questions:
        interview = asking(question_set, question.id)
        assert asked(interview) == question
        assert prompt(library(), interview) == ask(library(), interview, question)


def test_an_introduction_is_said_the_first_time_only() -> None:
    first = asking("bewoner", "gevoel")
    assert said_now(first).startswith("Nu 8 korte vragen. Tik steeds op één knop.\n\n1 van 8\nHoe voelt u zich")
    again = after(first, said("Dat is een heel lang verhaal over mijn gevoel."))
    assert said_now(again).startswith("1 van 8\nHoe voelt u zich")


def test_a_question_without_a_block_is_not_counted() -> None:
    assert said_now(asking("medewerker", "keuze")) == "Over welke tijd wilt u vertellen?"


def test_what_is_required_cannot_be_skipped() -> None:
    for place in ("bewoner/verhaal", "medewerker/keuze", "bewoner/nakijken"):
        assert "overslaan" not in [named(button.tap) for button in situation(place).screen]
    for place in ("bewoner/titel", "bewoner/gevoel", "bewoner/tijd", "bewoner/makkelijk"):
        assert "overslaan" in [named(button.tap) for button in situation(place).screen]


def test_two_columns_stand_side_by_side_and_skipping_below() -> None:
    rows = prompt(library(), asking("bewoner", "gevoel")).rows
    assert [len(row) for row in rows] == [2, 2, 2, 1, 1]


def test_two_of_these_stands_behind_the_corners_and_asks_which() -> None:
    first = asking("bewoner", "tijd")
    assert slugs(first) == ["A", "B", "C", PAIR, "ABC", "past_niet", "overslaan"]
    second = tapping(first, PAIR)
    assert slugs(second) == ["AB", "AC", "BC"]
    assert said_now(second) == "4 van 8\nWelke twee?"


def test_a_button_belongs_to_this_interview_and_this_question() -> None:
    interview = asking("bewoner", "gevoel")
    taps = [button.tap for button in prompt(library(), interview).buttons]
    assert all(isinstance(tap, AskTap) and (tap.tag, tap.question) == (interview.tag, "gevoel") for tap in taps)


def test_a_prompt_with_a_button_of_its_own_is_offered_with_the_first_prompt_only() -> None:
    first = asking("bewoner", "verhaal")
    assert slugs(first) == ["anders", "geen_contact"]
    assert slugs(tapping(first, "anders")) == ["anders"]
    assert slugs(tapping(first, "geen_contact")) == ["anders"]


def test_another_question_goes_round_past_prompts_with_a_button() -> None:
    interview, seen = asking("bewoner", "verhaal"), []
    for _ in range(4):
        seen.append(story_prompt(story_of("bewoner"), interview).id)
        interview = tapping(interview, "anders")
    assert seen == ["contact", "onvergetelijk", "hulp_zoeken", "contact"]
    assert story_prompt(story_of("bewoner"), tapping(tapping(interview, "anders"), "anders")).id == "contact"


def test_another_question_leads_back_from_a_prompt_with_a_button() -> None:
    back = tapping(tapping(asking("bewoner", "verhaal"), "geen_contact"), "anders")
    assert story_prompt(story_of("bewoner"), back).id == "contact"


def test_where_one_prompt_applies_no_other_is_offered() -> None:
    only = story_of("professional").model_copy(update={"prompts": story_of("professional").prompts[:1]})
    assert ask(library(), agreed("professional"), only).buttons == ()


def test_words_stay_with_the_prompt_that_they_were_told_to() -> None:
    told = after(tapping(asking("medewerker", "keuze"), "heden"), said(STORY))
    changed = told.having(Answer("keuze", option="toekomst", done=True))
    assert story_prompt(story_of("medewerker"), changed).id == "heden"
    untold = changed.having(replace(changed.answer("verhaal"), parts=()))
    assert story_prompt(story_of("medewerker"), untold).id == "toekomst"


def test_after_the_first_words_more_may_be_told() -> None:
    told = after(asking("bewoner", "verhaal"), said(STORY))
    assert prompt(library(), told).text == "ALG.meer"
    assert slugs(told) == ["klaar"]


@pytest.mark.parametrize("question_set", ["bewoner", "medewerker", "professional"])
def test_whoever_adds_to_a_story_of_many_words_is_not_asked_for_more_words(question_set: str) -> None:
    interview = asking(question_set, "nakijken")
    for option in ("veranderen", "verhaal", "erbij"):
        interview = tapping(interview, option)
    assert prompt(library(), interview).text == "ALG.erbij"
    assert slugs(interview) == ["klaar"]


def test_an_aside_stands_before_the_question() -> None:
    interview = asking("bewoner", "gevoel")
    stopping = replace(interview, aside="ALG.stop")
    assert prompt(library(), stopping).text == "ALG.stop"
    assert {
        button.tap.question for button in prompt(library(), stopping).buttons if isinstance(button.tap, AskTap)
    } == {"@ALG.stop"}


def test_an_answer_to_change_is_chosen_from_those_that_were_given() -> None:
    interview = replace(asking("bewoner", "regels"), aside="ALG.veranderen.antwoord")
    assert [button.label for button in prompt(library(), interview).buttons] == ["Gevoel", "Hulp krijgen", "↩️ Terug"]


def test_the_review_shows_title_story_and_answers() -> None:
    words = said_now(asking("bewoner", "nakijken"))
    assert f"📖 De brief\n{STORY}\n\n• Gevoel: 😀 Blij\n• Hulp krijgen: Heel moeilijk\n" in words
    assert "• Leeftijd: 16 tot en met 24\n\nSoms staat" in words


def test_the_review_shows_the_whole_story_however_long() -> None:
    reviewed = asking("bewoner", "nakijken")
    words = ("woorden " * 999 + "eindelijk")[-8000:]
    assert len(words) == 8000
    parts = (Part(words[:4000], "1"), Part(words[4001:], "2"))
    whole = reviewed.having(replace(reviewed.answer("verhaal"), parts=(Part(words),)))
    assert f"📖 De brief\n{words}\n\n• Gevoel: 😀 Blij\n" in said_now(whole)
    pieces = reviewed.having(replace(reviewed.answer("verhaal"), parts=parts))
    assert f"\n{words[:4000]}\n{words[4001:]}\n\n• Gevoel" in said_now(pieces)


def test_what_was_skipped_is_read_back_as_skipped() -> None:
    reviewed = asking("bewoner", "nakijken")
    skipped = reviewed.having(
        *(Answer(key, skipped=True, done=True) for key in reviewed.answers if key not in ("verhaal", "hulp"))
    )
    assert "📖" not in said_now(skipped)
    told = answers_told(library().of(skipped), skipped)
    assert told is not None
    assert told.splitlines() == [
        "• Gevoel: overgeslagen",
        "• Hulp krijgen: overgeslagen",
        "• Regels: overgeslagen",
        "• Tijd: overgeslagen",
        "• Wie hielp: Eén vaste medewerker",
        "• Nu: overgeslagen",
        "• Stadsdeel: overgeslagen",
        "• Leeftijd: overgeslagen",
    ]


def test_without_answers_the_review_is_the_story_alone() -> None:
    reviewed = asking("bewoner", "nakijken")
    none = reviewed.keeping({"verhaal"})
    assert answers_told(library().of(none), none) is None
    review = ask(library(), none, asked(reviewed))
    assert f"Dit is uw verhaal:\n\n{STORY}\n\nSoms staat" in shown(review)


def test_a_remark_beside_a_skipped_answer_is_read_back_too() -> None:
    skipped = asking("bewoner", "nakijken").having(
        Answer("gevoel", skipped=True, parts=(Part("Dat is te veel om te zeggen."),), done=True)
    )
    told = answers_told(library().of(skipped), skipped)
    assert told is not None
    assert told.splitlines()[0] == "• Gevoel: overgeslagen – Dat is te veel om te zeggen."


def test_a_remark_is_read_back_beside_its_answer() -> None:
    remarked = tapping(after(asking("bewoner", "gevoel"), said("Maar ook wel een beetje van alles wat.")), "blij")
    told = answers_told(library().of(remarked), remarked)
    assert told == "• Gevoel: 😀 Blij – Maar ook wel een beetje van alles wat."


def test_half_a_triad_is_not_read_back() -> None:
    half = tapping(asking("bewoner", "tijd"), PAIR)
    assert "Tijd" not in (answers_told(library().of(half), half) or "")


@pytest.mark.parametrize("typed", ["*vet* {titel}", "{verhaal} {code}", "<b>&amp;", "a *b* c\n\n\n\nd"])
def test_words_are_read_back_as_they_were_typed(typed: str) -> None:
    reviewed = asking("bewoner", "nakijken")
    story, title = reviewed.answer("verhaal"), reviewed.answer("titel")
    told = reviewed.having(replace(story, parts=(Part(typed),)), replace(title, parts=(Part("{antwoorden}"),)))
    assert reading(library().of(told), told)["verhaal"] == typed
    assert f"📖 {{antwoorden}}\n{typed}\n" in said_now(told)


def test_extra_questions_are_offered_once_and_only_where_there_are_any() -> None:
    assert "extra" in slugs(asking("bewoner", "nakijken"))
    assert "extra" not in slugs(replace(asking("bewoner", "nakijken"), voluntary=True))
    assert "extra" not in slugs(asking("medewerker", "nakijken"))
    assert "extra" not in slugs(asking("professional", "nakijken"))


def test_what_is_only_said_asks_for_nothing() -> None:
    assert say(library(), "ALG.gestopt").buttons == ()
