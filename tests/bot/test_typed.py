"""Whether a command that is printed can be typed as it stands there."""

import shlex
import subprocess
import sys
from pathlib import Path

from tests.bot.command import Folder
from tests.bot.test_backups import backed_up, lose, sent


def test_the_command_that_is_printed_works_as_it_stands_there_also_with_other_settings(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    config = tmp_path / "eigen instellingen.toml"
    config.write_text('[log]\nlevel = "ERROR"\n')
    sent(folder)
    backed_up(folder)
    lose(folder)
    refused = folder.run("keys", "rotate", "--config", str(config))
    [printed] = [line.strip() for line in refused.stderr.splitlines() if line.startswith("  ")]
    words = shlex.split(printed)
    assert words[-2:] == ["--config", str(config)]
    done = subprocess.run(
        words, cwd=tmp_path, env=folder.whole_environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert folder.database.exists()


def test_a_command_is_found_beside_the_program_seen_from_the_folder_where_one_is(tmp_path: Path) -> None:
    """As after `make install`, where .venv/bin is not on the path."""
    beside = tmp_path / ".venv" / "bin"
    beside.mkdir(parents=True)
    program = Path(sys.executable).with_name("vertelbot")
    for name in ("vertelbot", "verhalen"):
        (beside / name).write_text(program.read_text())
        (beside / name).chmod(0o755)
    folder = Folder(tmp_path)
    surroundings = {**folder.whole_environment(), "PATH": "/usr/bin:/bin"}
    shown = subprocess.run(
        [str(beside / "vertelbot"), "chat"], cwd=tmp_path, env=surroundings, input="", capture_output=True, check=False
    )
    assert shown.returncode == 0
    assert shown.stdout.decode().endswith("\n  .venv/bin/verhalen export --out uitvoer\n")
