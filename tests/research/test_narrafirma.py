"""A form and a table as NarraFirma takes them in, by its own rules, laid beside the tables of the export."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.interview import Interview, Language
from dialogs.questions import ChoiceQuestion, OpenQuestion
from research.export.formats import narrafirma
from research.export.formats.narrafirma_cells import guarded, labels, short_name, words_of
from research.export.safe_text import safe
from research.export.tiers import Tier
from tests.research.hostile import tellings, texts
from tests.research.kept import House, build, export, story_id, table
from tests.research.narrafirma import Collection, collection, form, rows
from tests.research.told import (
    BEWONER,
    BLANK,
    MEDEWERKER,
    PROFESSIONAL,
    SETS,
    every_option,
    nth,
    remarking,
    skipping,
    tell,
)
from tests.research.written import clock_of, content_of, library_of, write

ALONE = content_of((BEWONER,))


def taken_in(folder: Path, question_set: str = "") -> Collection:
    """What NarraFirma has after the form and the table of a set; of the only one, without a name."""
    end = f"_{question_set}" if question_set else ""
    read = form(folder / f"narrafirma/formulier{end}.csv")
    into = collection(read, folder / f"narrafirma/verhalen{end}.csv")
    assert into.faults == []
    return into


def alone(folder: Path, *told: Interview) -> Collection:
    """The stories of one set, taken in."""
    return taken_in(write(narrafirma.opened, folder, told, content=ALONE))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Stories with every option, some with remarks, some of one teller, one with a link."""
    linked = replace(BLANK, link="noord-7", language=Language("tr", 100, "herkend"))
    told = [tell(BEWONER, remarking("zo was het")), tell(BEWONER, skipping, linked), *every_option()]
    return build(tmp_path / "huis", told)


def test_every_story_comes_in_with_the_answers_that_the_tables_have(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "csv,narrafirma")
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    labels_of = {(line["verhaal_id"], line["vraag"]): line["label"] for line in table(folder / "antwoorden.csv")}
    for item in SETS:
        questions = form(folder / f"narrafirma/formulier_{item.id}.csv").questions
        header, *lines = rows(folder / f"narrafirma/verhalen_{item.id}.csv")
        ids = [line[0] for line in lines]
        assert header[0] == "verhaal_id"
        assert ids == [key for key, line in wide.items() if line["vragenset"] == item.id]
        into = taken_in(folder, item.id)
        for key, story in zip(ids, into.stories, strict=True):
            answers = story.answers | into.tellers[story.teller]
            assert (story.text, story.teller) == (wide[key]["verhaal"], wide[key]["verteller"])
            for column, question in questions.items():
                assert answers.get(question.name, "") == _told(wide[key], column, labels_of), (key, column)


def _told(line: dict[str, str], column: str, labels_of: dict[tuple[str, str], str]) -> str:
    """What the tables have there: the words on the button where one was chosen, and yes or no."""
    if column in {"geholpen", "eigen_team", "proef", "citeren"}:
        return {"1": "ja", "0": "nee", "": ""}[line[column]]
    return labels_of.get((line["verhaal_id"], column), line[column]).replace(", ", " – ")


def test_counts_are_those_of_the_table(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "csv,narrafirma", "--set", "bewoner")
    stories = taken_in(folder).stories
    lines = table(folder / "verhalen.csv")
    assert len(stories) == len(lines)
    assert Counter(story.answers.get("Hulp krijgen", "") for story in stories) == Counter(
        line["makkelijk_waarde"] for line in lines
    )
    assert Counter(story.answers.get("tijd_b", "") for story in stories) == Counter(line["tijd_b"] for line in lines)
    assert Counter(story.prompt for story in stories) == Counter(
        {1: "contact", 2: "onvergetelijk", 3: "hulp_zoeken", 4: "geen_contact"}[int(line["verhaal_vraag"])]
        for line in lines
    )
    assert {story.language for story in stories} == {"", "tr"}
    assert {story.date for story in stories} == {"2026-06-01"}


