"""A link: a place and a question set under a code that says nothing; knows no row, no clock and nobody who made it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dialogs.interview import Interview, Visit
from dialogs.receipts import ALPHABET

SIGNS = ALPHABET.lower()
"""Those of a receipt, which look like no other, but small: nobody takes the one for the other."""

LENGTH = 10
"""About 49 bits: whoever tries codes finds one of a thousand links once in half a million million tries."""

SLIPS = 2
"""Characters too many or too few in what somebody means as a code."""

_CODE = re.compile(rf"[{SIGNS}]{{{LENGTH}}}", re.ASCII)
_MEANT = re.compile(rf"(?=.*[0-9])[a-z0-9]{{{LENGTH - SLIPS},{LENGTH + SLIPS}}}", re.ASCII)
_AROUND = re.compile(r"[\s.,;:!?()\"'‘’“”…]+")


@dataclass(frozen=True, slots=True)
class Link:
    """What a code stands for. `question_set` is an id, `district` an option of the question that a link may answer.

    `helped`: whoever comes by it reads aloud and types for somebody else. `test`: what is told is to try it out.
    `works` is false where it is paused, over, or not yet begun. `visit`: it was made for one helper and many tellers,
    and `place` is then the code of the link that the stories count for; else it is the code itself.
    """

    code: str
    place: str
    question_set: str
    district: str = ""
    helped: bool = False
    test: bool = False
    works: bool = True
    visit: Visit | None = None


NONE: Mapping[str, Link] = MappingProxyType({})


def normal_code(typed: str) -> str:
    """A code as it is kept: small letters, without the spaces in it and the marks of a sentence around it."""
    return _AROUND.sub("", typed).lower()


def is_code(typed: str) -> bool:
    """Whether this has the form of a code; it need not lead anywhere."""
    return bool(_CODE.fullmatch(typed))


def may_be_code(typed: str) -> bool:
    """Whether this is meant as a code, perhaps with a slip: about as long, with a digit, or a code indeed.

    A link that somebody wrote by hand (`b-noord-huis`) has a stroke, and is none.
    """
    return is_code(typed) or bool(_MEANT.fullmatch(typed))


def code_of(numbers: Iterator[int]) -> str:
    """A code out of random numbers of five bits; those for which there is no sign are passed over."""
    return "".join(SIGNS[number] for number, _ in zip(_signed(numbers), range(LENGTH), strict=False))


def way_back(interview: Interview) -> str:
    """The code by which the same teller, or the next of the same helper, comes in again; "" for none."""
    return interview.visit.code if interview.visit else interview.link or ""


def _signed(numbers: Iterator[int]) -> Iterator[int]:
    return (number for number in numbers if number < len(SIGNS))
