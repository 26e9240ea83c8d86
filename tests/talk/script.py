"""A transcript as a test reads it: what the teller does, and the lines that must follow; knows no depth.

    # a comment          alleen: step intake telegram      (else every depth)
    onderzoek: dicht     the study is over (stands in the head)
    set: bewoner         comes in with this question set
    taal: tr             from now on the app of the teller is in this language
    > words              typed; "word ×900" is that word 900 times
                                        >>2 words      the second thing typed is changed to this
    [label]              a button that is on the screen
    [[label]]            the same on an old message, whose buttons have gone
    (sticker)            sends something that is no words: a name of `SHOWN`; words behind it are its caption
    (album)              three pictures at once, with words behind it as the caption of the first
    (doorgestuurd) words a message of somebody else       (laat) words   one that waited for hours
    (blokkeert)          the teller blocks the bot
    wacht: 25 uur        so long nothing happens: minuten, uur or dagen
    ~                    the process is stopped and started again

Everything else (`<`, `!`, `*`, `=`, indented) is what must be said and kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

DEPTHS = ("step", "intake", "telegram", "terminal", "web")
FOLDER = Path(__file__).parent.parent / "transcripts"

SHOWN = {
    "sticker": "INV.sticker",
    "gif": "INV.sticker",
    "dobbelsteen": "INV.iets",
    "foto": "INV.foto",
    "album": "INV.foto",
    "spraak": "INV.spraak_uit",
    "videobericht": "INV.spraak_uit",
    "bestand": "INV.bestand",
    "video": "INV.bestand",
    "locatie": "INV.iets",
    "contact": "INV.iets",
    "peiling": "INV.iets",
}
"""What a teller may send that is no words, and the text that answers it."""

_ACTION = re.compile(
    r"(?P<set>set: )|(?P<language>taal: ?)|(?P<wait>wacht: )|(?P<edit>>>(?P<nth>\d+) )"
    r"|(?P<say>> ?)|(?P<old>\[\[)|(?P<tap>\[)|(?P<restart>~$)|(?P<show>\()"
)
_LONG = re.compile(r"(\S+) ×(\d+)")
_UNITS = {"minuten": timedelta(minutes=1), "uur": timedelta(hours=1), "dagen": timedelta(days=1)}


_SENT = {"album": "album", "doorgestuurd": "forward", "laat": "late", "blokkeert": "block"}


@dataclass(frozen=True)
class Action:
    """Something that the teller does: its kind, and words, label or name of a set."""

    kind: str
    words: str = ""
    nth: int = 0
    name: str = ""

    @property
    def time(self) -> timedelta:
        """How long nothing happens, of a wait."""
        amount, _, unit = self.words.partition(" ")
        return int(amount) * _UNITS[unit]


@dataclass(frozen=True)
class Turn:
    """An action as it stands in the file, and the lines below it."""

    line: str
    action: Action
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """A whole transcript. `head` are its comments, `depths` where it can be played."""

    name: str
    head: tuple[str, ...]
    depths: tuple[str, ...]
    is_open: bool
    turns: tuple[Turn, ...]


def read(path: Path) -> Script:
    """The transcript in a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if action(line)]
    head = tuple(lines[: starts[0]])
    ends = [*starts[1:], len(lines)]
    turns = tuple(_turn(lines[start:end]) for start, end in zip(starts, ends, strict=True))
    return Script(path.stem, head, _depths(head), "onderzoek: dicht" not in head, turns)


def action(line: str) -> Action | None:
    """What the teller does in this line; None where it is something said or kept."""
    found = _ACTION.match(line)
    if not found:
        return None
    rest = line[found.end() :]
    match found.lastgroup:
        case "set" | "restart" | "language" | "wait" as kind:
            return Action(kind, rest)
        case "show":
            name, _, caption = rest.partition(")")
            return Action(_SENT.get(name, "show"), caption.strip(), name=name)
        case "old":
            return Action("old", rest.removesuffix("]]"))
        case "tap":
            return Action("tap", rest.removesuffix("]"))
        case _:
            words = _LONG.sub(lambda many: f"{many[1]} " * int(many[2]), rest.replace("⏎", "\n"))
            return Action("edit", words, int(found["nth"])) if found["edit"] else Action("say", words)


def written(script: Script, played: list[list[str]]) -> str:
    """The transcript with what was said and kept in truth."""
    lines = list(script.head)
    for turn, said in zip(script.turns, played, strict=True):
        lines += [turn.line, *said]
    return "\n".join(lines) + "\n"


def text_of(script: Script, played: Sequence[Sequence[str]] | None = None) -> str:
    """A transcript as one text, so that a difference shows as a difference of lines."""
    said = played or [turn.expected for turn in script.turns]
    return "\n".join(
        line.rstrip()
        for turn, lines in zip(script.turns, said, strict=True)
        for line in (turn.line, *lines)
        if line.strip()
    )


def update(path: Path, script: Script, played: list[list[str]]) -> None:
    """Writes a transcript anew with what was said and kept in truth."""
    path.write_text(written(script, played), encoding="utf-8")


def scripts() -> list[Path]:
    """All transcripts."""
    return sorted(FOLDER.glob("*.txt"))


def _turn(lines: list[str]) -> Turn:
    done = action(lines[0])
    assert done
    return Turn(lines[0], done, tuple(line for line in lines[1:] if line.strip() and not line.startswith("#")))


def _depths(head: tuple[str, ...]) -> tuple[str, ...]:
    only = next((line for line in head if line.startswith("alleen: ")), None)
    return tuple(only.removeprefix("alleen: ").split()) if only else DEPTHS
