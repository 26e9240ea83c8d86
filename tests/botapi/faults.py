"""What can go wrong between a bot and Telegram, as data; knows no call that it will strike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.botapi.wire import Values


@dataclass(frozen=True)
class Fault:
    """One thing going wrong.

    `code`: the HTTP status sent, 0 for none: then the connection breaks off after `seconds`
    (or as soon as the bot lets go). `effect`: whether the call took effect before it went wrong,
    so that the bot cannot know. `page`: an answer that is no JSON, as a proxy gives. `half`: the answer stops half-way,
    and `told`: though its length was told, so that the connection breaks off in it.
    """

    code: int
    description: str = ""
    retry_after: int = 0
    seconds: float = 0.0
    effect: bool = False
    page: str = ""
    half: bool = False
    told: bool = False


Plan = Callable[[str, Values], Fault | None]


def too_many(retry_after: int = 1) -> Fault:
    """429; `retry_after` in seconds, in the body and in the header."""
    return Fault(429, f"Too Many Requests: retry after {retry_after}", retry_after)


def server_error(*, effect: bool = False) -> Fault:
    """500 from Telegram itself."""
    return Fault(500, "Internal Server Error", effect=effect)


def bad_gateway() -> Fault:
    """502 from the proxy before it: a page of HTML."""
    return Fault(502, page="<html><head><title>502 Bad Gateway</title></head></html>")


def nothing_in_it(ok: bool) -> Fault:
    """200, and JSON, but not what was asked for."""
    return Fault(200, page=f'{{"ok": {str(ok).lower()}}}')


def silence(seconds: float = 60.0, *, effect: bool = False) -> Fault:
    """No answer at all, until the bot lets go or the seconds are over."""
    return Fault(0, seconds=seconds, effect=effect)


def reset(*, effect: bool = False) -> Fault:
    """The connection is reset at once."""
    return Fault(0, effect=effect)


def half_an_answer(*, told: bool = True, effect: bool = False) -> Fault:
    """The answer stops in the middle. `told`: it was to be longer, and the connection breaks off."""
    return Fault(200, half=True, told=told, effect=effect)


def unauthorized() -> Fault:
    """401: the token was revoked."""
    return Fault(401, "Unauthorized")


def blocked() -> Fault:
    """403: the person blocked the bot."""
    return Fault(403, "Forbidden: bot was blocked by the user")


def conflict() -> Fault:
    """409: another bot polls with the same token."""
    return Fault(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def nothing_wrong(_method: str, _values: Values) -> Fault | None:
    """The plan in which all goes well."""
    return None


def in_order(method: str, faults: Iterable[Fault | None]) -> Plan:
    """A plan: the first call of this method meets the first fault, and so on; None lets one pass.

    After the last fault all goes well.
    """
    ahead = iter(faults)

    def plan(called: str, _values: Values) -> Fault | None:
        return next(ahead, None) if called == method else None

    return plan
