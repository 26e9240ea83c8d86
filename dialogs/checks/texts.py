"""Checks of the texts: each on its own, and all together against what the code asks of them; knows no question set."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from dialogs.checks.options import TAG
from dialogs.checks.relied_on import (
    EVERYWHERE,
    GIVEN,
    KNOWN_BUTTONS,
    REQUIRED_BUTTONS,
    REQUIRED_TEXTS,
    SAID_BY_CHANNELS,
    THANKS_VALUES,
    misplaced,
)
from dialogs.checks.tables import Table
from dialogs.events import Command
from dialogs.faults import Fault, hint, listed, quoted
from dialogs.questions import Frozen, Label, Slug, Words
from dialogs.replies import AskTap
from dialogs.taps import LIMIT, encode
from dialogs.texts import Text


@dataclass(frozen=True)
class Said:
    """The texts of one file by their id."""

    file: str
    texts: Mapping[str, Table]


Check = Callable[[Said], Iterator[Fault]]
Description = Annotated[Words, StringConstraints(max_length=256)]
"""A line in the menu of commands, as long as the Bot API takes it."""

_TEXT_ID = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")

MENU = tuple(command.value for command in Command if command is not Command.UNKNOWN)


class TextShape(Frozen):
    """What a table of the texts may hold; `commands` is the menu, the one text without words of its own."""

    text: Words = ""
    buttons: dict[Slug, Label] = Field(default_factory=dict)
    words: dict[Slug, tuple[Words, ...]] = Field(default_factory=dict)
    commands: dict[str, Description] = Field(default_factory=dict)
    profile: Literal["resident", "professional"] = "resident"
    kind: Literal["consent", "help", "crisis", "privacy"] | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "nl"
    columns: Literal[1, 2] = 1
    asked: tuple[Words, ...] = ()

    def named(self, text_id: str) -> Text:
        """The text with this id."""
        return Text(
            text_id,
            self.text,
            MappingProxyType(self.buttons),
            MappingProxyType(self.words),
            MappingProxyType(self.commands),
            self.profile,
            self.kind or "",
            self.language,
            self.columns,
            self.asked,
        )


INNER = ("buttons", "words", "commands")
"""Tables that are part of a text; every other table in a text is a text of its own."""


def texts_in(group: Table) -> Iterator[Table]:
    """The texts of a table and of the tables in it; a table that holds nothing is a text as well, an unfinished one."""
    own = {key: value for key, value in group.values.items() if _is_own(group, key)}
    if own or (group.key and not group.values):
        yield Table(group.file, group.key, own)
    for child in (group.table(key) for key in group.values if key not in own):
        if child:
            yield from texts_in(child)


def _is_own(group: Table, key: str) -> bool:
    """Whether a key belongs to the text itself: also a table whose name is nearly that of a part, such as `button`."""
    child = group.table(key)
    if child is None or key in INNER:
        return True
    return "text" in group.values and "text" not in child.values and bool(hint(key, INNER))


def wordless(said: Said) -> Iterator[Fault]:
    """A text has words, unless it is the menu."""
    for text_id, text in said.texts.items():
        if text_id and "text" not in text.values and "commands" not in text.values:
            yield text.fault("", 'Hier ontbreekt "text".')


def ids(said: Said) -> Iterator[Fault]:
    """A text id stands in code and in buttons; what stands in no table at all has none."""
    for text_id, text in said.texts.items():
        if text_id and not _TEXT_ID.fullmatch(text_id):
            yield text.fault("", "De naam van een tekst bestaat uit letters, cijfers en lage streepjes, met punten.")
        for key in text.values if not text_id else ():
            yield text.fault(key, "Zet dit in een tabel met de naam van een tekst, zoals [ALG.welkom].")


def words_of_buttons(said: Said) -> Iterator[Fault]:
    """Other words are words for a button that is there."""
    for text in said.texts.values():
        buttons, words = _keys(text, "buttons"), _keys(text, "words")
        for slug in (slug for slug in words if slug not in buttons):
            yield text.fault("words", f"Deze tekst heeft geen knop {quoted(slug)}.{hint(slug, buttons)}")


def required_texts(said: Said) -> Iterator[Fault]:
    """The code says these texts, here or in a channel."""
    for text_id in (*REQUIRED_TEXTS, *SAID_BY_CHANNELS):
        if text_id not in said.texts:
            yield Fault(said.file, text_id, "Deze tekst ontbreekt.")


def required_buttons(said: Said) -> Iterator[Fault]:
    """The code acts on these buttons."""
    for text_id, slugs in REQUIRED_BUTTONS.items():
        text = said.texts.get(text_id)
        for slug in slugs if text else ():
            if text and slug not in _keys(text, "buttons"):
                yield text.fault("buttons", f"Hier ontbreekt de knop {quoted(slug)}.")


def dead_buttons(said: Said) -> Iterator[Fault]:
    """Behind another button of these texts there would be nothing."""
    for text_id, slugs in KNOWN_BUTTONS.items():
        text = said.texts.get(text_id)
        for slug in _keys(text, "buttons") if text else ():
            if text and slug not in slugs:
                yield text.fault("buttons", f"De knop {quoted(slug)} doet niets. Hier kan alleen {listed(slugs)}.")


def commands(said: Said) -> Iterator[Fault]:
    """The menu holds commands that are understood."""
    for text in said.texts.values():
        for name in _keys(text, "commands"):
            if name not in MENU:
                yield text.fault("commands", f"De opdracht {quoted(name)} bestaat niet. Kies uit {listed(MENU)}.")


def taps(said: Said) -> Iterator[Fault]:
    """What a button carries fits the channel that has the least room."""
    for text_id, text in said.texts.items():
        for slug in _keys(text, "buttons"):
            if len(encode(AskTap(TAG, f"@{text_id}", slug)).encode()) > LIMIT:
                yield text.fault("buttons", f"De naam van deze tekst en {quoted(slug)} zijn samen te lang.")


def _keys(text: Table, key: str) -> tuple[str, ...]:
    inner = text.table(key)
    return tuple(inner.values) if inner else ()


def places(said: Said) -> Iterator[Fault]:
    """A text of the code is given what the code has for it; another one may be the thanks of a set."""
    for text_id, text in said.texts.items():
        given = GIVEN.get(text_id, frozenset() if text_id in REQUIRED_TEXTS else THANKS_VALUES)
        for told in misplaced(text.word("text"), EVERYWHERE | given):
            yield text.fault("text", told)


def places_on_buttons(said: Said) -> Iterator[Fault]:
    """On a button, or in a menu, a placeholder would be shown as it is."""
    for text in said.texts.values():
        for part in filter(None, map(text.table, INNER)):
            for key in part.values:
                if any(sign in shown for shown in (part.word(key), *part.words(key)) for sign in "{}"):
                    yield part.fault(key, "Hier kan geen invulplek staan: schrijf het zonder accolades.")


CHECKS: tuple[Check, ...] = (
    wordless,
    ids,
    words_of_buttons,
    required_texts,
    required_buttons,
    dead_buttons,
    commands,
    taps,
    places,
    places_on_buttons,
)
