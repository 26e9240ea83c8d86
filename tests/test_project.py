"""Whether the project keeps its own manners; knows its files, not what they do."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "console", "counting", "dialogs", "disclosure", "pages", "printing", "research", "storage")
LONGEST_FUNCTION = 50
SAYS_NOTHING = re.compile(r"(util|helper|common|manager|service)s?")
INDEX = re.compile(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b|://|@ ", re.MULTILINE)
PERSONAL_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+|[A-Z]:\\Users\\\w+")
TOKEN = re.compile(r"\d{8,10}:[A-Za-z0-9_-]{35}")


class Pin(NamedTuple):
    """One package of a requirements file: its requirement and the hashes of its files."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The one version it is held to; empty if it is held to none."""
        (specifier, *others) = self.requirement.specifier
        return specifier.version if specifier.operator == "==" and not others else ""


def test_a_requirements_file_names_no_index() -> None:
    named = {path.name: INDEX.findall(path.read_text()) for path in _requirements_files()}
    names = ("build", "peers", "readers", "research", "run", "schemas", "test")
    assert named == {f"{name}.txt": [] for name in names}


def test_every_pinned_package_has_one_version_and_a_hash() -> None:
    pins = [pin for path in _requirements_files() for pin in _read_pins(path)]
    loose = [str(pin.requirement) for pin in pins if not (pin.version and pin.hashes)]
    assert pins
    assert loose == []


def test_every_dependency_is_pinned_within_its_range() -> None:
    run, test = _pinned("run.txt"), _pinned("test.txt")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    assert _unmet([*needed, *groups["build"]], run) == []
    assert _unmet(groups["dev"], test) == []
    assert _unmet(groups["peers"], _pinned("peers.txt")) == []
    assert _unmet(groups["readers"], _pinned("readers.txt")) == []
    assert _unmet(groups["schemas"], _pinned("schemas.txt")) == []
    assert _unmet(project["project"]["optional-dependencies"]["research"], _pinned("research.txt")) == []


def test_the_tests_run_on_what_is_run() -> None:
    assert _pinned("run.txt").items() <= _pinned("research.txt").items() <= _pinned("test.txt").items()


def test_no_file_names_the_folder_of_a_person_or_holds_a_token() -> None:
    files = {path: path.read_bytes().decode(errors="replace") for path in _project_files()}
    assert ROOT / "pyproject.toml" in files
    assert [path.name for path, text in files.items() if PERSONAL_PATH.search(text)] == []
    assert [path.name for path, text in files.items() if TOKEN.search(text)] == []


def test_no_module_or_package_has_a_name_that_says_nothing() -> None:
    parts = {part for path in _modules(*ROOMS) for part in _inside(path).with_suffix("").parts}
    assert parts >= set(ROOMS)
    assert sorted(filter(SAYS_NOTHING.fullmatch, parts)) == []


def test_every_module_starts_by_saying_what_it_is() -> None:
    silent = [_inside(path) for path in _modules(*ROOMS, "tests") if not _docstring(path)]
    assert silent == []


def test_no_function_is_long() -> None:
    long = [
        f"{_inside(path)}:{function.lineno} {function.name}"
        for path in _modules(*ROOMS)
        for function in _functions(path)
        if _length(function) > LONGEST_FUNCTION
    ]
    assert long == []


def _requirements_files() -> list[Path]:
    return sorted((ROOT / "requirements").glob("*.txt"))


def _read_pins(path: Path) -> Iterator[Pin]:
    lines = (line for line in path.read_text().splitlines() if not line.lstrip().startswith("#"))
    for entry in "\n".join(lines).replace("\\\n", " ").splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", entry.strip())
        yield Pin(Requirement(requirement), tuple(h for h in hashes if h.startswith("sha256:")))


def _pinned(name: str) -> dict[str, str]:
    pins = _read_pins(ROOT / "requirements" / name)
    return {canonicalize_name(pin.requirement.name): pin.version for pin in pins}


def _unmet(needed: Iterable[str], pinned: dict[str, str]) -> list[str]:
    return [need for need in needed if not _is_met(Requirement(need), pinned)]


def _is_met(requirement: Requirement, pinned: dict[str, str]) -> bool:
    version = pinned.get(canonicalize_name(requirement.name))
    return version is not None and requirement.specifier.contains(version)


def _project_files() -> list[Path]:
    """Tracked files, and new ones that are not ignored, so that a fault shows before a commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def _modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def _inside(path: Path) -> Path:
    return path.relative_to(ROOT)


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1
