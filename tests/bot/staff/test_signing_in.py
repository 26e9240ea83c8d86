"""Invitations that work once, and sessions of twelve hours, over a real database."""

import asyncio

import pytest

from bot.staff.desk import Desk
from pages.permissions import OPERATOR
from pages.signing_in import INVITATION, SESSION, WRONG_CODES, Unfit, code_faults, new_secret
from storage.staff import Role
from tests.talk.world import Clock


async def test_an_invitation_signs_in_once_for_a_working_day(desk: Desk, clock: Clock) -> None:
    invitation = await desk.signing_in.invite(OPERATOR, "  Sanne   de Wit ", "Noord")
    assert (invitation.person.name, invitation.person.role) == ("Sanne de Wit", Role.STAFF)
    secret = new_secret()
    assert await desk.signing_in.is_open(invitation.token)
    assert await desk.signing_in.sign_in(invitation.token, secret) == invitation.person
    assert await desk.signing_in.who(secret) == invitation.person
    assert not await desk.signing_in.is_open(invitation.token)
    assert await desk.signing_in.sign_in(invitation.token, new_secret()) is None
    clock.wait(SESSION)
    assert await desk.signing_in.who(secret) is None
    over = await desk.signing_in.session(secret)
    assert over
    assert over.person == invitation.person


async def test_of_many_at_once_one_is_signed_in(desk: Desk) -> None:
    invitation = await desk.signing_in.invite(OPERATOR, "Sanne")
    found = await asyncio.gather(*(desk.signing_in.sign_in(invitation.token, new_secret()) for _ in range(5)))
    assert [one for one in found if one] == [invitation.person]


async def test_an_invitation_runs_out_and_a_new_one_takes_its_place(desk: Desk, clock: Clock) -> None:
    first = await desk.signing_in.invite(OPERATOR, "Sanne")
    clock.wait(INVITATION)
    assert await desk.signing_in.sign_in(first.token, new_secret()) is None
    second = await desk.signing_in.invite_again(OPERATOR, first.person.id)
    third = await desk.signing_in.invite_again(OPERATOR, first.person.id)
    assert await desk.signing_in.sign_in(second.token, new_secret()) is None
    assert await desk.signing_in.sign_in(third.token, new_secret()) == first.person


async def test_removing_ends_every_session_and_invitation_at_once(desk: Desk) -> None:
    invitation = await desk.signing_in.invite(OPERATOR, "Sanne")
    secrets = [new_secret(), new_secret()]
    await desk.signing_in.sign_in(invitation.token, secrets[0])
    again = await desk.signing_in.invite_again(OPERATOR, invitation.person.id)
    await desk.signing_in.sign_in(again.token, secrets[1])
    left = await desk.signing_in.invite_again(OPERATOR, invitation.person.id)
    assert await desk.signing_in.remove(OPERATOR, invitation.person.id)
    assert [await desk.signing_in.session(secret) for secret in secrets] == [None, None]
    assert not await desk.signing_in.is_open(left.token)
    assert await desk.signing_in.people(OPERATOR) == []


async def test_who_signs_out_is_nobody(desk: Desk) -> None:
    invitation = await desk.signing_in.invite(OPERATOR, "Sanne")
    secret = new_secret()
    await desk.signing_in.sign_in(invitation.token, secret)
    await desk.signing_in.sign_out(secret)
    assert await desk.signing_in.session(secret) is None


@pytest.mark.parametrize(
    "code", ["", "258", "25800", "25a0", "٢٥٨٠", "0000", "7777", "1234", "6789", "7890", "4321", "3210"]
)
async def test_what_anybody_guesses_locks_nothing(desk: Desk, code: str) -> None:
    invitation, secret = await desk.signing_in.invite(OPERATOR, "Sanne"), new_secret()
    await desk.signing_in.sign_in(invitation.token, secret)
    assert len(code_faults(code)) == 1
    with pytest.raises(Unfit):
        await desk.signing_in.lock(secret, code)
    assert await desk.signing_in.who(secret) == invitation.person


