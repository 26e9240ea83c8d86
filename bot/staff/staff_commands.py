"""The command `staff`: whom an operator invites and takes away; knows no page and no chat."""

import re
from pathlib import Path

import click

from bot.commands import config_option
from bot.staff.at_desk import at_desk, warn_of_address
from bot.staff.desk import Desk
from console.dutch import DutchCommand, DutchGroup
from dialogs.daytime import AMSTERDAM
from pages.permissions import OPERATOR
from pages.signing_in import Invitation, Unfit
from storage.staff import Invited, Role

_LIKE_AN_ID = re.compile(r"[0-9a-f]{6,}")
"""Nobody is called so: it is meant as the id of somebody, perhaps with a slip."""


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def staff() -> None:
    """Nodig medewerkers en onderzoekers uit, of haal ze weg."""


@staff.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("name", metavar="NAAM")
@click.option("--team", metavar="TEAM", default="", help="Bij welk team of welke organisatie iemand hoort.")
@click.option("--researcher", is_flag=True, help="Een onderzoeker: die komt op de pagina's van verhalen serve.")
def invite(config: Path | None, name: str, team: str, researcher: bool) -> None:
    """Nodig iemand uit, of nodig iemand met dit kenmerk opnieuw uit. De link werkt één keer, een week lang."""
    role = Role.RESEARCHER if researcher else Role.STAFF

    async def work(at: Desk) -> None:
        known = [one.person for one in await at.signing_in.people(OPERATOR)]
        again = _LIKE_AN_ID.fullmatch(name) or name in {person.id for person in known}
        if again:
            invitation = await at.signing_in.invite_again(OPERATOR, name)
        else:
            invitation = await at.signing_in.invite(OPERATOR, name, team, role)
        _tell_invitation(at, invitation)
        for person in known if not again else ():
            if person.name == invitation.person.name:
                click.echo(f"Let op: er is al iemand die zo heet ({person.id}). Is dat dezelfde? Haal er dan een weg.")
        warn_of_address(at, invitation.person.role)

    at_desk(config, work)


@staff.command("list", cls=DutchCommand, options_metavar="[opties]")
@config_option
def list_staff(config: Path | None) -> None:
    """Noem wie er uitgenodigd zijn."""

    async def work(at: Desk) -> None:
        found = await at.signing_in.people(OPERATOR)
        for one in found:
            click.echo(_line_of(one))
        if not found:
            click.echo("Er is nog niemand uitgenodigd.")

    at_desk(config, work)


@staff.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("staff_id", metavar="KENMERK")
def remove(config: Path | None, staff_id: str) -> None:
    """Haal iemand weg: die is meteen nergens meer aangemeld. De links van die persoon blijven werken."""

    async def work(at: Desk) -> None:
        if not await at.signing_in.remove(OPERATOR, staff_id):
            raise Unfit(f"Er is niemand met kenmerk {staff_id}. Zie wie er zijn met: vertelbot staff list")
        click.echo("Weggehaald. Deze persoon is nergens meer aangemeld.")

    at_desk(config, work)


def _tell_invitation(at: Desk, invitation: Invitation) -> None:
    until = invitation.until.astimezone(AMSTERDAM)
    click.echo(f"Geef deze link aan {invitation.person.name}, en aan niemand anders:")
    if in_browser := at.addresses.for_signing_in(invitation.token, invitation.person.role):
        click.echo(f"\n  {in_browser}\n")
    if by_telegram := at.addresses.for_signing_in_by_telegram(invitation.token):
        click.echo(f"In Telegram:\n\n  {by_telegram}\n")
    click.echo(f"Hij werkt één keer, tot en met {until:%d-%m-%Y}. Wie hem gebruikt, is 12 uur aangemeld.")


def _line_of(one: Invited) -> str:
    waits = f", uitnodiging open tot {one.invite_until.astimezone(AMSTERDAM):%d-%m-%Y}" if one.invite_until else ""
    team = f" ({one.person.team})" if one.person.team else ""
    return f"{one.person.id}  {one.person.name}{team}, {one.person.role.value}{waits}"
