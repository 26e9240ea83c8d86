"""What has to be in place before anything is opened, and what to do where it is not; opens no database."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from bot.typed import line
from dialogs.daytime import AMSTERDAM
from storage.backup.ring import copies
from storage.opening import SQLITE

MEGABYTE = 1024 * 1024
LITTLE = 500 * MEGABYTE
"""Below it there is a warning: a story is a few kilobytes, so nobody is kept out for it."""

TOO_LITTLE = 50 * MEGABYTE
"""Below it a start is refused: SQLite needs room to write what it has and to clear away what is gone."""

FOR_EVER = "zolang study.bewaartermijn niet is ingevuld, gaat geen verhaal vanzelf weg."
NO_WAY = "zolang study.bot_link niet is ingevuld, hebben links en uitnodigingen geen adres in Telegram."
NEW = "Is dit een nieuw begin? Geef backup.folder dan een andere map."


def refusals(settings: Settings) -> list[str]:
    """A Dutch sentence for everything that keeps a start from going on, as far as the files alone tell."""
    lost = lost_database(settings) or lost_both(settings)
    return [*_of_folders(settings), *_of_room(settings), *([lost] if lost else [])]


def warnings(settings: Settings) -> list[str]:
    """A Dutch sentence for everything that needs looking after, though a start will do without."""
    places = filter(None, (database_file(settings), settings.backup.folder / "x"))
    found = [few_left(place.parent, room(place)) for place in places]
    found += [of_copies(settings), "" if settings.study.term() else FOR_EVER]
    found += [NO_WAY if settings.telegram.token and not settings.study.bot_link else ""]
    return [f"Let op: {sentence}" for sentence in dict.fromkeys(found) if sentence]


def few_left(folder: Path, free: int) -> str:
    """What to say of a disk with so many bytes free; empty where that is enough."""
    if free >= LITTLE:
        return ""
    return f"de schijf van {folder} is bijna vol: nog {free // MEGABYTE} MB. Maak ruimte."


def of_copies(settings: Settings) -> str:
    """What keeps copies from being made; empty where nothing does."""
    if (blocked := _of_folder(settings.backup.folder / "x")) and settings.backup.hourly:
        return f"reservekopieën lukken zo niet. {blocked}"
    return ""


def first_start(settings: Settings) -> bool:
    """Whether there is neither a key file nor a database yet, and no copy of one."""
    place = database_file(settings)
    nothing = not settings.storage.key_file.exists() and (place is None or not place.exists())
    return nothing and not copies(settings.backup.folder)


def lost_database(settings: Settings) -> str:
    """What to say where there are keys but not the database that they are for; empty where it is there."""
    place, key_file = database_file(settings), settings.storage.key_file
    if place is None or not key_file.exists() or (place.exists() and place.stat().st_size):
        return ""
    lost = f"{place}: de database is er niet of is leeg, maar het sleutelbestand wel. {advice(settings)}"
    if copies(settings.backup.folder):
        return lost
    return f"{lost} Is er nog nooit iets bewaard? Haal beide dan weg en start opnieuw."


def lost_on_server(settings: Settings, used: bool) -> str:
    """What to say where of a database on a server (`used`: it was made with keys) and its keys only one is there."""
    key_file = settings.storage.key_file
    if used and not key_file.exists():
        return f"Er is geen sleutelbestand in {key_file}, maar de database op de server is in gebruik. Zet het terug."
    if used or not key_file.exists():
        return ""
    lost = f"De database op de server is leeg, maar {key_file} is er wel. {advice(settings)}"
    if copies(settings.backup.folder):
        return lost
    return f"{lost} Is er nog nooit iets bewaard? Haal het sleutelbestand dan weg en start opnieuw."


def lost_both(settings: Settings) -> str:
    """What to say where there are copies but neither keys nor a database; empty where one of them is there."""
    place, folder = database_file(settings), settings.backup.folder
    if settings.storage.key_file.exists() or place is None or place.exists() or not copies(folder):
        return ""
    return (
        f"De database en het sleutelbestand zijn er niet, maar in {folder} staan wel reservekopieën."
        f" Zet eerst uw kopie van het sleutelbestand in {settings.storage.key_file}. {advice(settings)}\n{NEW}"
    )


def lost_keys(settings: Settings) -> str:
    """What to do where the key file is gone."""
    return (
        f"Zet uw kopie van dat bestand terug in {settings.storage.key_file}."
        " Zonder is niets te lezen, ook geen reservekopie."
    )


def advice(settings: Settings, *, over: bool = False) -> str:
    """Which copy to put back, and what to type for it; `over`: there is something in its place."""
    found = copies(settings.backup.folder)
    if not found:
        return f"Zet een reservekopie terug; in {settings.backup.folder} staat er geen."
    command = line("vertelbot", "restore", *(["--over"] if over else []), str(found[0].path))
    return f"De nieuwste reservekopie is van {when(found[0].taken_at)}. Zet haar terug met:{command}"


def when(at: datetime) -> str:
    """A moment as it is read in Amsterdam."""
    return at.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M uur")


def database_file(settings: Settings) -> Path | None:
    """The file of an embedded database; None where the database is a server."""
    url = settings.storage.url
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def room(place: Path) -> int:
    """How many bytes are free where `place` is or would be."""
    return shutil.disk_usage(_nearest(place)).free


def _of_room(settings: Settings) -> list[str]:
    place = database_file(settings)
    if place is None or room(place) >= TOO_LITTLE:
        return []
    return [f"{few_left(place.parent, room(place))} Daarna kan de bot starten."]


def _of_folders(settings: Settings) -> list[str]:
    place, key_file = database_file(settings), settings.storage.key_file
    # A key file that is there may well stand where nobody writes.
    written = [*([place] if place else []), *([] if key_file.exists() else [key_file])]
    return [sentence for path in written if (sentence := _of_folder(path))]


def _of_folder(place: Path) -> str:
    """What keeps a file from being made in `place`; empty where nothing does."""
    nearest = _nearest(place)
    if not nearest.is_dir():
        return f"{place}: dit kan niet, want {nearest} is geen map."
    if not os.access(nearest, os.W_OK | os.X_OK):
        return f"{place.parent}: in deze map mag niet worden geschreven. Geef de gebruiker rechten."
    if place.is_file() and not os.access(place, os.W_OK):
        return f"{place}: in dit bestand mag niet worden geschreven. Geef de gebruiker rechten."
    return ""


def _nearest(place: Path) -> Path:
    """The nearest thing above `place` that exists."""
    return next(folder for folder in place.absolute().parents if folder.exists())