async def test_a_locked_browser_is_nobody_until_its_code_and_many_guesses_at_once_sign_it_out(desk: Desk) -> None:
    invitation, secret = await desk.signing_in.invite(OPERATOR, "Sanne"), new_secret()
    await desk.signing_in.sign_in(invitation.token, secret)
    await desk.signing_in.lock(secret, "2580")
    assert await desk.signing_in.who(secret) is None
    assert await desk.signing_in.unlock(secret, "2580")
    assert await desk.signing_in.who(secret) == invitation.person
    await desk.signing_in.lock(secret, "2580")
    guesses = (f"10{number:02}" for number in range(2 * WRONG_CODES))
    assert not any(await asyncio.gather(*(desk.signing_in.unlock(secret, code) for code in guesses)))
    assert await desk.signing_in.session(secret) is None
    assert not await desk.signing_in.unlock(secret, "2580")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\n\t"])
async def test_a_name_must_be_one(desk: Desk, name: str) -> None:
    with pytest.raises(Unfit):
        await desk.signing_in.invite(OPERATOR, name)


@pytest.mark.parametrize("typed", ["", "x", "x" * 43, "é" * 43, "a/" * 22])
async def test_what_is_no_invitation_signs_nobody_in(desk: Desk, typed: str) -> None:
    assert await desk.signing_in.sign_in(typed, new_secret()) is None


async def test_nobody_is_known_of_whom_there_is_no_mark(desk: Desk) -> None:
    with pytest.raises(Unfit, match="niemand"):
        await desk.signing_in.invite_again(OPERATOR, "niemand")


async def test_secrets_are_long_and_differ() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert {len(new_secret()) for _ in range(100)} == {43}


async def test_a_chat_is_signed_in_by_its_channel_alone(desk: Desk) -> None:
    at = desk.signing_in
    secret = at.of_chat("telegram:123", "42")
    assert secret == at.of_chat("telegram:123", "42")
    assert len({secret, at.of_chat("telegram:12", "342"), at.of_chat("telegram:124", "42"), "telegram:123:42"}) == 4
    invitation = await at.invite(OPERATOR, "Sanne")
    assert await at.sign_in(invitation.token, secret) == invitation.person
    assert await at.who("telegram:123:42") is None


async def test_signing_out_is_remembered_by_what_asked_for_it(desk: Desk) -> None:
    at, secret = desk.signing_in, new_secret()
    invitation = await at.invite(OPERATOR, "Sanne")
    await at.sign_in(invitation.token, secret)
    assert not await at.has_signed_out(("telegram:123/staf", 7))
    await at.sign_out(secret, ("telegram:123/staf", 7))
    assert await at.who(secret) is None
    assert await at.has_signed_out(("telegram:123/staf", 7))
    assert not await at.has_signed_out(("telegram:123/staf", 8))


async def test_whoever_knows_the_code_of_a_locked_browser_goes_on_and_it_stays_locked(desk: Desk) -> None:
    invitation, secret = await desk.signing_in.invite(OPERATOR, "Sanne"), new_secret()
    await desk.signing_in.sign_in(invitation.token, secret)
    assert not await desk.signing_in.is_locked(secret)
    assert not await desk.signing_in.knows(secret, "2580")
    await desk.signing_in.lock(secret, "2580")
    for _ in range(2):
        for _ in range(WRONG_CODES - 1):
            assert not await desk.signing_in.knows(secret, "1001")
        assert await desk.signing_in.knows(secret, "2580")
    assert await desk.signing_in.is_locked(secret)
    assert await desk.signing_in.who(secret) is None
    said = await asyncio.gather(*(desk.signing_in.knows(secret, "1001") for _ in range(20)))
    assert not any(said)
    assert not await desk.signing_in.is_locked(secret)
    assert not await desk.signing_in.knows(secret, "2580")
