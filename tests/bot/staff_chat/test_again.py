"""What staff ask is done once: offered again, tapped twice, or when the bot was killed in the midst of it."""

import pytest

from tests.bot.another_program import tables
from tests.bot.running import House
from tests.bot.staff_chat.colleague import (
    EITHER_WAY,
    LINK,
    PLACE,
    SANNE,
    UNKNOWN,
    answer,
    begun_anew,
    invited,
    killed_at,
    made,
    offered_again,
)
from tests.bot.story import Move, says, taps
from tests.botapi.wire import Object
from tests.postgres import BOTH_ENGINES


@BOTH_ENGINES
@EITHER_WAY
async def test_what_is_offered_again_makes_no_second_link(house: House) -> None:
    """By a program that lives on in silence; by one that began anew with the same answer."""
    sanne = await invited(house)
    updates = [says(f"/start in-{sanne.token}"), *LINK[:4], taps("⏭ Overslaan")]
    seen: list[Object] = []
    async with house.serving():
        for move in updates:
            seen.append(sanne.phone.do(move))
            await house.quiet()
        told = sanne.phone.texts()
        for update in seen:
            await offered_again(house, update)
        assert sanne.phone.texts() == told
    async with begun_anew(house):
        await offered_again(house, seen[0])
        await offered_again(house, seen[-1])
        assert sanne.phone.texts() == [*told, told[0], *told[-4:]]
    assert len(await made(house)) == 1


async def test_a_button_that_is_tapped_twice_makes_one_link(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:4])
        under = sanne.phone.screen()[-1]
        [[(_, data)]] = under.keyboard
        for _ in range(2):
            house.telegram.tap_data(SANNE, under.message_id, data)
            await house.quiet()
    assert len(await made(house)) == 1


@pytest.mark.parametrize("last", [says(PLACE), taps("⏭ Overslaan")], ids=["named", "unnamed"])
async def test_a_link_that_was_made_when_the_bot_was_killed_is_told_once_it_is_back(house: House, last: Move) -> None:
    """Between the commit and the first word of it: Telegram was told nothing, and offers it again."""
    sanne = await invited(house)
    async with killed_at(house, "Uw link is klaar"):
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:4])
        sanne.phone.do(last)
    assert not sanne.phone.reads("Uw link is klaar")
    [link] = await made(house)
    async with house.serving_behind():
        await house.quiet()
    assert sanne.phone.reads(f"In een browser: https://vertel.example/v/{link.code}")
    assert await made(house) == [link]


@BOTH_ENGINES
@EITHER_WAY
async def test_who_signs_out_is_nobody_and_hears_so_once_more_where_it_is_offered_again(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        out = sanne.phone.say("/uit")
        await house.quiet()
        assert sanne.phone.texts()[-1] == "U bent nu afgemeld."
        assert await answer(sanne.phone, says("/link")) == await answer(sanne.phone, says(UNKNOWN))
        assert await answer(sanne.phone, says("/uit")) == await answer(sanne.phone, says(UNKNOWN))
    async with begun_anew(house):
        await offered_again(house, out)
        assert sanne.phone.texts()[-1] == "U bent nu afgemeld."
    assert tables(house.url)["staff_sessions"] == []
