"""Why a number is absent, as a word and as a code; knows no question."""

from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Why an answer has no code. NONE: it has one, or it consists of words and needs none."""

    NONE = ""
    SKIPPED = "overgeslagen"
    NOT_APPLICABLE = "niet_van_toepassing"
    NOT_ASKED = "niet_gevraagd"


CODES = MappingProxyType({Reason.SKIPPED: -97, Reason.NOT_APPLICABLE: -98, Reason.NOT_ASKED: -99})
"""Negative, so that no option ever has them, and three, because SPSS takes no more."""

MEANINGS = MappingProxyType(
    {
        Reason.SKIPPED: "De vraag is gesteld en de verteller sloeg haar over.",
        Reason.NOT_APPLICABLE: "De vraag past niet bij wat de verteller koos, of is alleen voor een verhaal met een"
        " helper. Zij is niet gesteld, of haar antwoord verviel toen de verteller een ander antwoord veranderde.",
        Reason.NOT_ASKED: "De vraag staat niet in deze vragenlijst of in deze versie ervan,"
        " of hoort bij de extra vragen en die wilde de verteller niet.",
    }
)
