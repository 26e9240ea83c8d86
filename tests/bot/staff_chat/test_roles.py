"""Who may ask nothing in Telegram, and hears what anybody hears who types an unknown word."""

from collections.abc import Awaitable, Callable

import pytest

from pages.permissions import OPERATOR
from pages.signing_in import INVITATION, SESSION, new_secret
from tests.bot.running import House, Phone
from tests.bot.staff_chat.colleague import (
    ANNE,
    BO,
    EITHER_WAY,
    LINK,
    SANNE,
    UNKNOWN,
    answer,
    heard,
    invited,
    made,
    removed,
)
from tests.bot.story import FIRST, OPENING, says
from tests.talk.world import Clock

COMMANDS = ("/link", "/cijfers", "/uit")


async def a_teller(house: House, clock: Clock) -> None:
    """Nobody invited them."""


async def who_was_removed(house: House, clock: Clock) -> None:
    """They were signed in, and the operator took them away."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
    await removed(house, sanne)


async def who_was_signed_in_yesterday(house: House, clock: Clock) -> None:
    """Their twelve hours are over."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
    clock.wait(SESSION)


async def who_signed_out(house: House, clock: Clock) -> None:
    """They said so themselves."""
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell([says("/uit")])


async def who_is_signed_in_elsewhere(house: House, clock: Clock) -> None:
    """In a browser, under the name of this very chat; and in another chat."""
    async with house.intake() as intake:
        at = house.desk(intake).signing_in
        for secret in (f"telegram:{SANNE}", str(SANNE), new_secret()):
            invitation = await at.invite(OPERATOR, "Sanne Zwabberman")
            assert await at.sign_in(invitation.token, secret)
    bo = await invited(house, chat=BO)
    async with house.serving():
        await bo.comes_in()


EVERYBODY_ELSE = (a_teller, who_was_removed, who_was_signed_in_yesterday, who_signed_out, who_is_signed_in_elsewhere)


@EITHER_WAY
@pytest.mark.parametrize("become", EVERYBODY_ELSE, ids=lambda become: become.__name__)
async def test_anybody_else_gets_the_answer_to_an_unknown_word(
    house: House, clock: Clock, become: Callable[[House, Clock], Awaitable[None]]
) -> None:
    """To the letter, with all its buttons; also in the midst of a story, which goes on as if nothing was said."""
    await become(house, clock)
    somebody, nobody = house.phone(SANNE), house.phone(ANNE)
    async with house.serving():
        for opening in ((says("/start"),), OPENING, (says(FIRST),)):
            await somebody.tell(opening)
            await nobody.tell(opening)
            for command in COMMANDS:
                assert await answer(somebody, says(command)) == await answer(nobody, says(UNKNOWN))
            assert await tapped(house, somebody, "g:staf:w.b.e.") == await tapped(house, nobody, "g:vreemd:w.b.e.")
            assert await tapped(house, somebody, "g:staf:z.b.e.") == await tapped(house, nobody, "g:vreemd:z.b.e.")
        assert await somebody.pieces() == await nobody.pieces() == [FIRST]
    assert await made(house) == []


async def tapped(house: House, phone: Phone, data: str) -> list[object]:
    """What comes of a button that was made up: what is said over it, and what is said."""
    before = len(phone.screen())
    house.telegram.tap_data(phone.chat, phone.screen()[-1].message_id, data)
    await house.quiet()
    return [house.telegram.calls_of("answerCallbackQuery")[-1].params.get("text"), *heard(phone, before)]


async def test_an_invitation_that_works_no_more_is_a_link_that_leads_nowhere(house: House, clock: Clock) -> None:
    sanne, late = await invited(house), await invited(house, chat=BO)
    async with house.serving():
        await sanne.comes_in()
        strange = await answer(house.phone(ANNE), says(f"/start in-{new_secret()}"))
        assert await answer(house.phone(4304), says(f"/start in-{sanne.token}")) == strange
        clock.wait(INVITATION)
        assert await answer(late.phone, says(f"/start in-{late.token}")) == strange
        assert not late.phone.reads("aangemeld")


async def test_who_is_taken_away_while_a_name_is_awaited_names_no_place(house: House) -> None:
    sanne = await invited(house)
    async with house.serving():
        await sanne.comes_in()
        await sanne.phone.tell(LINK[:4])
        await removed(house, sanne)
        await sanne.phone.tell([LINK[4]])
    assert await made(house) == []
