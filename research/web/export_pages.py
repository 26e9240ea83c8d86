"""The pages on which a researcher asks for exports and fetches them, and what each answers; decides nothing itself."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from dialogs.daytime import AMSTERDAM
from pages.gate import here
from pages.inside import Fields, Inside, elsewhere
from pages.permissions import insist, may
from research.export.order import told
from research.export.selecting import Selection, areas_of
from research.export.tiers import LEAVING
from research.opening import software
from research.web import paths
from research.web.desk import OF_TIER, Desk, named
from research.web.jobs import Full, Job, State
from research.web.wishes import Wish, offered, wish

MOST_FIELDS = 60
"""Of the form for an export: one for each format, and some about it."""

PIECE = 64 * 1024
"""Bytes of a file at a time."""

FULL = "Er zijn nu te veel bestanden. Wacht even, of haal eerst op wat klaarstaat. Weggooien kan ook."


@dataclass(frozen=True)
class ExportPages:
    """What these answers stand on."""

    desk: Desk
    inside: Inside

    @property
    def routes(self) -> list[Route]:
        """Their addresses."""
        shown, posted = self.inside.shown, self.inside.posted
        return [
            shown(paths.EXPORT, self._ask_for_export),
            posted(paths.EXPORT, self._begin_export, most=MOST_FIELDS),
            shown(paths.JOB, self._export),
            posted(paths.TAKE, self._take),
            posted(paths.THROW_AWAY, self._throw_away),
            shown(paths.AUDIT, self._audit),
        ]

    async def _ask_for_export(self, request: Request) -> Response:
        return self._export_form(request, Wish())

    def _export_form(self, request: Request, wanted: Wish, faults: Collection[str] = ()) -> Response:
        person = here(request).person
        made = self.desk.exports_of(person)
        tiers = [(tier, leaving.title) for tier, leaving in LEAVING.items() if may(person, OF_TIER[tier])]
        library = self.desk.library
        values = {
            "wanted": wanted,
            "faults": faults,
            "tiers": tiers,
            "named": _in_a_row([tier.value for tier, leaving in LEAVING.items() if leaving.named]),
            "formats": offered(),
            "sets": list(dict.fromkeys(item.id for item in library.sets.values())),
            "areas": areas_of(library.sets.values()),
            "made": made,
            "state": State,
            "zone": AMSTERDAM,
        }
        return self.inside.page(request, "uitvoer", status=422 if faults else 200, **values)

    async def _begin_export(self, request: Request, fields: Fields) -> Response:
        person, wanted = here(request).person, wish(fields)
        order, faults = wanted.order(self.desk.clock().replace(microsecond=0), software(), named(person))
        insist(person, OF_TIER[order.tier])
        if faults:
            return self._export_form(request, wanted, faults)
        try:
            job = await self.desk.export(person, order, wanted.wanted(order.tier), wanted.locks)
        except Full:
            return self._export_form(request, wanted, [FULL])
        return elsewhere(paths.of_job(job.id))

    async def _export(self, request: Request) -> Response:
        return await self._job_page(request, self._job(request))

    async def _job_page(self, request: Request, job: Job, status: int = 200) -> Response:
        handed = await self.desk.handed(here(request).person, job)
        title = LEAVING[job.order.tier].title
        chosen = self._chosen(job.order.selection)
        values = {"job": job, "state": State, "title": title, "handed": handed, "chosen": chosen, "zone": AMSTERDAM}
        return self.inside.page(request, "klaarzetten", status=status, **values)

    async def _take(self, request: Request, _fields: Fields) -> Response:
        """The file, once: it goes from the disk before it goes to the browser."""
        job = self._job(request)
        file = await self.desk.take(here(request).person, job)
        if file is None:
            return await self._job_page(request, job, 410)
        size = os.fstat(file.fileno()).st_size
        headers = {
            "content-disposition": f'attachment; filename="{job.file.name}"',
            "content-length": str(size),
        }
        return StreamingResponse(_pieces(file), media_type="application/octet-stream", headers=headers)

    async def _throw_away(self, request: Request, _fields: Fields) -> Response:
        job = self._job(request)
        is_gone = self.desk.throw_away(here(request).person, job)
        return elsewhere(paths.EXPORT) if is_gone else await self._job_page(request, job, 409)

    def _job(self, request: Request) -> Job:
        """The export that an address names. Raises a 404 where it is none of who asks."""
        found = self.desk.export_of(here(request).person, str(request.path_params["job"]))
        if found is None:
            raise HTTPException(404)
        return found

    async def _audit(self, request: Request) -> Response:
        found = await self.desk.audit(here(request).person)
        return self.inside.page(request, "lijst", audit=found, chosen=self._chosen, zone=AMSTERDAM)

    def _chosen(self, selection: Selection) -> str:
        """What was chosen, in words; "" where that is everything."""
        areas, area = areas_of(self.desk.library.sets.values()), selection.area
        return ", ".join(told(replace(selection, area=areas.get(area, area) if area else None)))


def _in_a_row(letters: list[str]) -> str:
    """As one says them: "a, b en d"."""
    return " en ".join(filter(None, (", ".join(letters[:-1]), letters[-1])))


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
