"""A short message to forward to a resident; knows no channel that carries it."""

from bot.handouts.handout import Handout
from dialogs.texts import Texts, plain

LONGEST = 300
"""Characters: it is read in one glance, and fits in two text messages."""


def to_forward(handout: Handout, texts: Texts) -> str:
    """The message, with the whole address on a line of its own so that a phone makes a link of it.

    One that is to try it out says so first. Nothing is longer than it must be: only an address of more than 100
    characters brings it past `LONGEST`.
    """
    message = plain(texts["UIT.bericht"].text, {"adres": handout.web})
    return f"{plain(texts['UIT.bericht_proef'].text, {})}\n\n{message}" if handout.test else message
