"""A file of SPSS as bytes, read along the description that PSPP gives of them; knows no library."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from


@dataclass(frozen=True)
class Head:
    """`stamp`: when it says that it was made. `segments`: name and bytes of every piece of a column, as they come.

    `widths`: by the short name of its first segment, how long the text of a column is that has more of them. `names`:
    the name that people see, by the short name.
    """

    stamp: str
    segments: tuple[tuple[str, int], ...]
    widths: dict[str, int]
    names: dict[str, str]

    def pieces(self) -> Iterator[tuple[str, list[str]]]:
        """The names of the segments of every column, by the name that people see."""
        left = iter(self.segments)
        for name, _ in left:
            width = self.widths.get(name, 0)
            more = (width + 251) // 252 - 1 if width else 0
            yield self.names[name], [name, *(next(left)[0] for _ in range(more))]


def read_head(path: Path) -> Head:
    """What stands before the first story."""
    content = path.read_bytes()
    assert content[:4] == b"$FL2"
    segments, at = [], 176
    while unpack_from("<i", content, at)[0] == 2:
        width, labelled, missing = unpack_from("<3i", content, at + 4)
        if width != -1:
            segments.append((content[at + 24 : at + 32].decode("ascii").rstrip(), width))
        at += 32
        if labelled:
            at += 4 + -(-unpack_from("<i", content, at)[0] // 4) * 4
        at += 8 * abs(missing)
    extensions = dict(_extensions(content, at))
    widths = dict(item.split("=") for item in extensions.get(14, "").replace("\0", "").split("\t") if item)
    return Head(
        content[92:109].decode("ascii"),
        tuple(segments),
        {name: int(width) for name, width in widths.items()},
        dict(item.split("=") for item in extensions[13].split("\t")),
    )


def _extensions(content: bytes, at: int) -> Iterator[tuple[int, str]]:
    """The further records by their number, of which most are not text."""
    while (kind := unpack_from("<i", content, at)[0]) != 999:
        at += 4
        match kind:
            case 3:
                at = _after_labels(content, at)
            case 6:
                at += 4 + 80 * unpack_from("<i", content, at)[0]
            case _:
                number, size, count = unpack_from("<3i", content, at)
                yield number, content[at + 12 : at + 12 + size * count].decode("utf-8", "replace")
                at += 12 + size * count


def _after_labels(content: bytes, at: int) -> int:
    """Where the labels of the codes of a column end, and which columns they are for."""
    (labels,) = unpack_from("<i", content, at)
    at += 4
    for _ in range(labels):
        at += 8 + -(-(content[at + 8] + 1) // 8) * 8
    (columns,) = unpack_from("<i", content, at + 4)
    return at + 8 + 4 * int(columns)
