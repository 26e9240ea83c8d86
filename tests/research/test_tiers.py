"""What leaves the house in each tier, and what does not."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.interview import Answer, Interview, Language, Part
from research.__main__ import run
from research.export.coarsening import HIDDEN, HIDDEN_CODE
from tests.research.containers import everything
from tests.research.kept import PLAIN, RAW, House, build, export, made, manifest, nested, review, story_id, table
from tests.research.told import BEWONER, BLANK, MEDEWERKER, nth, tell

B = ("--tier", "b", "--recipient", "Onderzoek")
D = ("--tier", "d", "--recipient", "De tafel in Noord")


def told(number: int, *, quote: bool = False, link: str | None = None) -> Interview:
    """A story of a teller in one of two districts."""
    return tell(BEWONER, nth(number % 2, f"Mijn verhaal {number}."), replace(BLANK, quote=quote, link=link))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Twelve stories, six of which may be quoted; every second one somebody came by a link of its own."""
    return build(
        tmp_path / "huis",
        [told(number, quote=number < 6, link=f"link{number}" if number % 2 else "pleinen123") for number in range(12)],
    )


def refused(house: House, target: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What is said of an export that cannot be; nothing was made."""
    assert run(["export", "--out", str(target), "--config", str(house.config), *more]) != 0
    assert not target.exists()
    return capsys.readouterr().err


def test_whoever_gets_everything_has_a_name_and_a_reason(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(house, tmp_path / "uit", capsys, "--tier", "a")
    assert said.splitlines() == [
        "Zeg voor wie deze uitvoer is, zoals: --recipient 'Onderzoek, gemeente'",
        "Zeg waarom de verhalen nodig zijn zoals ze verteld zijn, zoals: --reason 'overeenkomst 12'",
    ]
    assert "Zeg voor wie" in refused(house, tmp_path / "uit", capsys, "--tier", "b")
    assert "Zeg voor wie" in refused(house, tmp_path / "uit", capsys, "--tier", "d")
    assert "Kies uit: a: alles" in refused(house, tmp_path / "uit", capsys, "--tier", "e")


def test_nothing_that_nobody_reviewed_leaves_de_identified(house: House, tmp_path: Path) -> None:
    review(house, but=[story_id(3)])
    folder = export(house, tmp_path / "uit", *B)
    out = {line["verhaal_id"]: line["verhaal"] for line in table(folder / "verhalen.csv")}
    assert story_id(3) not in out
    assert out[story_id(4)] == "MIJN VERHAAL 4."
    counted = manifest(folder)["verhalen"]
    assert isinstance(counted, dict)
    assert (counted["uit"], counted["niet_uit"]["niet_nagekeken"]) == (11, 1)
    found = everything(folder)
    assert [number for number in range(12) if f"Mijn verhaal {number}." in found] == []


def test_a_remark_beside_the_buttons_leaves_as_it_was_reviewed_too(tmp_path: Path) -> None:
    remarked = told(0).having(Answer("gevoel", option="blij", parts=(Part("van Fatima"),), done=True))
    house = build(tmp_path / "huis", [remarked, *(told(number) for number in range(2, 12, 2))])
    review(house, lambda words: words.replace("Fatima", "[NAAM-1]"))
    trees = {tree["verhaal_id"]: tree["antwoorden"] for tree in nested(export(house, tmp_path / "uit", *B))}
    answers = trees[story_id(0)]
    assert isinstance(answers, dict)
    assert answers["gevoel"]["opmerking"] == "van [NAAM-1]"


@pytest.mark.parametrize(
    "left",
    [
        "bel 06 12345678",
        "mail jan@voorbeeld.nl",
        "bsn 111222333",
        "NL91ABNA0417164300",
        "nul zes een twee drie vier vijf zes zeven acht",
        "o6 12345678",
        "omar at live nl",
    ],
)
def test_a_number_that_slipped_through_stops_the_export_and_names_the_story(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], left: str
) -> None:
    review(house, lambda words: left if words == "Mijn verhaal 7." else words)
    said = refused(house, tmp_path / "uit", capsys, *B)
    assert story_id(7) in said
    assert left not in said
    assert "verhalen review" in said


def test_what_is_left_of_a_teller_fits_five(house: House, tmp_path: Path) -> None:
    review(house)
    folder = export(house, tmp_path / "uit", *B)
    lines = table(folder / "verhalen.csv")
    known = Counter(
        tuple(line[name] for name in ("link", "stadsdeel", "leeftijd", "contact", "taal")) for line in lines
    )
    assert min(known.values()) >= 5
    assert {line["link"] for line in lines} == {"pleinen123", HIDDEN}
    hidden = manifest(folder)["niet_getoond"]
    assert isinstance(hidden, dict)
    assert hidden["bewoner"]["link"] == 6


def test_a_code_that_is_not_shown_has_no_label_and_no_words_in_any_file(tmp_path: Path) -> None:
    alone = told(0).having(Answer("leeftijd", option="75_plus", parts=(Part("bijna honderd"),), done=True))
    house = build(tmp_path / "huis", [alone, *(told(0) for _ in range(5))])
    review(house)
    folder = export(house, tmp_path / "uit", *B)
    line = next(line for line in table(folder / "verhalen.csv") if line["verhaal_id"] == story_id(0))
    assert line["leeftijd"] == str(HIDDEN_CODE)
    assert "HONDERD" not in everything(folder)


def test_days_and_ways_in_stay_in_the_house(house: House, tmp_path: Path) -> None:
    review(house)
    line = table(export(house, tmp_path / "uit", *B) / "verhalen.csv")[0]
    assert [name for name in ("datum", "kanaal", "taal_kans", "taal_bron") if name in line] == []
    assert line["week"] == "2026-W23"


def test_two_recipients_know_a_teller_by_two_names_and_one_by_the_same(house: House, tmp_path: Path) -> None:
    def names(folder: str, recipient: str) -> dict[str, str]:
        raw = ("--tier", "a", "--reason", "proef", "--recipient", recipient)
        lines = table(export(house, tmp_path / folder, *raw) / "verhalen.csv")
        return {line["verhaal_id"]: line["verteller"] for line in lines}

    first, other, again = names("een", "Een bureau"), names("twee", "Onderzoek"), names("drie", "een  BUREAU\n")
    assert first == again
    assert set(first.values()).isdisjoint(other.values())


def test_cards_are_of_stories_that_may_be_quoted_and_say_nothing_of_the_teller(house: House, tmp_path: Path) -> None:
    review(house)
    folder = export(house, tmp_path / "uit", *D, "--formats", "kaarten")
    cards = table(folder / "kaarten" / "kaarten.csv")
    assert {card["verhaal_id"] for card in cards} == {story_id(number) for number in range(6)}
    assert set(cards[0]) == {"verhaal_id", "titel", "verhaal"}
    counted = manifest(folder)["verhalen"]
    assert isinstance(counted, dict)
    assert counted["niet_uit"]["niet_te_citeren"] == 6


def test_every_choice_leaves_the_others_out_by_name(house: House, tmp_path: Path) -> None:
    asked = {
        "andere_link": ("--link", "pleinen123"),
        "ander_gebied": ("--area", told(0).answers["stadsdeel"].option or ""),
        "andere_taal": ("--language", "nl"),
        "andere_periode": ("--from", "2026-06-02"),
    }
    for reason, option in asked.items():
        folder = export(house, tmp_path / reason, *option)
        counted = manifest(folder)["verhalen"]
        assert isinstance(counted, dict)
        left, expected = counted["niet_uit"][reason], {"andere_taal": 12, "andere_periode": 12}.get(reason, 6)
        assert (left, counted["uit"], counted["in"]) == (expected, 12 - expected, 12), reason
    last = export(house, tmp_path / "dag", "--from", "2026-06-01", "--until", "2026-06-01")
    assert len(table(last / "verhalen.csv")) == 12


def test_a_day_that_is_none_is_told(house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(house, tmp_path / "uit", capsys, *RAW, "--from", "gisteren")
    assert said == "'gisteren' is geen dag. Schrijf jaar, maand en dag, zoals 2026-03-01.\n"
    said = refused(house, tmp_path / "uit", capsys, *RAW, "--from", "2026-02-02", "--until", "2026-02-01")
    assert said == "De eerste dag (--from) komt na de laatste (--until).\n"


def test_a_set_with_other_questions_is_made_coarse_by_itself(tmp_path: Path) -> None:
    staff = [tell(MEDEWERKER, nth(number % 2, "Werk.")) for number in range(4)]
    house = build(tmp_path / "huis", [*staff, *(told(0) for _ in range(5))])
    review(house)
    lines = table(export(house, tmp_path / "uit", *B, "--formats", PLAIN) / "verhalen.csv")
    assert {line["functie"] for line in lines if line["vragenset"] == "medewerker"} == {str(HIDDEN_CODE)}
    assert str(HIDDEN_CODE) not in {line["leeftijd"] for line in lines if line["vragenset"] == "bewoner"}


@pytest.mark.parametrize("chosen", [("--link", "link3"), ("--link", "link3", "--language", "nl")])
@pytest.mark.parametrize("tier", [D, B])
def test_a_choice_that_fits_few_tellers_is_refused_for_what_was_chosen_is_known_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tier: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    dutch = Language("nl", 100, "herkend")
    stories = [replace(told(number, quote=True, link=f"link{number}"), language=dutch) for number in range(12)]
    house = build(tmp_path / "huis", stories)
    review(house)
    assert "minder dan 5 vertellers" in refused(house, tmp_path / "uit", capsys, *tier, *chosen)
    export(house, tmp_path / "ruim", *tier, "--language", "nl", "--formats", "")
    export(house, tmp_path / "ruw", *RAW, *chosen)


def test_five_stories_of_one_teller_that_are_chosen_by_a_link_are_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = build(tmp_path / "huis", [replace(told(0, link="pleinen123"), teller="een") for _ in range(5)])
    review(house)
    assert "minder dan 5 vertellers" in refused(house, tmp_path / "uit", capsys, *B, "--link", "pleinen123")


def test_a_choice_of_days_in_weeks_is_one_of_whole_weeks(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(house)
    for day in (("--from", "2026-06-02"), ("--until", "2026-06-06")):
        assert "weken en geen dagen" in refused(house, tmp_path / "uit", capsys, *B, *day)
    folder = export(house, tmp_path / "week", *B, "--from", "2026-06-01", "--until", "2026-06-07")
    assert len(table(folder / "verhalen.csv")) == 12


def test_an_area_that_is_none_is_told_with_those_there_are(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(house, tmp_path / "uit", capsys, *RAW, "--area", "norod")
    assert said.startswith("Het gebied 'norod' bestaat niet. Kies uit: centrum, ")


def test_how_many_nobody_reviewed_is_said_with_what_to_do(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review(house, but=[story_id(3), story_id(5)])
    capsys.readouterr()
    export(house, tmp_path / "uit", *B)
    assert capsys.readouterr().out.splitlines()[1] == "Nog niet nagekeken, en dus niet mee: 2. Zie: verhalen review"
    assert "- Nog niet nagekeken, en dus niet mee: 2\n" in (tmp_path / "uit" / "LEESMIJ.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("tier", ["c", "d"])
def test_the_codebook_is_of_the_files_that_are_there_and_of_all_their_columns(
    house: House, tmp_path: Path, tier: str
) -> None:
    review(house)
    folder = export(house, tmp_path / "uit", "--tier", tier, "--recipient", "x", "--formats", "")
    explained = {(line["bestand"], line["kolom"]) for line in table(folder / "codeboek.csv")}
    tables = [name for name in made(folder) if name.endswith(".csv") and name != "codeboek.csv"]
    assert explained == {(name, column) for name in tables for column in first_line(folder / name)}


def first_line(path: Path) -> list[str]:
    """The names of the columns of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def test_the_codebook_says_what_it_means_that_a_link_or_a_language_is_not_shown(house: House, tmp_path: Path) -> None:
    review(house)
    lines = table(export(house, tmp_path / "uit", *B) / "codeboek.csv")
    told = {line["kolom"] for line in lines if line["label"] == HIDDEN and not line["code"]}
    assert told == {"link", "rol", "taal"}
    raw = table(export(house, tmp_path / "ruw", *RAW) / "codeboek.csv")
    assert [line["kolom"] for line in raw if line["label"] == HIDDEN] == []
