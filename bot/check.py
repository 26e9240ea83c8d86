"""Looks at everything that a start needs and names all that is wrong at once; changes nothing."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import given, readiness
from bot.opening import advised, keys_of, look_over, read_library
from bot.readiness import database_file, first_start, lost_both, lost_database, refusals
from bot.settings import Settings, StudySettings, read_settings
from console.settings import CONFIG, DELIMITER, PREFIX, SettingsFault, read
from dialogs.faults import Faults
from dialogs.load import load_phones
from dialogs.phones import FRESH, Phone, PhoneBook
from storage.faults import StorageFault
from storage.opening import open_database
from storage.secrets import KeyRing
from storage.settings import StorageSettings

_HOW = {"alarmnummer": "Kijk het na zonder te bellen (dat is alleen voor nood)"}
"""How a number of help is looked at that cannot just be called."""


class Group(BaseSettings):
    """One group of the settings, so that it can be looked at also where another is faulty."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter=DELIMITER, frozen=True, extra="ignore")


class Study(Group):
    """What the study filled in."""

    study: StudySettings = StudySettings()


class Storage(Group):
    """Where things are kept."""

    storage: StorageSettings = StorageSettings()


async def faults(config: Path | None) -> list[str]:
    """A Dutch sentence for everything that is wrong; empty where a start will do."""
    try:
        settings = read_settings(config)
    except SettingsFault as fault:
        return [*fault.sentences, *given.unknown(), *await _of_the_rest(config)]
    beside = [*given.unknown(), *given.of_token(settings)]
    return [*beside, *_of_study(settings.study, config), *_of_texts(settings), *await _of_storage(settings)]


def warnings(today: date, config: Path | None = None) -> list[str]:
    """A Dutch sentence for everything that needs looking after, though a start will do without; faults are not told."""
    with suppress(SettingsFault):
        settings = read_settings(config)
        return [*of_texts(today), *given.warnings(settings, config), *readiness.warnings(settings)]
    return of_texts(today)


def of_texts(today: date) -> list[str]:
    """What is to be done about the numbers of help in the texts."""
    try:
        return of_phones(load_phones(), today)
    except Faults:
        return []


def of_phones(book: PhoneBook, today: date) -> list[str]:
    """What is to be done about the numbers of help."""
    return [sentence for phone in book.phones if (sentence := _of_phone(phone, today))]


def _of_phone(phone: Phone, today: date) -> str:
    """What is to be done about one of them; empty where nothing is."""
    place = f"dialogs/texts/phones.toml, bij [{phone.name}]"
    if phone.checked > today:
        return f"Let op: {phone.number} is nagekeken op {phone.checked}, en dat moet nog komen. Kijk naar {place}."
    if not phone.is_old(today):
        return ""
    since = f"{phone.number} is voor het laatst nagekeken op {phone.checked}, meer dan {FRESH.days} dagen geleden"
    return f"Let op: {since}. {_HOW.get(phone.name, 'Bel het nummer')} en zet de nieuwe datum in {place}."


async def _of_the_rest(config: Path | None) -> list[str]:
    """What is wrong beside the settings themselves, as far as that can be seen."""
    found = _of_texts(Settings.model_construct())
    with suppress(SettingsFault):
        found += _of_study(read(Study, config).study, config)
    with suppress(SettingsFault):
        found += await _of_storage(Settings.model_construct(storage=read(Storage, config).storage))
    return found


def _of_study(study: StudySettings, config: Path | None) -> list[str]:
    first = f"Er is nog geen {CONFIG}. Kopieer eerst config.example.toml naar {CONFIG}, en vul [study] in."
    is_missing = bool(study.unfilled()) and config is None and not CONFIG.exists()
    return ([first] if is_missing else []) + [
        f"study.{name}: dit is nog niet ingevuld, en bewoners lezen het wel. Vul het in in config.toml."
        for name in study.unfilled()
    ]


def _of_texts(settings: Settings) -> list[str]:
    try:
        read_library(settings)
    except Faults as fault:
        return str(fault).splitlines()
    return []


async def _of_storage(settings: Settings) -> list[str]:
    found = refusals(settings)
    if first_start(settings):
        return found if database_file(settings) else [*found, *await _of_database(settings, None)]
    if lost_both(settings):
        return found
    keys = None
    try:
        keys = keys_of(settings)
    except StorageFault as fault:
        found.append(str(fault))
    return found if lost_database(settings) else [*found, *await _of_database(settings, keys)]


async def _of_database(settings: Settings, keys: KeyRing | None) -> list[str]:
    try:
        with advised(settings):
            database = await open_database(settings.storage.url, read_only=True)
            try:
                await look_over(settings, database, keys)
            finally:
                await database.close()
    except StorageFault as fault:
        return [str(fault)]
    return []
