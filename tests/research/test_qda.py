"""A project for qualitative analysis as the programs of others open it, laid beside the standard and the tables."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from dialogs.daytime import AMSTERDAM
from dialogs.interview import Answer, Interview, Part
from dialogs.questions import OpenQuestion, story_of
from research.export.formats import qda
from research.export.safe_text import safe
from research.export.tiers import Tier
from tests.research.hostile import tellings, texts
from tests.research.kept import build, export, story_id, table
from tests.research.others import other
from tests.research.refi import SPACE, Source, code_faults, faults, opened, tree_of
from tests.research.told import BEWONER, BLANK, MEDEWERKER, NOON, SETS, every_option, nth, remarking, skipping, tell
from tests.research.written import clock_of, content_of, library_of, write

PROJECT, CODES = "qda/verhalen.qdpx", "qda/codeboek.qdc"

FAMILY = "👩‍👩‍👧‍👦"


def made(folder: Path, *told: Interview) -> Path:
    """The project of these stories."""
    return write(qda.opened, folder, told) / PROJECT


def source(project: Path, number: int = 0) -> Source:
    """The story of this number in it."""
    return opened(project).sources[story_id(number)]


def test_a_source_is_a_story_and_its_variables_are_what_was_chosen_in_words(tmp_path: Path) -> None:
    told = [*every_option(), tell(BEWONER, skipping), tell(MEDEWERKER, nth(1))]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "csv,qda")
    assert faults(folder / PROJECT) == []
    book = table(folder / "codeboek.csv")
    labels = {(line["kolom"], line["vragenset"], line["code"]): line["label"] for line in book if line["code"]}
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    project = opened(folder / PROJECT)
    assert list(project.sources) == list(wide)
    for key, line in wide.items():
        told_of = {name: cell for name, cell in line.items() if cell and name in project.variables}
        sets = {name: (name, line["vragenset"], cell) for name, cell in told_of.items()}
        words = {name: labels.get(sets[name], labels.get((name, "", cell), cell)) for name, cell in told_of.items()}
        missing = {"overgeslagen", "niet_van_toepassing", "niet_gevraagd"}
        assert project.sources[key].attributes == {name: word for name, word in words.items() if word not in missing}, (
            key
        )


def test_variables_are_all_columns_but_the_words_and_the_name(tmp_path: Path) -> None:
    folder = export(build(tmp_path / "huis", [tell(BEWONER, nth(0))]), tmp_path / "uit", "--formats", "csv,qda")
    columns = table(folder / "verhalen.csv")[0]
    variables = opened(folder / PROJECT).variables
    assert [name for name in columns if name not in variables] == ["verhaal_id", "titel", "verhaal"]
    kinds = {name: variables[name] for name in ("gevoel", "makkelijk_waarde", "datum", "link", "geholpen")}
    assert list(kinds.values()) == ["Text", "Integer", "Date", "Text", "Text"], kinds


def test_words_have_the_code_of_the_question_they_answer_counted_in_whole_characters(tmp_path: Path) -> None:
    told = tell(BEWONER, nth(1, f"{FAMILY} kwam 🇳🇱.\n\nToen ging ik.")).having(
        Answer("gevoel", option="blij", parts=(Part(f"{FAMILY} echt"),), done=True)
    )
    project = made(tmp_path / "uit", told.having(Answer("titel", parts=(Part("Één 🙂 keer"),), done=True)))
    assert faults(project) == []
    story = source(project)
    assert story.memo == "Één 🙂 keer"
    assert story.text == f"{FAMILY} kwam 🇳🇱.\n\nToen ging ik.\n\n[Gevoel: 😀 Blij]\n{FAMILY} echt"
    assert story.coded == [
        (f"{FAMILY} kwam 🇳🇱.\n\nToen ging ik.", "Vraag onvergetelijk"),
        (f"{FAMILY} echt", "Opmerking bij een vraag"),
    ]
    [first, second] = tree_of(project).iter(f"{SPACE}PlainTextSelection")
    assert (first.get("startPosition"), second.get("startPosition")) == ("0", "50"), "an emoji is several characters"


def test_words_that_were_told_in_another_set_have_no_code(tmp_path: Path) -> None:
    told = tell(BEWONER, nth(0))
    project = made(tmp_path / "uit", told.having(replace(told.answers["verhaal"], prompt=None)))
    assert (source(project).text, source(project).coded) == ("Mijn verhaal.", [])


def test_a_question_in_words_that_is_not_the_title_stands_below_the_story(tmp_path: Path) -> None:
    asked = OpenQuestion(id="advies", name="Advies", kind="open", text="Wat raadt u aan?", max_chars=80)
    questions = BEWONER.model_copy(update={"questions": (*BEWONER.questions[:-1], asked, BEWONER.questions[-1])})
    content, library = content_of((questions,)), library_of(questions)
    told = tell(questions, nth(0, "Bel terug."))
    folder = write(qda.opened, tmp_path / "uit", [told], content=content, library=library)
    assert faults(folder / PROJECT) == []
    story = source(folder / PROJECT)
    assert story.text == "Bel terug.\n\n[Advies]\nBel terug."
    assert [code for _, code in story.coded] == ["Vraag contact", "Antwoord advies"]


def test_a_story_without_words_is_a_text_all_the_same_and_nothing_in_it_has_a_code(tmp_path: Path) -> None:
    told = tell(BEWONER, nth(0, "\u202e\ufeff\x07"))
    project = made(tmp_path / "uit", told)
    assert faults(project) == []
    assert source(project) == replace(source(project), text="(zonder woorden)", memo="", coded=[])


def test_codes_are_in_two_groups_and_have_names_of_their_own(tmp_path: Path) -> None:
    categories = opened(made(tmp_path / "uit", tell(BEWONER, nth(0)))).categories
    assert list(categories) == ["Thema's", "Vragen"]
    themes, questions = categories["Thema's"], categories["Vragen"]
    assert {"gevoel", "toegankelijk", "vindbaar", "werkdruk", "samenwerking"} <= set(themes)
    assert [name for name in themes if "," in name or name in {"leeftijd", "titel"} or name.startswith("helper")] == []
    prompts = [prompt.id for item in SETS for prompt in story_of(item).prompts]
    assert questions == [*(f"Vraag {prompt}" for prompt in prompts), "Opmerking bij een vraag"]


def test_the_codes_alone_are_those_of_the_project(tmp_path: Path) -> None:
    folder = write(qda.opened, tmp_path / "uit", [tell(BEWONER, nth(0))])
    alone = etree.parse(folder / CODES)
    assert code_faults(alone) == []
    in_project = tree_of(folder / PROJECT).iter(f"{SPACE}Code")
    assert [dict(code.attrib) for code in alone.iter("{*}Code")] == [dict(code.attrib) for code in in_project]


def test_the_rules_for_codes_notice_what_is_wrong(tmp_path: Path) -> None:
    content = (write(qda.opened, tmp_path / "uit", []) / CODES).read_text(encoding="utf-8")
    for right, wrong in (('isCodable="true"', ""), ("<Codes>", "<Codes><Set/>"), ('guid="', 'guid="x')):
        assert code_faults(etree.ElementTree(etree.fromstring(content.replace(right, wrong).encode()))), wrong


def test_a_teller_of_several_stories_is_a_case(tmp_path: Path) -> None:
    told = [tell(BEWONER, nth(0), replace(BLANK, teller=teller)) for teller in ("b71e90d2", "ander", "b71e90d2")]
    folder = export(build(tmp_path / "huis", told), tmp_path / "uit", "--formats", "csv,qda")
    assert faults(folder / PROJECT) == []
    teller = {line["verhaal_id"]: line["verteller"] for line in table(folder / "verhalen.csv")}[story_id(0)]
    assert opened(folder / PROJECT).cases == {teller: sorted([story_id(0), story_id(2)])}


@pytest.mark.parametrize("tier", [Tier.RAW, Tier.DEIDENTIFIED, Tier.CARDS])
def test_what_does_not_leave_in_a_tier_is_no_variable(tmp_path: Path, tier: Tier) -> None:
    content = content_of(tier=tier)
    folder = write(qda.opened, tmp_path / "uit", every_option(), content=content)
    assert faults(folder / PROJECT) == []
    names = [item.name for item in content.variables if item.name not in {"verhaal_id", "titel", "verhaal"}]
    assert list(opened(folder / PROJECT).variables) == names


def test_an_export_without_stories_is_a_project_without_sources(tmp_path: Path) -> None:
    project = made(tmp_path / "uit")
    assert faults(project) == []
    assert opened(project).sources == {}


def test_hostile_words_change_no_position_and_break_no_file(tmp_path: Path) -> None:
    said = tellings(texts())
    project = made(tmp_path / "uit", *said)
    assert faults(project) == []
    sources = opened(project).sources
    for number, interview in enumerate(said):
        typed = [answer.text for question, answer in interview.answers.items() if question not in {"titel", "nakijken"}]
        expected = [words for text in typed if (words := safe(text).lstrip("\ufeff"))]
        assert [words for words, _ in sources[story_id(number)].coded] == expected, number
        assert sources[story_id(number)].memo == safe(interview.answers["titel"].text).lstrip("\ufeff")


def test_the_same_stories_give_the_same_bytes_whatever_the_clock(tmp_path: Path) -> None:
    told = [*every_option(), tell(BEWONER, remarking("zo was het"))]
    with clock_of("Pacific/Kiritimati"):
        first = write(qda.opened, tmp_path / "een", told)
    with clock_of("America/Anchorage"):
        second = write(qda.opened, tmp_path / "twee", told)
    amsterdam = content_of(at=NOON.astimezone(AMSTERDAM))
    third = write(qda.opened, tmp_path / "drie", told, content=amsterdam)
    for name in (PROJECT, CODES):
        assert (first / name).read_bytes() == (second / name).read_bytes() == (third / name).read_bytes(), name
    later = write(qda.opened, tmp_path / "vier", told, content=content_of(at=datetime(2027, 1, 1, tzinfo=UTC)))
    with zipfile.ZipFile(first / PROJECT) as archive, zipfile.ZipFile(later / PROJECT) as another:
        assert {item.date_time for item in archive.infolist()} == {(2026, 6, 1, 10, 0, 0)}
        assert {item.date_time for item in another.infolist()} == {(2027, 1, 1, 0, 0, 0)}
        assert {item.external_attr >> 16 for item in archive.infolist()} == {0o100600}
    assert sorted(path.name for path in (first / "qda").iterdir()) == ["codeboek.qdc", "verhalen.qdpx"]


def test_another_program_takes_the_project_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It stops at every source for whoever made it to look around, and reads as the machine is set.
    monkeypatch.setenv("PYTHONBREAKPOINT", "0")
    monkeypatch.setenv("PYTHONUTF8", "1")
    told = [*every_option(), tell(BEWONER, remarking(f"{FAMILY} zo was het"))]
    project = made(tmp_path / "uit", *told)
    (tmp_path / "qc").mkdir()
    done = other("qc", "init", "--import", str(project), folder=tmp_path / "qc")
    assert done.returncode == 0, done.stderr
    kept = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "qc" / "corpus").iterdir()}
    assert kept == {name: item.text for name, item in opened(project).sources.items()}
    codes = other("qc", "codes", "list", folder=tmp_path / "qc").stdout
    named = [line.strip().removeprefix("- ") for line in codes.splitlines() if line.strip()]
    categories = opened(project).categories
    assert sorted(named) == sorted([*categories, *(name for names in categories.values() for name in names)])
    counted = other("qc", "codes", "stats", folder=tmp_path / "qc").stdout
    assert [line.split() for line in counted.splitlines() if line.startswith("Vraag contact ")] == [
        ["Vraag", "contact", str(_told_to(told, "contact"))]
    ]


def _told_to(told: Sequence[Interview], prompt: str) -> int:
    return sum(interview.answers["verhaal"].prompt == prompt for interview in told)
