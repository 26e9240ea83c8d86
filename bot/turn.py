"""What goes into the corridor, what comes out, and what is remembered of a chat in between; does nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.outgoing import Outgoing
from dialogs.events import Event
from dialogs.memory import Memory
from storage.interviews import Address


class Tries(Protocol):
    """Wrong codes from where a chat is, for a channel in which anybody can be as many chats as they like."""

    @property
    def full(self) -> bool:
        """Whether no more codes are looked up for whoever comes from there."""
        ...

    def note(self) -> None:
        """One more was tried."""
        ...


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened in a chat. `source` and `number` name the update.

    `used` is the message of a tap, `message` the one that the teller put on the screen; "" where there is none.
    `renewed`: where a draft that begins with this is kept instead, if its channel wants that. `tries`: what is counted
    beside the chat itself.
    """

    source: str
    number: int
    address: Address
    event: Event
    used: str = ""
    message: str = ""
    renewed: Address | None = None
    tries: Tries | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a channel does next: say `direct` at once, and deliver the outbox of this chat if something is `queued`.

    `accepted`: the button that was used still counted. `stays`: it counts on, and the message with it stays as it is.
    `notice`: words to show over it. `in_place`: the message with that button is itself replaced by an answer, or goes
    from the screen. `over`: the buttons on the screen no longer count. `unkept`: a message of the teller that is noted
    nowhere, because nothing may be. `placed`: what this turn put in the outbox, each with its place there (which is
    drawn by lot, so it tells no outcome from another). `again`: it was handled before, and this changed nothing.
    `moved`: a draft began, at the `renewed` address. `withdrawn`: the receipt of a story that is no more. `reworded`:
    what is kept of messages of the teller (by the channel's id), where that was something else before.
    """

    direct: tuple[Outgoing, ...] = ()
    queued: bool = False
    accepted: bool = True
    stays: bool = False
    notice: str = ""
    in_place: bool = False
    over: bool = False
    unkept: str = ""
    again: bool = False
    moved: bool = False
    withdrawn: str = ""
    reworded: Mapping[str, str] = field(default_factory=dict, compare=False)
    placed: tuple[tuple[int, Outgoing], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Door:
    """What is remembered of a chat, and stored nowhere: after a restart the question is simply asked again.

    `memory` is what the rules remember. `unkept`: updates from before consent, of which no row may exist, so that they
    are known if they are offered again.
    """

    memory: Memory = field(default_factory=Memory)
    unkept: tuple[int, ...] = ()
