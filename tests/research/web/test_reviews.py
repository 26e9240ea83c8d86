"""A review on the pages: what is shown, what each button does, and what is kept of it, by whom."""

import asyncio
import re

from pages.permissions import OPERATOR
from pages.signing_in import SESSION
from research.web.review_pages import OVERTAKEN
from research.web.reviewing import ANEW, NOWHERE
from storage import second_texts, stories
from storage.second_texts import Masked, SecondTexts
from tests.bot.team.client import Answer, Visitor
from tests.canaries import plant
from tests.research import kept
from tests.research.web.conftest import TOLD
from tests.research.web.house import NAME, House, uses

STORY = kept.story_id(0)
PATH = f"/nakijken/{STORY}"
SKIPPED = "Toon wat is overgeslagen"
LAST = f'href="{PATH}?opnieuw"'
WHO = f"{NAME} (Onderzoek)"


async def as_kept(house: House, story: str = STORY) -> SecondTexts:
    """The second texts of a story, which is the one that waits unless it is said."""
    async with house.desk.database.reading() as work:
        return (await second_texts.of(work, house.desk.keys, [story]))[story]


async def is_reviewed(house: House, story: str = STORY) -> bool:
    """Whether anything was kept of a review."""
    return any(second.is_reviewed for second in (await as_kept(house, story)).values())


async def proposed(house: House, number: int = 0, rules: str = "2") -> None:
    """A story is proposed anew, with nothing masked in it."""
    story = kept.story_id(number)
    async with house.desk.database.reading() as work:
        told = await stories.one(work, house.desk.keys, story)
    assert told
    anew = [Masked(name, told.answers[name].text) for name in await as_kept(house, story)]
    async with house.desk.database.transaction() as work:
        await work.execute("UPDATE second_texts SET reviewed_on = '' WHERE story_id = $1", story)
        await second_texts.propose(work, house.desk.keys, story, anew, rules, house.clock())


async def does(kees: Visitor, *done: dict[str, str]) -> Answer:
    """Uses buttons one after the other."""
    shown = await kees.get(PATH)
    for fields in done:
        shown = await uses(kees, shown, fields)
    return shown


async def test_a_story_is_shown_beside_what_leaves_of_it(kees: Visitor) -> None:
    plant(TOLD)
    assert "Verhalen die wachten: 1." in (await kees.get("/nakijken")).words
    shown = await kees.get(PATH)
    assert TOLD in shown.words
    assert "[NAAM-1] hielp mij" in shown.words
    assert "Plek 1 van " in shown.words


async def test_what_is_accepted_is_kept_by_name_and_nothing_waits_any_more(house: House, kees: Visitor) -> None:
    shown = await does(kees, {"do": "goed"})
    assert (shown.path, "Er wacht geen verhaal." in shown.words) == ("/nakijken", True)
    assert {(second.reviewer, second.is_reviewed) for second in (await as_kept(house)).values()} == {(WHO, True)}
    assert f"{WHO} 1" in (await kees.get("/lijst")).words


async def test_a_proposal_is_removed_changed_and_undone(house: House, kees: Visitor) -> None:
    whole = {name: second.words for name, second in (await as_kept(house)).items()}
    shown = await does(kees, {"do": "overal"})
    assert "[NAAM-1]" not in shown.html.partition("<select")[0]
    shown = await does(kees, {"do": "terug"}, {"do": "volgende"}, {"do": "vorige"})
    assert "[NAAM-1] hielp mij" in shown.words
    await does(kees, {"do": "verander", "choice": "[WEGGELATEN]"}, {"do": "goed"})
    left = {name: second.words for name, second in (await as_kept(house)).items()}
    assert left.keys() == whole.keys()
    assert all("[WEGGELATEN]" in words for words in left.values())


async def test_words_are_masked_wherever_they_stand(house: House, kees: Visitor) -> None:
    await does(kees, {"do": "overal"})
    shown = await does(kees, {"do": "voeg", "said": "de  BANK", "choice": "[WEGGELATEN]"})
    assert "brieven van [WEGGELATEN] ." in shown.words
    await does(kees, {"do": "goed"})
    assert all(second.words.endswith("brieven van [WEGGELATEN].") for second in (await as_kept(house)).values())


