"""What the system tests use of the machine itself, and which packages of Debian bring it; starts no test.

`python -m tests.system.machine` says what is missing and how to install it, and nothing where all is there; with
`--packages` only the names of the packages that are missing.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from types import MappingProxyType

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
"""What the browser is called; it is the machine's own, and nothing is ever downloaded."""

PROGRAMS = MappingProxyType(
    {
        BROWSERS: "chromium",
        ("soffice",): "libreoffice-calc",
        ("pspp",): "pspp",
        ("Rscript",): "r-base-core",
        ("faketime",): "faketime",
    }
)
"""What each program may be called, and what brings it."""

R_PACKAGES = MappingProxyType({"haven": "r-cran-haven", "readxl": "r-cran-readxl"})
"""What R itself has to find, and what brings it."""


def program(*names: str) -> str:
    """Where a program is that has one of these names. Ends the program where there is none, and says what to do."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found or sys.exit(_sentence([PROGRAMS[names]]))


def missing() -> Iterator[str]:
    """The packages that have to be installed."""
    yield from (package for names, package in PROGRAMS.items() if not any(map(shutil.which, names)))
    yield from (package for name, package in R_PACKAGES.items() if not _in_r(name))


def _in_r(name: str) -> bool:
    found = shutil.which("Rscript")
    if found is None:
        return False
    asked = [found, "--vanilla", "-e", f'quit(status = !nzchar(system.file(package = "{name}")))']
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def _sentence(packages: list[str]) -> str:
    return (
        "Dit is er nog niet op deze machine. Op Debian en Ubuntu, als root:"
        f" apt-get install --no-install-recommends {' '.join(packages)}"
    )


if __name__ == "__main__":
    needed = list(missing())
    if sys.argv[1:] == ["--packages"]:
        sys.stdout.write("".join(f"{package}\n" for package in needed))
    elif needed:
        sys.exit(_sentence(needed))
