"""Words as HTML, with what must be seen or used set apart; everything is escaped. Knows no page."""

import re
from collections.abc import Mapping
from functools import partial

from markupsafe import Markup, escape

from dialogs.receipts import is_receipt
from dialogs.texts import Span
from pages.weaving import whole, woven

NEW_LINE = Markup("<br>\n")
POINT = "• "
"""How a line begins that is one of several points."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

NUMBER = re.compile(
    r"(?<![\w+-])(?:(?:0800|0900)[ -]?\d{4}|14 ?0\d{2,3}|(?:\+31[ -]?|0)[1-9](?:[ -]?\d){8})(?![\w-])", re.ASCII
)
"""A Dutch telephone number that stands by itself: ten digits, nine behind +31, or known by how it begins."""

SHORT_NUMBER = re.compile(r"11\d", re.ASCII)
"""112 and 113: a number to call where the texts make it bold, and in other places perhaps an amount."""


COMMAND = re.compile(r"(?<![\w/])/[a-z]{2,16}(?![\w/])", re.ASCII)
"""What may be one."""

CODE = re.compile(r"(?<![\w-])(?=[\d-]*[A-Za-z])[A-Za-z\d]{3}(?:-[A-Za-z\d]{3}){2}(?![\w-])", re.ASCII)
"""A receipt as it is spelled, also one that is only an example. It stays on one line."""

_TAPPED = re.compile(f"(?P<number>{NUMBER.pattern})|{COMMAND.pattern}", re.ASCII)

NONE: Mapping[str, str] = {}


def html(
    runs: tuple[Span, ...],
    foreign: Mapping[str, str] = NONE,
    *,
    calls: bool = True,
    commands: Mapping[str, str] = NONE,
) -> Markup:
    """Words as HTML: bold where they are, every line end a new line, and each point of a list by itself.

    `foreign` holds the language of each line that is not in Dutch. A tap on a number `calls` it. In a form each of the
    `commands` (what it is called by how it is typed) is a button.
    """
    words = Markup("").join((_bold if run.bold else _lines)(run.text, calls, commands) for run in runs)
    return NEW_LINE.join(_line(line, foreign) for line in words.split(NEW_LINE))


def _bold(words: str, calls: bool, commands: Mapping[str, str]) -> Markup:
    """A receipt is large."""
    if is_receipt(words):
        return Markup('<b class="code">{}</b>').format(words)
    is_short = calls and SHORT_NUMBER.fullmatch(words)
    return Markup("<b>{}</b>").format(_call(words) if is_short else _lines(words, calls, commands))


def _lines(words: str, calls: bool, commands: Mapping[str, str]) -> Markup:
    drawn = partial(_tapped, commands=commands) if calls else escape
    return NEW_LINE.join(whole(line, CODE, drawn) for line in words.split("\n"))


def _tapped(line: str, commands: Mapping[str, str]) -> Markup:
    """A line in which the numbers are links, and the commands buttons."""
    found = [at for at in _TAPPED.finditer(line) if at["number"] or at[0] in commands]
    return woven(line, found, lambda at: _call(at[0]) if at["number"] else _command(at[0], commands), escape)


def _command(typed: str, commands: Mapping[str, str]) -> Markup:
    """What is typed is seen, and is part of what the button is called."""
    return Markup('<button class="command" name="command" value="{0}" aria-label="{0}: {1}">{0}</button>').format(
        typed, commands[typed]
    )


def _call(number: str) -> Markup:
    return Markup('<a href="tel:{}">{}</a>').format("".join(sign for sign in number if sign in "+0123456789"), number)


def _line(line: Markup, foreign: Mapping[str, str]) -> Markup:
    language = foreign.get(line.unescape())
    if language is None:
        return _point(line)
    way = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return Markup('<span class="foreign" lang="{}" dir="{}">{}</span>').format(language, way, line)


def _point(line: Markup) -> Markup:
    """A point is a block, with its dot beside all its lines; bold that goes on after it forbids that."""
    if not line.startswith(POINT) or line.count("<b>") != line.count("</b>"):
        return line
    return Markup('<span class="point"><span class="dot">{}</span>{}</span>').format(POINT, line.removeprefix(POINT))
