"""The sheet that says what a workbook of stories is and how to read it; knows no story."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from dialogs.daytime import AMSTERDAM
from research.export.workbooks import Book, Look

CARE = (
    (
        "Dit zijn woorden van mensen, en soms gaan ze over iets moeilijks. Bewaar dit bestand op een veilige plek."
        " Stuur het niet door. Gooi het weg als u het niet meer nodig heeft."
    ),
    "Trekt iemand een verhaal in? Dan staat het kenmerk in ingetrokken.csv. Haal dat verhaal ook hier weg.",
)
SHEETS = {
    "verhalen": "Een rij per verhaal. Wat iemand koos, staat er in woorden.",
    "opmerkingen": "Wat mensen typten bij een vraag met knoppen. Een rij per opmerking.",
    "codes": "Dezelfde rijen als op het blad verhalen, met codes. Voor wie ermee rekent.",
    "vervolg": "Hoe heel lange teksten verdergaan. In één cel passen 32.767 tekens.",
    "keuzes": "Wat er bij elke vraag te kiezen was.",
    "codeboek": "Wat er in elke kolom staat, en wat elke code betekent.",
    "versies": "De vragenlijsten, en hoeveel verhalen ermee zijn verteld.",
}
READING = (
    (
        "Wijs de naam van een kolom aan: dan ziet u welke vraag erbij hoort. Grijs is wat bij elk verhaal hoort,"
        " groen zijn eigen woorden, blauw is wat iemand koos."
    ),
    "Met het pijltje in de bovenste rij kiest u welke rijen u ziet, of zet u ze op volgorde.",
    "Past een lang verhaal niet in beeld? Klik erop, en lees het in de balk boven het blad.",
    "Een lege cel in een kolom met eigen woorden of getallen: er is niets. De kolom van de vraag zegt dan waarom.",
    "'Weet ik niet' en 'Past niet bij mijn verhaal' zijn antwoorden. Wat grijs en schuin staat, is er geen:",
)


def introduce(book: Book, at: datetime, stories: int, reasons: Mapping[str, str], *, went_on: bool) -> None:
    """The sheet, in an export of so many `stories` of the moment `at`.

    `reasons` are words for why there is no answer, with what they mean; `went_on` where some text was too long.
    """
    sheet = book.page("leesmij", (22, 90))
    for look, cells in _lines(at, stories, reasons, went_on=went_on):
        sheet.add(cells, (look, Look.WRAPPED))
    sheet.finish()


def _lines(
    at: datetime, stories: int, reasons: Mapping[str, str], *, went_on: bool
) -> Iterator[tuple[Look, tuple[str, str]]]:
    yield Look.TITLE, ("Verhalen uit Vertelbot", "")
    yield Look.PLAIN, ("", "")
    moment = f"{at.astimezone(AMSTERDAM):%d-%m-%Y om %H:%M uur}"
    yield Look.STRONG, ("Inhoud", f"{stories} {'verhaal' if stories == 1 else 'verhalen'}, zoals ze waren op {moment}.")
    yield from _part("Let op", CARE)
    yield Look.PLAIN, ("", "")
    yield Look.STRONG, ("Bladen", "")
    for name, meaning in SHEETS.items():
        if went_on or name != "vervolg":
            yield Look.PLAIN, (name, meaning)
    yield from _part("Zo leest u ze", READING)
    for reason, meaning in reasons.items():
        yield Look.MISSING, (reason, meaning)


def _part(title: str, sentences: tuple[str, ...]) -> Iterator[tuple[Look, tuple[str, str]]]:
    yield Look.PLAIN, ("", "")
    for number, sentence in enumerate(sentences):
        yield Look.STRONG, ("" if number else title, sentence)
