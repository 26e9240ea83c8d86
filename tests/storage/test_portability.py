"""Whether every statement is one that another engine understands too; reads the source, runs nothing."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from storage.schema import migrations, statements

ROOM = Path(__file__).parents[2] / "storage"
DRIVERS = {"aiosqlite": ["sqlite.py"], "asyncpg": ["postgres.py", "postgres_faults.py"]}
OWN_SQLITE = ["tables.py"]
"""Asks an empty SQLite of its own what the migrations make, whichever engine the database has."""

VERBS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP)\b")
ONE_ENGINE_ONLY = re.compile(
    r"\?|`|\[|:\w|@\w|\bAUTOINCREMENT\b|\bROWID\b|\bPRAGMA\b|\bINSERT OR\b|\bREPLACE INTO\b|\bIFNULL\b|\bGLOB\b|"
    r"\bSTRICT\b|\bRETURNING\b|\bSERIAL\b|\bJSONB?\b|\bDATETIME\b|\bstrftime\b|\bNOW\(|::|\bsqlite_|\bpg_",
    re.IGNORECASE,
)
TYPED_COLUMN = re.compile(r"^ {4}(\w+) ([A-Z]+)", re.MULTILINE)


def _constants() -> Iterator[tuple[str, str]]:
    """Every statement in a module of the room, with the name of its file."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERBS.match(node.value):
                yield path.name, node.value


def _migrated() -> Iterator[tuple[str, str]]:
    for migration in migrations():
        for statement in statements(migration.sql):
            yield migration.name, re.sub(r"--[^\n]*", "", statement)


WRITTEN = [pair for pair in _constants() if pair[0] not in chain(OWN_SQLITE, *DRIVERS.values())]
ALL = [*WRITTEN, *_migrated()]


def test_statements_stand_in_many_modules() -> None:
    assert {name for name, _ in ALL} >= {"interviews.py", "stories.py", "turns.py", "schema.py", "first"}


@pytest.mark.parametrize(("place", "statement"), ALL)
def test_a_statement_holds_nothing_that_only_one_engine_understands(place: str, statement: str) -> None:
    assert ONE_ENGINE_ONLY.findall(statement) == [], place


@pytest.mark.parametrize(("place", "statement"), WRITTEN)
def test_parameters_are_numbered_from_one_without_a_gap(place: str, statement: str) -> None:
    numbers = {int(number) for number in re.findall(r"\$(\d+)", statement)}
    assert numbers == set(range(1, len(numbers) + 1)), place


@pytest.mark.parametrize(("place", "statement"), WRITTEN)
def test_a_query_names_its_columns(place: str, statement: str) -> None:
    assert "SELECT *" not in statement, place


def test_columns_are_of_types_that_all_engines_have() -> None:
    types = {kind for _, sql in _migrated() for _, kind in TYPED_COLUMN.findall(sql)}
    assert types - {"KEY"} == {"TEXT", "INTEGER", "BIGINT"}


@pytest.mark.parametrize("engine", DRIVERS)
def test_only_the_driver_knows_its_engine(engine: str) -> None:
    importing = re.compile(rf"^(import|from) {engine}", re.MULTILINE)
    found = sorted(path.name for path in ROOM.glob("*.py") if importing.search(path.read_text()))
    assert found == DRIVERS[engine]
