"""How much there is of what waits; numbers only, for whoever watches over the program."""

from dataclasses import dataclass

from storage.database import Work
from storage.rows import number

_AMOUNTS = """
SELECT (SELECT COUNT(*) FROM outbox) AS outbox, (SELECT COUNT(*) FROM interviews) AS drafts
"""


@dataclass(frozen=True)
class Amounts:
    """Replies that were not delivered yet (also those for later), and interviews that are going on."""

    outbox: int
    drafts: int


async def amounts(work: Work) -> Amounts:
    """The amounts now. Where this answers, the database does."""
    [row] = await work.fetch(_AMOUNTS)
    return Amounts(number(row, "outbox"), number(row, "drafts"))
