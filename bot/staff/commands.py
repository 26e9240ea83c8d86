"""The commands `staff`, `link` and `numbers`: what an operator types, and what is said of it; knows no row, no page."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path

import click

from bot.commands import config_option, refuse, run_to_its_end, settings_of
from bot.handouts.paper import MOST
from bot.opening import opened
from bot.settings import Settings
from bot.staff.desk import Desk, desk
from bot.staff.permissions import OPERATOR
from bot.staff.place_links import Wish
from bot.staff.signing_in import Invitation, Unfit
from console.dutch import DutchCommand, DutchGroup
from dialogs.daytime import AMSTERDAM
from dialogs.links import normal_code
from disclosure.tables import text
from storage.links import Made, Pause
from storage.private_files import create_file
from storage.staff import Invited, Role

_IN_DAYS = ["%Y-%m-%d", "%d-%m-%Y"]

_STANDS_STILL = {Pause.HAND: "staat stil", Pause.BURST: "staat stil: te veel mensen tegelijk"}


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def staff() -> None:
    """Nodig medewerkers en onderzoekers uit, of haal ze weg."""


@click.group(cls=DutchGroup, options_metavar="[opties]", subcommand_metavar="OPDRACHT")
def link() -> None:
    """Maak links voor plekken, zet ze stil of laat ze eindigen."""


@staff.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("name", metavar="NAAM")
@click.option("--team", metavar="TEAM", default="", help="Bij welk team of welke organisatie iemand hoort.")
@click.option("--researcher", is_flag=True, help="Een onderzoeker: die ziet alleen de aantallen.")
def invite(config: Path | None, name: str, team: str, researcher: bool) -> None:
    """Nodig iemand uit, of nodig iemand met dit kenmerk opnieuw uit. De link werkt één keer, een week lang."""
    role = Role.RESEARCHER if researcher else Role.STAFF

    async def work(at: Desk) -> None:
        known = {one.person.id for one in await at.signing_in.people(OPERATOR)}
        if name in known:
            invitation = await at.signing_in.invite_again(OPERATOR, name)
        else:
            invitation = await at.signing_in.invite(OPERATOR, name, team, role)
        _tell_invitation(at, invitation)

    _at_desk(config, work)


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

    _at_desk(config, work)


@staff.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("kenmerk", metavar="KENMERK")
def remove(config: Path | None, kenmerk: str) -> None:
    """Haal iemand weg: die is meteen nergens meer aangemeld. De links van die persoon blijven werken."""

    async def work(at: Desk) -> None:
        if not await at.signing_in.remove(OPERATOR, kenmerk):
            raise Unfit(f"Er is niemand met kenmerk {kenmerk}. Zie wie er zijn met: vertelbot staff list")
        click.echo("Weggehaald. Deze persoon is nergens meer aangemeld.")

    _at_desk(config, work)


@link.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.option("--set", "question_set", metavar="ID", default="bewoner", help="De vragenlijst. Zonder: bewoner.")
@click.option("--place", metavar="NAAM", default="", help="Hoe de plek heet. Nooit de naam van een mens.")
@click.option("--district", metavar="ID", default="", help="Het stadsdeel, zoals in de vragenlijst.")
@click.option("--helped", is_flag=True, help="Iemand leest voor en typt voor de verteller.")
@click.option("--test", is_flag=True, help="Om te proberen: deze verhalen tellen nergens mee.")
@click.option("--from", "from_day", metavar="DAG", type=click.DateTime(_IN_DAYS), help="De eerste dag.")
@click.option("--until", "until_day", metavar="DAG", type=click.DateTime(_IN_DAYS), help="De laatste dag.")
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

    _at_desk(config, work)


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

    _at_desk(config, work)


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


@link.command("print", cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("code", metavar="CODE")
@click.option(
    "--out", metavar="MAP", type=click.Path(path_type=Path), default=Path("uitdelen"), help="Zonder: uitdelen."
)
def print_link(config: Path | None, code: str, out: Path) -> None:
    """Maak alles om uit te delen: QR-code, poster, tafelkaart en kaartjes, en een bericht om door te sturen."""

    async def work(at: Desk) -> None:
        made = await _known(at, code)
        for name, content in at.handing_out.everything(made):
            place = out / made.code / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            click.echo(place)

    _at_desk(config, work)


@click.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.option("--set", "question_set", metavar="ID", default="bewoner", help="De vragenlijst. Zonder: bewoner.")
@click.option("--link", "code", metavar="CODE", default="", help="De link van de plek waar het papier ligt.")
@click.option(
    "--copies", metavar="AANTAL", type=int, default=1, help=f"Hoeveel formulieren, hooguit {MOST}. Zonder: 1."
)
@click.option("--out", metavar="BESTAND", type=click.Path(path_type=Path), default=Path("formulier.pdf"))
def paper(config: Path | None, question_set: str, code: str, copies: int, out: Path) -> None:
    """Maak een formulier om met een pen in te vullen. Elk formulier heeft een eigen code: druk elk maar één keer af."""
    if out.exists():
        refuse(f"{out}: dit bestand is er al. Kies een andere naam met --out.")

    async def work(at: Desk) -> None:
        printed = await at.papers.printed(OPERATOR, question_set, code, copies)
        made = await at.links.one(OPERATOR, printed.link) if printed.link else None
        # Who has the file has the codes with which stories can be taken back.
        create_file(out, at.handing_out.paper(printed, made))
        amount = "1 formulier" if copies == 1 else f"{copies} formulieren"
        click.echo(f"Klaar: {amount} in {out}. Overtypen kan op /team.")

    _at_desk(config, work)


@click.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
def numbers(config: Path | None) -> None:
    """Toon hoeveel mensen waar begonnen en verstuurden. Kleine aantallen blijven verborgen."""

    async def work(at: Desk) -> None:
        click.echo(text(await at.numbers.board(OPERATOR)), nl=False)

    _at_desk(config, work)


async def _known(at: Desk, code: str) -> Made:
    found = await at.links.one(OPERATOR, normal_code(code))
    if found is None:
        raise Unfit(f"Er is geen link met code {code}. Zie welke er zijn met: vertelbot link list")
    return found


def _change(config: Path | None, code: str, done: str, change: Callable[[Desk, str], Awaitable[bool]]) -> None:
    async def work(at: Desk) -> None:
        known = await _known(at, code)
        click.echo(done if await change(at, known.code) else "Dat was al zo.")

    _at_desk(config, work)


def _at_desk(config: Path | None, work: Callable[[Desk], Awaitable[None]]) -> None:
    """Does it over the database of the settings; what cannot be is a sentence for each fault."""
    settings = settings_of(config)
    run_to_its_end(lambda: _opened(settings, work))


async def _opened(settings: Settings, work: Callable[[Desk], Awaitable[None]]) -> None:
    async with opened(settings) as intake:
        try:
            await work(desk(settings, intake))
        except Unfit as fault:
            refuse(str(fault))


def _tell_invitation(at: Desk, invitation: Invitation) -> None:
    until = invitation.until.astimezone(AMSTERDAM)
    click.echo(f"Geef deze link aan {invitation.person.name}, en aan niemand anders:")
    if in_browser := at.addresses.for_signing_in(invitation.token):
        click.echo(f"\n  {in_browser}\n")
    if by_telegram := at.addresses.for_signing_in_by_telegram(invitation.token):
        click.echo(f"In Telegram:\n\n  {by_telegram}\n")
    click.echo(f"Hij werkt één keer, tot en met {until:%d-%m-%Y}. Wie hem gebruikt, is 12 uur aangemeld.")


def _line_of(one: Invited) -> str:
    waits = f", uitnodiging open tot {one.invite_until.astimezone(AMSTERDAM):%d-%m-%Y}" if one.invite_until else ""
    team = f" ({one.person.team})" if one.person.team else ""
    return f"{one.person.id}  {one.person.name}{team}, {one.person.role.value}{waits}"


def _line_about(made: Made, today: date) -> str:
    """A link on a line: its code, what it is for, and whether it works."""
    state = _STANDS_STILL.get(made.paused) or ("" if made.works_on(today) else "werkt nu niet")
    parts = (
        made.place or "zonder naam",
        made.district,
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
