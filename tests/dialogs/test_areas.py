"""The areas of the city: each within one district, and a file that is wrong says all that is wrong with it."""

import pytest

from dialogs.areas import Area, Areas, areas_of
from dialogs.checks.parse import parsed
from dialogs.checks.tables import Table
from dialogs.faults import Refusal
from tests.dialogs.written import written
from tests.talk.world import library

GOOD: dict[str, object] = {"noord": {"oud_noord": "Oud-Noord", "noord_west": "Noord-West"}, "weesp": {"alles": "Weesp"}}


def read(values: dict[str, object]) -> Areas | Refusal:
    """The areas of a file with these values, or what is wrong with it."""
    table = parsed("texts/areas.toml", written(values))
    assert isinstance(table, Table)
    return areas_of(table)


def test_a_good_file_is_read_in_its_order_and_a_district_of_one_area_has_no_parts() -> None:
    found = read(GOOD)
    assert isinstance(found, Areas)
    assert [area.id for area in found.within("noord")] == ["oud_noord", "noord_west"]
    assert (found.within("weesp"), found.within("zuid")) == ((), ())
    assert found.one("alles") == Area("alles", "weesp", "Weesp")
    assert found.one("noord") is None


def test_those_of_the_project_are_the_25_of_the_municipality() -> None:
    every = library().areas.every
    assert len(every) == 25
    assert [area.label for area in every if area.district == "zuid"] == [
        "Oud-Zuid",
        "Buitenveldert, Zuidas",
        "De Pijp, Rivierenbuurt",
    ]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"noord": "Oud-Noord"}, ["texts/areas.toml: noord: Hier hoort een tabel met gebieden."]),
        (
            {"noord": {"Oud-Noord": "Oud-Noord", "n" * 17: " "}},
            [
                "texts/areas.toml: noord.Oud-Noord: Gebruik hooguit 16 kleine letters, cijfers en streepjes (_).",
                f"texts/areas.toml: noord.{'n' * 17}: Gebruik hooguit 16 kleine letters, cijfers en streepjes (_).",
                f"texts/areas.toml: noord.{'n' * 17}: Schrijf hier hoe het gebied heet.",
            ],
        ),
        (
            {"noord": {"markt": "Markt", "zuid": "Zuid"}, "zuid": {"markt": "Markt"}},
            [
                "texts/areas.toml: noord.zuid: Dit woord is al van een ander gebied of stadsdeel.",
                "texts/areas.toml: zuid.markt: Dit woord is al van een ander gebied of stadsdeel.",
            ],
        ),
    ],
)
def test_all_that_is_wrong_is_said_at_once(values: dict[str, object], said: list[str]) -> None:
    found = read(values)
    assert not isinstance(found, Areas)
    assert [str(fault) for fault in found] == said
