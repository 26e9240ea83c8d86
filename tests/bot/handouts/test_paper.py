"""The form as it comes out of a printer, and what scissors and a second copy do to it."""

import pytest

from bot.handouts.form import Form
from bot.handouts.handout import Handout
from bot.handouts.paper import MOST, Copy, paper
from dialogs import form_numbers
from dialogs.load import load_library
from dialogs.questions import QuestionSet
from dialogs.receipts import spelled
from dialogs.texts import Texts, plain
from printing.letters import drawn
from tests.printing.printed import Page, overlapping, pages, squeezed
from tests.talk.world import RECEIPTS, STUDY, library

SETS = ["bewoner", "medewerker", "professional"]
HANDOUT = Handout("https://vertel.voorbeeld.nl/v/k7pm4tx9r2")
LINK = "k7pm4tx9r2"
COPIES = (Copy("k7pm4tx9", RECEIPTS[0]), Copy("m8rn5vyb", RECEIPTS[1]))
SMALLEST = 14
STRIP = 72
"""Millimetres from the foot of the first page to the line along which the strip is torn off."""
FOOT = 20
"""Millimetres from the foot of a page within which its number stands."""
SIDE, EDGE = 19, 10
"""Millimetres that stay empty beside the words, and under them."""
TOUCH = 0.8


def question_set(name: str) -> QuestionSet:
    """A set as it is shipped."""
    found = library().newest(name)
    assert found is not None
    return found


