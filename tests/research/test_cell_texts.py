"""What a spreadsheet would make something else of, and texts that are too long for one of its cells."""

import re

import pytest

from research.export.cell_texts import GOES_ON, LIMIT, Rest, guarded, in_cells, pieces, unmarked

ACTING = [
    "=1+1",
    "+31 20 5551234",
    "-97",
    "@SUM(1)",
    "＝1+1",
    "\t=1",
    "\r=1",
    "\nx",
    " =1+1",
    "\u200b=1+1",
    "- een lijstje",
]
TAKEN = [
    "00123",
    "1-2",
    "3/4",
    "12:30",
    "1e5",
    "12345e67",
    "5 mei",
    "mei 2024",
    "1 jan. 2024",
    "100%",
    "€ 10",
    "1.000,50",
]
PLAIN = [
    "",
    "Ik ben blij.",
    "1 ding vind ik jammer",
    "meisje",
    "mei",
    "e-mail",
    "a=1",
    "😀 Blij",
    "2026-W23",
    "'",
    "9f86d08a",
]


@pytest.mark.parametrize("text", [*ACTING, *TAKEN, "WAAR", "false"])
def test_what_would_become_something_else_gets_a_mark_in_front(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_words_stay_as_they_are_and_what_is_empty_stays_empty(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_x0041_", "a_x000d_b", "<r><t>x</t></r>"])
def test_what_means_something_in_a_workbook_means_it_no_more_and_looks_the_same(text: str) -> None:
    assert re.search("_x[0-9A-Fa-f]{4}_|^<r>", unmarked(text)) is None
    assert unmarked(text).replace("\u200b", "") == text


@pytest.mark.parametrize("text", ["", "snake_case_x", "_x00_", "a<r>b", "_xyz12_"])
def test_other_words_in_a_workbook_stay_as_they_are(text: str) -> None:
    assert unmarked(text) == text


def units(text: str) -> int:
    """What a spreadsheet counts."""
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", ["a" * (LIMIT - 1), "😀" * (LIMIT // 2), "=" * (LIMIT - 1)])
def test_what_fits_stays_whole(text: str) -> None:
    assert in_cells(["verhaal"], [text]) == ([text], [])
    assert units(guarded(text)) <= LIMIT


@pytest.mark.parametrize("text", ["a" * LIMIT, "😀" * 40_000, "een woord " * 9_000, "=1\n" * 30_000, "x" * 100_000])
def test_what_does_not_fit_goes_on_elsewhere_and_nothing_is_lost(text: str) -> None:
    [first, other], rests = in_cells(["verhaal", "titel"], [text, 7])
    assert isinstance(first, str)
    assert other == 7
    assert first.endswith(GOES_ON)
    assert first.removesuffix(GOES_ON) + "".join(rest.tekst for rest in rests) == text
    assert [(rest.kolom, rest.deel) for rest in rests] == [("verhaal", number) for number in range(2, len(rests) + 2)]
    assert max(units(guarded(part)) for part in (first, *(rest.tekst for rest in rests))) <= LIMIT


def test_a_text_is_cut_between_words() -> None:
    assert {piece[-1] for piece in pieces("woord " * 20_000)} == {" "}
    assert Rest("verhaal", 2, "x")._fields == ("kolom", "deel", "tekst")
