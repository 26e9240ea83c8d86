"""Whose a request is: the part of an address that a household shares, and who may say that it is another's."""

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from pages.bounds import neighbourhood

PROXIES = (ip_network("172.30.83.0/24"), ip_network("fd00::1/128"))


def request(address: str | None, forwarded: str = "") -> Request:
    """A request from an address, with what a program before us wrote of it."""
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    client = (address, 4711) if address else None
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers, "client": client})


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:7:8::9", "2001:db8:7::/48"),
        ("een socket", ""),
        (None, ""),
    ],
)
def test_it_is_the_part_that_a_house_shares(address: str | None, shared: str) -> None:
    assert neighbourhood(request(address), PROXIES) == shared


@pytest.mark.parametrize("proxy", ["172.30.83.2", "::ffff:172.30.83.2", "fd00::1"])
@pytest.mark.parametrize("forwarded", ["203.0.113.9", "8.8.8.8, 203.0.113.9"])
def test_who_is_named_in_the_settings_is_believed_in_the_last_that_it_says(proxy: str, forwarded: str) -> None:
    """What stands before the last may be written by the visitor."""
    assert neighbourhood(request(proxy, forwarded), PROXIES) == "203.0.113.0/24"


def test_nobody_else_is_believed() -> None:
    assert neighbourhood(request("198.51.100.7", "203.0.113.9"), PROXIES) == "198.51.100.0/24"
    assert neighbourhood(request("172.30.83.2", "203.0.113.9"), ()) == "172.30.83.0/24"


def test_a_proxy_that_says_nothing_sensible_is_counted_itself() -> None:
    assert neighbourhood(request("172.30.83.2", "onbekend"), PROXIES) == "172.30.83.0/24"
