"""That an export was downloaded, by whom and when: once, whoever asks at the same time; knows no file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.database import Work
from storage.rows import instant, moment, text
from storage.secrets import KeyRing

_KEEP = """
INSERT INTO downloads (export_id, at, downloaded_by) VALUES ($1, $2, $3) ON CONFLICT (export_id) DO NOTHING
"""
_EVERY = "SELECT export_id, at, downloaded_by FROM downloads"


@dataclass(frozen=True)
class Download:
    """By whom and when."""

    by: str
    at: datetime


async def keep(work: Work, keys: KeyRing, export_id: str, by: str, at: datetime) -> bool:
    """Writes down that it is downloaded now; False where it was before, by whomever."""
    return await work.execute(_KEEP, export_id, moment(at), keys.encrypt(by)) == 1


async def every(work: Work, keys: KeyRing) -> Mapping[str, Download]:
    """All of them, by the id of the export."""
    rows = await work.fetch(_EVERY)
    return {
        text(row, "export_id"): Download(keys.decrypt(text(row, "downloaded_by")), instant(row, "at")) for row in rows
    }
