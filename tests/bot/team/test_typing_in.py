"""The pages on which staff type in what somebody wrote on paper, and never see the receipt of its teller."""

import re

from bot.handouts.form import Form
from bot.handouts.paper import Copy
from dialogs.form_numbers import spelled as number_spelled
from dialogs.interview import Interview
from dialogs.questions import QuestionSet
from dialogs.receipts import spelled
from pages.permissions import OPERATOR
from storage import stories
from tests.bot.team.client import Visitor
from tests.bot.team.house import House

WORDS = "Ik kreeg een kwakelbrief,\r\nen zij las hem met mij."
TYPED = {
    "agreed": "ja",
    "on": "2026-03-02",
    "w.verhaal": WORDS,
    "o.verhaal": "onvergetelijk",
    "w.titel": "De zwabbelbrief",
    "o.gevoel": "opgelucht",
    "o.nakijken": "verstuur_wel",
}


async def _form(house: House) -> Copy:
    """A form that was printed."""
    [copy] = (await house.team.desk.papers.printed(OPERATOR, "bewoner")).copies
    return copy


async def _told(house: House, receipt: str) -> Interview | None:
    async with house.intake.database.reading() as work:
        return await stories.find(work, house.intake.keys, receipt)


async def test_a_form_is_typed_in_with_the_numbers_that_stand_on_it(house: House, noor: Visitor) -> None:
    form = await _form(house)
    await noor.get("/team/papier")
    asked = await noor.post("/team/papier", number=number_spelled(form.number))
    assert asked.status == 200
    questions = house.intake.library.newest("bewoner")
    assert isinstance(questions, QuestionSet)
    for item in Form(questions, house.intake.library.texts).items():
        printed = item.asked or "Kies één vraag. Zet daar een kruisje."
        assert f"{item.number} {' '.join(printed.split())}" in asked.words, "as it stands on the form, with its number"
        assert item.heading in asked.words
        for box in item.boxes:
            field = rf'>{box.number}</span> <input type="radio" name="o\.{item.question.id}" value="{box.id}"'
            assert re.search(field, asked.html), (item.question.id, box.id)
            assert " ".join(f"{box.number} {box.name} {box.label}".split()) in asked.words
    assert "Nakijken" not in asked.words
    kept = await noor.post("/team/papier/bewaren", number=number_spelled(form.number), **TYPED)
    assert (kept.path, kept.status) == ("/team/papier", 200)
    assert "Het verhaal is bewaard." in kept.words
    told = await _told(house, form.receipt)
    assert told
    assert told.answer("verhaal").text == "Ik kreeg een kwakelbrief,\nen zij las hem met mij."
    assert told.answer("verhaal").prompt == "onvergetelijk"
    assert (told.answer("gevoel").option, told.quote, told.channel) == ("opgelucht", True, "papier")
    assert told.consent.given_at.date().isoformat() == "2026-03-02"


async def test_without_a_cross_at_yes_nothing_is_kept_and_all_that_was_typed_stays(house: House, noor: Visitor) -> None:
    form = await _form(house)
    await noor.get("/team/papier")
    found = await noor.post(
        "/team/papier/bewaren", number=number_spelled(form.number), **{**TYPED, "agreed": "", "on": "morgen"}
    )
    assert found.status == 422
    assert "kan ik niet lezen" in found.words
    found = await noor.post("/team/papier/bewaren", number=number_spelled(form.number), **{**TYPED, "agreed": ""})
    assert found.status == 422
    assert "kruisje staan" in found.words
    assert "kwakelbrief" in found.html
    assert 'value="opgelucht" checked' in found.html
    assert 'value="2026-03-02"' in found.html
    assert await _told(house, form.receipt) is None
    assert "bewaard" in (await noor.post("/team/papier/bewaren", number=number_spelled(form.number), **TYPED)).words


async def test_a_form_is_typed_in_once(house: House, noor: Visitor) -> None:
    form = await _form(house)
    await noor.get("/team/papier")
    await noor.post("/team/papier/bewaren", number=number_spelled(form.number), **TYPED)
    again = await noor.post("/team/papier/bewaren", number=number_spelled(form.number), **TYPED)
    assert again.status == 422
    assert "al overgetypt" in again.words
    assert "kwakelbrief" not in again.html


async def test_a_number_of_no_form_is_said_and_stays_in_the_field(noor: Visitor) -> None:
    await noor.get("/team/papier")
    found = await noor.post("/team/papier", number='K7P"><b>')
    assert found.status == 422
    assert "niet van een formulier van ons" in found.words
    assert 'value="K7P&#34;&gt;&lt;b&gt;"' in found.html


async def test_the_receipt_of_the_teller_is_on_no_page_and_opens_none(house: House, noor: Visitor) -> None:
    form = await _form(house)
    await noor.get("/team/papier")
    asked = await noor.post("/team/papier", number=form.number.upper())
    kept = await noor.post("/team/papier/bewaren", number=form.number, **TYPED)
    again = await noor.post("/team/papier", number=form.number)
    assert [asked.status, kept.status, again.status] == [200, 200, 422]
    for page in (asked, kept, again):
        assert form.receipt not in page.html
        assert spelled(form.receipt) not in page.html
    other = await _form(house)
    assert (await noor.post("/team/papier", number=other.receipt)).status == 422


async def test_a_day_before_the_form_was_printed_is_said(house: House, noor: Visitor) -> None:
    form = await _form(house)
    await noor.get("/team/papier")
    found = await noor.post("/team/papier/bewaren", number=form.number, **{**TYPED, "on": "2026-03-01"})
    assert found.status == 422
    assert "gemaakt op 02-03-2026" in found.words
    assert await _told(house, form.receipt) is None


async def test_what_was_typed_is_on_no_page_afterwards(house: House, noor: Visitor) -> None:
    form = await _form(house)
    await noor.get("/team/papier")
    await noor.post("/team/papier/bewaren", number=number_spelled(form.number), **TYPED)
    pages = [await noor.get(path) for path in ("/team/papier", "/team", "/team/cijfers")]
    assert [page.path for page in pages if "kwakel" in page.html or "zwabbel" in page.html] == []
