"""Looks at everything that a start needs and names all that is wrong at once; changes nothing."""

import os
from pathlib import Path

from bot.opening import database_file, first_start, lost_database, read_library
from bot.settings import Settings, read_settings
from console.settings import SettingsFault
from dialogs.faults import Faults
from storage.faults import StorageFault
from storage.opening import open_database
from storage.schema import match_keys, version
from storage.secrets import KeyRing, read_key_file


async def faults(config: Path | None) -> list[str]:
    """A Dutch sentence for everything that is wrong; empty where a start will do."""
    try:
        settings = read_settings(config)
    except SettingsFault as fault:
        return [*fault.sentences, *_of_texts(Settings.model_construct())]
    return [*_of_study(settings), *_of_texts(settings), *await _of_storage(settings)]


def _of_study(settings: Settings) -> list[str]:
    return [
        f"study.{name}: dit is nog niet ingevuld, en bewoners lezen het wel. Vul het in in config.toml."
        for name in settings.study.unfilled()
    ]


def _of_texts(settings: Settings) -> list[str]:
    try:
        read_library(settings)
    except Faults as fault:
        return str(fault).splitlines()
    return []


async def _of_storage(settings: Settings) -> list[str]:
    found = _of_folders(settings)
    if first_start(settings):
        return found
    keys = None
    try:
        keys = read_key_file(settings.storage.key_file)
    except StorageFault as fault:
        found.append(str(fault))
    return [*found, *await _of_database(settings, keys)]


async def _of_database(settings: Settings, keys: KeyRing | None) -> list[str]:
    if lost := lost_database(settings):
        return [lost]
    try:
        database = await open_database(settings.storage.url, read_only=True)
        try:
            if await version(database) and keys:
                await match_keys(database, keys)
        finally:
            await database.close()
    except StorageFault as fault:
        return [str(fault)]
    return []


def _of_folders(settings: Settings) -> list[str]:
    places = [place for place in (database_file(settings), settings.storage.key_file) if place]
    closed = [place for place in places if not os.access(_nearest(place), os.W_OK)]
    return [f"{place.parent}: in deze map mag niet worden geschreven. Geef de gebruiker rechten." for place in closed]


def _nearest(place: Path) -> Path:
    """The folder itself, or the nearest above it that is there."""
    return next(folder for folder in (place.absolute().parents) if folder.exists())
