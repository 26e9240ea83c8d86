"""Whether an export that lies somewhere is still what was handed out, and may still be used; knows no command."""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from research.export import withdrawn
from research.export.package import MANIFEST
from research.export.tiers import WITH_STORIES, Tier
from research.faults import ResearchFault
from storage import export_copies, exports
from storage.database import Work
from storage.secrets import KeyRing


@dataclass(frozen=True)
class Package:
    """An export in a folder: what its manifest says of it."""

    folder: Path
    snapshot: str
    files: Mapping[str, tuple[int, str]]

    def name(self, path: Path) -> str:
        """A file by its name below the folder."""
        return path.relative_to(self.folder).as_posix()


def read(folder: Path) -> Package:
    """The export in `folder`. `ResearchFault` where there is none."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {str(item["naam"]): (int(item["bytes"]), str(item["sha256"])) for item in content["bestanden"]}
        return Package(folder, str(content["momentopname"]), files)
    except NotADirectoryError:
        raise ResearchFault(f"{folder} is een bestand. Pak het eerst uit, en wijs de map aan die erin zit.") from None
    except FileNotFoundError:
        raise ResearchFault(f"In {folder} staat geen {MANIFEST}. Wijs de map van een uitvoer aan.") from None
    except (ValueError, KeyError, TypeError):
        raise ResearchFault(f"{folder / MANIFEST} is niet te lezen: het is veranderd of beschadigd.") from None


def damage(package: Package) -> Iterator[str]:
    """What of the files is not as the manifest says, a Dutch sentence each."""
    found = {package.name(path): path for path in sorted(package.folder.rglob("*")) if path.is_file()}
    for name, (size, digest) in package.files.items():
        path = found.get(name)
        if path is None:
            yield f"{name} ontbreekt."
        elif path.stat().st_size != size or _digest(path) != digest:
            yield f"{name} is veranderd."
    yield from (f"{name} hoort er niet bij." for name in found if name not in package.files and name != MANIFEST)


async def standing(work: Work, keys: KeyRing, package: Package) -> list[str]:
    """What the house says of it: whether it was handed out as it is, and what was taken back since."""
    export = await exports.find(work, keys, package.snapshot)
    if export is None:
        return [f"Momentopname {package.snapshot} is hier niet bekend."]
    copies = (await export_copies.every(work, keys)).get(export.id, [])
    is_known = _digest(package.folder / MANIFEST) in {export.digest, *(copy.digest for copy in copies)}
    told = [] if is_known else [f"{MANIFEST} is niet zoals het is uitgegeven."]
    recalls = await exports.recalls(work) if Tier(export.tier) in WITH_STORIES else []
    gone = _named_as_gone(package.folder / withdrawn.FILE)
    there = [item for item in recalls if item.export == export.id and item.story not in gone]
    return [*told, *(f"Verhaal {item.story} is teruggenomen op {item.day}: haal het weg." for item in there)]


def _named_as_gone(path: Path) -> set[str]:
    """The stories that an export says were taken back before it was made: they are not in it."""
    if not path.exists():
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        return {line[0] for line in csv.reader(file) if line}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