def preset(shown: Answer) -> list[str]:
    """What stands in each choice of a page until somebody chooses."""
    return re.findall(r"<option selected>([^<]*)<", shown.html)


async def test_who_is_added_is_somebody_new_until_a_reviewer_says_who_it_is(kees: Visitor) -> None:
    shown = await does(kees, {"do": "overal"})
    for word, who in (("Fatima", "[NAAM-1]"), ("bank", "[NAAM-2]")):
        assert preset(shown)[-1] == who
        shown = await uses(kees, shown, {"do": "voeg", "said": word, "choice": who})
        assert preset(shown)[0] == who
    assert "[NAAM-1] hielp mij met de brieven van de [NAAM-2] ." in shown.words
    assert preset(shown)[-1] == "[NAAM-3]"


async def test_words_that_are_not_there_are_asked_again(kees: Visitor) -> None:
    for said in ("de giro", "an", "de ban"):
        missing = await does(kees, {"do": "voeg", "said": said, "choice": "[WEGGELATEN]"})
        assert "Deze woorden staan niet in het verhaal" in missing.words
        assert "brieven van de bank." in missing.words.partition("Zo wordt het")[2]
    assert "Typ eerst welke woorden weg moeten." in (await does(kees, {"do": "voeg", "said": " "})).words


async def test_what_was_typed_stands_beside_what_is_wrong_with_it_once(kees: Visitor) -> None:
    asked = await does(kees, {"do": "voeg", "said": 'de "giro"', "choice": "[STRAAT]"})
    [field] = re.findall(r'<input id="said"[^>]*>', asked.html)
    assert 'value="de &#34;giro&#34;"' in field
    assert (" autofocus" in field, 'aria-invalid="true"' in field, '"said-fault said-tip"' in field) == (True,) * 3
    assert NOWHERE in asked.html.partition('id="said-fault"')[2]
    assert asked.html.count(NOWHERE) == 1
    assert preset(asked)[-1] == "[STRAAT]"
    plain = await kees.get(PATH)
    assert ("giro" in plain.html, "autofocus" in plain.html, "aria-invalid" in plain.html) == (False,) * 3


async def test_a_page_that_says_what_is_wrong_is_shown_where_it_says_so(kees: Visitor) -> None:
    shown = await does(kees)
    kees.follows = False
    for fields, place in (({"do": "voeg", "said": "de giro"}, PATH), ({"do": "volgende"}, f"{PATH}#hier")):
        assert (await uses(kees, shown, fields)).headers["location"] == place
        kees.follows = True
        shown = await kees.get(PATH)
        kees.follows = False


async def test_of_two_the_first_wins_and_the_second_hears_it(house: House, kees: Visitor) -> None:
    async with house.signed_in(name="Een ander") as other:
        shown = await does(other)
        await does(kees, {"do": "goed"})
        late = await uses(other, shown, {"do": "goed"})
    assert OVERTAKEN in late.words
    assert {second.reviewer for second in (await as_kept(house)).values()} == {WHO}


async def test_what_was_taken_back_meanwhile_is_not_kept(house: House, kees: Visitor) -> None:
    shown = await does(kees)
    await asyncio.to_thread(kept.withdraw, house.kept, 0)
    assert OVERTAKEN in (await uses(kees, shown, {"do": "goed"})).words
    assert (await kees.get(PATH)).path == "/nakijken"


async def test_nothing_is_shown_any_more_of_what_was_taken_back(house: House, kees: Visitor) -> None:
    assert TOLD in (await does(kees)).words
    await asyncio.to_thread(kept.withdraw, house.kept, 0)
    gone = await kees.get(PATH)
    assert (gone.path, OVERTAKEN in gone.words, "Fatima" in gone.html) == ("/nakijken", True, False)
    assert "Fatima" not in (await kees.get(PATH)).html


