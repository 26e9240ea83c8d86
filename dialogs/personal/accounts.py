"""Finds account numbers in what is seen of a text; knows no bank."""

import re
from collections.abc import Iterator

from dialogs.personal.seeing import Span
from dialogs.spelling import wordset

_LENGTHS = {
    pair[:2]: int(pair[2:])
    for pair in wordset(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18"
        " FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21"
        " LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24"
        " SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 MA28"
    )
}
_IBAN = re.compile(
    r"(?<![^\W_])(?=(?P<all>[a-z]{2}(?:[ .\-]{0,2}[a-z0-9]){13,32}))[a-z]{2}[ .\-]{0,2}\d[ ]?\d", re.IGNORECASE
)
_DUTCH_ACCOUNT = re.compile(r"NL\d\d[A-Z]{4}\d{10}")


def accounts(text: str) -> Iterator[Span]:
    """Where an IBAN stands in what is seen, in groups or not (ISO 13616 and the lengths in the SWIFT IBAN registry)."""
    for match in _IBAN.finditer(text):
        length = _LENGTHS.get(match.group()[:2].upper(), 0)
        places = [place for place in range(*match.span("all")) if text[place].isalnum()][:length]
        account = "".join(text[place] for place in places).upper()
        whole = not text[places[-1] + 1 : places[-1] + 2].isalnum() if places else False
        if whole and len(account) == length and _is_account(account):
            yield match.start(), places[-1] + 1


def _is_account(account: str) -> bool:
    """Whether the check digits are right (ISO 7064, mod 97-10) and these are no words; a Dutch one may hold a slip."""
    turned = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    mostly_digits = 2 * sum(map(str.isdigit, account)) >= len(account)
    return bool(_DUTCH_ACCOUNT.fullmatch(account)) or (mostly_digits and int(turned) % 97 == 1)
