"""A line of words in which some are set apart as HTML; everything is escaped. Knows no application."""

import re
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

Drawn = Callable[[str], Markup]


def woven(line: str, found: Sequence[re.Match[str]], inside: Callable[[re.Match[str]], Markup], drawn: Drawn) -> Markup:
    """`inside` draws what was found, in the order of the line, and `drawn` what stands around it."""
    starts, ends = [0, *(at.end() for at in found)], [*(at.start() for at in found), len(line)]
    between = [drawn(line[start:end]) for start, end in zip(starts, ends, strict=True)]
    parts = zip(between, [*map(inside, found), Markup("")], strict=True)
    return Markup("").join(part for pair in parts for part in pair)


def whole(line: str, codes: re.Pattern[str], drawn: Drawn = escape) -> Markup:
    """No code is broken off at the end of a line: it is read, and copied, in one piece."""
    return woven(line, list(codes.finditer(line)), _whole, drawn)


def _whole(code: re.Match[str]) -> Markup:
    return Markup('<span class="whole">{}</span>').format(code[0])
