"""Tables for whoever gets no stories: what stands in them, and that nothing else of the export says more."""

import io
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from dialogs.interview import Language
from dialogs.questions import ClosedQuestion, Question, QuestionSet
from research.export.formats import figures
from research.export.formats.figures import CSV, WORKBOOK
from storage.stories import Story
from tests.research.kept import build, export, made, manifest, story_id, table, teller
from tests.research.many import tellings
from tests.research.test_files import HOSTILE
from tests.research.told import BEWONER, BLANK, LIBRARY, MEDEWERKER, NOON, PROFESSIONAL, nth, tell
from tests.research.written import clock_of, content_of, library_of, stories_of, write_stories

MANY = 347
"""No multiple of five: what is shown is never this."""


@pytest.fixture(scope="module")
def told() -> Sequence[Story]:
    """Of three months, in two languages and in three ways; some answered by few."""
    stories = stories_of(list(tellings(MANY)))
    return [_varied(number, story) for number, story in enumerate(stories)]


def _varied(number: int, story: Story) -> Story:
    channel = "papier" if number % 9 == 0 else story.channel
    language = Language({0: "tr", 1: ""}.get(number % 19, "nl"))
    return replace(story, channel=channel, language=language, sent_at=NOON + timedelta(days=number % 70))


def numbers(folder: Path) -> dict[tuple[str, str, str], int | None]:
    """What is shown of each row: by set, table and code."""
    return {
        (line["vragenset"], line["tabel"], line["code"]): int(line["aantal"]) if line["aantal"] else None
        for line in table(folder / CSV)
    }


def truth(stories: Sequence[Story]) -> Counter[tuple[str, str, str]]:
    """How many tellers there really are in each row, counted one by one."""
    found = set()
    for story in stories:
        questions = {item.id: item for item in LIBRARY.sets[story.question_set, story.version].questions}
        mode = "papier" if story.channel == "papier" else "helper" if story.helped else "zelf"
        rows = [("vertellers", "vertellers"), ("maand", f"{story.sent_at:%Y-%m}"), ("manier", mode)]
        rows.append(("taal", story.language.code))
        for key, answer in story.answers.items():
            if isinstance(question := questions[key], ClosedQuestion):
                codes = {option.id: str(option.code) for option in question.options}
                rows.append((key, codes[answer.option] if answer.option else "-97"))
        found |= {(story.teller, story.question_set, name, code) for name, code in rows}
    return Counter((key, name, code) for _, key, name, code in found)


def test_every_row_is_near_the_truth_or_hidden_and_never_of_few(told: Sequence[Story], tmp_path: Path) -> None:
    write_stories(figures.opened, tmp_path / "uit", told)
    shown, real = numbers(tmp_path / "uit"), truth(told)
    assert {name for name, people in real.items() if people >= 25} <= {name for name in shown if shown[name]}
    for name, number in shown.items():
        if number is not None:
            assert real[name] >= 10, name
            assert abs(number - real[name]) <= 20, (name, number, real[name])
            assert number % 5 == 0, name
    off = [abs(number - real[name]) for name, number in shown.items() if number is not None]
    assert sum(off) / len(off) < 3, "mostly by two, and by two more for rounding"


def test_every_answer_that_can_be_chosen_has_a_row_and_what_is_rare_is_not_named(
    told: Sequence[Story], tmp_path: Path
) -> None:
    rare = [replace(told[0], language=Language("ti")), *told[1:]]
    write_stories(figures.opened, tmp_path / "uit", rare)
    shown = numbers(tmp_path / "uit")
    for item in (BEWONER, MEDEWERKER, PROFESSIONAL):
        for question in item.questions:
            if isinstance(question, ClosedQuestion):
                codes = {str(option.code) for option in question.options if not option.leads_to}
                assert {code for key, name, code in shown if (key, name) == (item.id, question.id)} == {*codes, "-97"}
    assert ("bewoner", "taal", "ti") not in shown
    assert {code for key, name, code in shown if (key, name) == ("medewerker", "maand")} == set()


def test_somebody_who_told_many_stories_is_one_person(told: Sequence[Story], tmp_path: Path) -> None:
    write_stories(figures.opened, tmp_path / "uit", [replace(story, teller="b71e90d2") for story in told])
    assert {number for number in numbers(tmp_path / "uit").values() if number} == set()


def test_the_workbook_says_the_same_and_percentages_are_of_all_tellers(told: Sequence[Story], tmp_path: Path) -> None:
    write_stories(figures.opened, tmp_path / "uit", told)
    book = openpyxl.load_workbook(tmp_path / "uit" / WORKBOOK)
    assert book.sheetnames == ["leesmij", "bewoner", "medewerker", "professional"]
    for key in book.sheetnames[1:]:
        rows = [tuple(cell.value for cell in row) for row in book[key].iter_rows()]
        of_set = [line for line in table(tmp_path / "uit" / CSV) if line["vragenset"] == key]
        expected = [(line["label"], line["aantal"] or "–", line["procent"] or "–") for line in of_set]
        assert [(row[0], *map(str, row[1:])) for row in rows if row[2] not in (None, "procent")] == expected
        shown = [(int(line["aantal"]), line["procent"]) for line in of_set if line["aantal"]]
        everybody = int(of_set[0]["aantal"] or 0)
        assert [percent for _, percent in shown] == [str(min(100, round(100 * n / everybody))) for n, _ in shown]


def test_the_first_sheet_says_what_a_number_is_not(told: Sequence[Story], tmp_path: Path) -> None:
    write_stories(figures.opened, tmp_path / "uit", told)
    sheet = openpyxl.load_workbook(tmp_path / "uit" / WORKBOOK)["leesmij"]
    said = "\n".join(str(row[0].value) for row in sheet.iter_rows())
    assert "minder dan 10 vertellers staat er nooit" in said
    assert "Trek twee uitvoeren dus niet van elkaar af" in said


