"""What an export says of questions that were not asked here, after conversations by the rules of the engine."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dialogs.engine import step
from dialogs.interview import FROM_BEFORE, FROM_LINK, Interview, Status
from dialogs.load import load_library
from dialogs.replies import AgainTap, AskTap
from research.export.codebook import entries
from tests.dialogs.situations import STORY, Situation, after, asked, chosen, onward, opened, said, tapping
from tests.research.kept import House, answer, build, export, export_by, nested, story_id, table
from tests.research.told import BEWONER, BLANK, SETS, nth, skipping, tell
from tests.talk.world import library

GOOD = load_library({}, folder=Path(__file__).parents[1] / "sets" / "good")
BLOCKS = replace(BLANK, id="1a2b3c4d", question_set="blokken", role="bewoner")
ANGRY = ("klaar", "boos", "team")
EXTRA = ("extra", "ja")
CALMER = ("veranderen", "antwoord", "gevoel", "blij")
SEND = ("verstuur_niet",)
HELPER = ("toestel", "gekozen")


def told(*taps: str) -> Interview:
    """A story of the set with blocks, and then these buttons."""
    telling = after(BLOCKS, said(STORY), GOOD)
    for option in taps:
        telling = tapping(telling, option, GOOD)
    assert telling.status is Status.SENT
    return telling


def kept_answers(house: House, number: int) -> set[str]:
    """The questions of which the database has an answer or words for this story."""
    asked_of = "SELECT question FROM story_answers WHERE story_id = ?1 UNION "
    told_of = "SELECT question FROM story_parts WHERE story_id = ?1"
    with closing(sqlite3.connect(house.database)) as database:
        return {row[0] for row in database.execute(asked_of + told_of, (story_id(number),))}


def reasons(folder: Path, question: str) -> list[tuple[str, str]]:
    """The code and the reason of every story, in the order in which they were told."""
    lines = {line["verhaal_id"]: line for line in table(folder / "antwoorden.csv") if line["vraag"] == question}
    return [(lines[key]["code"], lines[key]["reden_ontbreekt"]) for key in map(story_id, range(len(lines)))]


# An answer that changes at the review.


def test_an_answer_that_went_when_another_changed_is_nowhere_and_its_question_does_not_apply(tmp_path: Path) -> None:
    stories = [
        told(*ANGRY, *EXTRA, *SEND),
        told(*ANGRY, *EXTRA, *CALMER, *SEND),
        told(*ANGRY, *CALMER, *SEND),
        told("klaar", "blij", *CALMER[:3], "boos", "ander", *SEND),
    ]
    house = build(tmp_path / "huis", stories)
    assert [kept_answers(house, number) for number in range(4)] == [
        {"verhaal", "gevoel", "op_wie", "samen"},
        {"verhaal", "gevoel", "samen"},
        {"verhaal", "gevoel"},
        {"verhaal", "gevoel", "op_wie"},
    ]
    folder = export_by(house, tmp_path / "uit", GOOD)
    gone, unasked = ("-98", "niet_van_toepassing"), ("-99", "niet_gevraagd")
    assert reasons(folder, "gevoel") == [("2", ""), ("1", ""), ("1", ""), ("2", "")]
    assert reasons(folder, "op_wie") == [("1", ""), gone, gone, ("2", "")]
    assert reasons(folder, "samen") == [("1", ""), ("1", ""), unasked, unasked]
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    assert [wide[story_id(number)]["op_wie"] for number in range(4)] == ["1", "-98", "-98", "2"]


def test_a_question_for_another_role_does_not_apply(tmp_path: Path) -> None:
    house = build(tmp_path / "huis", [replace(told("klaar", "blij", *SEND), role="gemeente")])
    assert reasons(export_by(house, tmp_path / "uit", GOOD), "op_wie") == [("-98", "niet_van_toepassing")]


def test_the_codebook_says_that_an_answer_may_have_gone_with_a_change() -> None:
    meanings = {item.betekenis for item in entries(SETS) if (item.kolom, item.code) == ("toestel", -98)}
    assert len(meanings) == 1
    assert all("helper" in meaning and "veranderde" in meaning for meaning in meanings)


# A helper.


def test_the_questions_for_a_helper_have_codes_with_one_and_do_not_apply_without(tmp_path: Path) -> None:
    helping = replace(BLANK, helped=True)
    stories = [tell(BEWONER, nth(1), helping), tell(BEWONER, skipping, helping), tell(BEWONER, nth(1))]
    folder = export(build(tmp_path / "huis", stories), tmp_path / "uit")
    for question in HELPER:
        assert reasons(folder, question) == [("2", ""), ("-97", "overgeslagen"), ("-98", "niet_van_toepassing")]
    wide = {line["verhaal_id"]: line for line in table(folder / "verhalen.csv")}
    assert [wide[story_id(number)]["geholpen"] for number in range(3)] == ["1", "1", "0"]
    assert [wide[story_id(number)]["toestel"] for number in range(3)] == ["2", "-97", "-98"]


def test_a_helper_who_was_asked_nothing_was_not_asked(tmp_path: Path) -> None:
    whole = tell(BEWONER, nth(1), replace(BLANK, helped=True))
    house = build(tmp_path / "huis", [whole.keeping(set(whole.answers) - set(HELPER))])
    folder = export(house, tmp_path / "uit")
    assert [reasons(folder, question) for question in HELPER] == [[("-99", "niet_gevraagd")]] * 2


# Where an answer came from.


def by_link(link: str) -> Interview:
    """An interview that has just begun, by a link."""
    entered = step(library(), None, opened(link))
    begun = step(library(), None, chosen(Situation(None, entered.screen(())).tap("ja"))).interview
    assert begun is not None
    return begun


def at_review(interview: Interview) -> Interview:
    """The interview with the first answer to every question that it is asked."""
    while asked(interview).id != "nakijken":
        interview = onward(interview)
    return interview


def and_another(review: Interview) -> Iterator[Interview]:
    """The story as it is sent, and the next one of the same teller."""
    thanked = step(library(), review, chosen(AskTap(review.tag, "nakijken", "verstuur_wel")))
    assert thanked.interview is not None
    yield thanked.interview
    again = next(button.tap for button in thanked.screen(()) if isinstance(button.tap, AgainTap))
    begun = step(library(), None, chosen(again)).interview
    assert begun is not None
    yield tapping(at_review(begun), "verstuur_wel")


def sources(folder: Path, number: int) -> dict[str, str]:
    """Where the answers of a story came from that were not given in it, alike in both files."""
    lines = [line for line in table(folder / "antwoorden.csv") if line["verhaal_id"] == story_id(number)]
    [tree] = [story for story in nested(folder) if story["verhaal_id"] == story_id(number)]
    assert [answer(tree, line["vraag"])["bron"] or "" for line in lines] == [line["bron"] for line in lines]
    return {line["vraag"]: line["bron"] for line in lines if line["bron"]}


def test_an_answer_of_the_link_and_one_of_the_story_before_say_so(tmp_path: Path) -> None:
    first, second = and_another(at_review(by_link("b-noord-huis")))
    folder = export(build(tmp_path / "huis", [first, second]), tmp_path / "uit")
    assert sources(folder, 0) == {"stadsdeel": FROM_LINK}
    assert sources(folder, 1) == {"stadsdeel": FROM_BEFORE, "leeftijd": FROM_BEFORE}
    lines = {(line["verhaal_id"], line["vraag"]): line for line in table(folder / "antwoorden.csv")}
    assert {lines[story_id(number), "stadsdeel"]["label"] for number in range(2)} == {"Noord"}


def test_an_answer_of_the_link_that_the_teller_changed_was_given_here(tmp_path: Path) -> None:
    review = at_review(by_link("b-noord-huis"))
    for option in ("veranderen", "antwoord", "stadsdeel", "centrum"):
        review = tapping(review, option)
    folder = export(build(tmp_path / "huis", [tapping(review, "verstuur_wel")]), tmp_path / "uit")
    assert sources(folder, 0) == {}


def test_what_was_skipped_at_the_story_before_says_that_it_comes_from_there(tmp_path: Path) -> None:
    review = at_review(by_link("b-noord-huis"))
    skipped = [replace(review.answer(name), option=None, skipped=True) for name in ("stadsdeel", "leeftijd")]
    _, second = and_another(review.having(*skipped))
    folder = export(build(tmp_path / "huis", [second]), tmp_path / "uit")
    assert reasons(folder, "leeftijd") == [("-97", "overgeslagen")]
    assert sources(folder, 0)["leeftijd"] == FROM_BEFORE


def test_the_codebook_says_what_each_source_is() -> None:
    [meaning] = [item.betekenis for item in entries(SETS) if (item.bestand, item.kolom) == ("antwoorden.csv", "bron")]
    assert all(f"{source}:" in meaning for source in (FROM_LINK, FROM_BEFORE))
