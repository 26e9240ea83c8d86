"""What stands in the tables of a database of either engine, as another program reads it; knows no noun."""

from collections.abc import Mapping

from storage.database import Row
from storage.opening import open_database
from storage.tables import of_today


async def tables(url: str) -> Mapping[str, list[Row]]:
    """Every row of every table, in order of their keys."""
    database = await open_database(url, read_only=True)
    try:
        async with database.reading() as work:
            return {
                table.name: await work.fetch(f"{table.every} ORDER BY {', '.join(table.key)}") for table in of_today()
            }
    finally:
        await database.close()


async def amounts(url: str) -> Mapping[str, int]:
    """How many rows there are in every table."""
    return {name: len(rows) for name, rows in (await tables(url)).items()}
