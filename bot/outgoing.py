"""What is to be said in a chat, as it waits in the outbox: channel-neutral, complete, and a string when it is kept.

A row may be delivered by a later release than the one that wrote it, so it holds the words themselves.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from dialogs.replies import PlainTap, Reply
from dialogs.taps import decode, encode
from dialogs.texts import Span, plain, spans

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outgoing:
    """A reply ready for a channel: `rows` hold label and data of each button.

    `replaces` is the channel's id of the message whose place it takes, "" for a new message. `clears`: all messages of
    the conversation go first. `wipes`: these messages do, and `otherwise` is what to say when they could not.
    `begun`: where it is so long that it takes several messages, how many of them were sent already. `qr`: an address
    that is shown as a QR code above the words.
    """

    template: str
    values: Mapping[str, str | None] = field(default_factory=dict)
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    replaces: str = ""
    clears: bool = False
    wipes: tuple[str, ...] = ()
    otherwise: str = ""
    begun: int = 0
    qr: str = ""

    @property
    def asks(self) -> bool:
        """Whether this is a question, so that the one before it is over; a word aside leaves that one open."""
        return any(not isinstance(decode(data), PlainTap) for row in self.rows for _, data in row)

    def spans(self, channel: Mapping[str, str | None]) -> tuple[Span, ...]:
        """The words with what only the channel knows (its own name) filled in."""
        return spans(self.template, {**self.values, **channel})

    def plain(self, channel: Mapping[str, str | None]) -> str:
        """The same without bold."""
        return plain(self.template, {**self.values, **channel})


_OUTGOING = TypeAdapter(Outgoing)


def outgoing(reply: Reply, used: str = "") -> Outgoing:
    """The reply for a channel; `used` is the message whose button led to it."""
    rows = tuple(tuple((button.label, encode(button.tap)) for button in row) for row in reply.rows)
    wipes = tuple(filter(None, dict.fromkeys((used, *reply.wipes)))) if reply.wipes else ()
    return Outgoing(
        reply.template,
        dict(reply.values),
        rows,
        replaces=used if reply.in_place else "",
        clears=reply.clears,
        wipes=wipes,
        otherwise=reply.otherwise,
    )


def pack(waiting: Outgoing) -> str:
    """As a string, for the outbox."""
    return _OUTGOING.dump_json(waiting).decode()


def unpack(payload: str) -> Outgoing:
    """Back from the outbox. ValueError where it is none of ours."""
    return _OUTGOING.validate_json(payload)


def readable(payload: str) -> Outgoing | None:
    """Back from the outbox, where one that is damaged may not hold up the others: it is logged, and None."""
    try:
        return unpack(payload)
    except ValueError:
        log.exception("een bericht in de uitgaande post is beschadigd en vervalt")
        return None
