"""The last look before a text leaves: what may never is seen, and what was masked is not."""

import pytest

from research.deidentify.kinds import Kind
from research.deidentify.leaving import second_scan


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ze vroegen mijn BSN, dat is 111222333.", [Kind.BSN]),
        ("bsn 1 1 1 2 2 2 3 3 3", [Kind.BSN]),
        ("het staat op NL91 ABNA 0417 1643 00", [Kind.IBAN]),
        ("bel me op 06 12345678", [Kind.PHONE]),
        ("bel me op +31 6 1234 5678", [Kind.PHONE]),
        ("mail naar omar@live.nl", [Kind.EMAIL]),
        ("omar apenstaartje live punt nl", [Kind.EMAIL]),
        ("ik woon op 1102 AB 12", [Kind.POSTCODE]),
        ("06-12345678 of omar@live.nl of 111222333", [Kind.BSN, Kind.PHONE, Kind.EMAIL]),
    ],
)
def test_what_may_never_leave_is_seen(text: str, kinds: list[Kind]) -> None:
    assert second_scan(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mijn dak lekte al weken. Toen belde iemand van het buurtteam.",
        "[NAAM-1] belde [TELEFOON] en woont in de [STRAAT] [NUMMER].",
        "Bel 0800-0113 of 112 als het niet gaat.",
        "In 2019 was ik 45 jaar en kreeg ik 1.234,50 euro.",
    ],
)
def test_what_may_leave_is_let_through(text: str) -> None:
    assert second_scan(text) == []


def test_no_placeholder_is_seen_as_what_it_stands_for() -> None:
    assert second_scan(" ".join(f"[{kind}] en [{kind}-12]" for kind in Kind)) == []
