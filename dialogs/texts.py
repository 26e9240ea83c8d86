"""The texts of the conversation itself (`texts/nl.toml`) and how a template is filled; knows no question set.

Bold is written as `*words*` in a template. Values are never read for markup: what a teller typed stays as it is.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

_PLACE = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"\n{3,}")
_BOLD = re.compile(r"\*([^*\n]+)\*")


@dataclass(frozen=True)
class Text:
    """One text. `buttons` are slugs with labels in order, `words` other ways to type each of them.

    `asked` are questions of a teller that the text answers.
    `profile` (resident or professional) and `kind` say how plain it must be, `language` what it is written in.
    """

    id: str
    text: str
    buttons: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    commands: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    profile: str = "resident"
    kind: str = ""
    language: str = "nl"
    columns: int = 1
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A run of words, bold or not."""

    text: str
    bold: bool = False


Texts = Mapping[str, Text]


def placeholders(template: str) -> set[str]:
    """The names between braces in a template."""
    return set(_PLACE.findall(template))


def settled(texts: Texts, values: Mapping[str, str]) -> Texts:
    """The texts with these values filled in for good; other placeholders stay for the reply to fill."""
    return {key: replace(text, text=_partly(text.text, values)) for key, text in texts.items()}


def fingerprint(words: str) -> str:
    """Eight hexadecimal digits that change when the words do."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def spans(template: str, values: Mapping[str, str | None]) -> tuple[Span, ...]:
    """The template as runs of words with its values in place.

    A line with a placeholder that has no value (None, or not given) is left out; empty lines around it become one.
    """
    lines = [line for line in template.split("\n") if _is_whole(line, values)]
    kept = _GAP.sub("\n\n", "\n".join(lines)).strip("\n")
    return _merged(_runs(kept, values))


def plain(template: str, values: Mapping[str, str | None]) -> str:
    """The same as one string, without bold."""
    return "".join(span.text for span in spans(template, values))


def _is_whole(line: str, values: Mapping[str, str | None]) -> bool:
    return "{" not in line or all(values.get(name) is not None for name in placeholders(line))


def _runs(template: str, values: Mapping[str, str | None]) -> Iterator[Span]:
    at = 0
    for found in _BOLD.finditer(template):
        yield Span(_partly(template[at : found.start()], values))
        yield Span(_partly(found[1], values), bold=True)
        at = found.end()
    yield Span(_partly(template[at:], values))


def _merged(runs: Iterator[Span]) -> tuple[Span, ...]:
    return tuple(run for run in runs if run.text)


def _partly(template: str, values: Mapping[str, str | None]) -> str:
    return _PLACE.sub(lambda place: values.get(place[1]) or _unfilled(place, values), template)


def _unfilled(place: re.Match[str], values: Mapping[str, str | None]) -> str:
    return "" if place[1] in values else place[0]
