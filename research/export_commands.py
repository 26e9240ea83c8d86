"""The commands that hand stories out and that look after what was handed out; holds no rule of its own."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click
from click.core import ParameterSource
from pydantic import TypeAdapter

from console.dutch import DutchCommand
from research.export.archive import new_archive
from research.export.choosing import Heard
from research.export.content import Format
from research.export.folder import new_folder
from research.export.formats.every import available
from research.export.order import Order, selection
from research.export.package import Made
from research.export.selecting import LeftOut, Selection
from research.export.tiers import WITH_STORIES, Tier, tier_of
from research.exporting import Handing, hand_out, hand_out_again, new_snapshot
from research.faults import UsageFault
from research.opening import opened, question_sets, software
from research.options import config_option
from research.settings import read_settings
from storage import stories
from storage.settings import StorageSettings

Decorated = TypeVar("Decorated", bound=Callable[..., object])

SELECTED = [field.name for field in fields(Selection)]

_SELECTING = (
    click.option("--set", "question_set", metavar="ID", help="Alleen deze vragenlijst, zoals bewoner."),
    click.option("--from", "since", metavar="DAG", help="Alleen wat vanaf deze dag is verstuurd, zoals 2026-03-01."),
    click.option("--until", metavar="DAG", help="Alleen wat tot en met deze dag is verstuurd."),
    click.option("--area", metavar="GEBIED", help="Alleen dit stadsdeel, zoals noord."),
    click.option("--link", metavar="CODE", help="Alleen wie met deze link kwam."),
    click.option("--language", metavar="TAAL", help="Alleen deze taal, zoals nl of tr."),
    click.option("--with-test", is_flag=True, help="Ook wat verteld is met een link om te proberen."),
)


def selecting(command: Decorated) -> Decorated:
    """Gives a command the options that say which stories; it takes them as one `Selection` would."""
    for option in reversed(_SELECTING):
        command = option(command)
    return command


@click.command("export", cls=DutchCommand, options_metavar="[opties]", short_help="Verhalen naar bestanden.")
@click.option("--out", "target", type=click.Path(path_type=Path), metavar="MAP", help="Een nieuwe map. Moet erbij.")
@click.option("--tier", default="c", metavar="a|b|c|d", show_default=True, help="Hoeveel ervan de deur uit gaat.")
@click.option("--recipient", default="", metavar="NAAM", help="Voor wie het is. Moet erbij voor a, b en d.")
@click.option("--reason", default="", metavar="WOORDEN", help="Waarom het nodig is. Moet erbij voor a.")
@click.option("--formats", default="", metavar="SOORTEN", help="Alleen deze soorten bestanden, zoals: csv,xlsx")
@selecting
@click.option("--snapshot", metavar="ID", help="Een eerdere uitvoer nog een keer maken.")
@click.option("--zip", "zipped", is_flag=True, help="Als een bestand, MAP.zip.")
@click.option("--encrypt-to", "locks", multiple=True, metavar="SLEUTEL", help="Alleen voor deze sleutel (age).")
@config_option
def export(target: Path | None, config: Path | None, **typed: object) -> None:
    """Schrijft verhalen naar een nieuwe map, met alles wat een onderzoeker nodig heeft om ze te lezen.

    \b
    a  alles zoals het verteld is, voor een onderzoeker met naam en reden
    b  nagekeken tekst zonder namen, grove kenmerken, weken in plaats van dagen
    c  alleen tabellen, zonder kleine aantallen (zo is het als u niets kiest)
    d  kaarten met verhalen die geciteerd mogen worden

    Elke uitvoer wordt opgeschreven: voor wie, wanneer en welke verhalen. Concepten en ingetrokken verhalen zitten er
    nooit in. Wie een verhaal terugneemt, bereikt zo ook wie het al heeft: zie verhalen withdrawn.
    """
    if target is None:
        raise UsageFault("Zeg in welke nieuwe map de bestanden moeten komen, zoals: --out uitvoer")
    asked = _ASKED.validate_python(typed)
    _check_alone(asked)
    target = asked.named(target)
    order = asked.order(selection({name: typed[name] for name in SELECTED}))
    formats = available(asked.formats, order.tier)
    storage = read_settings(config).storage
    packed = target.suffix in (".zip", ".age")
    place = new_archive(target, order.folder, asked.locks) if packed else new_folder(target)
    if asked.snapshot:
        click.echo(asyncio.run(_again(storage, order, place, target)))
    else:
        made = asyncio.run(_export(storage, order, formats, place))
        click.echo(f"{_stories(made)} in {target}. Momentopname: {order.snapshot}")
        if not made.stories and order.tier in WITH_STORIES:
            click.echo("Bij deze keuze is er geen verhaal. Waarom niet, staat geteld in manifest.json.")
        if waiting := made.counted.left_out.get(LeftOut.NOT_REVIEWED):
            click.echo(f"Nog niet nagekeken, en dus niet mee: {waiting}. Zie: verhalen review")


@dataclass(frozen=True)
class Asked:
    """What was typed behind `export`, but for where to, and which stories."""

    tier: str
    recipient: str
    reason: str
    formats: str
    snapshot: str | None
    zipped: bool
    locks: tuple[str, ...]

    def named(self, target: Path) -> Path:
        """Where the export comes: a folder, or a file whose name says what it is."""
        if target.suffix == ".age" and not self.locks:
            raise UsageFault("Een bestand dat op .age eindigt, is versleuteld. Zeg voor wie, met --encrypt-to.")
        if not (self.zipped or self.locks):
            return target
        bare = target.name.removesuffix(".age").removesuffix(".zip")
        return target.with_name(f"{bare}.zip.age" if self.locks else f"{bare}.zip")

    def order(self, chosen: Selection) -> Order:
        """What is asked for, of now."""
        at = datetime.now(UTC).replace(microsecond=0)
        return Order(
            self.snapshot or new_snapshot(at),
            at,
            software(),
            tier_of(self.tier),
            chosen,
            recipient=self.recipient,
            reason=self.reason,
            by="opdrachtregel",
        )


_ASKED = TypeAdapter(Asked)


def _check_alone(asked: Asked) -> None:
    """An earlier export is made as it was; whoever asks for something else besides would not get it."""
    own = {"snapshot", "target", "zipped", "locks", "config"}
    context = click.get_current_context()
    if asked.snapshot and any(
        item.name not in own and context.get_parameter_source(item.name or "") is not ParameterSource.DEFAULT
        for item in context.command.params
    ):
        raise UsageFault("Met --snapshot wordt een uitvoer precies als toen. Daar kan geen andere keuze bij.")


async def _export(
    storage: StorageSettings, order: Order, formats: Sequence[Format], place: AbstractContextManager[Path]
) -> Made:
    library = question_sets()
    async with opened(storage, read_only=False) as (database, keys):
        async with database.reading() as work:
            length = (await stories.counts(work))["stories"]
        with _progress(length) as heard:
            return await hand_out(database, keys, library, order, formats, Handing(place, heard))


async def _again(storage: StorageSettings, order: Order, place: AbstractContextManager[Path], target: Path) -> str:
    async with opened(storage, read_only=False) as (database, keys):
        with _progress(None) as heard:
            made, before = await hand_out_again(database, keys, question_sets(), order, Handing(place, heard))
    if made.digest == before.digest:
        return f"{_stories(made)} in {target}: precies dezelfde bestanden als toen."
    return (
        f"{_stories(made)} in {target}. De bestanden zijn niet meer precies als toen: zie LEESMIJ.md en manifest.json."
    )


@contextmanager
def _progress(length: int | None) -> Iterator[Heard]:
    quiet = not sys.stderr.isatty()
    with click.progressbar(length=length or 0, label="Verhalen", file=sys.stderr, hidden=quiet) as bar:
        yield bar.update


def _stories(made: Made) -> str:
    if made.order.tier is Tier.TABLES:
        return "De tabellen staan"
    return "1 verhaal staat" if len(made.stories) == 1 else f"{len(made.stories)} verhalen staan"
