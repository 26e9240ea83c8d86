"""The texts of the project, gathered for the measure; it may not know what a plain text is."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.plainness.measure import PROFILES, WORDS_BY_KIND, Profile, Readable

Table = Mapping[str, object]

# In a text file, what a table holds besides other texts: read with the text, or by nobody.
SETTINGS = frozenset({"asked", "buttons", "columns", "kind", "language", "profile", "text", "words"})


@dataclass(frozen=True)
class Shown:
    """A text of the project, the file it stands in and the readers it is for."""

    readable: Readable
    profile: Profile
    file: str


def project_texts(dialogs: Path) -> list[Shown]:
    """Every Dutch text of `texts/nl.toml` and `sets/*.toml` below `dialogs`."""
    return [
        *general_texts(dialogs / "texts" / "nl.toml"),
        *(shown for file in set_files(dialogs) for shown in set_texts(file)),
    ]


def set_files(dialogs: Path) -> list[Path]:
    """The files of the question sets, by name."""
    return sorted((dialogs / "sets").glob("*.toml"))


def general_texts(file: Path) -> Iterator[Shown]:
    """The texts of a text file; lines in another language than Dutch are left out."""
    for readable, table in _texts(_read(file), ""):
        if table.get("language", "nl") == "nl":
            yield Shown(readable, _profile(table, readable.id), file.name)


def set_texts(file: Path) -> Iterator[Shown]:
    """The texts of a question set, each question together with its buttons."""
    table = _read(file)
    profile = _profile(table, file.stem)
    for readable in _parts(table, file.stem, _counters(table)):
        yield Shown(readable, profile, file.name)


def _read(file: Path) -> Table:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _texts(group: Table, above: str) -> Iterator[tuple[Readable, Table]]:
    for key, child in group.items():
        name = f"{above}.{key}" if above else key
        if key == "commands" and isinstance(child, dict):
            yield from ((Readable(f"{name}.{each}", str(said)), {}) for each, said in child.items())
        elif isinstance(child, dict) and key not in SETTINGS:
            if "text" in child:
                yield _text(child, name), child
            yield from _texts(child, name)
        elif key not in SETTINGS:
            raise ValueError(f"{name}: deze tekst wordt niet gemeten; zie SETTINGS in readable.py")


def _text(table: Table, name: str) -> Readable:
    buttons = table.get("buttons")
    labels = buttons.values() if isinstance(buttons, dict) else ()
    return Readable(name, str(table["text"]), tuple(map(str, labels)), _kind(table, name))


def _parts(table: Table, name: str, counters: Table) -> Iterator[Readable]:
    """A table of a question set: its text with its buttons, its other texts, its parts."""
    buttons = tuple(_labels(table))
    if "text" in table or buttons:
        yield Readable(name, _as_shown(table, counters), buttons)
    for key in ("intro", "counter", "name"):
        if key in table:
            yield Readable(f"{name}.{key}", str(table[key]))
    for key, child in _children(table):
        yield from _parts(child, f"{name}.{key}", counters)


def _as_shown(table: Table, counters: Table) -> str:
    """The text below the line that counts the questions, in one message as the reader gets it."""
    counter = counters.get(str(table.get("block")), "")
    return f"{counter}\n{table.get('text', '')}".strip()


def _counters(table: Table) -> Table:
    blocks = table.get("blocks")
    found = blocks.items() if isinstance(blocks, dict) else ()
    return {name: block.get("counter", "") for name, block in found}


def _labels(table: Table) -> Iterator[str]:
    if "button" in table:
        yield str(table["button"])
    yield from (str(child["label"]) for _, child in _children(table) if "label" in child)


def _children(table: Table) -> Iterator[tuple[str, Table]]:
    """The tables inside a table, named by their id, or by their key (and place in a list)."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield key, value
        elif isinstance(value, list):
            inner = [child for child in value if isinstance(child, dict)]
            for place, child in enumerate(inner, start=1):
                yield str(child.get("id", f"{key}.{place}")), child


def _profile(table: Table, name: str) -> Profile:
    said = str(table.get("profile", "resident"))
    if said not in PROFILES:
        raise ValueError(f"{name}: profile = {said!r} bestaat niet; kies uit {sorted(PROFILES)}")
    return PROFILES[said]


def _kind(table: Table, name: str) -> str:
    said = str(table.get("kind", ""))
    if said and said not in WORDS_BY_KIND:
        raise ValueError(f"{name}: kind = {said!r} bestaat niet; kies uit {sorted(WORDS_BY_KIND)}")
    return said
