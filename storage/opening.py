"""The database behind a URL: which engine it is and where it stands; knows no statement and no table."""

from pathlib import Path

from storage.database import Database
from storage.faults import StorageFault

SQLITE = "sqlite:///"
POSTGRES = ("postgresql://", "postgres://")


async def open_database(url: str, *, read_only: bool = False) -> Database:
    """The database behind `url`: `sqlite:///data/vertelbot.db`, or with four slashes from the root of the disk;
    or `postgresql://user@server/vertelbot`.

    A file is made where there is none, unless it is opened `read_only`; a database on a server has to be there. A
    fault does not repeat the URL, which may hold a password.
    """
    # Only the driver that is used has to be installed.
    if url.startswith(POSTGRES):
        from storage.postgres import open_postgres

        return await open_postgres(url, read_only=read_only)
    if url.startswith("sqlite:") and not url.startswith(SQLITE):
        raise StorageFault("Zet drie strepen in het adres van de database, zoals sqlite:///data/vertelbot.db.")
    if not url.startswith(SQLITE):
        scheme = url.partition(":")[0] if ":" in url else ""
        raise StorageFault(
            f"Deze soort database kan niet: '{scheme}'. Gebruik een adres als sqlite:///data/vertelbot.db of"
            " postgresql://gebruiker@server/vertelbot."
        )
    from storage.sqlite import open_sqlite

    return await open_sqlite(_path(url), read_only=read_only)


def shown(url: str) -> str:
    """Where the database is, as anyone may read it: of a server without the user, the password and what comes last."""
    scheme, _, rest = url.partition("://")
    if url.startswith(SQLITE):
        return url.removeprefix(SQLITE)
    before, _, place = rest.rpartition("@")
    # With a sign there that should have been written otherwise, what is behind it may be a part of the password.
    return f"{scheme}://{place.partition('?')[0]}" if "?" not in before else "een databaseserver"


def holds_password(url: str) -> bool:
    """Whether a password stands in the address of a server."""
    user, at, _ = url.partition("://")[2].rpartition("@")
    return url.startswith(POSTGRES) and (bool(at and ":" in user) or "password=" in url)


def _path(url: str) -> Path:
    place = url.removeprefix(SQLITE)
    if not place or place.startswith(":") or "\0" in place:
        raise StorageFault(
            "Een database hoort in een bestand te staan. Gebruik een adres als sqlite:///data/vertelbot.db."
        )
    return Path(place)
