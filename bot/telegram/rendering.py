"""Replies as the Bot API takes them: HTML in messages that fit, and a keyboard under the last one; pure."""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.handouts.qr import png
from bot.outgoing import Outgoing
from dialogs.texts import Span

NAME = "Telegram"
"""How the texts call this channel where they say that it keeps the conversation."""

ROOM = 4000
"""Characters a message holds here. The Bot API takes 4,096; the rest is for the answer that is written under it."""

Keyboard = Sequence[Sequence[Mapping[str, str]]]
"""Rows of buttons, as the Bot API takes them."""

_BLANKS = "\u115f\u1160\u2800\u3164\uffa0\ufffc"
"""Characters of other categories than blanks and controls that show nothing either."""


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of all that follows: what one person typed may not turn what the bot says after it."""


@dataclass(frozen=True)
class Message:
    """One message: HTML that Telegram takes, the same words without markup, a keyboard or none, a picture or none."""

    text: str
    plain: str
    keyboard: Keyboard = ()
    picture: bytes = b""


LEFT_OVER = "Sommige"
"""What stands in the place of {over} where messages had to stay on the screen."""


def render(waiting: Outgoing, left_over: bool = False) -> tuple[Message, ...]:
    """A reply as one message, or as several where it is long; the buttons stand under the last.

    `left_over`: messages that should have gone from the screen are still there.
    Where nothing of it can be seen there is no message: the Bot API takes none, and would refuse the others with it.
    """
    spans = waiting.spans({"kanaal": NAME, "over": LEFT_OVER if left_over else None})
    steady = [Span(_TURNING.sub("", span.text), span.bold) for span in spans]
    seen = [piece for piece in _pieces(steady) if _is_seen(piece)]
    keyboards = [()] * (len(seen) - 1) + [_keyboard(waiting)]
    messages = [Message(_html(piece), _plain(piece), below) for piece, below in zip(seen, keyboards, strict=False)]
    if waiting.qr and messages:
        messages[0] = replace(messages[0], picture=png(waiting.qr))
    return tuple(messages)


def chosen(label: str) -> str:
    """What is written under a question whose button was used."""
    return f"\n\n{label if label.startswith('✅') else f'✅ {label}'}"


def _keyboard(waiting: Outgoing) -> Keyboard:
    return [[{"text": label, "callback_data": data} for label, data in row] for row in waiting.rows]


def _html(spans: Sequence[Span]) -> str:
    return "".join(f"<b>{html.escape(s.text)}</b>" if s.bold else html.escape(s.text) for s in spans).strip()


def _plain(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans).strip()


def _pieces(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Runs of spans that fit a message each, cut at a line end or a space where there is one."""
    piece: list[Span] = []
    room = ROOM
    for span in spans:
        rest = span.text
        while len(rest) > room:
            at = _cut(rest, room)
            yield [*piece, Span(rest[:at], span.bold)]
            piece, room, rest = [], ROOM, rest[at:].lstrip()
        piece.append(Span(rest, span.bold))
        room -= len(rest)
    yield piece


def _is_seen(piece: Sequence[Span]) -> bool:
    return any(unicodedata.category(c)[0] not in "CZ" and c not in _BLANKS for span in piece for c in span.text)


def _cut(text: str, room: int) -> int:
    at = max(text.rfind("\n", 0, room), text.rfind(" ", 0, room))
    return at if at > room // 2 else room
