"""Sees to it that the program does what it is there for, or ends, so that whoever watches over it starts it again."""

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

from bot.figures import Pulse
from bot.resting import stopped

SILENCE = 60.0
"""Seconds without a word from Telegram, while it should be heard, after which something is wrong with us."""

LOOK_SECONDS = 1.0

SUPERVISOR = "NOTIFY_SOCKET"
"""The variable in which systemd says where it listens."""


class Stuck(Exception):
    """The program no longer does its work. The message is Dutch, for an operator."""


async def one_ends(stop: asyncio.Event, works: Mapping[str, "asyncio.Future[None]"]) -> None:
    """Waits until `stop`. Raises what ended one of these works before it, `Stuck` where it ended for no reason.

    Each of them should go on for as long as the program does; its name is for an operator.
    """
    stopped = asyncio.create_task(_over(stop))
    try:
        await asyncio.wait((stopped, *works.values()), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
    for name, work in works.items():
        if work.done():
            if not work.cancelled():
                work.result()
            if not stop.is_set():
                raise Stuck(f"dit deel van het programma is opgehouden: {name}")


async def keep_watch(pulse: Pulse, stop: asyncio.Event, seconds: float = LOOK_SECONDS) -> None:
    """Until `stop`. Raises `Stuck` where Telegram is not heard for a minute in which it should be.

    A supervisor that asked for it hears every time that we still run: where all of us hangs, it is the one to notice.
    """
    tell_supervisor("READY=1")
    while not stop.is_set():
        tell_supervisor("WATCHDOG=1")
        if pulse.silence >= SILENCE:
            raise Stuck(f"Telegram is al {int(pulse.silence)} seconden niet gehoord")
        await stopped(stop, seconds)


def tell_supervisor(words: str) -> None:
    """Says something to systemd (see sd_notify), where that started us and listens; else to nobody."""
    address = os.environ.get(SUPERVISOR, "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.setblocking(False)
        line.sendto(words.encode(), address.replace("@", "\0", 1) if address.startswith("@") else address)


async def _over(stop: asyncio.Event) -> None:
    await stop.wait()
