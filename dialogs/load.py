"""Reads sets, texts, words of crisis and areas from their files, or says everything that is wrong.

With `load_language.py` the only module of this room that opens a file; it writes none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from dialogs.areas import Areas, areas_of
from dialogs.checks import library as library_checks
from dialogs.checks import options, sets, texts
from dialogs.checks.library import Shelf
from dialogs.checks.parse import parsed
from dialogs.checks.relied_on import STUDY_VALUES
from dialogs.checks.set_keys import TEMPLATES, keys_at
from dialogs.checks.shapes import fitted
from dialogs.checks.tables import Table
from dialogs.checks.texts import Said, TextShape, texts_in
from dialogs.crisis import CrisisWords, crisis_words
from dialogs.faults import Fault, Faults, Refusal, quoted
from dialogs.library import Library, Terms
from dialogs.load_language import load_recogniser
from dialogs.phones import PhoneBook, phone_book
from dialogs.questions import QuestionSet, SoundFile
from dialogs.texts import Text, Texts, settled

SETS = Path(__file__).parent / "sets"
TEXTS = Path(__file__).parent / "texts" / "nl.toml"
CRISIS = Path(__file__).parent / "texts" / "crisis.toml"
AREAS = Path(__file__).parent / "texts" / "areas.toml"
PHONES = Path(__file__).parent / "texts" / "phones.toml"

Made = TypeVar("Made")
_SOUND = re.compile(get_args(SoundFile)[1].pattern)
_PLACE = re.compile(r"\{([a-z_]+)\}")
_UNREADABLE: Mapping[type[OSError], str] = {
    FileNotFoundError: "Dit bestand is er niet.",
    IsADirectoryError: "Dit is een map. Hier hoort een bestand.",
    PermissionError: "Dit bestand mag ik niet lezen.",
}


def load_library(
    study: Mapping[str, str], *, terms: Terms | None = None, folder: Path = SETS, texts_file: Path = TEXTS
) -> Library:
    """Every set (`*.toml`) of `folder` and the texts of `texts_file`, checked, with the values of the study filled in.

    `study` maps placeholders (`STUDY_VALUES`) to values. An empty value is none: its lines are left out when they are
    said, and so are those of a value that is not given. `terms` is what else the study decided.
    Raises `Faults`, once, with every fault of every file.
    """
    phones, crisis = _read_as(PHONES, phone_book), _read_as(CRISIS, crisis_words)
    areas = _read_as(AREAS, areas_of)
    numbers = phones.values() if isinstance(phones, PhoneBook) else {}
    given = numbers | {name: value for name, value in study.items() if value and name in STUDY_VALUES}
    sets_read, texts_read = _read_sets(folder), _read(texts_file)
    tables = tuple(item for item in sets_read if isinstance(item, Table))
    said = _texts_in(texts_read)
    sets = [fitted(QuestionSet, _filled_in(table, given), keys_at) for table in tables]
    texts = [_fitted_text(table) for table in (said.texts.values() if said else ()) if table.key]
    broken = _faults((*sets_read, texts_read))
    crossed = _crossed(tables, said, whole=not broken)
    found = (
        *broken,
        *_faults(sets),
        *_faults(texts),
        *crossed,
        *_silent(folder, tables),
        *_faults((phones, crisis, areas)),
    )
    if found or not (isinstance(crisis, CrisisWords) and isinstance(areas, Areas)):
        raise Faults(_by_file(found))
    by_id = MappingProxyType(dict(settled(_by_id(texts), given)))
    by_version = _by_version(sets)
    return Library(by_version, by_id, crisis, load_recogniser(), terms or Terms(), _sounds(folder, by_version), areas)


def _silent(folder: Path, tables: Iterable[Table]) -> Iterator[Fault]:
    """Questions that name a file with sound which is not there; a name that can be none is told by the models."""
    for question in (question for table in tables for question in table.tables("questions")):
        name = question.word("audio")
        if _SOUND.fullmatch(name) and not (folder / name).is_file():
            yield question.fault("audio", f"Het geluidsbestand {quoted(name)} staat niet in de map {folder.name}/.")


def _sounds(folder: Path, sets: Mapping[tuple[str, int], QuestionSet]) -> Mapping[str, Path]:
    names = {question.audio for questions in sets.values() for question in questions.questions}
    return MappingProxyType({name: folder / name for name in sorted(filter(None, names))})


def load_phones() -> PhoneBook:
    """The numbers of help that the texts name. Raises `Faults`."""
    phones = _read_as(PHONES, phone_book)
    if isinstance(phones, PhoneBook):
        return phones
    raise Faults(phones)


def _read_as(file: Path, made: Callable[[Table], Made | Refusal]) -> Made | Refusal:
    read = _read(file)
    return made(read) if isinstance(read, Table) else read


def _read_sets(folder: Path) -> tuple[Table | Refusal, ...]:
    files = sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))
    none = Fault(f"{folder.name}/", "", "In deze map staat geen vragenlijst (*.toml).")
    return tuple(_read(file) for file in files) or ((none,),)


def _read(file: Path) -> Table | Refusal:
    """A file as a table. A mark at its start, as some editors leave it, does no harm."""
    try:
        return parsed(_name(file), file.read_text(encoding="utf-8-sig"))
    except OSError as refused:
        return (Fault(_name(file), "", _UNREADABLE.get(type(refused), "Dit bestand is niet te lezen.")),)
    except UnicodeDecodeError as refused:
        line = refused.object[: refused.start].count(b"\n") + 1
        return (Fault(_name(file), f"regel {line}", "Dit is geen UTF-8. Bewaar het bestand als UTF-8."),)


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def _texts_in(read: Table | Refusal) -> Said | None:
    """The tables of the texts by their id; None where the file could not be read."""
    return Said(read.file, {table.key: table for table in texts_in(read)}) if isinstance(read, Table) else None


def _filled_in(table: Table, study: Mapping[str, str]) -> Table:
    return replace(table, values={key: _filled(value, study, key) for key, value in table.values.items()})


def _filled(value: object, study: Mapping[str, str], key: str = "") -> object:
    """The value at a key with what the study fills in, wherever a template stands in it."""
    if isinstance(value, dict):
        return {inner: _filled(child, study, inner) for inner, child in value.items()}
    if isinstance(value, list):
        return [_filled(child, study) for child in value]
    if key in TEMPLATES and isinstance(value, str):
        return _PLACE.sub(lambda place: study.get(place[1], place[0]), value)
    return value


def _fitted_text(table: Table) -> Text | Refusal:
    shape = fitted(TextShape, table, lambda loc: TextShape.model_fields)
    return shape.named(table.key) if isinstance(shape, TextShape) else shape


def _crossed(tables: tuple[Table, ...], said: Said | None, *, whole: bool) -> Iterator[Fault]:
    """What the checks find. What one file names of another is only looked up if all could be read (`whole`)."""
    for table in tables:
        yield from (fault for check in sets.CHECKS for fault in check(table))
        for question in table.tables("questions"):
            yield from (fault for check in options.CHECKS for fault in check(question))
    if said:
        yield from (fault for check in texts.CHECKS for fault in check(said))
    shelf = Shelf(tables, said.texts if said else {})
    between = (*library_checks.CHECKS, *(library_checks.REFERENCES if whole else ()))
    yield from (fault for check in between for fault in check(shelf))


def _faults(results: Iterable[object]) -> Refusal:
    refusals = (result for result in results if isinstance(result, tuple))
    return tuple(fault for refusal in refusals for fault in refusal if isinstance(fault, Fault))


def _by_file(faults: Iterable[Fault]) -> list[Fault]:
    """The faults of each file together: sets before texts, as their folders are called."""
    return sorted(faults, key=lambda fault: fault.file)


def _by_version(sets: Iterable[QuestionSet | Refusal]) -> Mapping[tuple[str, int], QuestionSet]:
    return MappingProxyType({(item.id, item.version): item for item in sets if isinstance(item, QuestionSet)})


def _by_id(texts: Iterable[Text | Refusal]) -> Texts:
    return {text.id: text for text in texts if isinstance(text, Text)}
