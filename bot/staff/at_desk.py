"""What the commands of operators share: the desk over the database of the settings; knows no command."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from bot.commands import refuse, run_to_its_end, settings_of
from bot.opening import opened
from bot.settings import Settings
from bot.staff.desk import Desk, desk
from dialogs.links import normal_code
from pages.permissions import OPERATOR
from pages.signing_in import Unfit
from storage.links import Made
from storage.staff import Role

ONLY_HERE = "Let op: {group}.public_url is niet ingevuld. Dit adres werkt alleen op deze machine."


def at_desk(config: Path | None, work: Callable[[Desk], Awaitable[None]]) -> None:
    """Does it over the database of the settings; what cannot be is a sentence for each fault."""
    settings = settings_of(config)
    run_to_its_end(lambda: _opened(settings, work))


async def _opened(settings: Settings, work: Callable[[Desk], Awaitable[None]]) -> None:
    async with opened(settings) as intake:
        try:
            await work(desk(settings, intake))
        except Unfit as fault:
            refuse(str(fault))


def warn_of_address(at: Desk, role: Role = Role.STAFF) -> None:
    """Says so where an address that is handed out to somebody leads nowhere for others."""
    group, is_only_here = "web", at.addresses.is_of_this_machine
    if role is Role.RESEARCHER:
        group, is_only_here = "research", at.addresses.research_is_of_this_machine
    if is_only_here:
        click.echo(ONLY_HERE.format(group=group), err=True)


async def known_link(at: Desk, code: str) -> Made:
    """The link of a place with this code, in whichever way it was typed. Raises `Unfit` where there is none."""
    found = await at.links.one(OPERATOR, normal_code(code))
    if found is None:
        raise Unfit(f"Er is geen link met code {code}. Zie welke er zijn met: vertelbot link list")
    return found
