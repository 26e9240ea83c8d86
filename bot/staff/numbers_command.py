"""The command `numbers`: the board as a table for a terminal; knows no count."""

from pathlib import Path

import click

from bot.commands import config_option
from bot.staff.at_desk import at_desk
from bot.staff.desk import Desk
from console.dutch import DutchCommand
from disclosure.tables import text
from pages.permissions import OPERATOR


@click.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def numbers(config: Path | None) -> None:
    """Toon hoeveel mensen waar verstuurden en stopten. Kleine aantallen blijven verborgen."""

    async def work(at: Desk) -> None:
        seen = await at.numbers.seen(OPERATOR)
        for place in seen.alarms:
            click.echo(f"Let op: {place} staat stil: te veel mensen tegelijk. Kijk met: vertelbot link list\n")
        click.echo(text(seen.board), nl=False)

    at_desk(config, work)
