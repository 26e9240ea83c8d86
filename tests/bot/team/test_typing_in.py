"""The pages on which staff type in what somebody wrote on paper."""

import re

from bot.handouts.form import Form
from bot.staff.permissions import OPERATOR
from dialogs.interview import Interview
from dialogs.questions import QuestionSet
from dialogs.receipts import spelled
from storage import stories
from tests.bot.team.client import Visitor
from tests.bot.team.house import House

WORDS = "Ik kreeg een kwakelbrief,\r\nen zij las hem met mij."
TYPED = {
    "agreed": "ja",
    "on": "2026-03-01",
    "w.verhaal": WORDS,
    "o.verhaal": "onvergetelijk",
    "w.titel": "De zwabbelbrief",
    "o.gevoel": "opgelucht",
    "o.nakijken": "verstuur_wel",
}


async def _form(house: House) -> str:
    """The code of a form that was printed."""
    [receipt] = (await house.team.desk.papers.printed(OPERATOR, "bewoner")).receipts
    return spelled(receipt)


async def _told(house: House, receipt: str) -> Interview | None:
    async with house.intake.database.reading() as work:
        return await stories.find(work, house.intake.keys, receipt)


async def test_a_form_is_typed_in_with_the_numbers_that_stand_on_it(house: House, noor: Visitor) -> None:
    receipt = await _form(house)
    await noor.get("/team/papier")
    asked = await noor.post("/team/papier", receipt=receipt)
    assert asked.status == 200
    questions = house.intake.library.newest("bewoner")
    assert isinstance(questions, QuestionSet)
    for item in Form(questions, house.intake.library.texts).items():
        assert f"{item.number}. {item.question.name}" in asked.words
        for box in item.boxes:
            field = rf'name="o\.{item.question.id}" value="{box.id}"[^>]*>\s*<span><b>{box.number}</b>'
            assert re.search(field, asked.html), (item.question.id, box.id)
    kept = await noor.post("/team/papier/bewaren", receipt=receipt, **TYPED)
    assert (kept.path, kept.status) == ("/team/papier", 200)
    assert "Het verhaal is bewaard." in kept.words
    told = await _told(house, receipt)
    assert told
    assert told.answer("verhaal").text == "Ik kreeg een kwakelbrief,\nen zij las hem met mij."
    assert told.answer("verhaal").prompt == "onvergetelijk"
    assert (told.answer("gevoel").option, told.quote, told.channel) == ("opgelucht", True, "papier")
    assert told.consent.given_at.date().isoformat() == "2026-03-01"


async def test_without_a_cross_at_yes_nothing_is_kept_and_all_that_was_typed_stays(house: House, noor: Visitor) -> None:
    receipt = await _form(house)
    await noor.get("/team/papier")
    found = await noor.post("/team/papier/bewaren", receipt=receipt, **{**TYPED, "agreed": "", "on": "morgen"})
    assert found.status == 422
    assert "kan ik niet lezen" in found.words
    found = await noor.post("/team/papier/bewaren", receipt=receipt, **{**TYPED, "agreed": ""})
    assert found.status == 422
    assert "kruisje staan" in found.words
    assert "kwakelbrief" in found.html
    assert 'value="opgelucht" checked' in found.html
    assert 'value="2026-03-01"' in found.html
    assert await _told(house, receipt) is None
    assert "bewaard" in (await noor.post("/team/papier/bewaren", receipt=receipt, **TYPED)).words


async def test_a_form_is_typed_in_once(house: House, noor: Visitor) -> None:
    receipt = await _form(house)
    await noor.get("/team/papier")
    await noor.post("/team/papier/bewaren", receipt=receipt, **TYPED)
    again = await noor.post("/team/papier/bewaren", receipt=receipt, **TYPED)
    assert again.status == 422
    assert "al overgetypt" in again.words
    assert "kwakelbrief" not in again.html


async def test_a_code_of_no_form_is_said_and_stays_in_the_field(noor: Visitor) -> None:
    await noor.get("/team/papier")
    found = await noor.post("/team/papier", receipt='K7P"><b>')
    assert found.status == 422
    assert "op geen formulier van ons" in found.words
    assert 'value="K7P&#34;&gt;&lt;b&gt;"' in found.html


async def test_what_was_typed_is_on_no_page_afterwards(house: House, noor: Visitor) -> None:
    receipt = await _form(house)
    await noor.get("/team/papier")
    await noor.post("/team/papier/bewaren", receipt=receipt, **TYPED)
    pages = [await noor.get(path) for path in ("/team/papier", "/team", "/team/cijfers")]
    assert [page.path for page in pages if "kwakel" in page.html or "zwabbel" in page.html] == []