@pytest.fixture(scope="module", params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of a set."""
    return str(request.param)


@pytest.fixture(scope="module")
def printed(name: str) -> list[Page]:
    """Two copies of its form."""
    return pages(paper(question_set(name), library().texts, HANDOUT, link=LINK, copies=COPIES))


def test_every_question_and_every_option_is_on_the_form(name: str, printed: list[Page]) -> None:
    letters = "".join(page.letters for page in printed[: len(printed) // 2])
    for item in Form(question_set(name), library().texts).items():
        boxes = [f"{box.number} {drawn(box.label)}" for box in item.boxes if not box.shares and not box.name]
        told = [item.asked, item.heading, item.note, *(box.note for box in item.boxes)]
        points = [drawn(box.label) for box in item.boxes]
        assert [words for words in (*boxes, *told, *points) if squeezed(words) not in letters] == []


def test_the_consent_stands_on_the_first_page_as_the_chat_says_it(name: str, printed: list[Page]) -> None:
    text = library().texts[question_set(name).consent]
    assert squeezed(plain(text.text, {"kanaal": None})) in printed[0].letters
    assert "Ja, ik doe mee Geen kruisje? Dan gebruiken wij uw papier niet." in printed[0].words
    assert "Telegram" not in printed[0].words
    assert "Iemand typt dit papier over. Die leest uw verhaal dus ook." in printed[0].words


def test_the_number_of_a_copy_is_on_each_of_its_pages_and_its_receipt_only_on_the_strip(printed: list[Page]) -> None:
    half = len(printed) // 2
    for copy, number, receipt in (
        (printed[:half], "k7pm-4tx9", RECEIPTS[0]),
        (printed[half:], "m8rn-5vyb", RECEIPTS[1]),
    ):
        assert [page.words.count(f"Nummer {number}") for page in copy] == half * [1]
        assert f"Link {LINK} Nummer {number}" in copy[0].words
        assert [page.words.count(spelled(receipt)) for page in copy] == [1, *(half - 1) * [0]]
        torn_off = copy[0].words_below(STRIP)
        assert (spelled(receipt) in torn_off, number in torn_off) == (True, False)


def test_nothing_of_one_copy_is_on_another(printed: list[Page]) -> None:
    half = len(printed) // 2
    for copy, other in ((printed[:half], COPIES[1]), (printed[half:], COPIES[0])):
        for code in (form_numbers.spelled(other.number), spelled(other.receipt)):
            assert not any(code in page.words for page in copy)


def test_the_pages_of_each_copy_are_counted(printed: list[Page]) -> None:
    half = len(printed) // 2
    for copy in (printed[:half], printed[half:]):
        assert [page.words.count(f"Bladzijde {n} van {half}") for n, page in enumerate(copy, start=1)] == half * [1]


def test_a_copy_fills_whole_leaves_of_the_right_size(printed: list[Page]) -> None:
    assert len(printed) % 4 == 0
    assert {page.size for page in printed} == {(210, 297)}


def test_nothing_that_a_teller_wrote_is_lost_with_the_strip(printed: list[Page]) -> None:
    """It is torn off the first page; on its back, at the foot of the second, stand the numbers of help."""
    assert "Bewaar dit stukje papier." in printed[0].words
    assert "Met deze code kunt u uw verhaal later weghalen." in printed[0].words
    assert "Ga naar vertel.voorbeeld.nl" in printed[0].words
    assert any(abs(stroke[1] - STRIP) < 1 and stroke[2] - stroke[0] > 200 for stroke in printed[0].strokes)
    on_the_back = squeezed(printed[1].words_below(STRIP))
    help_ = [squeezed(drawn(line)) for line in plain(library().texts["WEB.nummers"].text, {}).split("\n") if line]
    assert len(help_) == 5
    assert on_the_back.startswith("".join(help_)), "what the chat says of help, and nothing before it"
    assert on_the_back.removeprefix("".join(help_)).startswith("Bladzijde2van"), "nothing else is on the back"
    lines = [mark for mark in printed[1].strokes if FOOT < mark[1] < STRIP and mark[3] - mark[1] < 1]
    assert lines == [], "nobody writes on what is torn off"


def test_a_form_is_three_leaves_with_as_many_lines_for_a_story_as_fit(name: str, printed: list[Page]) -> None:
    half = len(printed) // 2
    assert half == 6
    lines = [
        mark for page in printed[:half] for mark in page.strokes if mark[2] - mark[0] > 160 and mark[3] - mark[1] < 1
    ]
    titles = sum(item.question.kind == "open" for item in Form(question_set(name), library().texts).items())
    assert len(lines) - 2 * titles >= 30
    assert printed[1].words.count("Schrijf hier uw verhaal:") + printed[2].words.count("Schrijf hier uw verhaal:") == 1


def test_the_letters_are_large_and_of_one_typeface(printed: list[Page]) -> None:
    assert min(min(page.sizes) for page in printed) >= SMALLEST
    assert {font.split("-")[0] for page in printed for font in page.fonts} == {"AtkinsonHyperlegible"}


def test_nothing_lies_over_anything_else_or_beside_the_page(printed: list[Page]) -> None:
    assert all(map(_within, printed))
    assert [pair for page in printed for pair in overlapping(page.runs, TOUCH)] == []


def test_the_same_form_is_the_same_file(name: str) -> None:
    def once() -> bytes:
        return paper(question_set(name), library().texts, HANDOUT, link=LINK, copies=COPIES[:1])

    assert once() == once()


def test_where_it_goes_is_what_the_study_says() -> None:
    made = pages(_form(hand_in='Doe het in de bus bij #evil["] 😀.'))
    assert any('Doe het in de bus bij #evil["] .' in page.words for page in made)
    assert not any("Geef dit papier terug" in page.words for page in made)


def test_a_form_of_a_trial_says_so_on_every_page() -> None:
    made = pages(_form(handout=Handout(HANDOUT.web, test=True)))
    assert "PROEF Niet ophangen en niet uitdelen" in made[0].words
    assert all("PROEF" in page.words for page in made)
    assert len(made) % 2 == 0


def test_a_study_with_much_to_say_still_leaves_room_for_the_strip() -> None:
    study = {name: f"{value} of " * 8 for name, value in STUDY.items()}
    made = pages(_form(texts=load_library(study).texts))
    assert "Bewaar dit stukje papier." in made[0].words
    assert list(overlapping(made[0].runs, TOUCH)) == []
    assert made[0].words.count(STUDY["contact"]) == 16
    assert _within(made[0])
    assert "Kies één vraag." in made[1].words


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_no_more_is_printed_at_once_than_a_small_machine_can_make(count: int) -> None:
    with pytest.raises(ValueError, match="formulieren in één bestand"):
        paper(question_set("bewoner"), library().texts, HANDOUT, link=LINK, copies=COPIES[:1] * count)


@pytest.mark.parametrize("receipts", [("",), ("ABC",), (RECEIPTS[0], "buurtteam"), (RECEIPTS[0], RECEIPTS[0].lower())])
def test_a_wrong_receipt_is_never_printed(receipts: tuple[str, ...]) -> None:
    copies = [Copy(copy.number, receipt) for copy, receipt in zip(COPIES, receipts, strict=False)]
    with pytest.raises(ValueError, match="elk daarvan moet kloppen"):
        paper(question_set("bewoner"), library().texts, HANDOUT, link=LINK, copies=copies)


@pytest.mark.parametrize("numbers", [("",), ("k7pm4tx9r",), (RECEIPTS[0],), ("k7pm4tx9", "K7PM-4TX9")])
def test_a_wrong_number_is_never_printed(numbers: tuple[str, ...]) -> None:
    copies = [Copy(number, receipt) for number, receipt in zip(numbers, RECEIPTS, strict=False)]
    with pytest.raises(ValueError, match="elk daarvan moet kloppen"):
        paper(question_set("bewoner"), library().texts, HANDOUT, link=LINK, copies=copies)


def _within(page: Page) -> bool:
    return all(run[0] >= SIDE and run[2] <= page.size[0] - SIDE and run[1] >= EDGE for run in page.runs)


def _form(handout: Handout = HANDOUT, hand_in: str = "", texts: Texts | None = None) -> bytes:
    said = texts or library().texts
    return paper(question_set("bewoner"), said, handout, link=LINK, copies=COPIES[:1], hand_in=hand_in)
