"""How much of everything: a little in every test run, all of it in `make stress`; the only place with these numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """How often each thing is done.

    `kills` of one bot in each way of hearing, and `replica_kills` of one of three, while `residents` write. `cuts` of a
    log. The disk is `full`, half of them in each way of hearing. `nonsense`: updates that were changed at random.
    `stops`: how often a bot is asked to stop in each of the ways. `life`: seconds after which a bot is killed at the
    latest, from the moment that it listens; `forms`: the same in answers to forms, where `visitors` tell in a browser.
    """

    kills: int
    replica_kills: int
    cuts: int
    full: int
    nonsense: int
    stops: int
    residents: int = 60
    life: float = 1.5
    visitors: int = 40
    forms: int = 160


SHORT = Numbers(kills=10, replica_kills=6, cuts=100, full=20, nonsense=5_000, stops=1)
FULL = Numbers(kills=250, replica_kills=200, cuts=1_000, full=200, nonsense=100_000, stops=10, life=4.0)
"""Whoever is killed hundreds of times has to live long enough now and then to do what waits, or all wait in the end."""


UPDATES_A_SECOND = 40
"""At least so many come in while bots are killed, all residents together."""

TEMPO = 55
"""So many they would like to send: now and then many of them wait for a bot."""

LATENCY = 0.06
"""Seconds that every call to the Bot API takes."""
