"""How wide words are, and where a line of them breaks, without a font at hand; knows no chat and no picture.

A picture is read with the font of whoever reads it. The widths, in parts of the letter size, lie between those of
Roboto, Liberation Sans (which has those of Arial) and Inter: a line comes out at most 5% narrower or wider.
"""

import re
from collections.abc import Iterable, Iterator

from dialogs.texts import Span

Line = tuple[Span, ...]
"""A line as it is read: runs of words, bold or not."""

_EM = {
    "ijlI|'’": 0.255,
    " .,:;!/\\": 0.27,
    '()[]{}"`-frt•': 0.355,
    "Jaceksvxyz?": 0.54,
    "bdghnopqu0123456789FLTZ+=<>–": 0.595,
    "ABEKPRSVXY&": 0.645,
    "CDHNUw": 0.72,
    "GOQ": 0.75,
    "mM": 0.86,
    "W%@…": 0.93,
    "\ufe0f\u200d": 0.0,
}
_WIDTHS = {letter: width for letters, width in _EM.items() for letter in letters}
_OTHER = 0.6
_EMOJI = 1.37
_FIRST_SYMBOL = "\u2190"
_BOLDER = 1.06
_STEPS = 24
_FULL = 0.35

_WORD = re.compile(r"(?:\S|(?<=\d) (?=\d))+\s*|\s+")
"""A word with the space behind it; a telephone number is one word."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, in the unit of the letter size `size`."""
    wide = sum(_WIDTHS.get(letter, _EMOJI if letter >= _FIRST_SYMBOL else _OTHER) for letter in text)
    return wide * size * (_BOLDER if bold else 1)


def line_width(line: Line, size: float) -> float:
    """The same of a line; spaces at its end do not count."""
    *before, last = line or (Span(""),)
    return sum(width(span.text, size, bold=span.bold) for span in (*before, Span(last.text.rstrip(), last.bold)))


def paragraphs(spans: Iterable[Span], size: float, room: float) -> tuple[tuple[Line, ...], ...]:
    """The words broken into lines that are at most `room` wide: for each line of the text, the lines it became.

    No word stands alone on a last line, where it can have company without one more line.
    """
    return tuple(_wrapped(line, size, room) for line in _text_lines(spans))


def _wrapped(line: Line, size: float, room: float) -> tuple[Line, ...]:
    tries = [tuple(_broken(line, size, room * (_STEPS - step) / _STEPS)) for step in range(_STEPS // 2)]
    full = (lines for lines in tries if line_width(lines[-1], size) > room * _FULL and len(lines) == len(tries[0]))
    return next(full, tries[0])


def _text_lines(spans: Iterable[Span]) -> list[Line]:
    lines: list[Line] = [()]
    for span in spans:
        first, *others = span.text.split("\n")
        lines[-1] = (*lines[-1], Span(first, span.bold))
        lines += [(Span(other, span.bold),) for other in others]
    return lines


def _broken(line: Line, size: float, room: float) -> Iterator[Line]:
    words = [Span(word, span.bold) for span in line for word in _WORD.findall(span.text)]
    current: Line = ()
    for word in words:
        if line_width((*current, word), size) > room and current and current[-1].text.endswith(" "):
            yield _joined(current)
            current = ()
        current = (*current, word)
    yield _joined(current)


def _joined(words: Iterable[Span]) -> Line:
    line: list[Span] = []
    for word in words:
        if line and line[-1].bold == word.bold:
            line[-1] = Span(line[-1].text + word.text, word.bold)
        else:
            line.append(word)
    return tuple(line)
