"""The commands `link print` and `paper`: what an operator makes files of to hand out; knows no page and no chat."""

from pathlib import Path

import click

from bot.commands import config_option, refuse
from bot.handouts.paper import MOST
from bot.staff.at_desk import at_desk, known_link, warn_of_address
from bot.staff.desk import Desk
from bot.staff.handing_out import is_hung_up
from bot.staff.link_commands import link
from console.dutch import DutchCommand
from pages.permissions import OPERATOR
from storage.private_files import create_file


@link.command("print", cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.argument("code", metavar="CODE")
@click.option(
    "--out", metavar="MAP", type=click.Path(path_type=Path), default=Path("uitdelen"), help="Zonder: uitdelen."
)
def print_link(config: Path | None, code: str, out: Path) -> None:
    """Maak alles om uit te delen: QR-code, poster, tafelkaart en kaartjes, en een bericht om door te sturen.

    Van een link voor een helper komt er alleen een QR-code: die hangt u niet op.
    """

    async def work(at: Desk) -> None:
        made = await known_link(at, code)
        async for name, content in at.handing_out.everything(made):
            place = out / made.code / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            click.echo(place)
        if not is_hung_up(made):
            click.echo("Niet ophangen. Deze link is voor een helper die naast de verteller zit.")
        warn_of_address(at)

    at_desk(config, work)


@click.command(cls=DutchCommand, options_metavar="[opties]")
@config_option
@click.option(
    "--set", "question_set", metavar="ID", default="", help="De vragenlijst. Zonder: die van de link, anders bewoner."
)
@click.option("--link", "code", metavar="CODE", default="", help="De link van de plek waar het papier ligt.")
@click.option(
    "--copies", metavar="AANTAL", type=int, default=1, help=f"Hoeveel formulieren, hooguit {MOST}. Zonder: 1."
)
@click.option("--out", metavar="BESTAND", type=click.Path(path_type=Path), default=Path("formulier.pdf"))
def paper(config: Path | None, question_set: str, code: str, copies: int, out: Path) -> None:
    """Maak een formulier om met een pen in te vullen. Elk heeft een eigen nummer en code: druk het maar één keer af."""
    if out.exists():
        refuse(f"{out}: dit bestand is er al. Kies een andere naam met --out.")

    async def work(at: Desk) -> None:
        printed = await at.papers.printed(OPERATOR, question_set, code, copies)
        made = await at.links.one(OPERATOR, printed.link) if printed.link else None
        # Who has the file has the codes with which stories can be taken back.
        create_file(out, await at.handing_out.paper(printed, made))
        amount = "1 formulier" if copies == 1 else f"{copies} formulieren"
        click.echo(f"Klaar: {amount} in {out}. Overtypen kan op /team.")
        warn_of_address(at)

    at_desk(config, work)
