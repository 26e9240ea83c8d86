"""What can go wrong with a PostgreSQL server, said in our sentences; never holds a value, an address or a password.

Errors of the driver hold what was asked: a parameter, a key that exists already. None of them may be the cause of ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from storage.faults import Damaged, ServerAway, StorageFault, TableMissing, Unavailable

READ_ONLY = "In deze database mag niet worden geschreven."
WRONG_VALUE = "Een tekst of een getal kan zo niet in de database. Er is niets bewaard."
LOST = "De verbinding met de databaseserver viel weg."
CLOSED = "De database is gesloten."

_SENTENCES = {
    "08": LOST,
    "0A": "De databaseserver weigerde een opdracht. Er is niets bewaard.",
    "21": WRONG_VALUE,
    "22": WRONG_VALUE,
    "23": "Dit past niet bij wat er al in de database staat. Er is niets bewaard.",
    "25006": READ_ONLY,
    "28": "De databaseserver laat deze gebruiker niet binnen, of het wachtwoord klopt niet."
    " Zet het wachtwoord in PGPASSWORD of in ~/.pgpass.",
    "3D": "Deze database is er niet op de server. Maak haar eerst, met createdb.",
    "3F": "De gebruiker van de database heeft geen plek om tabellen te maken (geen schema).",
    "40": "Twee programma's wilden tegelijk hetzelfde veranderen. Er is niets bewaard.",
    "42501": "De gebruiker van de database mag dit niet. Geef rechten met GRANT, of maak hem de eigenaar.",
    "53": "De databaseserver heeft geen ruimte of geen verbindingen meer. Er is niets bewaard.",
    "53100": "De schijf van de databaseserver is vol. Er is niets bewaard.",
    "54": WRONG_VALUE,
    "55": "De database is bezet door een ander programma. Er is niets bewaard.",
    "57": "De databaseserver brak een opdracht af of staat stil. Er is niets bewaard.",
    "58": "De schijf van de databaseserver geeft een fout. Er is niets bewaard.",
    "XX001": "De database is beschadigd.",
    "XX002": "De database is beschadigd.",
}
"""By SQLSTATE, or by its class: the first two characters."""

_FOR_GOOD = {"21", "22", "23", "54"}
"""Classes of errors of what was asked, not of where it goes: the same will never fit."""

_DAMAGED = {"XX001", "XX002"}

_AT_ONCE = {"40"}
"""Classes of errors after which nothing was kept and the same may well succeed at once."""

_AWAY = {"08", "53", "57"}
"""Classes of errors of a server that cannot be reached, has no place left, or is starting or stopping."""


class Interrupted(Unavailable):
    """Nothing of the transaction was kept, through no fault of its own: it may be tried again at once."""


@contextmanager
def told() -> Iterator[None]:
    """Says the errors of the driver in ours."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, ValueError) as error:
        raise _fault(error) from None


@contextmanager
def opening() -> Iterator[None]:
    """The same while a connection is made for the first time: then it is mostly the settings."""
    try:
        yield
    except asyncpg.PostgresError as error:
        kind = ServerAway if (error.sqlstate or "")[:2] in _AWAY else StorageFault
        raise kind(_sentence(error)) from None
    except OSError:
        # Also a time that ran out.
        raise ServerAway("De databaseserver is niet te bereiken. Kijk of hij draait en of storage.url klopt.") from None
    except (ValueError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        raise StorageFault(
            "Dit adres van een databaseserver is niet te lezen of niet te gebruiken."
            " Gebruik een adres als postgresql://gebruiker@server/vertelbot."
        ) from None


def _fault(error: Exception) -> StorageFault:
    if isinstance(error, asyncpg.PostgresError):
        return _of_the_server(error)
    if isinstance(error, ValueError):
        # A value that the driver cannot say in the type that the server wants.
        return StorageFault(WRONG_VALUE)
    if isinstance(error, TimeoutError):
        return Unavailable("De databaseserver antwoordt niet op tijd.")
    if isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError) and "clos" not in str(error):
        # Asked of the driver what it cannot do: to ask the same again would be of no use.
        return StorageFault(f"Een opdracht aan de databaseserver kan zo niet. Er is niets bewaard. ({_name(error)})")
    return Interrupted(f"{LOST} ({_name(error)})")


def _of_the_server(error: asyncpg.PostgresError) -> StorageFault:
    state: str = error.sqlstate or ""
    if isinstance(error, asyncpg.UndefinedTableError):
        return TableMissing("Deze database is nog niet ingericht.")
    if state in _DAMAGED:
        return Damaged(_sentence(error))
    if state[:2] in _FOR_GOOD:
        return StorageFault(_sentence(error))
    lost = isinstance(error, asyncpg.PostgresConnectionError | asyncpg.AdminShutdownError | asyncpg.CrashShutdownError)
    return (Interrupted if lost or state[:2] in _AT_ONCE else Unavailable)(_sentence(error))


def _sentence(error: asyncpg.PostgresError) -> str:
    state: str = error.sqlstate or ""
    known = _SENTENCES.get(state) or _SENTENCES.get(state[:2]) or "De databaseserver weigerde een opdracht."
    return f"{known} ({_name(error)})"


def _name(error: Exception) -> str:
    """The kind of an error, which is all that may be told of it."""
    return type(error).__name__
