"""The pages on which staff make links, and let them stand still."""

import re
from datetime import timedelta

import pytest

from bot.staff.place_links import LONGEST_PLACE, Wish
from pages.permissions import OPERATOR
from storage import links
from storage.database import Work
from storage.links import Pause
from tests.bot.team.client import Visitor
from tests.bot.team.house import PLACE, House
from tests.bot.web_visits import Neighbourhood

FULL = {
    "question_set": "bewoner",
    "place": PLACE,
    "district": "noord",
    "mode": "helper",
    "from_day": "2026-03-05",
    "until_day": "20-3-2026",
    "test": "ja",
}


async def test_a_link_is_made_with_all_that_was_asked(house: House, noor: Visitor) -> None:
    asked = await noor.get("/team/nieuw")
    assert asked.status == 200
    found = await noor.post("/team/nieuw", **FULL)
    [made] = await house.team.desk.links.every(OPERATOR)
    assert found.path == f"/team/link/{made.code}"
    for words in (PLACE, "Noord", "Verhalen van bewoners", "Iemand met een helper", "vanaf 5-3-2026", "20-3-2026"):
        assert words in found.words
    assert "Proef." in found.words
    assert f"127.0.0.1:{house.port}/v/{made.code}" in found.words
    assert f"https://t.me/voorbeeld?start={made.code}" in found.words
    assert found.html.count(f'<span class="whole">{made.code}</span>') == 2
    assert (made.helped, made.test) == (True, True)
    assert made.made_by


async def test_a_button_that_is_tapped_twice_makes_one_link_and_another_wish_another(
    house: House, noor: Visitor
) -> None:
    form = (await noor.get("/team/nieuw")).html
    [once] = re.findall(r'name="once" value="([^"]+)"', form)
    paths = [(await noor.post("/team/nieuw", **FULL, once=once)).path for _ in range(2)]
    assert len(await house.team.desk.links.every(OPERATOR)) == 1
    other = (await noor.post("/team/nieuw", **{**FULL, "place": "Elders"}, once=once)).path
    [later] = re.findall(r'name="once" value="([^"]+)"', (await noor.get("/team/nieuw")).html)
    same_again = (await noor.post("/team/nieuw", **FULL, once=later)).path
    assert paths[0] == paths[1]
    assert len({paths[0], other, same_again}) == 3


async def test_what_was_filled_in_wrong_still_makes_one_link_when_it_is_right(house: House, noor: Visitor) -> None:
    found = await noor.post("/team/nieuw", **{**FULL, "place": ""}, once="van-deze-bladzijde")
    assert 'name="once" value="van-deze-bladzijde"' in found.html
    for _ in range(2):
        await noor.post("/team/nieuw", **FULL, once="van-deze-bladzijde")
    assert len(await house.team.desk.links.every(OPERATOR)) == 1


async def test_all_faults_come_at_once_and_what_was_typed_stays(house: House, noor: Visitor) -> None:
    await noor.get("/team/nieuw")
    place = "a" * (LONGEST_PLACE + 1)
    typed = {**FULL, "question_set": "medewerker", "place": place, "from_day": "gauw", "until_day": "1-1-2020"}
    found = await noor.post("/team/nieuw", **typed)
    assert found.status == 422
    for words in ("te lang", "eerste dag kan ik niet lezen", "al voorbij", "vragenlijst voor bewoners"):
        assert words in found.words
    assert f'value="{place}"' in found.html
    assert 'value="gauw"' in found.html
    assert 'value="1-1-2020"' in found.html
    assert '<option value="noord" selected>' in found.html
    assert '<option value="medewerker" selected>' in found.html
    assert 'value="helper" checked' in found.html
    assert 'name="test" value="ja" checked' in found.html
    assert await house.team.desk.links.every(OPERATOR) == []


async def test_what_was_typed_is_shown_and_never_run(noor: Visitor) -> None:
    await noor.get("/team/nieuw")
    found = await noor.post("/team/nieuw", place='"><script>alert(1)</script>')
    assert "<script>" not in found.html
    assert "&lt;script&gt;" in found.html


async def test_the_first_page_has_all_links_with_alarms_on_top(house: House, noor: Visitor) -> None:
    alarm = await house.link(Wish(place="Alarmplein"))
    over = await house.link(Wish(place="Voorbijstraat"))
    still = await house.link(Wish(place="Stilstraat"))
    early = await house.link(Wish(place="Straksweg", from_day=house.team.desk.links.today + timedelta(days=3)))

    async def unit(work: Work) -> bool:
        return await links.pause(work, alarm.code, Pause.BURST)

    await house.intake.database.run(unit)
    await house.team.desk.links.end(OPERATOR, over.code)
    await house.team.desk.links.pause(OPERATOR, still.code, on=True)
    found = (await noor.get("/team")).words
    places = [found.index(name) for name in ("Alarmplein", "Straksweg", "Stilstraat", "Voorbijstraat")]
    assert places == sorted(places)
    assert "te veel mensen tegelijk" in found
    assert "Een medewerker heeft deze link stilgezet." in found
    assert f"vanaf {early.from_day.day if early.from_day else 0}-3-2026" in found
    assert "Gestopt." in found


