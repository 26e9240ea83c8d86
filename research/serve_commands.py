"""The command that serves the pages for researchers; knows no page."""

import asyncio
import signal
from pathlib import Path

import click

from console import logs
from console.dutch import DutchCommand
from console.settings import SettingsFault
from research.faults import ConfigurationFault
from research.options import config_option
from research.settings import Settings, read_settings


@click.command("serve", cls=DutchCommand, options_metavar="[opties]", short_help="De pagina's voor onderzoekers.")
@config_option
def serve_command(config: Path | None) -> None:
    """Zet de pagina's voor onderzoekers klaar, op een eigen poort, tot u stopt met Ctrl-C.

    Onderzoekers kijken er naar aantallen, kijken verhalen na en halen een uitvoer op. Nodig iemand uit met:
    vertelbot staff invite "naam" --researcher
    """
    settings = read_settings(config)
    if not settings.research.port:
        raise ConfigurationFault("research.port: 0 zet deze pagina's uit. Kies een poort, zoals 8766.")
    logs.set_up(settings.log.level)
    try:
        asyncio.run(_until_told(settings))
    except SettingsFault as fault:
        raise ConfigurationFault(str(fault)) from None


async def _until_told(settings: Settings) -> None:
    from research.web.serving import serve

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve(settings, stop)