async def test_who_signs_out_leaves_no_words_in_memory(house: House, kees: Visitor) -> None:
    await does(kees, {"do": "overslaan"})
    await does(kees, {"do": "volgende"})
    assert house.research.reviews.browsers == set(kees.cookies().values())
    await kees.post("/uit")
    assert house.research.reviews.browsers == set()


async def test_the_story_that_was_kept_last_can_be_looked_at_once_more(house: House, kees: Visitor) -> None:
    assert LAST not in (await does(kees, {"do": "overslaan"})).html
    done = await does(kees, {"do": "goed"})
    assert (done.path, LAST in done.html) == ("/nakijken", True)
    again = await kees.get(f"{PATH}?opnieuw")
    assert (again.path, TOLD in again.words) == (PATH, True)
    changed = await uses(kees, again, {"do": "overal"})
    await uses(kees, changed, {"do": "goed"})
    assert TOLD in {second.words for second in (await as_kept(house)).values()}
    async with house.signed_in(name="Een ander") as other:
        assert LAST not in (await other.get("/nakijken")).html
    await asyncio.to_thread(kept.withdraw, house.kept, 0)
    assert LAST not in (await kees.get("/nakijken")).html


async def test_which_story_was_kept_last_is_forgotten_with_the_rest(house: House, kees: Visitor) -> None:
    await does(kees, {"do": "goed"})
    assert house.research.reviews.browsers == set(kees.cookies().values())
    await kees.post("/uit")
    assert house.research.reviews.browsers == set()


async def test_the_page_of_a_story_says_how_to_ask_for_it(kees: Visitor) -> None:
    assert f"Kenmerk van dit verhaal: {STORY}" in (await kees.get(PATH)).words


async def test_who_is_signed_in_no_more_leaves_no_words_in_memory(house: House, kees: Visitor) -> None:
    async with house.signed_in(name="Een ander") as other:
        await does(other)
        house.clock.wait(SESSION / 2)
        async with house.signed_in(name="Nog iemand") as third:
            await does(third)
            [late] = other.cookies().values()
            [early] = third.cookies().values()
            await house.research.look_after()
            assert house.research.reviews.browsers == {late, early}
            house.clock.wait(SESSION / 2)
            await house.research.look_after()
            assert house.research.reviews.browsers == {early}
            for one in await house.desk.signing_in.people(OPERATOR):
                await house.desk.signing_in.remove(OPERATOR, one.person.id)
            await house.research.look_after()
    assert house.research.reviews.browsers == set()


async def test_who_skips_a_story_leaves_it_to_others(house: House, kees: Visitor) -> None:
    shown = await does(kees, {"do": "overslaan"})
    assert "Er wachten nog verhalen: 1. Overgeslagen door u: 1." in shown.words
    async with house.signed_in(name="Een ander") as other:
        assert "Beginnen" in (await other.get("/nakijken")).words


async def test_what_was_skipped_comes_again_when_somebody_asks_for_it(kees: Visitor) -> None:
    shown = await does(kees, {"do": "overslaan"})
    assert (f'href="{PATH}"' in shown.html, SKIPPED in shown.words) == (False, True)
    again = await kees.post("/nakijken")
    assert (f'href="{PATH}"' in again.html, SKIPPED in again.words) == (True, False)


async def unready(house: House, number: int) -> None:
    """A story waits of which something has no second text."""
    await proposed(house, number)
    story = kept.story_id(number)
    question = next(iter(await as_kept(house, story)))
    async with house.desk.database.transaction() as work:
        await work.execute("DELETE FROM second_texts WHERE story_id = $1 AND question = $2", story, question)


async def test_a_story_that_is_not_ready_to_be_reviewed_is_passed_over(house: House, kees: Visitor) -> None:
    await unready(house, 0)
    shown = await kees.get(PATH)
    assert (shown.path, "Er wachten nog verhalen: 1. Nog niet klaar: 1." in shown.words) == ("/nakijken", True)
    assert ("verhalen deidentify" in shown.words, SKIPPED in shown.words) == (True, False)
    await proposed(house, 1)
    assert f'href="/nakijken/{kept.story_id(1)}"' in (await kees.get("/nakijken")).html
    assert (await kees.get(PATH)).path == f"/nakijken/{kept.story_id(1)}"


