"""The codebook for archives: laid beside what we use of the standard, and beside the other files."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from dialogs.questions import QuestionSet
from research.export.content import About
from research.export.formats import ddi
from research.export.formats.ddi import FILE, NAMESPACE
from tests.research.ddi import by_schema, faults
from tests.research.kept import build, export, table
from tests.research.test_files import HOSTILE
from tests.research.told import BEWONER, SETS, every_option, nth, tell
from tests.research.written import content_of, write

NAMES = {"d": NAMESPACE}


def found(tree: etree._ElementTree, path: str) -> list[str]:
    """The texts or attributes there."""
    return [str(getattr(item, "text", item)) for item in tree.xpath(path, namespaces=NAMES)]


def test_it_describes_the_files_as_they_are(tmp_path: Path) -> None:
    check(export(build(tmp_path / "huis", every_option(), withdrawn=1), tmp_path / "uit", "--formats", "csv,ddi"))


def check(folder: Path) -> None:
    """The description is as it should be, and the tables for programs are as it says."""
    tree = etree.parse(folder / FILE)
    assert faults(tree) == []
    wide, answers = table(folder / "verhalen.csv"), table(folder / "antwoorden.csv")
    assert found(tree, "//d:var/@name") == list(wide[0])
    assert found(tree, "//d:caseQnty") == [str(len(wide)), str(len(answers))]
    assert found(tree, "//d:varQnty") == [str(len(wide[0])), str(len(answers[0]))]
    for name in wide[0]:
        codes = set(found(tree, f"//d:var[@name='{name}']/d:catgry/d:catValu"))
        assert not codes or {line[name] for line in wide} - {""} <= codes, name


def test_every_code_has_its_label_and_the_three_for_missing_are_told_apart(tmp_path: Path) -> None:
    tree = _written(tmp_path / "uit")
    at = "//d:var[@name='makkelijk']"
    assert found(tree, f"{at}/d:catgry[not(@missing)]/d:labl")[:2] == ["Heel moeilijk", "Moeilijk"]
    assert found(tree, f"{at}/d:catgry[@missing='Y']/d:catValu") == ["-97", "-98", "-99"]
    assert found(tree, f"{at}/d:invalrng/d:item/@VALUE") == ["-97", "-98", "-99"]
    assert found(tree, f"{at}/d:qstn/d:qstnLit") == ["Was het makkelijk of moeilijk om hulp te krijgen?"]
    assert found(tree, "//d:var[@name='makkelijk_waarde']/d:valrng/d:range/@max") == ["100"]
    assert found(tree, "//d:var[@name='datum']/d:varFormat/@category") == ["date"]


def test_a_wording_stands_with_the_versions_that_had_it(tmp_path: Path) -> None:
    tree = _written(
        tmp_path / "uit", (BEWONER, _reworded(2, "Hoe moeilijk was het?"), _reworded(3, "Hoe moeilijk was het?"))
    )
    assert faults(tree) == []
    at = "//d:var[@name='makkelijk']/d:qstn"
    assert found(tree, f"{at}/d:qstnLit") == [
        "Was het makkelijk of moeilijk om hulp te krijgen?",
        "Hoe moeilijk was het?",
    ]
    assert found(tree, f"{at}/d:ivuInstr") == [
        "Gevraagd in: bewoner versie 1.",
        "Gevraagd in: bewoner versie 2, bewoner versie 3.",
    ]
    assert found(tree, "//d:varGrp/@ID") == ["G_bewoner_1", "G_bewoner_2", "G_bewoner_3"]


def test_what_is_wrong_is_noticed(tmp_path: Path) -> None:
    for path, harm in (
        ("//d:titl", "remove"),
        ("//d:var/d:labl", "remove"),
        ("//d:catValu", "word"),
        ("//d:var", "id"),
    ):
        tree = _written(tmp_path / path.strip("/").replace(":", "").replace("/", "-"))
        element = tree.xpath(path, namespaces=NAMES)[-1]
        match harm:
            case "remove":
                element.getparent().remove(element)
            case "word":
                element.text = "zeven"
            case _:
                element.set("ID", "V_anders")
        assert faults(tree), path


def test_the_schema_of_the_standard_notices_what_is_wrong(tmp_path: Path) -> None:
    for number, harm in enumerate(("removed", "strange", "elsewhere")):
        tree = _written(tmp_path / str(number))
        [title] = tree.xpath("//d:titl", namespaces=NAMES)
        assert by_schema(tree) == []
        match harm:
            case "removed":
                title.getparent().remove(title)
            case "strange":
                title.set("kleur", "rood")
            case _:
                tree.getroot().append(title)
        assert by_schema(tree), harm


@pytest.mark.parametrize("words", [*HOSTILE, "a\x00b\x0bc\ud800d\ufffee", "]]></titl><x>&#0;"])
def test_hostile_words_in_a_set_or_a_title_are_words(tmp_path: Path, words: str) -> None:
    about = replace(content_of((_reworded(2, words),)), about=About(words, words or "-"))
    write(ddi.opened, tmp_path / "uit", [], content=about)
    tree = etree.parse(tmp_path / "uit" / FILE)
    assert faults(tree) == []
    [title], [asked] = found(tree, "//d:titl"), found(tree, "//d:var[@name='makkelijk']/d:qstn/d:qstnLit")
    assert title == asked
    assert not set(title) & set("\x00\x0b\x85\u2028\u2029\u202c\u202e\ud800\ufffe"), title


def test_the_same_moment_gives_the_same_bytes_and_the_file_is_private(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        write(ddi.opened, tmp_path / name, every_option())
    first, second = ((tmp_path / name / FILE).read_bytes() for name in ("een", "twee"))
    assert first == second
    assert (tmp_path / "een" / FILE).stat().st_mode & 0o777 == 0o600


def _written(folder: Path, sets: tuple[QuestionSet, ...] = SETS) -> etree._ElementTree:
    write(ddi.opened, folder, [tell(BEWONER, nth(0))], content=content_of(sets))
    return etree.parse(folder / FILE)


def _reworded(version: int, text: str) -> QuestionSet:
    questions = tuple(
        item.model_copy(update={"text": text}) if item.id == "makkelijk" else item for item in BEWONER.questions
    )
    return BEWONER.model_copy(update={"version": version, "questions": questions})
