"""What stands on the screen of a review: both texts and what may be done; knows no key and no database."""

import re
from collections.abc import Iterator

from research.deidentify.reviewing import Place, Review, chosen_piece, focus
from storage.second_texts import Masked

Fragments = list[tuple[str, str]]
"""Pieces of text, each with how it looks."""

HEADING, MARKED, POINTED, PLAIN = "bold", "underline", "reverse bold", ""
HERE = ("[SetCursorPosition]", "")
"""Where the window has to be scrolled to."""

READING = (
    "Enter goed · → volgende · ← vorige · w laat staan · W overal · v verander · t voeg toe · u ongedaan · o overslaan"
    " · s stop"
)
CHOOSING = "→ ← ander woord · + woord erbij · - woord eraf · Enter deze woorden · Esc terug"
ASKING = "Kies wat er komt te staan. Esc terug"
_PIECES = re.compile(r"\n|[^ \n]+ *| +")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def original(review: Review) -> Fragments:
    """What was told, with what would be masked underlined, and what is pointed at turned round."""
    shown: Fragments = []
    piece = chosen_piece(review)
    here = focus(review) if piece is None else None
    for at, text in enumerate(review.texts):
        shown += _heading(text)
        if piece and piece[0] == at:
            start, end = piece[1:]
            shown += [(PLAIN, text.typed[:start]), HERE, (POINTED, text.typed[start:end]), (PLAIN, text.typed[end:])]
        else:
            shown += _pieces(text, _of(here, at), second=False)
        shown.append((PLAIN, "\n\n"))
    return shown


def second(review: Review) -> Fragments:
    """What would be told instead."""
    shown: Fragments = []
    here = focus(review)
    for at, text in enumerate(review.texts):
        shown += [*_heading(text), *_pieces(text, _of(here, at), second=True), (PLAIN, "\n\n")]
    return shown


def menu(choices: list[str]) -> Fragments:
    """What may be chosen, each with the key that does it."""
    return [(PLAIN, "   ".join(f"{letter}:{choice}" for letter, choice in zip(LETTERS, choices, strict=False)))]


def wrapped(fragments: Fragments, width: int) -> Fragments:
    """The same with lines that end between words, each as long as `width` allows."""
    shown: Fragments = []
    column = 0
    for style, words in fragments:
        pieces: list[str] = []
        for piece in _PIECES.findall(words) if style != HERE[0] else []:
            if column and column + len(piece.rstrip(" ")) > width:
                pieces.append("\n")
                column = 0
            pieces.append(piece)
            column = 0 if piece == "\n" else column + len(piece)
        shown.append((style, "".join(pieces)))
    return shown


def _of(here: Place | None, text: int) -> int | None:
    return here[1] if here and here[0] == text else None


def _heading(text: Masked) -> Fragments:
    return [(HEADING, f"{text.question}\n")]


def _pieces(text: Masked, here: int | None, *, second: bool) -> Iterator[tuple[str, str]]:
    after = 0
    for at, mask in enumerate(text.masks):
        yield PLAIN, text.typed[after : mask.start]
        if at == here:
            yield HERE
        words = mask.words if second else text.typed[mask.start : mask.end]
        yield (POINTED if at == here else MARKED), words
        after = mask.end
    yield PLAIN, text.typed[after:]
