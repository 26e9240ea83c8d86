"""Every kind of answer, and every way to have none, from the database to the files."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.interview import Answer, Interview, Part
from dialogs.questions import (
    ChoiceQuestion,
    OpenQuestion,
    QuestionSet,
    ReviewQuestion,
    ScaleOption,
    StoryQuestion,
    TriadOption,
    When,
    option_of,
    prompt_of,
)
from research.export.selecting import Selection
from research.export.tiers import Tier
from research.faults import ResearchFault
from tests.research.kept import ORDER, answer, build, export, export_by, nested, review, story_id, table, tell_more
from tests.research.told import (
    BEWONER,
    BLANK,
    LIBRARY,
    MEDEWERKER,
    NOON,
    PROFESSIONAL,
    SETS,
    every_option,
    nth,
    remarking,
    skipping,
    tell,
)

EXTRA = [question.id for question in BEWONER.questions if question.block == "extra"]


def test_every_option_and_every_prompt_comes_out_with_its_own_numbers_and_words(tmp_path: Path) -> None:
    told = every_option()
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    lines = {(line["verhaal_id"], line["vraag"]): line for line in table(folder / "antwoorden.csv")}
    seen = set()
    for number, interview in enumerate(told):
        for question, given in interview.answers.items():
            line = lines[story_id(number), question]
            assert _numbers(line) == _expected(interview, given), (interview.question_set, question)
            seen.add((interview.question_set, question, line["code"]))
    assert seen >= {key for item in SETS for key in _everything(item)}


def _numbers(line: dict[str, str]) -> tuple[str, ...]:
    return tuple(line[name] for name in ("code", "waarde", "aandeel_a", "aandeel_b", "aandeel_c", "label", "tekst"))


def _expected(interview: Interview, given: Answer) -> tuple[str, ...]:
    question = LIBRARY.of(interview).question(given.question)
    if isinstance(question, StoryQuestion):
        prompt = prompt_of(question, given.prompt or "")
        return str(prompt.code), "", "", "", "", prompt.id, given.text
    if isinstance(question, OpenQuestion | ReviewQuestion):
        return "", "", "", "", "", "", given.text
    option = option_of(question, given.option or "")
    value = "" if not isinstance(option, ScaleOption) or option.value is None else str(option.value)
    shares = option.shares if isinstance(option, TriadOption) else None
    return str(option.code), value, *(map(str, shares) if shares else ("", "", "")), option.label, ""


def _everything(item: QuestionSet) -> set[tuple[str, str, str]]:
    """Each code that an answer can have: all but those that lead to another set."""
    found = set()
    for question in item.questions:
        match question:
            case StoryQuestion():
                found |= {(item.id, question.id, str(prompt.code)) for prompt in question.prompts}
            case OpenQuestion() | ReviewQuestion():
                continue
            case _:
                coded = [option.code for option in question.options if not option.leads_to]
                found |= {(item.id, question.id, str(code)) for code in coded}
    return found


def test_a_story_of_several_messages_is_one_text(tmp_path: Path) -> None:
    told = tell(BEWONER, nth(0)).having(
        Answer(
            "verhaal", prompt="contact", parts=(Part("Eerst dit.", "81"), Part("Toen dat.\n\nKlaar.", "82")), done=True
        )
    )
    folder = export(build(tmp_path / "huis", [told]), tmp_path / "uit")
    assert table(folder / "verhalen.csv")[0]["verhaal"] == "Eerst dit.\nToen dat.\n\nKlaar."


def test_what_was_skipped_says_so(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, skipping)]), tmp_path / "uit")
    wide = table(folder / "verhalen.csv")[0]
    assert {wide[name] for name in ("gevoel", "makkelijk", "tijd", "leeftijd")} == {"-97"}
    assert [wide[name] for name in ("titel", "makkelijk_waarde", "tijd_a")] == ["", "", ""]
    lines = {line["vraag"]: line for line in table(folder / "antwoorden.csv")}
    assert (lines["titel"]["code"], lines["titel"]["reden_ontbreekt"]) == ("-97", "overgeslagen")
    assert (lines["tijd"]["code"], lines["tijd"]["reden_ontbreekt"]) == ("-97", "overgeslagen")
    assert (lines["verhaal"]["code"], lines["verhaal"]["reden_ontbreekt"]) == ("1", "")


def test_extra_questions_that_were_not_wanted_were_not_asked(tmp_path: Path) -> None:
    wanting = replace(BLANK, voluntary=True)
    told = [tell(BEWONER, nth(0)), tell(BEWONER, skipping, wanting)]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit")
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    assert [wide[story_id(0)][question] for question in EXTRA] == ["-99"] * len(EXTRA)
    assert [wide[story_id(1)][question] for question in EXTRA] == ["-97"] * len(EXTRA)
    reasons = {
        (line["verhaal_id"], line["vraag"]): line["reden_ontbreekt"] for line in table(folder / "antwoorden.csv")
    }
    assert reasons[story_id(0), EXTRA[0]] == "niet_gevraagd"


def test_a_question_of_another_set_was_not_asked_and_has_no_line(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(PROFESSIONAL, nth(0))]), tmp_path / "uit")
    wide = table(folder / "verhalen.csv")[0]
    assert (wide["gevoel"], wide["kracht"], wide["kracht_a"], wide["breed_waarde"]) == ("-99", "-99", "", "")
    asked = {question.id for question in PROFESSIONAL.questions} - {"nakijken"}
    assert {line["vraag"] for line in table(folder / "antwoorden.csv")} == asked


def test_a_question_that_did_not_fit_what_was_chosen_does_not_apply(tmp_path: Path) -> None:
    routed = _with_condition("samen", When(question="wie", options=("gemeente",)))
    wanting = replace(BLANK, voluntary=True)
    told = [tell(routed, nth(0), wanting), tell(routed, nth(1), wanting), tell(routed, nth(1))]
    library = replace(LIBRARY, sets={("bewoner", 1): routed})
    folder = export_by(build(tmp_path / "huis", told), tmp_path / "uit", library)
    lines = {(line["verhaal_id"], line["vraag"]): line for line in table(folder / "antwoorden.csv")}
    found = [
        (lines[story_id(number), "samen"]["code"], lines[story_id(number), "samen"]["reden_ontbreekt"])
        for number in range(3)
    ]
    assert found == [("-98", "niet_van_toepassing"), ("2", ""), ("-99", "niet_gevraagd")]
    wide = {line["verhaal_id"]: line["samen"] for line in table(folder / "verhalen.csv")}
    assert [wide[story_id(number)] for number in range(3)] == ["-98", "2", "-99"]


def _with_condition(question_id: str, when: When) -> QuestionSet:
    questions = [
        question.model_copy(update={"when": when}) if question.id == question_id else question
        for question in BEWONER.questions
    ]
    return BEWONER.model_copy(update={"questions": tuple(questions)})


def test_versions_stand_side_by_side_and_keep_every_column(tmp_path: Path) -> None:
    asked_later = ChoiceQuestion.model_validate(
        {**BEWONER.question("gevoel").model_dump(), "id": "lucht", "text": "Lucht het op?"}
    )
    without = [question for question in BEWONER.questions if question.id != "hulp"]
    second = BEWONER.model_copy(update={"version": 2, "questions": (*without[:-1], asked_later, without[-1])})
    library = replace(LIBRARY, sets={("bewoner", 2): second, ("bewoner", 1): BEWONER})
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0)), tell(second, nth(0))])
    folder = export_by(house, tmp_path / "uit", library)
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    found = [tuple(wide[story_id(number)][name] for name in ("versie", "hulp", "lucht")) for number in range(2)]
    assert found == [("1", "1", "-99"), ("2", "-99", "1")]
    versions = {line["kolom"]: line["versies"] for line in table(folder / "codeboek.csv") if line["code"] == "1"}
    assert (versions["gevoel"], versions["hulp"], versions["lucht"]) == ("1 2", "1", "2")


def test_the_codebook_says_from_when_to_when_a_question_was_asked(tmp_path: Path) -> None:
    """A trial asks nobody anything, and what is chosen does not change when a question was asked."""
    without = [question for question in BEWONER.questions if question.id != "hulp"]
    second = BEWONER.model_copy(update={"version": 2, "questions": tuple(without)})
    library = replace(LIBRARY, sets={**LIBRARY.sets, ("bewoner", 2): second})
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0))])
    late = NOON + timedelta(days=40)
    tell_more(house, 1, [tell(BEWONER, nth(0))], NOON + timedelta(days=9))
    tell_more(house, 2, [tell(second, nth(0))], late)
    tell_more(house, 3, [replace(tell(second, nth(0)), test=True)], late + timedelta(days=9))
    march = Selection(until=(NOON + timedelta(days=2)).date())
    folder = export_by(house, tmp_path / "uit", library, order=replace(ORDER, selection=march))
    lines = [line for line in table(folder / "codeboek.csv") if line["code"] == "1"]
    asked = {line["kolom"]: (line["gevraagd_van"], line["gevraagd_tot"]) for line in lines}
    assert asked["hulp"] == ("2026-06-01", "2026-06-10")
    assert asked["gevoel"] == ("2026-06-01", "2026-07-11")
    assert asked["functie"] == ("", "")
    review(house)
    coarse = export_by(house, tmp_path / "grof", library, order=replace(ORDER, tier=Tier.DEIDENTIFIED))
    [line] = [line for line in table(coarse / "codeboek.csv") if (line["kolom"], line["code"]) == ("hulp", "1")]
    assert (line["gevraagd_van"], line["gevraagd_tot"]) == ("2026-W23", "2026-W24")


def test_who_cannot_say_gives_an_answer_without_a_place_on_the_scale(tmp_path: Path) -> None:
    unable = {"gevoel": "weet_niet", "makkelijk": "weet_niet", "regels": "past_niet", "tijd": "past_niet"}
    given = [Answer(question, option=option, done=True) for question, option in unable.items()]
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0)).having(*given)]), tmp_path / "uit")
    lines = {line["vraag"]: line for line in table(folder / "antwoorden.csv")}
    found = {
        question: (lines[question]["code"], lines[question]["waarde"], lines[question]["aandeel_a"])
        for question in unable
    }
    assert found == {
        "gevoel": ("888", "", ""),
        "makkelijk": ("888", "", ""),
        "regels": ("889", "", ""),
        "tijd": ("889", "", ""),
    }
    reasons = [lines[question]["reden_ontbreekt"] for question in unable]
    assert reasons == ["", "weet_niet", "past_niet", "past_niet"]


def test_a_remark_beside_a_button_stands_in_the_long_file_and_in_the_nested_one(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, remarking("vooral ’s avonds"))]), tmp_path / "uit")
    lines = {line["vraag"]: line for line in table(folder / "antwoorden.csv")}
    assert (lines["gevoel"]["code"], lines["gevoel"]["opmerking"], lines["gevoel"]["tekst"]) == (
        "1",
        "vooral ’s avonds",
        "",
    )
    assert (lines["verhaal"]["opmerking"], lines["verhaal"]["tekst"]) == ("", "Mijn verhaal.")
    assert answer(nested(folder)[0], "gevoel")["opmerking"] == "vooral ’s avonds"
    assert "vooral" not in (folder / "verhalen.csv").read_text(encoding="utf-8")


def test_a_remark_stays_with_a_question_that_was_skipped_after_all(tmp_path: Path) -> None:
    skipped = Answer("gevoel", skipped=True, parts=(Part("Dat zeg ik liever niet."),), done=True)
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0)).having(skipped)]), tmp_path / "uit")
    line = next(line for line in table(folder / "antwoorden.csv") if line["vraag"] == "gevoel")
    assert (line["code"], line["opmerking"]) == ("-97", "Dat zeg ik liever niet.")


def test_words_that_came_along_from_another_set_have_no_prompt(tmp_path: Path) -> None:
    moved = Answer("verhaal", parts=(Part("Ik vertelde al iets."),), done=True)
    told = tell(PROFESSIONAL, nth(0)).having(moved)
    folder = export(build(tmp_path / "huis", [told]), tmp_path / "uit")
    wide = table(folder / "verhalen.csv")[0]
    assert (wide["verhaal"], wide["verhaal_vraag"]) == ("Ik vertelde al iets.", "-98")


def test_a_story_of_a_version_that_is_gone_stops_the_export(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0)), replace(tell(BEWONER, nth(0)), version=7)]
    with pytest.raises(ResearchFault, match=f"Verhaal {story_id(1)} hoort bij vragenlijst bewoner versie 7"):
        export_by(build(tmp_path / "huis", told), tmp_path / "uit", LIBRARY)
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    "stray",
    [
        Answer("lievelingskleur", option="blauw", done=True),
        Answer("gevoel", option="jaloers", done=True),
        Answer("tijd", option="twee"),
        Answer("verhaal", prompt="verleden", parts=(Part("Toen."),), done=True),
    ],
)
def test_an_answer_that_its_set_does_not_know_stops_the_export(tmp_path: Path, stray: Answer) -> None:
    house = build(tmp_path / "huis", [tell(BEWONER, nth(0)).having(stray)])
    with pytest.raises(ResearchFault, match=f"Verhaal {story_id(0)} heeft bij de vraag '{stray.question}'"):
        export_by(house, tmp_path / "uit", LIBRARY)
    assert not (tmp_path / "uit").exists()


def test_every_prompt_of_staff_belongs_to_the_time_they_chose() -> None:
    told = [tell(MEDEWERKER, nth(number)) for number in range(3)]
    assert {item.answer("keuze").option for item in told} == {"verleden", "heden", "toekomst"}
