"""The numbers of help: each known, each with the day on which somebody checked it, and nothing else."""

from datetime import date, timedelta

import pytest

from dialogs.checks.parse import parsed
from dialogs.checks.relied_on import PHONE_NUMBERS
from dialogs.checks.tables import Table
from dialogs.faults import Refusal
from dialogs.load import load_phones
from dialogs.phones import FRESH, Phone, PhoneBook, phone_book
from dialogs.texts import placeholders
from tests.dialogs.written import written
from tests.talk.world import library

CHECKED = date(2026, 11, 27)
GOOD: dict[str, object] = {
    name: {"number": "0800-2000", "of": "Wie dit is", "source": "Waar dit staat", "checked": CHECKED}
    for name in PHONE_NUMBERS
}


def read(values: dict[str, object]) -> PhoneBook | Refusal:
    """The book of a file with these values, or what is wrong with it."""
    table = parsed("texts/phones.toml", written(values))
    assert isinstance(table, Table)
    return phone_book(table)


def faults_of(values: dict[str, object]) -> list[str]:
    """What is said of a file with these values."""
    refused = read(values)
    assert not isinstance(refused, PhoneBook)
    return [str(fault) for fault in refused]


def test_the_numbers_of_the_project_have_no_faults_and_are_those_that_the_texts_name() -> None:
    book = load_phones()
    assert {phone.name for phone in book.phones} == set(PHONE_NUMBERS)
    assert book.values()["alarmnummer"] == "112"
    assert not {name for text in library().texts.values() for name in placeholders(text.text)} & set(PHONE_NUMBERS)


@pytest.mark.parametrize("name", ["alarmnummer", "zelfmoord", "zelfmoord_gratis", "veilig_thuis"])
def test_whoever_is_in_need_reads_every_number_of_help(name: str) -> None:
    assert load_phones().values()[name] in library().text("CRISIS").text


def test_a_child_reads_the_number_for_children() -> None:
    assert load_phones().values()["kindertelefoon"] in library().text("ALG.te_jong").text


def test_a_good_file_is_a_book() -> None:
    book = read(GOOD)
    assert isinstance(book, PhoneBook)
    assert book.phones[0] == Phone("alarmnummer", "0800-2000", CHECKED)
    assert set(book.values()) == set(PHONE_NUMBERS)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"alarmnumer": GOOD["alarmnummer"]}, "alarmnumer: Dit nummer kent geen tekst."),
        ({"alarmnummer": "112"}, "alarmnummer: Hier hoort een tabel met een nummer."),
        ({"alarmnummer": {"number": 112, "checked": CHECKED}}, "alarmnummer.number: Schrijf het nummer als tekst"),
        ({"alarmnummer": {"number": "", "checked": CHECKED}}, "alarmnummer.number: Schrijf het nummer als tekst"),
        ({"alarmnummer": {"number": "een", "checked": CHECKED}}, "alarmnummer.number: Schrijf het nummer als tekst"),
        ({"alarmnummer": {"number": "112"}}, "alarmnummer.checked: Zet hier de dag van nakijken"),
        ({"alarmnummer": {"number": "112", "checked": "2026"}}, "alarmnummer.checked: Zet hier de dag van nakijken"),
        (
            {"alarmnummer": {"number": "112", "checked": CHECKED, "nummer": "x"}},
            "alarmnummer.nummer: Deze sleutel bestaat niet.",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(change: dict[str, object], fault: str) -> None:
    [told] = faults_of({**GOOD, **change})
    assert told.startswith(f"texts/phones.toml: {fault}")


def test_every_number_that_is_missing_is_told() -> None:
    assert faults_of({}) == [f"texts/phones.toml: {name}: Dit nummer ontbreekt." for name in PHONE_NUMBERS]


def test_a_check_counts_for_half_a_year() -> None:
    phone = Phone("alarmnummer", "112", CHECKED)
    assert timedelta(days=180) == FRESH
    assert not phone.is_old(CHECKED + FRESH)
    assert phone.is_old(CHECKED + FRESH + timedelta(days=1))
