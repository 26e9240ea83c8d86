"""Whoever lays exports side by side knows of a teller no more than one of them tells."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.interview import Interview, Language
from research.__main__ import run
from research.export.coarsening import HIDDEN, HIDDEN_CODE, LANGUAGE, LINK, Known
from research.export.plans import Plan, Told, attributes_of
from research.export.selecting import LeftOut, Selection
from tests.research.kept import House, build, export, manifest, review, story_id, table, tell_more
from tests.research.told import BEWONER, BLANK, LIBRARY, MEDEWERKER, nth, tell

B = ("--tier", "b", "--recipient", "Onderzoek")
D = ("--tier", "d", "--recipient", "De tafel in Noord")
KNOWN_BY = ("link", "leeftijd", "contact", "taal", "stadsdeel")

ATTRIBUTES = {"bewoner": ("link", "leeftijd", "taal", "stadsdeel")}

known = st.tuples(*map(st.sampled_from, ("klm", "12", ("nl", "tr"), "no")))
tellers = st.lists(st.tuples(st.integers(0, 40), known), max_size=40)


def plan(told: Sequence[tuple[int, Known]]) -> Plan:
    """Everybody who may leave, before anything is hidden."""
    stories = {f"s{number}": Told("bewoner", f"t{teller}", known) for number, (teller, known) in enumerate(told)}
    return Plan(ATTRIBUTES, stories)


@given(tellers, tellers)
def test_what_was_hidden_stays_hidden_and_what_was_shown_is_shown_no_further(
    first: list[tuple[int, Known]], later: list[tuple[int, Known]]
) -> None:
    """Where a teller tells more, or too few are left of whom nothing is shown, less may be shown of a story."""
    before = plan(first).after({})
    now = plan([*first, *later]).after({story: [name] for story, name in before.hidden_to.items()})
    for story in before.stories:
        assert all(value in (HIDDEN, before.shown(story)[name]) for name, value in now.shown(story).items())


@given(tellers, st.data())
def test_what_is_chosen_shows_no_more_than_all_of_it_would(told: list[tuple[int, Known]], data: st.DataObject) -> None:
    everybody = plan(told).after({})
    some = everybody.of(data.draw(st.sets(st.sampled_from(sorted(everybody.stories)))) if told else set())
    for story in some.stories:
        assert all(value in (HIDDEN, everybody.shown(story)[name]) for name, value in some.shown(story).items())
    profiles = profiles_of(some)
    few = [profile for profile, number in Counter(profiles.values()).items() if number < 5]
    assert few == [] or (len(profiles) < 5 and set(profiles.values()) == {frozenset({(HIDDEN,) * 4})})


def profiles_of(plan: Plan) -> dict[str, frozenset[Known]]:
    """What is shown of every teller, all stories together."""
    found: dict[str, set[Known]] = defaultdict(set)
    for item in plan.stories.values():
        found[item.teller].add(item.known)
    return {teller: frozenset(known) for teller, known in found.items()}


def test_what_a_story_hides_is_no_way_to_choose_it() -> None:
    by_one = [(number, ("k", "1", "nl", "n")) for number in range(5)]
    everybody = plan([*by_one, *((number, (f"alleen{number}", "1", "nl", "n")) for number in range(5, 11))]).after({})
    found = {story: everybody.why_not(story, Selection(link="alleen7")) for story in everybody.stories}
    assert found == {f"s{n}": LeftOut.OTHER_LINK if n < 5 else LeftOut.NOT_SHOWN for n in range(11)}
    assert everybody.why_not("s7", Selection(area="n", language="nl")) is None
    assert everybody.why_not("s7", Selection(area="o", language="nl")) is LeftOut.OTHER_AREA
    assert everybody.why_not("s7", Selection(area="n", language="tr")) is LeftOut.OTHER_LANGUAGE


def test_an_attribute_that_is_no_more_in_the_set_hides_all() -> None:
    told = [(number, ("k", "1", "nl", "n")) for number in range(5)]
    assert set(plan(told).after({f"s{n}": ["postcode"] for n in range(5)}).shown("s0").values()) == {HIDDEN}


def test_tellers_are_known_by_what_any_version_of_the_set_asks_of_them() -> None:
    sets = {(item.id, item.version): item for item in LIBRARY.sets.values()}
    stadsdeel = next(item for item in BEWONER.questions if item.id == "stadsdeel")
    wijk = stadsdeel.model_copy(update={"id": "wijk"})
    second = BEWONER.model_copy(update={"version": 2, "questions": (*BEWONER.questions, wijk)})
    library = replace(LIBRARY, sets={**sets, ("bewoner", 2): second})
    order = attributes_of(library)["bewoner"]
    assert order[0] == LINK
    assert order[order.index(LANGUAGE) :] == (LANGUAGE, "stadsdeel", "wijk")


def told(number: int, link: str) -> Interview:
    """Whoever came by one of the links lives elsewhere than the others."""
    dutch, answers = Language("nl", 100, "herkend"), nth(int(link == "sporen4567"), f"Mijn verhaal {number}.")
    return replace(tell(BEWONER, answers, BLANK), link=link, language=dutch, quote=True)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Six who came by one link, one who came by another, and five elsewhere by a third."""
    links = [*["pleinen123"] * 6, "alleen4567", *["sporen4567"] * 5]
    house = build(tmp_path / "huis", [told(number, link) for number, link in enumerate(links)])
    review(house)
    return house


