"""What is found in one text, and what stands in its place."""

import logging
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from research.deidentify import persons
from research.deidentify.batch import propose
from research.deidentify.finding import Finder
from research.deidentify.kinds import Finding, Kind
from research.deidentify.masking import apart, mask, numbered, person_of
from storage.second_texts import Mask


def seen(finder: Finder, *texts: str) -> list[str]:
    """The second texts of a story with these."""
    named = {f"vraag{place}": text for place, text in enumerate(texts)}
    return [item.words for item in propose(finder, named)[0]]


NAMES = [
    ("roos heeft mij gebeld", "[NAAM-1] heeft mij gebeld"),
    ("ik heb roos gebeld", "ik heb [NAAM-1] gebeld"),
    ("roos was jarig en kreeg een roos", "[NAAM-1] was jarig en kreeg een roos"),
    ("ik heb een roos gekregen", "ik heb een roos gekregen"),
    ("mei hielp mij met alles", "[NAAM-1] hielp mij met alles"),
    ("in mei was het koud", "in mei was het koud"),
    ("amber van het buurtteam", "[NAAM-1] van het buurtteam"),
    ("jan de groot is mijn begeleider", "[NAAM-1] is mijn begeleider"),
    ("meneer van den berg en mevrouw osei", "meneer [NAAM-1] en mevrouw [NAAM-2]"),
    ("mijn moeder en de wijkverpleegkundige", "mijn moeder en de wijkverpleegkundige"),
    ("mijn buurvrouw Semhar", "mijn buurvrouw [NAAM-1]"),
    ("fatima's zus, fatmas broer", "[NAAM-1]'s zus, [NAAM-2] broer"),
    ("m. bakker en J.P. de Wit tekenden", "[NAAM-1] en [NAAM-2] tekenden"),
    ("een mevrouw zei dat meneer boos was", "een mevrouw zei dat meneer boos was"),
    ("mijn broer wil niet", "mijn broer wil niet"),
    ("bij de Albert Heijn", "bij de Albert Heijn"),
    ("mijn vader heeft Parkinson", "mijn vader heeft Parkinson"),
    ("FATIMA HEEFT MIJ GEHOLPEN", "[NAAM-1] HEEFT MIJ GEHOLPEN"),
    ("ik ben Yonas Tesfay", "ik ben [NAAM-1]"),
    ("mijn man abebe tekende", "mijn man [NAAM-1] tekende"),
    ("mijn man verdween en mijn zus huilde", "mijn man verdween en mijn zus huilde"),
    ("huisarts de haan en mevrouw peters", "huisarts [NAAM-1] en mevrouw [NAAM-2]"),
    ("ik kreeg hulp van Mohamed", "ik kreeg hulp van [NAAM-1]"),
    ("kwame en abena", "[NAAM-1] en [NAAM-2]"),
]
NUMBERS = [
    ("mijn bsn is 111222333", "mijn bsn is [BSN]"),
    ("bsn 12345678", "bsn [BSN]"),
    ("NL91 ABNA 0417 1643 00", "[REKENING]"),
    ("bel +31 6 12345678", "bel [TELEFOON]"),
    ("bel 0800-0113 of 112", "bel 0800-0113 of 112"),
    ("carla punt vis apenstaartje gmail punt com", "[E-MAIL]"),
    ("insta @bea.noord", "insta [ACCOUNT]"),
    ("kenteken GV-123-X", "kenteken [KENTEKEN]"),
    ("dossiernummer 2023-88172", "dossiernummer [DOSSIERNUMMER]"),
    ("het kostte 1.250 euro", "het kostte 1.250 euro"),
    ("op 12 maart 2021 om 10 uur", "op [DATUM] om 10 uur"),
    ("in maart 2021", "in maart 2021"),
    ("geboren in 1956", "geboren in [DATUM]"),
    ("ik ben 45 en wacht al 3 jaar", "ik ben [LEEFTIJD] en wacht al 3 jaar"),
    ("kinderen van 3, 5 en 8 jaar", "kinderen van [LEEFTIJD], [LEEFTIJD] en [LEEFTIJD]"),
    ("bel nul zes een twee drie vier vijf zes zeven acht", "bel [TELEFOON]"),
    ("bel 06 12 34 56 7 8", "bel [TELEFOON]"),
    ("mijn zoon emre (12) was erbij", "mijn zoon [NAAM-1] ([LEEFTIJD]) was erbij"),
    ("een 83-jarige man", "een [LEEFTIJD] man"),
]
PLACES = [
    ("in de kinkerstraat 12 hs", "in de [STRAAT]"),
    ("op de Jan van Galenstraat 14-2", "op de [STRAAT]"),
    ("het plein en de weg ernaartoe", "het plein en de weg ernaartoe"),
    ("op de borgerstr. 12", "op de [STRAAT]"),
    ("ik woon hoptille 233", "ik woon [STRAAT]"),
    ("1102 AB", "[POSTCODE]"),
    ("naar basisschool De Horizon", "naar [SCHOOL]"),
    ("naar de basisschool hier", "naar de basisschool hier"),
    ("in de opvang de Haven", "in de [OPVANG]"),
]


