"""What can be wrong with what is kept, said in Dutch sentences; never holds a word of a teller, a value or a key."""


class StorageFault(Exception):
    """The database cannot be used, or did not do what was asked. The message is Dutch, for an operator."""


class Unavailable(StorageFault):
    """The database cannot do it now (locked, disk full, unreachable), and may be able to later: try again."""


class DatabaseGone(Unavailable):
    """The file was taken away, so what is written goes nowhere. Only a restart helps, with a file in its place."""


class ServerAway(Unavailable):
    """There is no database server to be reached at all: a supervisor may start the program again later."""


class Damaged(Unavailable):
    """The file is no database, or not a whole one any more."""


class OtherKeys(StorageFault):
    """The database was made with other keys than these."""


class TableMissing(StorageFault):
    """A statement named a table that this database does not have (yet)."""


class KeyFileFault(StorageFault):
    """The key file cannot be made or used."""