def test_the_same_moment_gives_the_same_bytes_and_a_story_less_other_numbers(
    told: Sequence[Story], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_stories(figures.opened, tmp_path / "een", told)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    with clock_of("Pacific/Auckland"):
        write_stories(figures.opened, tmp_path / "twee", told)
    for name in (CSV, WORKBOOK):
        assert (tmp_path / "een" / name).read_bytes() == (tmp_path / "twee" / name).read_bytes(), name
    write_stories(figures.opened, tmp_path / "later", told, content=content_of(at=NOON + timedelta(seconds=1)))
    write_stories(figures.opened, tmp_path / "minder", told[1:])
    write_stories(figures.opened, tmp_path / "ander", told, content=replace(content_of(), secret="een andere sleutel"))
    # Asking again teaches nothing: a mean of many would be the truth.
    assert numbers(tmp_path / "later") == numbers(tmp_path / "een")
    real, fewer = truth(told), truth(told[1:])
    untouched = [name for name, number in numbers(tmp_path / "een").items() if number and real[name] == fewer[name]]
    for other in ("minder", "ander"):
        before, after = numbers(tmp_path / "een"), numbers(tmp_path / other)
        changed = [name for name in untouched if before[name] != after.get(name)]
        assert len(changed) > len(untouched) / 5, other


def test_a_set_of_its_own_has_the_same_numbers_as_among_others(tmp_path: Path) -> None:
    """What is asked of others says nothing of who told here."""
    here = [tell(BEWONER, nth(number)) for number in range(60)]
    there = [tell(MEDEWERKER, nth(number)) for number in range(30)]
    of_set = [story for story in stories_of([*here, *there]) if story.question_set == "bewoner"]
    write_stories(figures.opened, tmp_path / "een", stories_of([*here, *there]))
    write_stories(figures.opened, tmp_path / "twee", of_set, content=content_of((BEWONER,)))
    among = {name: number for name, number in numbers(tmp_path / "een").items() if name[0] == "bewoner"}
    assert among == numbers(tmp_path / "twee")


def test_versions_of_a_set_are_counted_together_in_the_newest_words(tmp_path: Path) -> None:
    newest = _relabelled(BEWONER, 2, "Heel blij")
    library = library_of(BEWONER, newest)
    told = [replace(tell(BEWONER, nth(0)), version=version) for version in (1, 2) for _ in range(30)]
    write_stories(
        figures.opened, tmp_path / "uit", stories_of(told), content=content_of((BEWONER, newest)), library=library
    )
    [line] = [line for line in table(tmp_path / "uit" / CSV) if (line["tabel"], line["code"]) == ("gevoel", "1")]
    assert line["label"] == "Heel blij"
    assert abs(int(line["aantal"]) - 60) <= 20


@pytest.mark.parametrize("words", [words for words in HOSTILE if len(words) <= 28])
def test_hostile_words_are_words_in_both_files(tmp_path: Path, words: str) -> None:
    hostile = _relabelled(BEWONER, 1, words)
    told = [tell(BEWONER, nth(0), replace(BLANK, language=Language("=1+1"))) for _ in range(40)]
    about = content_of((hostile,))
    write_stories(figures.opened, tmp_path / "uit", stories_of(told), content=about, library=library_of(hostile))
    book = openpyxl.load_workbook(tmp_path / "uit" / WORKBOOK)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}, "no formula"
    seen = [line["label"] for line in table(tmp_path / "uit" / CSV) if (line["tabel"], line["code"]) == ("gevoel", "1")]
    labels = [row[0].value for row in book["bewoner"].iter_rows()]
    assert not set(seen[0]) & set("\u202e\u202c\u2028\u2029\x85"), words
    assert (seen[0].strip() or None) in [label.strip() if isinstance(label, str) else label for label in labels]


def test_a_package_of_tables_says_nowhere_how_many_there_are(tmp_path: Path) -> None:
    """Of 117 one withdrew: neither number is in any file, and no id of a story or a teller."""
    house = build(tmp_path / "huis", [tell(BEWONER, nth(number)) for number in range(117)], withdrawn=1, drafts=1)
    folder = export(house, tmp_path / "uit", "--tier", "c", "--formats", "tabellen")
    files = made(folder)
    assert {CSV, WORKBOOK} <= files.keys()
    assert not {"verhalen.csv", "antwoorden.csv", "ingetrokken.csv", "verhalen.xlsx"} & files.keys()
    assert manifest(folder)["verhalen"] is None
    for name, path in files.items():
        assert path.stat().st_mode & 0o777 == 0o600, name
        text = _text(path)
        told = re.findall(r"(?<![\w.])11[67](?![\w.])", re.sub(r'"(sha256|bytes)": [^\n]*', "", text))
        assert told == [], name
        secret = [word for number in range(117) for word in (story_id(number), teller(number)) if word in text]
        assert secret == [], name


def _text(path: Path) -> str:
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return content.decode("utf-8")
    with ZipFile(io.BytesIO(content)) as packed:
        parts = [packed.read(name).decode("utf-8") for name in packed.namelist()]
    cells = [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    return " ".join([*map(str, cells), *(part for part in parts if "<si>" in part)])


def _relabelled(questions: QuestionSet, version: int, label: str) -> QuestionSet:
    asked: list[Question] = []
    for item in questions.questions:
        if item.id == "gevoel" and isinstance(item, ClosedQuestion):
            first, *others = item.options
            asked.append(item.model_copy(update={"options": (first.model_copy(update={"label": label}), *others)}))
        else:
            asked.append(item)
    return questions.model_copy(update={"version": version, "questions": tuple(asked)})
