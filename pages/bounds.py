"""What a request of a browser may be before anybody looks at what it says: whence, what kind, how big, how often.

An address is never kept or logged: only a hash with a key that ends with the process counts, for a minute, or for as
long as an application asks (`Rates`).
"""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request

BIGGEST = 256 * 1024
"""Bytes of a form: eight thousand characters of a story, each written as three bytes of three, fit twice."""

MOST_FIELDS = 20
FORM = "application/x-www-form-urlencoded"

MINUTE, HOUR = 60.0, 3600.0
OF_ONE, OF_NEIGHBOURS = 60, 600
"""Forms a minute from one browser, and from all behind one address: a buurthuis shares one."""

MOST_COUNTED = 20_000
"""Names that are counted; of more, the one that came least lately is forgotten."""

V4_BITS, V6_BITS = 24, 48

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class TooBig(Exception):
    """More than a form may hold (413)."""


class WrongKind(Exception):
    """Not a form (415)."""


class Rates:
    """How often each one came in the last `seconds`. `steady` gives seconds of a clock that nobody sets."""

    def __init__(self, steady: Callable[[], float] = time.monotonic, seconds: float = MINUTE) -> None:
        self._steady = steady
        self._seconds = seconds
        self._key = secrets.token_bytes(32)
        self._times: OrderedDict[bytes, deque[float]] = OrderedDict()

    def __len__(self) -> int:
        """Names that are counted now."""
        return len(self._times)

    def takes(self, name: str, most: int) -> bool:
        """Whether one more of this name is within `most` in that time; if it is, it counts."""
        if self.is_full(name, most):
            return False
        key, now = self._hash(name), self._steady()
        self._times.setdefault(key, deque(maxlen=most)).append(now)
        self._times.move_to_end(key)
        self._forget(now)
        return True

    def is_full(self, name: str, most: int) -> bool:
        """Whether one more of this name is not; nothing counts by asking."""
        times = self._times.get(self._hash(name))
        return times is not None and len(times) >= most and self._steady() - times[0] < self._seconds

    def _forget(self, now: float) -> None:
        """Those whose time is over, and of too many the oldest."""
        while len(self._times) > MOST_COUNTED or now - next(iter(self._times.values()))[-1] >= self._seconds:
            self._times.popitem(last=False)

    def _hash(self, name: str) -> bytes:
        return hmac.digest(self._key, name.encode(), "sha256")


def is_from_here(request: Request) -> bool:
    """Whether a form was sent by one of our own pages, as far as the browser tells.

    A browser that may say nothing of where it comes from (our own referrer policy) says "null" of a plain form: then
    only the token in the form tells.
    """
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin", "null")
    return origin == "null" or _place(origin) == request.headers.get("host", "")


def is_from_elsewhere(request: Request) -> bool:
    """Whether another site led here: the browser then holds back a strict cookie, though it may well have one."""
    return request.headers.get("sec-fetch-site") == "cross-site"


def neighbourhood(request: Request, proxies: Collection[Network]) -> str:
    """The part of the address that a household or a house of the neighbourhood shares; "" where there is none.

    A header says whose it is only where the settings name who wrote it.
    """
    address = _address(request.client.host if request.client else "")
    if address and any(address in proxy for proxy in proxies):
        # Whoever hands it on may add a header of its own below the one that came in: together they are one list.
        told = ",".join(request.headers.getlist("x-forwarded-for"))
        address = _address(told.rpartition(",")[2].strip()) or address
    if address is None:
        return ""
    bits = V4_BITS if address.version == 4 else V6_BITS
    return str(ipaddress.ip_network((address, bits), strict=False))


def _place(origin: str) -> str | None:
    """The host and port in an origin; None where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _address(words: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An IPv4 address that is written as an IPv6 one, as on a port for both, is the IPv4 address."""
    try:
        address = ipaddress.ip_address(words)
    except ValueError:
        return None
    return (address.ipv4_mapped if address.version == 6 else None) or address


async def fields(request: Request, most: int = MOST_FIELDS) -> Mapping[str, str]:
    """What a form holds, at most so many fields, each name once; a browser that goes away has said nothing.

    Raises `WrongKind` and `TooBig`.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise WrongKind
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > BIGGEST:
                raise TooBig
    except ClientDisconnect:
        return {}
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most))
    except ValueError:
        raise TooBig from None