def links(folder: Path) -> dict[str, str]:
    return {line["verhaal_id"]: line["link"] for line in table(folder / "verhalen.csv")}


def test_a_story_that_did_not_show_its_link_never_does_though_others_come_by_it(house: House, tmp_path: Path) -> None:
    first = links(export(house, tmp_path / "een", *B))
    tell_more(house, 12, [told(number, "alleen4567") for number in range(12, 17)])
    review(house)
    second = links(export(house, tmp_path / "twee", *B))
    assert {second[story_id(number)] for number in range(12, 17)} == {"alleen4567"}
    assert {story: link for story, link in second.items() if story in first} == first
    assert (first[story_id(0)], first[story_id(6)]) == ("pleinen123", HIDDEN)


def test_another_recipient_is_shown_what_fits_enough_tellers_by_then(house: House, tmp_path: Path) -> None:
    export(house, tmp_path / "een", *B)
    tell_more(house, 12, [told(number, "alleen4567") for number in range(12, 17)])
    review(house)
    other = links(export(house, tmp_path / "twee", "--tier", "b", "--recipient", "Een bureau"))
    assert other[story_id(6)] == "alleen4567"


def test_a_teller_of_two_stories_is_known_by_both_together(house: House, tmp_path: Path) -> None:
    """Each place is that of many, and nobody else was at both of them."""
    twice = replace(told(0, "pleinen123"), teller="twee"), replace(told(1, "sporen4567"), teller="twee")
    tell_more(house, 12, [*twice, replace(tell(MEDEWERKER, nth(0, "Werk."), BLANK), teller="twee")])
    review(house)
    lines = {line["verhaal_id"]: line for line in table(export(house, tmp_path / "uit", *B) / "verhalen.csv")}
    first, second, other = (lines[story_id(number)] for number in (12, 13, 14))
    assert first["verteller"] == second["verteller"] != other["verteller"]
    assert (first["link"], second["link"], lines[story_id(0)]["link"]) == (HIDDEN, HIDDEN, "pleinen123")
    hidden = [[line[name] for name in KNOWN_BY].count(HIDDEN) for line in (first, second)]
    assert hidden[0] == hidden[1]


def test_two_choices_of_one_day_show_the_same_of_a_story_or_less(house: House, tmp_path: Path) -> None:
    whole = {line["verhaal_id"]: line for line in table(export(house, tmp_path / "een", *B) / "verhalen.csv")}
    chosen = table(export(house, tmp_path / "twee", *B, "--link", "pleinen123") / "verhalen.csv")
    assert {whole[line["verhaal_id"]]["link"] for line in chosen} == {"pleinen123"}
    for line in chosen:
        assert all(line[name] in (whole[line["verhaal_id"]][name], HIDDEN, str(HIDDEN_CODE)) for name in KNOWN_BY)


@pytest.mark.parametrize("tier", [B, D])
def test_a_link_that_is_hidden_chooses_no_story(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], tier: tuple[str, ...]
) -> None:
    """Also of cards, which say nothing of a teller: whoever has them knows by which link they were chosen."""
    folder = export(house, tmp_path / "uit", *tier, "--link", "pleinen123", "--formats", "")
    counted = manifest(folder)["verhalen"]
    assert isinstance(counted, dict)
    hidden = counted["niet_uit"].get("kenmerk_niet_getoond", 0)
    assert (counted["uit"], hidden) == (6, 6)
    again = ["export", "--out", str(tmp_path / "nog"), "--config", str(house.config), *tier, "--link", "alleen4567"]
    assert run(again) != 0
    assert "minder dan 5 vertellers" in capsys.readouterr().err


def test_an_export_that_was_chosen_is_made_once_more_though_others_came_since(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = export(house, tmp_path / "een", *B, "--link", "pleinen123")
    tell_more(house, 12, [told(number, "alleen4567") for number in range(12, 17)])
    review(house)
    export(house, tmp_path / "twee", *B)
    capsys.readouterr()
    export(house, tmp_path / "nog", "--snapshot", str(manifest(first)["momentopname"]))
    assert "precies dezelfde bestanden als toen" in capsys.readouterr().out