@pytest.mark.parametrize(("told", "left"), [*NAMES, *NUMBERS, *PLACES])
def test_what_leads_to_a_person_has_a_placeholder_and_all_else_stays(finder: Finder, told: str, left: str) -> None:
    assert seen(finder, told) == [left]


def test_somebody_has_the_same_number_throughout_a_story(finder: Finder) -> None:
    assert seen(
        finder, "Fatima belde. Ik zei tegen fatima dat Piet er was.", "Fatima El Amrani is fijn, Piet niet."
    ) == ["[NAAM-1] belde. Ik zei tegen [NAAM-1] dat [NAAM-2] er was.", "[NAAM-1] is fijn, [NAAM-2] niet."]


def test_a_part_of_two_names_is_nobody_of_them() -> None:
    people = [person_of(name) for name in ("Fatima Bouali", "Fatima de Wit", "fatima", "de Wit", "Bouali")]
    assert [numbered(people)[person] for person in people] == [1, 2, 3, 2, 1]


def test_what_overlaps_becomes_one_as_wide_as_both_and_of_the_surer_kind() -> None:
    name, street = Finding(0, 12, Kind.NAME, "a"), Finding(4, 20, Kind.STREET, "b")
    other = Finding(20, 22, Kind.AGE, "c")
    assert apart([other, name, street]) == (Finding(0, 20, Kind.STREET, "b"), other)


def test_a_placeholder_stands_where_the_words_stood_also_behind_signs_that_nobody_sees(finder: Finder) -> None:
    told = "👩🏽‍🦱 Ik\u200b belde\u00a0fati\u00adma op 0\u200b612345678 🙂"
    [masked] = mask({"verhaal": told}, {"verhaal": finder.find(told)})
    assert masked.words == "👩🏽‍🦱 Ik\u200b belde\u00a0[NAAM-1] op [TELEFOON] 🙂"
    assert [told[item.start : item.end] for item in masked.masks] == ["fati\u00adma", "0\u200b612345678"]


_PIECES = st.sampled_from(
    [
        *("fatima", "jan", "roos", "de groot", "mevrouw", "mijn zoon", "111222333", "06 12345678", "omar@live.nl"),
        *("kinkerstraat 12", "1102 AB", "12 maart", "45 jaar", "NL91ABNA0417164300", "\n", " ", "\u200b", "é", "🙂"),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=6), max_size=12).map(" ".join)


@given(told=_TEXTS)
def test_whatever_is_typed_findings_are_in_order_and_none_is_over_another(finder: Finder, told: str) -> None:
    found = finder.find(told)
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert all(0 <= item.start < item.end <= len(told) for item in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_names_without_end_are_all_found_in_a_moment(finder: Finder) -> None:
    """The library by itself needs minutes for as many names in a row."""
    told = "Fatima " * 1_000
    found = finder.find(told)
    assert {item.kind for item in found} == {Kind.NAME}
    assert "".join(told[item.start : item.end] for item in found).count("Fatima") == 1_000


def test_the_rule_of_each_finding_is_kept(finder: Finder) -> None:
    [masked], _ = propose(finder, {"verhaal": "bel fatima op 0612345678"})
    assert masked.masks == (Mask(4, 10, "[NAAM-1]", "voornaam"), Mask(14, 24, "[TELEFOON]", "telefoon"))


def test_loading_leaves_the_log_as_it_was() -> None:
    """Imported by itself the library turns on a log of everything, on the screen."""
    code = (
        "import logging; from research.deidentify import persons; persons.load()('Jan Jansen');"
        "print(logging.getLogger().handlers, logging.getLogger().level)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (shown.stdout.strip(), shown.stderr) == (f"[] {logging.WARNING}", "")


def test_without_the_library_it_says_what_to_do() -> None:
    code = "import sys; sys.modules['deduce'] = None; from research.__main__ import run; sys.exit(run(['deidentify']))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 78
    assert "make research" in shown.stderr
    assert persons.lists().is_dir()
