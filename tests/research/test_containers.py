"""What may not leave does not stand in any file of an export either, however that is packed; what may, is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.research.containers import everything, texts
from tests.research.kept import CHAT, House, build, export, interview_id, made, receipt, review, story_id, teller
from tests.research.told import BEWONER, nth, tell

CANARY, SECOND = "Kanariepietje Zoutkeetsgracht", "tweede-tekst-kwartel"
ALL = ("--formats", "")


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


def test_every_container_is_opened(house: House, tmp_path: Path) -> None:
    folder = export(house, tmp_path / "uit", "--tier", "a", "--recipient", "x", "--reason", "y", *ALL)
    others = (".R", ".sps", ".json", "_medewerker.csv", "_professional.csv")
    stories = [name for name in made(folder) if "verhalen" in name and not name.endswith(others)]
    lacking = [name for name in stories if CANARY not in "".join(texts(folder / name))]
    assert len(stories) >= 10
    assert lacking == []


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
