"""What may not leave does not stand in any file of an export either, however that is packed; what may, is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from research.export.formats.card_sheets import Card, card_sheets
from tests.research.containers import everything, texts
from tests.research.kept import CHAT, House, build, export, interview_id, made, receipt, review, story_id, teller
from tests.research.told import BEWONER, nth, tell

CANARY, SECOND = "Kanariepietje Zoutkeetsgracht", "tweede-tekst-kwartel"
ALL = ("--formats", "")
TOLD = [
    "antwoorden.csv",
    "datasette/verhalen.db",
    "excel/antwoorden.csv",
    "excel/verhalen.csv",
    "narrafirma/verhalen_bewoner.csv",
    "parquet/verhalen.parquet",
    "qda/verhalen.qdpx",
    "spss/verhalen.sav",
    "stata/verhalen.dta",
    "verhalen.csv",
    "verhalen.jsonl",
    "verhalen.xlsx",
]
"""All files in which the words of a story stand."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Six stories that hold a canary, each by a link of its own; the first was taken back."""
    told = [
        replace(tell(BEWONER, nth(0, f"{CANARY} {number}")), link=f"linkkanarie{number}", quote=True)
        for number in range(7)
    ]
    house = build(tmp_path / "huis", told, withdrawn=1, drafts=2)
    review(house, lambda _: SECOND)
    return house


@pytest.mark.parametrize(
    ("tier", "told", "files"),
    [
        ("a", CANARY, TOLD),
        ("b", SECOND, TOLD),
        ("d", SECOND, ["kaarten/kaarten.csv", "kaarten/kaarten.pdf"]),
    ],
)
def test_every_container_is_opened(house: House, tmp_path: Path, tier: str, told: str, files: list[str]) -> None:
    folder = export(house, tmp_path / "uit", "--tier", tier, "--recipient", "x", "--reason", "y", *ALL)
    found = [name for name in made(folder) if told in "".join(texts(folder / name))]
    assert sorted(found) == sorted(files), "these hold words of a story, and no other"


def test_a_canary_is_seen_in_a_pdf_of_which_the_bytes_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kaarten.pdf"
    path.write_bytes(card_sheets([Card(story_id(0), "Titel", f"Mijn {CANARY}.")]))
    assert CANARY.encode() not in path.read_bytes()
    assert CANARY in everything(tmp_path)


@pytest.mark.parametrize(("tier", "told"), [("b", SECOND), ("c", ""), ("d", SECOND)])
def test_words_as_they_were_told_stay_in_the_house(house: House, tmp_path: Path, tier: str, told: str) -> None:
    folder = export(house, tmp_path / "uit", "--tier", tier, "--recipient", "x", *ALL)
    found = everything(folder)
    assert [word for word in (CANARY, "Kanariepietje", "linkkanarie") if word in found] == []
    assert (SECOND in found) == bool(told), "the second text is where it should be, and in no table"


@pytest.mark.parametrize("tier", ["a", "b", "c", "d"])
def test_nothing_leads_back_to_a_chat_a_draft_or_a_receipt(house: House, tmp_path: Path, tier: str) -> None:
    found = everything(export(house, tmp_path / "uit", "--tier", tier, "--recipient", "x", "--reason", "y", *ALL))
    secrets = [CHAT, *(of(number) for number in range(7) for of in (interview_id, receipt))]
    assert [word for word in secrets if word in found] == []
    assert (story_id(0) in found) == (tier != "c")
    assert [number for number in range(7) if teller(number) in found] == []
