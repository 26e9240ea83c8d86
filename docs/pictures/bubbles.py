"""A chat as bubbles with buttons under them, so much of it as fits; knows no phone."""

from collections.abc import Iterable, Sequence
from itertools import chain

from dialogs.texts import Span
from docs.pictures.lettering import Line, line_width, paragraphs
from docs.pictures.moments import Bubble, Chat
from docs.pictures.shapes import (
    CENTRED,
    INK,
    KEY,
    KEY_INK,
    OWN,
    SIZE,
    WHITE,
    Drawn,
    at,
    box,
    letters,
    slab,
    stack,
    words,
)

SIDE, GAP = 12, 8
WIDE, PADDING, ABOVE, ROUND, SHARP = 322, 13, 9, 16, 5
SPARE, UNSEEN = 4, 20
"""SPARE is there for a font that is wider than was reckoned; UNSEEN is how far a cut bubble goes on above."""

LEADING, BLANK, RISE = 19, 9, 14
BUTTON, BETWEEN, BUTTON_ROUND = 34, 4, 9


def latest(chat: Chat, screen: float, room: float) -> Drawn:
    """The end of a chat, exactly `room` high on a screen so wide: of the bubble that does not fit, its last lines."""
    shown = [Drawn(0, "")]
    for bubble in reversed(chat):
        left = room - sum(part.height + GAP for part in shown)
        part = whole(bubble, screen)
        if part.height > left:
            shown[:1] = _last_lines(bubble, screen, left)
            break
        shown.insert(1, part)
    return stack(shown, (room - sum(part.height for part in shown)) / len(shown))


def ending(bubble: Bubble, screen: float) -> Drawn:
    """The last two paragraphs of a bubble: what was asked, and the button that was used."""
    texts = _texts(bubble)
    breaks = [number for number, text in enumerate(texts) if not _read(text)]
    lines = list(chain(*texts[breaks[-2] + 1 :]))
    return _drawn(bubble, lines, screen, cut=True)


def whole(bubble: Bubble, screen: float, touched: str = "") -> Drawn:
    """All of a bubble. `touched` is the label of a button that is being used."""
    return _drawn(bubble, list(chain(*_texts(bubble))), screen, touched=touched)


def _last_lines(bubble: Bubble, screen: float, left: float) -> list[Drawn]:
    """What is left of a bubble under the edge of the screen: so many lines of its text as fit, if any."""
    texts = list(_texts(bubble))
    while texts and (_high(chain(*texts)) + 2 * ABOVE > left or not _read(texts[0])):
        texts.pop(0)
    return [_drawn(bubble, list(chain(*texts)), screen, cut=True)] if texts else [Drawn(0, "")]


def _drawn(bubble: Bubble, lines: Sequence[Line], screen: float, *, cut: bool = False, touched: str = "") -> Drawn:
    """A bubble with these lines, and its buttons. `cut`: it goes on above, under what lies over it there."""
    high = _high(lines) + 2 * ABOVE
    wide = WIDE if bubble.rows else min(WIDE, max(line_width(line, SIZE) for line in lines) + 2 * PADDING + SPARE)
    x = screen - SIDE - wide if bubble.own else SIDE
    corners = (ROUND, ROUND, SHARP, ROUND) if bubble.own else (ROUND, ROUND, ROUND, SHARP)
    hidden = UNSEEN if cut else 0
    shape = slab(wide, high + hidden, corners, OWN if bubble.own else WHITE)
    keys = stack([Drawn(BUTTON, _row(row, touched)) for row in bubble.rows], BETWEEN)
    svg = at(0, -hidden, shape) + _lettered(lines) + at(0, high + BETWEEN, keys.svg)
    return Drawn(high + keys.height, at(x, 0, svg), _told(bubble, lines, touched))


def _lettered(lines: Iterable[Line]) -> str:
    svg, y = "", float(ABOVE)
    for line in lines:
        if any(span.text.strip() for span in line):
            runs = "".join(_run(span) for span in line)
            svg += f'<text x="{PADDING}" y="{y + RISE:g}" fill="{INK}">{runs.rstrip()}</text>\n'
        y += _high([line])
    return svg


def _run(span: Span) -> str:
    return f'<tspan font-weight="700">{letters(span.text)}</tspan>' if span.bold else letters(span.text)


def _row(labels: Sequence[str], touched: str) -> str:
    wide = (WIDE - BETWEEN * (len(labels) - 1)) / len(labels)
    return "".join(at((wide + BETWEEN) * n, 0, _key(label, wide, label == touched)) for n, label in enumerate(labels))


def _key(label: str, wide: float, touched: bool) -> str:
    fill, ink = (KEY_INK, WHITE) if touched else (KEY, KEY_INK)
    label_y = BUTTON / 2 + SIZE / 3
    return box(0, 0, wide, BUTTON, fill, BUTTON_ROUND) + words(label, wide / 2, label_y, ink, CENTRED)


def _texts(bubble: Bubble) -> tuple[tuple[Line, ...], ...]:
    return paragraphs(bubble.spans, SIZE, WIDE - 2 * PADDING - SPARE)


def _high(lines: Iterable[Line]) -> float:
    return sum(LEADING if _read([line]) else BLANK for line in lines)


def _read(lines: Iterable[Line]) -> str:
    return " ".join(read for line in lines if (read := "".join(span.text for span in line).strip()))


def _told(bubble: Bubble, lines: Sequence[Line], touched: str) -> str:
    """A bubble in words."""
    labels = ", ".join(label for row in bubble.rows for label in row)
    buttons = f" Knoppen: {labels}." if labels else ""
    used = f" Gekozen: {touched}." if touched and bubble.rows else ""
    return f"{'Bewoner' if bubble.own else 'Bot'}: «{_read(lines)}»{buttons}{used}"
