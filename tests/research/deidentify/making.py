"""Sentences made by rule, so that there are enough of each kind of number to say something of one in a hundred.

The templates of the two parts differ in their words; the numbers are valid, and written in every way that people write
them. The same seed gives the same sentences.
"""

import re
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random

from tests.research.deidentify.sentences import Sentence, read

EACH = 200
"""Sentences of every kind."""

STRUCTURED = ("bsn", "iban", "telefoon", "email", "account", "kenteken", "dossier", "postcode", "datum", "leeftijd")

_KIND = re.compile(r"\{(\w+)\|")
_MADE = re.compile(r"<(\w+)>")
_FIGURES = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_NAMES = ("omar", "bea", "yonas", "samira", "kasia", "henk", "fatma", "joao", "mei", "carla", "abdi", "truus")
_AFTER = ("visser", "bouali", "tesfay", "kaya", "nowak", "noord", "vd", "jansen")
_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober")
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
_PLATES = (
    *("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9", "9-XXX-99", "XX-999-X"),
    *("X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"),
)
_CONSONANTS = "BDFGHJKLNPRSTVXZ"


def generated(part: str) -> list[Sentence]:
    """So many sentences of every kind, and as many in which there is nothing."""
    lines = (Path(__file__).parent / f"templates_{part}.txt").read_text(encoding="utf-8").splitlines()
    templates = [line for line in lines if line and not line.startswith("#")]
    dice = Random(part)
    return [
        read(_MADE.sub(lambda wish: _MAKERS[wish[1]](dice), template))
        for kind in ("", *STRUCTURED)
        for template in islice(cycle(_of(kind, templates)), EACH)
    ]


def _of(kind: str, templates: Sequence[str]) -> list[str]:
    return [line for line in templates if set(_KIND.findall(line)) == ({kind} if kind else set())]


def _digits(dice: Random, number: int) -> str:
    return "".join(dice.choices("0123456789", k=number))


def _filled(dice: Random, shape: str) -> str:
    """A shape with a digit for every 9, a letter for every X."""
    made = {"9": lambda: dice.choice("0123456789"), "X": lambda: dice.choice(_CONSONANTS)}
    return "".join(made[sign]() if sign in made else sign for sign in shape)


def _bsn(dice: Random) -> str:
    """Nine digits that pass the elfproef, or eight where the first is a nought."""
    while True:
        first = _digits(dice, 8)
        last = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
        if last < 10 and first[:2] != "00":
            break
    digits = f"{first}{last}"
    a, b, c = digits[:3], digits[3:6], digits[6:]
    ways = [digits, digits, f"{a}.{b}.{c}", f"{a} {b} {c}", f"{a}-{b}-{c}", f"{digits[:4]}.{digits[4:6]}.{c}"]
    return dice.choice([*ways, " ".join(digits), digits.lstrip("0")])


def _iban(dice: Random) -> str:
    bank = dice.choice(("ABNA", "INGB", "RABO", "TRIO", "BUNQ", "KNAB", "SNSB", "ASNB"))
    countries = [("NL", f"{bank}{_digits(dice, 10)}")] * 5
    countries += [("BE", _digits(dice, 12)), ("DE", _digits(dice, 18)), ("PL", _digits(dice, 24))]
    country, account = dice.choice(countries)
    turned = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    whole = f"{country}{98 - int(turned) % 97:02}{account}"
    grouped = " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
    return dice.choice(
        [whole, grouped, whole.lower(), grouped.lower(), grouped.replace(" ", "."), grouped.replace(" ", "-")]
    )


def _telefoon(dice: Random) -> str:
    return dice.choice((_mobile, _mobile, _mobile, _fixed, _abroad))(dice)