def test_each_set_has_a_pair_of_its_own_and_a_set_alone_needs_no_name(house: House, tmp_path: Path) -> None:
    several = export(house, tmp_path / "alle", "--formats", "narrafirma")
    named = [f"{kind}_{item.id}.csv" for kind in ("formulier", "verhalen") for item in SETS]
    assert sorted(path.name for path in (several / "narrafirma").iterdir()) == sorted(named)
    one = export(house, tmp_path / "een", "--formats", "narrafirma", "--set", "professional")
    assert sorted(path.name for path in (one / "narrafirma").iterdir()) == ["formulier.csv", "verhalen.csv"]
    assert form(one / "narrafirma/formulier.csv").texts == {"Title": PROFESSIONAL.title}


def test_forms_of_several_sets_fit_in_one_project(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--formats", "narrafirma")
    seen: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for item in SETS:
        for column, question in form(folder / f"narrafirma/formulier_{item.id}.csv").questions.items():
            told = (column, question.kind, tuple(question.answers) if question.kind == "Single choice" else ())
            assert seen.setdefault(question.name, told) == told, question.name
    assert len(seen) > 40


def test_a_triangle_is_three_scales_and_the_corner_that_was_chosen(tmp_path: Path) -> None:
    folder = write(narrafirma.opened, tmp_path / "uit", every_option(), content=content_of())
    questions = form(folder / "narrafirma/formulier_bewoner.csv").questions
    assert [questions[f"tijd{part}"].kind for part in ("", "_a", "_b", "_c")] == ["Single choice", *["Scale"] * 3]
    assert list(questions["tijd_a"].answers) == ["niets", "alles", "Past niet bij mijn verhaal"]
    assert questions["tijd_b"].text.endswith("Deel van: 📄 Papieren en formulieren")
    for story in taken_in(folder, "bewoner").stories:
        shares = [int(story.answers[name]) for name in ("tijd_a", "tijd_b", "tijd_c") if name in story.answers]
        assert sum(shares) == (100 if story.answers["Tijd"] != "Past niet bij mijn verhaal" else 0)


def test_who_cannot_say_has_no_place_on_a_scale(tmp_path: Path) -> None:
    [story] = alone(tmp_path / "uit", tell(BEWONER, nth(5))).stories
    assert "Hulp krijgen" not in story.answers
    read = form(tmp_path / "uit" / "narrafirma/formulier.csv").questions["makkelijk_waarde"]
    assert list(read.answers) == ["Heel moeilijk", "Heel makkelijk", "🤷 Weet ik niet"]


def test_a_teller_says_the_same_of_themselves_with_each_story(tmp_path: Path) -> None:
    same = replace(BLANK, teller="b71e90d2", voluntary=True)
    silent, talking = tell(BEWONER, skipping, same), tell(BEWONER, remarking("sinds 1980"), same)
    told = [silent, talking, silent, tell(BEWONER, skipping)]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "narrafirma", "--set", "bewoner")
    tellers = taken_in(folder).tellers
    stadsdeel = talking.answers["stadsdeel"].option
    assert stadsdeel == "centrum"
    said = sorted((about.get("Stadsdeel", ""), about.get("WRITEIN Stadsdeel", "")) for about in tellers.values())
    assert said[-1] == ("Centrum", "sinds 1980")
    header, *lines = rows(folder / "narrafirma/verhalen.csv")
    at = header.index("stadsdeel")
    assert Counter(line[at] for line in lines)["Centrum"] >= 3


def test_stories_without_a_teller_say_nothing_for_each_other(tmp_path: Path) -> None:
    content = content_of((BEWONER,), tier=Tier.CARDS)
    told = [tell(BEWONER, nth(0)), tell(BEWONER, skipping)]
    folder = write(narrafirma.opened, tmp_path / "uit", told, content=content)
    header, *lines = rows(folder / "narrafirma/verhalen.csv")
    assert "verteller" not in header
    ids = {line[0]: line[header.index("gevoel")] for line in lines}
    assert ids == {story_id(0): "😀 Blij", story_id(1): ""}
    assert "Participant ID column name" not in form(folder / "narrafirma/formulier.csv").columns


def test_what_was_typed_beside_buttons_is_a_write_in(tmp_path: Path) -> None:
    into = alone(tmp_path / "uit", tell(BEWONER, remarking('zo, "ja" | nee\nen toen')))
    [story], [about] = into.stories, into.tellers.values()
    assert story.write_ins["WRITEIN Gevoel"] == 'zo, "ja" | nee\nen toen'
    assert story.write_ins["WRITEIN Hulp krijgen"] == 'zo, "ja" | nee\nen toen'
    assert about["WRITEIN Leeftijd"] == 'zo, "ja" | nee\nen toen'


