"""What can be said to every command for researchers; knows no command."""

from pathlib import Path

import click

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="Instellingen. Zonder: config.toml, als dat er is.",
)