def _mobile(dice: Random) -> str:
    n = f"{dice.randint(1, 5)}{_digits(dice, 7)}"
    pairs = [n[at : at + 2] for at in range(0, 8, 2)]
    spelled = " ".join(_FIGURES[int(digit)] for digit in n)
    return dice.choice(
        [
            *(
                f"06{n}",
                f"06-{n}",
                f"06 {n}",
                f"06 {' '.join(pairs)}",
                f"06-{' '.join(pairs)}",
                f"06.{'.'.join(pairs)}",
            ),
            *(f"06 {n[:4]} {n[4:]}", f"06 - {n}", f"(06) {n}", f"06/{n}", f"06 {n[:3]} {n[3:6]} {n[6:]}", f"0 6 {n}"),
            *(f"+31 6 {n}", f"+316{n}", f"+31 (0)6 {n}", f"+31 6 {' '.join(pairs)}", f"+31-6-{n}", f"0031 6 {n}"),
            *(
                f"00316{n}",
                f"316{n}",
                f"06 {' '.join(n)}",
                f"nul zes {spelled}",
                f"nul zes, {spelled.replace(' ', ', ')}",
            ),
            *(f"o6 {n}", f"o6-{n}", f"O6{n}", f"nul zes {n}"),
        ]
    )


def _fixed(dice: Random) -> str:
    n = f"{dice.randint(2, 7)}{_digits(dice, 6)}"
    parts = f"{n[:3]} {n[3:5]} {n[5:]}"
    ways = [f"020{n}", f"020-{n}", f"020 {n}", f"(020) {n}", f"020 {parts}", f"020 - {parts}", f"+31 20 {n}"]
    return dice.choice([*ways, f"+31 (0)20 {parts}", f"0031 20 {n}", f"0299-{n[:6]}"])


def _abroad(dice: Random) -> str:
    n = f"{dice.randint(4, 9)}{_digits(dice, 8)}"
    return dice.choice(
        [
            *(f"+32 {n[:3]} {n[3:5]} {n[5:7]} {n[7:]}", f"+90 5{n[:2]} {n[2:5]} {n[5:7]} {n[7:]}", f"+212 {n}"),
            *(f"+597 {n[:3]}-{n[3:7]}", f"+48 {n[:3]} {n[3:6]} {n[6:]}", f"+49{n}", f"0090 5{n}", f"0032{n}"),
        ]
    )


def _email(dice: Random) -> str:
    name, last = dice.choice(_NAMES), dice.choice(_AFTER)
    said = dice.choice((name, f"{name}{dice.randint(1, 99)}", f"{name}_{last}", f"{name}-{last}"))
    host, end = dice.choice((("gmail", "com"), ("hotmail", "com"), ("live", "nl"), ("outlook", "com"), ("ziggo", "nl")))
    written = f"{said}@{host}.{end}"
    return dice.choice(
        [
            *(written, written, f"{name}.{last}@{host}.{end}", written.upper(), written.capitalize()),
            *(f"{said} @ {host}.{end}", f"{said}@ {host} .{end}", f"{said}@{host},{end}", f"{said} @{host} {end}"),
            *(f"{said} apenstaartje {host} punt {end}", f"{name} punt {last} apenstaartje {host} punt {end}"),
            *(f"{said}(at){host}.{end}", f"{said} [at] {host}.{end}", f"{said} apestaart {host}.{end}"),
            *(f"{said} at {host}.{end}", f"{said} at {host} punt {end}", f"{said} at {host} {end}"),
            *(
                f"{said} at {host} dot {end}",
                f"{name} punt {last} at {host} punt {end}",
                f"{said} apenstaart {host} {end}",
            ),
            *(f"{name}@buurt-{last}.nl", f"{name} apenstaartje {last} punt nl"),
        ]
    )


def _account(dice: Random) -> str:
    name, last, number = dice.choice(_NAMES), dice.choice(_AFTER), dice.randint(1, 2010)
    return dice.choice(
        (f"@{name}{number}", f"@{name}_{last}", f"@{name}.{last}", f"@{name}{last}", f"@_{name}_{number}")
    )


def _accountnaam(dice: Random) -> str:
    name, last, number = dice.choice(_NAMES), dice.choice(_AFTER), dice.randint(1, 2010)
    return dice.choice((f"{name}{number}", f"{name}_{last}", f"{name}.{last}", f"{name}_{number}", f"x{name}x{number}"))


def _kenteken(dice: Random) -> str:
    plate = _filled(dice, dice.choice(_PLATES))
    return dice.choice((plate, plate, plate.lower()))


def _kentekenlos(dice: Random) -> str:
    plate = _filled(dice, dice.choice(_PLATES))
    loose = dice.choice((plate, plate.replace("-", " "), plate.replace("-", "")))
    return dice.choice((loose, loose.lower()))