@pytest.mark.parametrize(
    ("typed", "title", "text"),
    [
        ("testing123", "testing123.", "testing123."),
        (" Testing123\n", "Testing123.", "Testing123."),
        ("\u202e\x07", f"Verhaal {story_id(0)}", "(zonder woorden)"),
        ("\ufeff \n", f"Verhaal {story_id(0)}", "(zonder woorden)"),
        ("; geen regel", "; geen regel", "; geen regel"),
        ("=1+1", "=1+1", "=1+1"),
        ('"', '"', '"'),
    ],
)
def test_no_story_is_passed_over_for_its_words(tmp_path: Path, typed: str, title: str, text: str) -> None:
    [story] = alone(tmp_path / "uit", tell(BEWONER, nth(0, typed))).stories
    assert (story.title, story.text) == (title, text)


def test_a_story_of_another_set_has_a_prompt_of_its_own(tmp_path: Path) -> None:
    told = tell(BEWONER, nth(0))
    [story] = alone(tmp_path / "uit", told.having(replace(told.answers["verhaal"], prompt=None))).stories
    assert story.prompt == "andere_vragenlijst"


def test_names_that_only_stories_know_are_a_list_in_every_form_of_an_export(tmp_path: Path) -> None:
    links = [replace(BLANK, link=link) for link in ("noord-1", "noord-2")]
    told = [tell(BEWONER, nth(0), links[0]), tell(MEDEWERKER, nth(0), links[1])]
    folder = write(narrafirma.opened, tmp_path / "uit", told)
    for name in ("bewoner", "medewerker", "professional"):
        read = form(folder / f"narrafirma/formulier_{name}.csv")
        assert list(read.questions["link"].answers) == ["noord-1", "noord-2"]
        assert read.questions["kanaal"].kind == "Textarea", "one name is no list"
        assert read.columns["Data columns to ignore"] == ["verhaal_id", "rol", "helper"]


def test_very_many_names_are_words(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0), replace(BLANK, link=f"noord-{number}")) for number in range(101)]
    into = alone(tmp_path / "uit", *told)
    assert form(tmp_path / "uit/narrafirma/formulier.csv").questions["link"].kind == "Textarea"
    assert sorted(story.answers["Link"] for story in into.stories) == sorted(f"noord-{at}" for at in range(101))


def test_versions_of_a_set_share_a_form_in_the_newest_words(tmp_path: Path) -> None:
    old = BEWONER.question("gevoel")
    renamed = {**old.model_dump(), "name": "Uw gevoel", "text": "Wat voelt u?"}
    later = ChoiceQuestion.model_validate(
        {**old.model_dump(), "id": "lucht", "name": "Gevoel", "text": "Lucht het op?"}
    )
    kept = [ChoiceQuestion.model_validate(renamed), later, *(item for item in BEWONER.questions if item.id != "gevoel")]
    second = BEWONER.model_copy(update={"version": 2, "questions": tuple(kept)})
    content, library = content_of((BEWONER, second)), library_of(BEWONER, second)
    told = [tell(BEWONER, nth(0)), tell(second, nth(1))]
    folder = write(narrafirma.opened, tmp_path / "uit", told, content=content, library=library)
    questions = form(folder / "narrafirma/formulier.csv").questions
    assert (questions["gevoel"].name, questions["gevoel"].text) == ("Uw gevoel", "Wat voelt u?")
    answers = {story.title: story.answers for story in taken_in(folder).stories}
    assert len(taken_in(folder).stories) == 2, answers


def test_a_question_in_words_is_a_question_in_words(tmp_path: Path) -> None:
    asked = OpenQuestion(id="advies", name="Advies", kind="open", text="Wat raadt u aan?", max_chars=80)
    questions = BEWONER.model_copy(update={"questions": (*BEWONER.questions[:-1], asked, BEWONER.questions[-1])})
    content, library = content_of((questions,)), library_of(questions)
    told = tell(questions, nth(0, "Bel terug, s.v.p."))
    [story] = taken_in(write(narrafirma.opened, tmp_path / "uit", [told], content=content, library=library)).stories
    assert story.answers["Advies"] == "Bel terug, s.v.p."


