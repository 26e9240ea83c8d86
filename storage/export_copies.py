"""That an export was made once more: when, by whom and what came of it; knows no file."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Work
from storage.rows import instant, moment, text
from storage.secrets import KeyRing

_KEEP = "INSERT INTO export_copies (copy_id, export_id, at, made_by, digest) VALUES ($1, $2, $3, $4, $5)"
_EVERY = "SELECT export_id, at, made_by, digest FROM export_copies ORDER BY at, copy_id"


@dataclass(frozen=True)
class Copy:
    """One time that it was made; `digest` is that of its manifest, in hexadecimals."""

    at: datetime
    made_by: str
    digest: str


async def keep(work: Work, keys: KeyRing, export_id: str, copy: Copy) -> None:
    """Writes down what is about to be handed out."""
    made_by = keys.encrypt(copy.made_by)
    await work.execute(_KEEP, secrets.token_hex(8), export_id, moment(copy.at), made_by, copy.digest)


async def every(work: Work, keys: KeyRing) -> Mapping[str, Sequence[Copy]]:
    """All of them, oldest first, by the id of the export."""
    found: dict[str, list[Copy]] = {}
    for row in await work.fetch(_EVERY):
        copy = Copy(instant(row, "at"), keys.decrypt(text(row, "made_by")), text(row, "digest"))
        found.setdefault(text(row, "export_id"), []).append(copy)
    return found