def _dossier(dice: Random) -> str:
    year = dice.randint(2015, 2026)
    n = f"{dice.randint(1, 9)}{_digits(dice, 5)}"
    ways = [
        n,
        f"{n}{_digits(dice, 3)}",
        f"{year}-{n[:5]}",
        f"{year}/{n[:4]}",
        f"{year}.{n}",
        f"{_filled(dice, 'XXX')}{n}",
    ]
    return dice.choice([*ways, f"{_filled(dice, 'XX')}-{year}-{n[:4]}", f"Z{year}-{n}", f"{n[:3]}-{n[3:]}", n[:4]])


def _zaak(dice: Random) -> str:
    n = f"{dice.randint(1, 9)}{_digits(dice, 5)}"
    return dice.choice(
        (f"C/13/{n}", f"{_digits(dice, 2)}/{n}-{_digits(dice, 2)}", f"AMS-{n}", f"WMO{n}", f"BSK-2023-{n[:4]}")
    )


def _postcode(dice: Random) -> str:
    code = f"10{dice.randint(11, 99)}"
    letters = next(two for two in iter(lambda: _filled(dice, "XX"), "") if two not in ("SA", "SD", "SS"))
    return dice.choice(
        (f"{code} {letters}", f"{code}{letters}", f"{code} {letters.lower()}", f"{code}{letters.lower()}")
    )


def _postcodehuis(dice: Random) -> str:
    house = f"{dice.randint(1, 400)}{dice.choice(('', '', 'a', ' hs', '-2', ' iii'))}"
    return f"{_postcode(dice)}{dice.choice((' ', ', ', ' nr ', ' nummer '))}{house}"


def _datum(dice: Random) -> str:
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(1940, 2025)
    named, short = dice.choice(_MONTHS), dice.choice(_SHORT_MONTHS)
    return dice.choice(
        [
            *(f"{day} {named} {year}", f"{day} {named}", f"{day} {short} {year}", f"{day}-{month}-{year}"),
            *(f"{day:02}-{month:02}-{year}", f"{day}/{month}/{year}", f"{day:02}.{month:02}.{year}"),
            *(f"{day}-{month}-{year % 100:02}", f"{day}/{month}/'{year % 100:02}", f"{year}-{month:02}-{day:02}"),
            *(f"maandag {day} {named}", f"vrijdag {day} {named} {year}", f"{day} {named} '{year % 100:02}"),
            *(f"{dice.randint(2, 19)}e {named}", f"{day:02} {month:02} {year}", f"{day}-{short}-{year}"),
            *(f"{dice.randint(13, 28)}/{month}", f"{dice.randint(20, 28)}ste van {named}"),
        ]
    )


def _bedrag(dice: Random) -> str:
    whole = dice.randint(11, 999)
    return dice.choice(
        (f"{whole}", f"{whole},50", f"{dice.randint(1, 9)}.{whole:03}", f"{dice.randint(1, 9)}.{whole:03},25")
    )


_MAKERS: dict[str, Callable[[Random], str]] = {
    "bsn": _bsn,
    "iban": _iban,
    "telefoon": _telefoon,
    "email": _email,
    "account": _account,
    "accountnaam": _accountnaam,
    "kenteken": _kenteken,
    "kentekenlos": _kentekenlos,
    "dossier": _dossier,
    "zaak": _zaak,
    "postcode": _postcode,
    "postcodehuis": _postcodehuis,
    "datum": _datum,
    "jaren": lambda dice: str(dice.randint(3, 98)),
    "jarenwoord": lambda dice: dice.choice(
        ("twaalf", "zestien", "drieëntwintig", "veertig", "vijfenzestig", "tachtig")
    ),
    "bedrag": _bedrag,
    "duizend": lambda dice: str(dice.randint(1011, 1109)),
    "getal": lambda dice: str(dice.randint(2, 120)),
    "tijd": lambda dice: dice.choice(
        (f"{dice.randint(7, 20)}:{dice.choice(('00', '15', '30', '45'))}", f"{dice.randint(7, 12)}")
    ),
    "jaartal": lambda dice: str(dice.randint(1975, 2026)),
}
