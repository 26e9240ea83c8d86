"""Whatever happens to a file, reading it gives a library or faults, and never another exception."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.checks.parse import parsed
from dialogs.checks.tables import Table
from dialogs.faults import Faults
from dialogs.load import load_library
from tests.dialogs.written import Tree, good_texts, written

GOOD = Path(__file__).parents[1] / "sets" / "good"
TEXTS = "nl.toml"

Steps = tuple[str | int, ...]
Damage = tuple[str, Steps, object]
"""A file, the way to a value in it, and what comes in its place: None for nothing at all."""


def _tree(file: Path) -> Tree:
    table = parsed(file.name, file.read_text("utf-8"))
    assert isinstance(table, Table)
    return dict(table.values)


TREES: dict[str, Tree] = {
    TEXTS: good_texts(),
    **{file.name: _tree(file) for file in sorted(GOOD.glob("*.toml"))},
}


def _inside(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _ways(value: object, above: Steps = ()) -> Iterator[tuple[Steps, object]]:
    """Every value of a tree, and the way to it."""
    for step, child in _inside(value):
        yield (*above, step), child
        yield from _ways(child, (*above, step))


def _with(value: object, way: Steps, new: object) -> object:
    """The value with another one at the end of a way, which may be a new key."""
    if not way:
        return new
    steps = {**dict(_inside(value)), way[0]: _with(dict(_inside(value)).get(way[0]), way[1:], new)}
    kept = {step: child for step, child in steps.items() if child is not None}
    return list(kept.values()) if isinstance(value, list) else kept


WAYS = [(name, way) for name, tree in TREES.items() for way, _ in _ways(tree)]
FOUND = [value for tree in TREES.values() for _, value in _ways(tree)]
KEYS = sorted({step for _, way in WAYS for step in way if isinstance(step, str)})

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
single = st.one_of(st.booleans(), st.integers(), st.floats(), st.dates(), words, st.sampled_from(FOUND))
anything = st.recursive(
    single,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """A value replaced or taken away, or a key added beside it."""
    name, way = draw(st.sampled_from(WAYS))
    if draw(st.booleans()):
        return name, way, draw(st.none() | anything)
    return name, (*way[:-1], draw(st.sampled_from(KEYS) | words)), draw(anything)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the good sets and texts."""
    folder = tmp_path_factory.mktemp("home")
    for name, tree in TREES.items():
        _file(folder, name).parent.mkdir(exist_ok=True)
        _file(folder, name).write_text(written(tree), encoding="utf-8")
    return folder


@given(struck=st.lists(damages(), min_size=1, max_size=3))
def test_damaged_values_are_read_or_refused(struck: list[Damage], home: Path) -> None:
    trees = dict(TREES)
    for name, way, new in struck:
        trees[name] = _as_tree(_with(trees[name], way, new))
    with _files(home, {name: written(tree) for name, tree in trees.items() if tree is not TREES[name]}):
        _read_or_refused(home)


@given(name=st.sampled_from(sorted(TREES)), at=st.floats(0, 1), cut=st.integers(0, 9), typed=words)
def test_damaged_words_are_read_or_refused(name: str, at: float, cut: int, typed: str, home: Path) -> None:
    good = written(TREES[name])
    start = int(at * len(good))
    with _files(home, {name: good[:start] + typed + good[start + cut :]}):
        _read_or_refused(home)


def _as_tree(value: object) -> Tree:
    assert isinstance(value, dict)
    return value


@contextmanager
def _files(home: Path, changed: Mapping[str, str]) -> Iterator[None]:
    """The folder with other words in some of its files, for a moment."""
    for name, told in changed.items():
        _file(home, name).write_text(told, encoding="utf-8")
    yield
    for name in changed:
        _file(home, name).write_text(written(TREES[name]), encoding="utf-8")


def _file(home: Path, name: str) -> Path:
    return home / ("texts" if name == TEXTS else "sets") / name


def _read_or_refused(home: Path) -> None:
    try:
        library = load_library({"onderzoeker": "Wij"}, folder=home / "sets", texts_file=_file(home, TEXTS))
    except Faults as refused:
        _is_told(refused)
    else:
        assert len(library.sets) == len(TREES) - 1


def _is_told(refused: Faults) -> None:
    lines = str(refused).splitlines()
    assert len(lines) == len(refused.faults) > 0
    assert all(line.startswith(("sets/", "texts/")) for line in lines)
