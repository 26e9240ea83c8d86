"""The command of the load runs: `python -m tests.load run` measures one bot; knows only what to ask and to print."""

import sys
from itertools import count
from pathlib import Path

try:
    import click
    import uvloop

    from tests.load.bench import ALL, Results, bench, steps
    from tests.load.bots import MODES, NAMES, OURS, WEB_MODES
    from tests.load.plan import FULL, SHORT
    from tests.load.report import told
    from tests.load.run import BotFailed, Load, run
    from tests.load.tables import tables
except ModuleNotFoundError:
    sys.exit("Hiervoor zijn de pakketten van de tests nodig. Typ eerst: make install .venv/.tests")


@click.group()
def cli() -> None:
    """Belastingproeven, en de meting naast andere bots."""


@cli.command("run")
@click.option("--bot", type=click.Choice(NAMES), default=OURS, show_default=True)
@click.option("--mode", type=click.Choice((*MODES, *WEB_MODES)), default="polling", show_default=True)
@click.option("--residents", default=50, show_default=True)
@click.option("--latency", default=0.0, show_default=True, help="Hoeveel milliseconden een aanroep duurt.")
@click.option("--think", default=0.0, show_default=True, help="Hoeveel seconden een bewoner gemiddeld nadenkt.")
@click.option("--warm", default=3.0, show_default=True, help="Seconden vóór wat meetelt; daarin beginnen de bewoners.")
@click.option("--seconds", default=10.0, show_default=True, help="Seconden die meetellen.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, resolve_path=True),
    help="Waar de bot draait; dit blijft staan.",
)
def run_one(
    bot: str,
    mode: str,
    residents: int,
    latency: float,
    think: float,
    warm: float,
    seconds: float,
    folder: Path | None,
) -> None:
    """Meet één bot één keer."""
    if mode in WEB_MODES and (bot != OURS or latency):
        raise click.UsageError("In een browser is alleen onze bot, en er is geen API die ver weg kan zijn.")
    load = Load(bot, mode, residents, latency / 1000, think, warm, seconds)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        measured = uvloop.run(run(load, folder))
    except BotFailed as failed:
        click.echo(f"De bot liep niet:\n{failed}", err=True)
        sys.exit(1)
    click.echo(told(measured))


@cli.command("bench")
@click.option("--short", is_flag=True, help="Eén ronde met korte metingen.")
@click.option("--part", "parts", multiple=True, type=click.Choice(ALL), help="Alleen dit; mag vaker.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Zet de tabellen ook in een bestand, na elke meting opnieuw.",
)
def bench_all(short: bool, parts: tuple[str, ...], out: Path | None) -> None:
    """Meet onze bot naast de andere. Met Ctrl-C houdt het op, en staat er wat er al is."""
    planned = tuple(steps(SHORT if short else FULL, parts or ALL))
    results, done = Results(), count(1)

    def known() -> None:
        told = "" if (number := next(done)) == len(planned) else f"{number} van {len(planned)} metingen\n\n"
        if out is not None:
            out.write_text(f"{told}{tables(results)}\n", encoding="utf-8")

    broken_off = False
    try:
        uvloop.run(bench(planned, results, lambda words: click.echo(words, nl=False, err=True), known))
    except KeyboardInterrupt:
        broken_off = True
        click.echo("\nafgebroken; dit is wat er gemeten is", err=True)
    click.echo(tables(results))
    if broken_off:
        sys.exit(130)


if __name__ == "__main__":
    cli()
