"""What a button carries, as a short string and back; knows only the values, so that every channel writes it alike.

A string holds at most 64 bytes, the bound of the Bot API's `callback_data`.
"""

import re
from typing import get_args

from dialogs.questions import Role
from dialogs.replies import AgainTap, AskTap, DoorTap, Offer, PlainTap, Tap

LIMIT = 64
LINK_LIMIT = 32
"""Characters of a link code: with it the longest button of the doorway stays within `LIMIT`."""

ROLES: tuple[str, ...] = get_args(Role)
_ROLE_DIGITS = {"", *(str(place) for place in range(len(ROLES)))}
_LINK = re.compile(rf"[A-Za-z0-9_-]{{0,{LINK_LIMIT}}}", re.ASCII)
_THREAD = re.compile(r"[A-Za-z0-9_-]{1,16}", re.ASCII)
_ANSWERS = re.compile(r"(?:-|[0-9]{0,3})(?:\.(?:-|[0-9]{0,3}))*", re.ASCII)
_AGREED = re.compile(r"([0-9a-f]{8})(0|[1-9a-f][0-9a-f]{0,5})", re.ASCII)
_PINNED = re.compile(r"(?:[a-z][1-9][0-9]{0,2})?", re.ASCII)


def encode(tap: Tap) -> str:
    """The string of a button: `d:…` before consent, `q:…` in an interview, `n:…` for another story, `g:…` elsewhere."""
    match tap:
        case DoorTap(stage, option, offer):
            return ":".join(("d", stage, option, *_offered(offer)))
        case AskTap(tag, question, option, thread):
            return ":".join(("q", tag, question, option, *([thread] if thread else [])))
        case AgainTap():
            return _again(tap)
        case PlainTap(name, rest):
            return f"g:{name}:{rest}"


def decode(data: str) -> Tap | None:
    """The tap behind a string; None where it is not one of ours (forged, or of a much older release)."""
    if len(data.encode(errors="replace")) > LIMIT:
        return None
    match data.split(":"):
        case ["d", stage, option, pinned, role, fingerprint, link]:
            offer = _offer(pinned, role, fingerprint, link)
            return DoorTap(stage, option, offer) if offer else None
        case ["q", tag, question, option]:
            return AskTap(tag, question, option)
        case ["q", tag, question, option, thread] if _THREAD.fullmatch(thread):
            return AskTap(tag, question, option, thread)
        case ["n", teller, answers, pinned, agreed, link]:
            return _decoded_again(teller, answers, pinned, agreed, link)
        case ["g", name, rest]:
            return PlainTap(name, rest)
        case _:
            return None


def _again(tap: AgainTap) -> str:
    """Written closer than the others, since it carries most: letter, role and version; fingerprint and day."""
    pinned, role, fingerprint, link = _offered(tap.offer)
    place = f"{pinned[:1]}{role or '-'}{pinned[1:]}"
    return ":".join(("n", tap.teller, ".".join(tap.answers), place, f"{fingerprint}{tap.day:x}", link))


def _decoded_again(teller: str, answers: str, place: str, agreed: str, link: str) -> AgainTap | None:
    found = _AGREED.fullmatch(agreed)
    role = place[1:2] if place[1:2] != "-" else ""
    offer = _offer(f"{place[:1]}{place[2:]}", role, found[1], link) if found and len(place) > 2 else None
    if offer is None or found is None or not _THREAD.fullmatch(teller) or not _ANSWERS.fullmatch(answers):
        return None
    return AgainTap(teller, offer, int(found[2], 16), tuple(answers.split(".")))


def fits(tap: Tap) -> bool:
    """Whether a button can carry this."""
    return len(encode(tap).encode()) <= LIMIT


def _offered(offer: Offer) -> tuple[str, str, str, str]:
    pinned = f"{offer.letter}{offer.version}" if offer.letter else ""
    role = str(ROLES.index(offer.role)) if offer.role in ROLES else ""
    return pinned, role, offer.fingerprint, offer.link


def _offer(pinned: str, role: str, fingerprint: str, link: str) -> Offer | None:
    if not _PINNED.fullmatch(pinned) or role not in _ROLE_DIGITS or not _LINK.fullmatch(link):
        return None
    name = ROLES[int(role)] if role else ""
    return Offer(pinned[:1], int(pinned[1:] or 0), name, fingerprint, link)
