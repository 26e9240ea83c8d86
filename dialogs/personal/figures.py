"""What the numbers in a text are when they are no secret or are somebody's phone; knows no text but what is seen.

Patterns are for what `seeing` sees: plain digits, one kind of dash and of space. Each part is bounded: none runs on.
"""

import re

_BETWEEN = r"[ .\-/_]{0,3}"
_DUTCH = rf"""
    (?!06([-./])\d\d?\1(?:19|20)\d\d)           # the sixth of a month is no mobile number
    (?:\(?06\)?(?:{_BETWEEN}\d){{8}}
    |(?!0[89]0)\(?0[1-57-9]\d\)?(?:{_BETWEEN}\d){{7}}   # 0800 and 0900 are nobody's own
    |(?!0[89]0)\(?0[1-57-9]\d\d\)?(?:{_BETWEEN}\d){{6}})
    (?<=\d\d)"""
_ABROAD = rf"""
    (?:(?:(?<!\])\(?\+|(?<![.,:])00)[ ]?31\)?{_BETWEEN}(?:\(0\)|0)?(?:{_BETWEEN}\d){{9}}
    |31[ \-]?6(?:{_BETWEEN}\d){{8}}
    |(?:(?<!\])\+[ ]?|(?<![.,:])00(?=[1-9]\d))[1-9](?:[ .\-/()]{{0,3}}\d){{7,14}})"""
PHONE = re.compile(rf"(?<!\d)(?:{_DUTCH}|0[ ]?6(?:[ .\-]\d){{8}}|{_ABROAD})(?!\d)", re.VERBOSE)
"""A phone number as in the Dutch numbering plan (ten digits, +31 or 0031), or one of another country (ITU-T E.164)."""

PUBLIC = re.compile(r"(?<!\d)0[89]00[ .\-]{0,3}(?:\d{4}|\d{7})(?!\d)")
"""A help number that is everybody's ("0800-0113")."""

_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = "(?:0?[1-9]|1[0-2])"
_YEAR = "(?:19|20)[0-9]{2}"
_POINT = "[ ]?[-./][ ]?|[ ]"
DATE = re.compile(
    rf"(?<!\d)(?:{_DAY}(?P<a>{_POINT}){_MONTH}(?P=a){_YEAR}"
    rf"|{_YEAR}(?P<b>{_POINT}){_MONTH}(?P=b){_DAY}"
    rf"|{_YEAR}(?P<c>{_POINT}|,){_YEAR})(?!\d)"
)
"""A day with its year, or two years; the point between the parts is the group that matched."""

_THOUSANDS = r"[0-9]{1,3}(?:\.[0-9]{3}){1,4}"
PRICE = re.compile(
    rf"(?:€|\beuro?)[ ]?{_THOUSANDS}(?:,[0-9]{{2}})?(?!\d)"
    rf"|(?<![\d.]){_THOUSANDS}(?:,[0-9]{{2}})?[ ]?(?:€(?![ ]?[\d\[])|euro?\b)",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    rf"(?<![\d.,])(?:{_THOUSANDS}|[0-9]{{1,6}}),[0-9]{{2}}(?![\d,])|(?<![\d.])\d(?:\.\d{{3}}){{2}}(?![\d.])"
)
"""A price without a sign for money; "111.222.333" is none, for so people write other numbers too."""