async def test_an_alarm_is_switched_off_where_it_stands(house: House, noor: Visitor) -> None:
    made = await house.link()

    async def unit(work: Work) -> bool:
        return await links.pause(work, made.code, Pause.BURST)

    await house.intake.database.run(unit)
    await noor.get("/team")
    found = await noor.post(f"/team/link/{made.code}/aan")
    assert (found.path, found.status) == (f"/team/link/{made.code}", 200)
    [now] = await house.team.desk.links.every(OPERATOR)
    assert now.paused is Pause.NONE


async def test_a_link_stands_still_goes_on_and_stops_for_good(house: House, noor: Visitor, site: Neighbourhood) -> None:
    made = await house.link()
    await noor.get(f"/team/link/{made.code}")
    assert "Staat stil." in (await noor.post(f"/team/link/{made.code}/stil")).words
    assert "Staat stil." not in (await noor.post(f"/team/link/{made.code}/aan")).words
    asked = await noor.get(f"/team/link/{made.code}/stop")
    assert "Voorgoed stoppen?" in asked.words
    assert re.findall(r'class="go firm"[^>]*>([^<]*)<', asked.html) == ["Nee, terug"]
    assert re.search(r"<button>Ja, voorgoed stoppen<", asked.html), "what cannot be undone is not the first choice"
    [before] = await house.team.desk.links.every(OPERATOR)
    assert before.works_on(house.team.desk.links.today)
    assert "Gestopt." in (await noor.post(f"/team/link/{made.code}/stop")).words
    [after] = await house.team.desk.links.every(OPERATOR)
    assert not after.works_on(house.team.desk.links.today)


async def test_a_part_of_a_district_is_chosen_and_stands_on_the_page(house: House, noor: Visitor) -> None:
    asked = await noor.get("/team/nieuw")
    assert re.search(r'<optgroup label="Noord">\s*<option value="noord">Heel Noord</option>', asked.html)
    assert '<option value="weesp">Weesp of Driemond</option>' in asked.html
    found = await noor.post("/team/nieuw", **{**FULL, "district": "oud_noord"})
    assert "Stadsdeel Noord Gebied Oud-Noord" in found.words
    refused = await noor.post("/team/nieuw", **{**FULL, "district": "oud_noord", "until_day": "gauw"})
    assert '<option value="oud_noord" selected>' in refused.html


async def test_a_place_without_a_name_is_refused_and_all_else_stays(house: House, noor: Visitor) -> None:
    await noor.get("/team/nieuw")
    for place in ("", "  ", "-"):
        found = await noor.post("/team/nieuw", **{**FULL, "place": place})
        assert (found.status, found.words.count("Typ hoe de plek heet.")) == (422, 1)
        assert '<option value="noord" selected>' in found.html
    assert await house.team.desk.links.every(OPERATOR) == []


async def test_a_place_gets_another_name_and_a_wrong_one_stands_in_the_field(house: House, noor: Visitor) -> None:
    made = await house.link()
    await noor.get(f"/team/link/{made.code}")
    refused = await noor.post(f"/team/link/{made.code}/naam", place="x" * (LONGEST_PLACE + 1))
    assert (refused.status, "te lang" in refused.words) == (422, True)
    assert f'value="{"x" * (LONGEST_PLACE + 1)}"' in refused.html
    assert "<h1>" + PLACE in refused.html
    renamed = await noor.post(f"/team/link/{made.code}/naam", place="Buurtkamer")
    assert (renamed.path, "<h1>Buurtkamer</h1>" in renamed.html) == (f"/team/link/{made.code}", True)
    assert PLACE not in (await noor.get("/team")).words


@pytest.mark.parametrize("path", ["", "/stil", "/aan", "/stop", "/naam"])
async def test_a_link_that_is_not_there_is_nowhere(noor: Visitor, path: str) -> None:
    await noor.get("/team")
    for code in ("BCDFGHJKMN", "b-noord-huis", "%2e%2e", "a" * 200):
        ask = noor.post if path in ("/stil", "/aan", "/naam") else noor.get
        assert (await ask(f"/team/link/{code}{path}")).status == 404
