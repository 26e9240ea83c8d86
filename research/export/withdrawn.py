"""The stories that were taken back, by their id only, so that an earlier export can be rid of them; knows no file."""

FILE = "ingetrokken.csv"

COLUMNS = (
    (
        "verhaal_id",
        "Een verhaal dat de verteller introk, uit welke vragenlijst ook. Haal het ook uit elke eerdere uitvoer.",
    ),
    ("dag", "De dag van intrekken in Amsterdam (jaar-maand-dag)."),
)
"""The name of each column, and what it means."""


def header() -> list[str]:
    """The first line of the file."""
    return [name for name, _ in COLUMNS]
