"""Where lines end, by the widths of their letters: so that words can be counted out before they are typeset.

A line ends between words. A word that is wider than a line ends anywhere: nothing ever sticks out.
"""

from collections.abc import Iterator

from printing.typesetting import Widths


def broken(words: str, widths: Widths, width: float) -> list[str]:
    """The words in lines no wider than `width`, which is in parts of the size of the letters, as `widths` are."""
    return [line for part in words.split("\n") for line in _filled(part, widths, width)]


def _filled(words: str, widths: Widths, width: float) -> Iterator[str]:
    line, taken = "", 0.0
    for word in _narrowed(words, widths, width):
        wide = _width(word, widths)
        if line and taken + widths[" "] + wide > width:
            yield line
            line, taken = "", 0.0
        taken += wide + (widths[" "] if line else 0)
        line = f"{line} {word}" if line else word
    yield line


def _narrowed(words: str, widths: Widths, width: float) -> Iterator[str]:
    for word in words.split():
        if _width(word, widths) <= width:
            yield word
        else:
            yield from _in_pieces(word, widths, width)


def _in_pieces(word: str, widths: Widths, width: float) -> Iterator[str]:
    piece, taken = "", 0.0
    for letter in word:
        if piece and taken + widths[letter] > width:
            yield piece
            piece, taken = "", 0.0
        piece += letter
        taken += widths[letter]
    yield piece


def _width(word: str, widths: Widths) -> float:
    return sum(widths[letter] for letter in word)
