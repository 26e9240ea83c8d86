"""How often somebody may try codes in the web chat, beside what every page asks of a request (`pages.bounds`)."""

from dataclasses import dataclass

from pages.bounds import Rates

CODES_OF_NEIGHBOURS = 20
"""Wrong codes an hour from all behind one address, however many cookies they take: four in one house may each try as
often as a chat may, and ten addresses are needed to hold up the web (`WRONG_CODES_OF_CHANNEL`)."""

DRAFTS_OF_NEIGHBOURS = 200
"""Drafts an hour that begin behind one address, whatever is done with them: a house full of people needs fewer.

So one address leaves no more than some thirty thousand in the week that an empty draft is kept. That holds too where
consent is given in two windows at once: each begins a draft, and the one whose cookie the browser does not keep stays
empty. Which one that is, only the browser knows.
"""


@dataclass(frozen=True, slots=True)
class CodesNearby:
    """Wrong codes from one part of an address (`near`), in what counts them for all."""

    rates: Rates
    near: str

    @property
    def full(self) -> bool:
        """Whether there were as many as may be."""
        return self.rates.is_full(self.near, CODES_OF_NEIGHBOURS)

    def note(self) -> None:
        """One more was tried."""
        self.rates.takes(self.near, CODES_OF_NEIGHBOURS)
