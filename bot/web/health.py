"""What other programs see of this one: `/healthz` says whether it does its work, `/metrics` how much of it.

`/readyz` says whether updates can be brought here. How Telegram takes what we send is no part of that: where it asks us
to wait, or is away, what comes in is kept all the same.

Holds no text and no id. Whoever can reach the port can read it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.figures import Figures
from storage.amounts import Amounts, amounts
from storage.database import Database
from storage.faults import StorageFault

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"

PATIENCE = 2.0
"""Seconds in which the database answers, if it does."""

LONGEST = 90.0
"""Seconds without a word from Telegram after which something is wrong: a poll or a look at the webhook is due."""


def is_in_order() -> bool:
    """For whoever has no door to be closed."""
    return True


@dataclass(frozen=True)
class Health:
    """Reads what there is to see. `backup_at` tells when the last backup was made, if that is known; `is_open` whether
    updates that are brought are taken now; `is_right` whether the clock is; `silence` how many seconds the one that is
    in turn was not heard, if this one stands by and that is known; `listens` whether there is Telegram at all."""

    database: Database
    figures: Figures
    clock: Callable[[], datetime]
    backup_at: Callable[[], datetime | None] = lambda: None
    is_open: Callable[[], bool] = is_in_order
    is_right: Callable[[], bool] = is_in_order
    silence: Callable[[], float | None] = lambda: None
    listens: bool = True

    @property
    def routes(self) -> list[Route]:
        """What the web port serves of this."""
        return [Route(HEALTH, self._health), Route(READY, self._ready), Route(METRICS, self._metrics)]

    async def _health(self, _request: Request) -> Response:
        waiting, age = await self._amounts(), self.figures.pulse.age
        is_heard = not self.listens or self.figures.standing_by or (age is not None and age < LONGEST)
        is_right = self.is_right()
        silence = self.silence() if self.figures.standing_by else None
        # A disk that is full or takes nothing more can still be read: only a turn tells.
        is_well = waiting is not None and self.figures.keeping and is_heard and is_right
        seen = {
            "ok": is_well,
            "standing_by": self.figures.standing_by,
            "in_turn_age_seconds": _rounded(silence),
            "telegram_age_seconds": _rounded(age),
            "database": waiting is not None,
            "keeping": self.figures.keeping,
            "clock": is_right,
            "outbox": waiting.outbox if waiting else None,
        }
        return JSONResponse(seen, status_code=200 if is_well else 503)

    async def _ready(self, _request: Request) -> Response:
        seen = {"open": self.is_open(), "database": await self._amounts() is not None}
        is_ready = all(seen.values())
        return JSONResponse({"ok": is_ready, **seen}, status_code=200 if is_ready else 503)

    async def _metrics(self, _request: Request) -> Response:
        # Only who looks at the figures needs what writes them.
        from bot.web.metrics import CONTENT_TYPE, written

        made = self.backup_at()
        backup_age = (self.clock() - made).total_seconds() if made else None
        body = written(self.figures, await self._amounts(), backup_age)
        return Response(body, headers={"content-type": CONTENT_TYPE})

    async def _amounts(self) -> Amounts | None:
        """None where the database does not answer in time."""
        try:
            return await asyncio.wait_for(self._read(), PATIENCE)
        except (StorageFault, TimeoutError):
            return None

    async def _read(self) -> Amounts:
        async with self.database.reading() as work:
            return await amounts(work)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
