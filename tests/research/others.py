"""Programs of others that read what is exported, each in a process of its own; they stand in `.venv-readers`."""

import subprocess
from pathlib import Path

READERS = Path(__file__).parents[2] / ".venv-readers" / "bin"


def other(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs it in a folder; what it said, whatever came of it."""
    return subprocess.run(
        [str(READERS / program), *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