def test_hostile_words_come_in_as_they_were_told(tmp_path: Path) -> None:
    said = tellings(texts())
    into = alone(tmp_path / "uit", *said)
    assert len(into.stories) == len(said)
    header, *lines = rows(tmp_path / "uit/narrafirma/verhalen.csv")
    at = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    for number, interview in enumerate(said):
        words = safe(interview.answers["verhaal"].text).strip("\ufeff").strip()
        assert at[story_id(number)]["verhaal"] == (words or "(zonder woorden)"), number
        remark = safe(interview.answers["gevoel"].text).strip("\ufeff").strip()
        assert at[story_id(number)]["WRITEIN_gevoel"] == remark, number


def test_no_cell_is_a_formula_for_a_program_of_tables(tmp_path: Path) -> None:
    write(narrafirma.opened, tmp_path / "uit", tellings(texts(2_000)), content=ALONE)
    for name in ("formulier", "verhalen"):
        with (tmp_path / f"uit/narrafirma/{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = [cell for line in csv.reader(file, strict=True) for cell in line]
        assert any(cell.startswith(" =") for cell in cells) == (name == "verhalen")
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\u200b="))] == [], name


def test_the_same_stories_give_the_same_bytes_whatever_the_clock(tmp_path: Path) -> None:
    with clock_of("Pacific/Kiritimati"):
        first = write(narrafirma.opened, tmp_path / "een", every_option())
    with clock_of("America/Anchorage"):
        second = write(narrafirma.opened, tmp_path / "twee", every_option())
    names = sorted(path.name for path in (first / "narrafirma").iterdir())
    assert len(names) == 6
    for name in names:
        content = (first / "narrafirma" / name).read_bytes()
        assert content == (second / "narrafirma" / name).read_bytes(), name
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")


def test_labels_hold_no_sign_at_which_narrafirma_cuts_and_none_is_there_twice() -> None:
    told = [(1, "Krant, internet"), (2, "a|b\nc"), (3, "Ja"), (4, "Ja"), (5, "\u202e"), (6, "5")]
    assert dict(labels(told)) == {1: "Krant – internet", 2: "a/b c", 3: "Ja", 4: "Ja (4)", 5: "5", 6: "5 (6)"}


def test_short_names_fit_and_differ() -> None:
    taken = {"language"}
    wanted = [
        ("Gevoel", "gevoel"),
        ("gevoel", "gevoel_2"),
        ("Language", "taal"),
        ("Een naam van ver over twintig", "ver"),
    ]
    found = [short_name(*names, taken) for names in [*wanted, ("gevoel", "gevoel"), ("", "gevoel")]]
    assert found == ["Gevoel", "gevoel_2", "taal", "ver", "gevoel 2", "gevoel 3"]


def test_a_question_cannot_be_called_what_narrafirma_calls_a_part_of_a_story(tmp_path: Path) -> None:
    named = [
        item.model_copy(update={"name": "Story title"}) if item.id == "hulp" else item for item in BEWONER.questions
    ]
    questions = BEWONER.model_copy(update={"questions": tuple(named)})
    content, library = content_of((questions,)), library_of(questions)
    folder = write(narrafirma.opened, tmp_path / "uit", [tell(questions, nth(0))], content=content, library=library)
    assert form(folder / "narrafirma/formulier.csv").questions["hulp"].name == "hulp"


def test_a_space_guards_what_a_program_of_tables_would_work_out() -> None:
    assert [guarded(cell) for cell in ("", "=1", "+1", "-1", "@a", "a=1", "0")] == [
        "",
        " =1",
        " +1",
        " -1",
        " @a",
        "a=1",
        "0",
    ]
    assert words_of(None, "niets") == "niets"


def test_every_name_of_the_sets_of_today_is_told(tmp_path: Path) -> None:
    folder = write(narrafirma.opened, tmp_path / "uit", [tell(PROFESSIONAL, nth(0, "x"))])
    names = {
        column: question.name
        for column, question in form(folder / "narrafirma/formulier_professional.csv").questions.items()
    }
    assert (names["ervaring"], names["nodig"], names["nodig_a"], names["optijd_waarde"]) == (
        "ervaring",
        "Nodig",
        "nodig_a",
        "Op tijd",
    ), "another set has the name 'Hoe lang' already"
