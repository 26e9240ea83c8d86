"""The command `link`: links that an operator makes, stills and ends; knows no page and no chat."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path

import click

from bot.commands import config_option
from bot.staff.at_desk import at_desk, known_link, warn_of_address
from bot.staff.desk import Desk
from bot.staff.place_links import DAY_FORMATS, Wish
from console.dutch import DutchCommand, DutchGroup
from pages.permissions import OPERATOR
from storage.links import Made, Pause

_STANDS_STILL = {Pause.HAND: "staat stil", Pause.BURST: "staat stil: te veel mensen tegelijk"}


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def link() -> None:
    """Maak links voor plekken, geef ze een naam, zet ze stil of laat ze eindigen."""


@link.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.option("--set", "question_set", metavar="ID", default="bewoner", help="De vragenlijst. Zonder: bewoner.")
@click.option("--place", metavar="NAAM", default="", help="Hoe de plek heet. Nooit de naam van een mens.")
@click.option("--district", metavar="ID", default="", help="Het stadsdeel uit de vragenlijst, of een gebied daarin.")
@click.option("--helped", is_flag=True, help="Iemand leest voor en typt voor de verteller.")
@click.option("--test", is_flag=True, help="Om te proberen: deze verhalen tellen nergens mee.")
@click.option("--from", "from_day", metavar="DAG", type=click.DateTime(DAY_FORMATS), help="De eerste dag.")
@click.option("--until", "until_day", metavar="DAG", type=click.DateTime(DAY_FORMATS), help="De laatste dag.")
def make(
    config: Path | None,
    question_set: str,
    place: str,
    district: str,
    helped: bool,
    test: bool,
    from_day: datetime | None,
    until_day: datetime | None,
) -> None:
    """Maak een link voor een plek."""
    wish = Wish(question_set, place, district, helped, test, _day(from_day), _day(until_day))

    async def work(at: Desk) -> None:
        made = await at.links.make(OPERATOR, wish)
        click.echo(f"De link is klaar: {made.code}")
        for address in filter(None, (at.addresses.in_browser(made.code), at.addresses.in_telegram(made.code))):
            click.echo(f"  {address}")
        warn_of_address(at)

    at_desk(config, work)


@link.command("list", cls=DutchCommand, options_metavar="[opties]")
@config_option
def list_links(config: Path | None) -> None:
    """Noem alle links."""

    async def work(at: Desk) -> None:
        found = await at.links.every(OPERATOR)
        for one in found:
            click.echo(_line_about(one, at.links.today))
        if not found:
            click.echo("Er is nog geen link.")

    at_desk(config, work)


@link.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("code", metavar="CODE")
@click.argument("name", metavar="NAAM")
def rename(config: Path | None, code: str, name: str) -> None:
    """Geef een plek een andere naam. Nooit die van een mens. Wat al geprint is, houdt de oude naam."""
    _change(config, code, "De plek heet nu anders.", lambda at, known: at.links.rename(OPERATOR, known, name))


@link.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("code", metavar="CODE")
def pause(config: Path | None, code: str) -> None:
    """Zet een link stil. Wie ermee komt, kan gewoon vertellen, maar niet voor deze plek."""
    _change(config, code, "De link staat nu stil.", lambda at, known: at.links.pause(OPERATOR, known, on=True))


@link.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("code", metavar="CODE")
def resume(config: Path | None, code: str) -> None:
    """Laat een link weer werken."""
    _change(config, code, "De link werkt weer.", lambda at, known: at.links.pause(OPERATOR, known, on=False))


@link.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("code", metavar="CODE")
def end(config: Path | None, code: str) -> None:
    """Laat een link voorgoed eindigen."""
    _change(config, code, "De link is geëindigd.", lambda at, known: at.links.end(OPERATOR, known))


def _change(config: Path | None, code: str, done: str, change: Callable[[Desk, str], Awaitable[bool]]) -> None:
    async def work(at: Desk) -> None:
        known = await known_link(at, code)
        click.echo(done if await change(at, known.code) else "Dat was al zo.")

    at_desk(config, work)


def _line_about(made: Made, today: date) -> str:
    """A link on a line: its code, what it is for, and whether it works."""
    state = _STANDS_STILL.get(made.paused) or ("" if made.works_on(today) else "werkt nu niet")
    parts = (
        made.place or "zonder naam",
        made.district,
        made.area,
        made.question_set,
        "met helper" if made.helped else "",
        f"vanaf {made.from_day:%d-%m-%Y}" if made.from_day else "",
        f"tot en met {made.until_day:%d-%m-%Y}" if made.until_day else "",
        "PROEF" if made.test else "",
        state,
    )
    return f"{made.code}  {', '.join(filter(None, parts))}"


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
