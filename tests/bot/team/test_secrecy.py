"""Whether anything of a story or of a resident stands on any page for staff."""

from bot.staff.place_links import Wish
from storage.staff import Role
from tests.bot.person import Person, receipt_in
from tests.bot.story import CANARIES, SENDING, TELLING, says, taps
from tests.bot.team.house import PLACE, House

PAGES = ("/team", "/team/nieuw", "/team/bezoek", "/team/papier", "/team/cijfers")
OF_LINK = ("", "/stop", "/qr.svg")
AFTER_DISTRICT = tuple(move for move in TELLING if move != taps("Noord"))
FIRST_CHAT = 87_654_321_000


async def test_nothing_of_what_somebody_told_stands_on_any_page(house: House) -> None:
    made = await house.link(Wish(place=PLACE, district="noord"))
    tellers = [Person(house.intake, str(FIRST_CHAT + number), first=1 + 100 * number) for number in range(6)]
    for teller in tellers:
        await teller.tell([says(f"/start {made.code}"), taps("✅ Ja, ik doe mee"), *AFTER_DISTRICT])
        if teller is not tellers[-1]:
            await teller.tell(SENDING)
    secrets = [*CANARIES, *map(receipt_in, tellers[:-1]), *(teller.address.chat for teller in tellers)]
    async with house.signed_in() as noor, house.signed_in(Role.RESEARCHER) as researcher:
        shown = [await noor.get(path) for path in PAGES]
        shown += [await noor.get(f"/team/link/{made.code}{path}") for path in OF_LINK]
        shown.append(await researcher.get("/team/cijfers"))
    assert [found.status for found in shown] == [200] * len(shown)
    assert [secret for secret in secrets for found in shown if secret in found.html] == []


async def test_one_story_of_a_place_is_not_to_be_seen(house: House) -> None:
    made = await house.link()
    await Person(house.intake, str(FIRST_CHAT)).tell(
        [says(f"/start {made.code}"), taps("✅ Ja, ik doe mee"), *AFTER_DISTRICT, *SENDING]
    )
    async with house.signed_in() as noor:
        found = (await noor.get("/team/cijfers")).words
    assert "Begonnen – Verstuurd – Gestopt –" in found
    assert f"{PLACE} – – –" in found
