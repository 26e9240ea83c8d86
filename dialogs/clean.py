"""The one door for typed words: makes any text safe to keep, in any database and any export; knows no channel."""

import unicodedata

KEPT_CONTROLS = "\n\t"
COMBINING_LIMIT = 8
"""Marks kept on one letter: no script needs more, and stacks of hundreds cover a whole screen."""

_BLANKS = "\t\n \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))
"""White space, and the two spaces of no width."""

_UNSEEN = "\u2800\ufffc" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""What shows nothing by itself though it is no blank: the empty Braille sign, a lost object, a choice of form."""


def clean_text(text: str) -> str:
    """`text` in NFC without lone surrogates (U+FFFD for each), controls, stacked marks and outer white space.

    Line ends become "\\n". Zero-width joiners stay: emoji and several scripts are written with them. A text in which
    nothing can be seen becomes "".
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = unified.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = unicodedata.normalize("NFC", "".join(filter(_is_kept, whole)))
    return _without_stacks(kept).strip(_BLANKS) if any(map(_is_seen, kept)) else ""


def _is_seen(character: str) -> bool:
    return character not in _UNSEEN and unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _is_kept(character: str) -> bool:
    return character in KEPT_CONTROLS or unicodedata.category(character) not in ("Cc", "Cs")


def _without_stacks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character).startswith("M") else 0
        if run <= COMBINING_LIMIT:
            kept.append(character)
    return "".join(kept)