async def test_it_is_said_how_many_were_skipped_and_how_many_are_not_ready(house: House, kees: Visitor) -> None:
    for number in (1, 2):
        await unready(house, number)
    shown = await does(kees, {"do": "overslaan"})
    assert "Er wachten nog verhalen: 3. Overgeslagen door u: 1. Nog niet klaar: 2." in shown.words
    assert ("verhalen deidentify" in shown.words, SKIPPED in shown.words) == (True, True)


async def test_what_was_proposed_anew_meanwhile_is_shown_before_it_is_kept(house: House, kees: Visitor) -> None:
    shown = await does(kees)
    await proposed(house)
    late = await uses(kees, shown, {"do": "goed"})
    assert (late.path, ANEW in late.words, TOLD in late.words) == (PATH, True, True)
    assert "[NAAM-1]" not in late.html.partition("<select")[0]
    assert not await is_reviewed(house)
    assert ANEW not in (await kees.get(PATH)).words
    await proposed(house, rules="3")
    assert ANEW in (await kees.get(PATH)).words


async def test_of_two_tabs_only_the_one_that_shows_the_story_as_it_is_keeps_it(house: House, kees: Visitor) -> None:
    second = kept.story_id(1)
    await proposed(house, 1)
    first = await does(kees, {"do": "voeg", "said": "de bank", "choice": "[WEGGELATEN]"})
    await kees.get(f"/nakijken/{second}")
    refused = await uses(kees, first, {"do": "goed"})
    assert (refused.path, ANEW in refused.words) == (PATH, True)
    assert "van de bank. " in refused.words.partition("Zo wordt het")[2]
    assert not await is_reviewed(house)
    await uses(kees, refused, {"do": "goed"})
    assert await is_reviewed(house)
    assert not await is_reviewed(house, second)


async def test_a_story_that_was_never_shown_is_not_kept(house: House, kees: Visitor) -> None:
    await kees.get("/nakijken")
    for mark in ("", "onzin"):
        for button in ("goed", "overslaan", "overal"):
            refused = await kees.post(PATH, do=button, mark=mark)
            assert (refused.path, ANEW in refused.words) == (PATH, True)
            assert "[NAAM-1] hielp mij" in refused.words
    assert not await is_reviewed(house)


async def test_a_page_of_before_a_restart_is_shown_again_first(house: House, kees: Visitor) -> None:
    shown = await does(kees)
    house.research.reviews.forget(*kees.cookies().values())
    assert ANEW in (await uses(kees, shown, {"do": "goed"})).words
    assert not await is_reviewed(house)


async def test_a_button_does_nothing_to_another_proposal_than_the_one_on_its_page(kees: Visitor) -> None:
    shown = await does(kees)
    moved = await uses(kees, shown, {"do": "volgende"})
    assert "Plek 2 van " in moved.words
    for late in ({"do": "laat"}, {"do": "verander", "choice": "[WEGGELATEN]"}, {"do": "goed"}):
        refused = await uses(kees, shown, late)
        assert (ANEW in refused.words, "Plek 2 van " in refused.words) == (True, True)
        assert refused.html.count("[NAAM-1]") == shown.html.count("[NAAM-1]")
    left = await uses(kees, moved, {"do": "laat"})
    assert left.html.count("[NAAM-1]") == shown.html.count("[NAAM-1]") - 1


async def test_who_is_removed_keeps_nothing(house: House, kees: Visitor) -> None:
    shown = await does(kees)
    for one in await house.desk.signing_in.people(OPERATOR):
        await house.desk.signing_in.remove(OPERATOR, one.person.id)
    assert (await uses(kees, shown, {"do": "goed"})).status == 404
    assert not await is_reviewed(house)
