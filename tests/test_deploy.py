"""Whether what operators put in place knows this program: its settings, its exit codes, its paths and its times."""

import re
from pathlib import Path

from bot.__main__ import EX_USAGE
from bot.commands import EX_CONFIG, EX_SOFTWARE
from bot.running import STOP_SECONDS
from bot.settings import Settings
from bot.watching import LOOK_SECONDS
from bot.web.health import PATIENCE, READY
from console.settings import CREDENTIALS, DELIMITER, PREFIX
from pages.serving import CLOSE_SECONDS

ROOT = Path(__file__).parent.parent
UNIT = (ROOT / "deploy" / "vertelbot.service").read_text(encoding="utf-8")
RESEARCHERS = (ROOT / "deploy" / "verhalen.service").read_text(encoding="utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
ROOMS = ("bot", "console", "counting", "dialogs", "disclosure", "pages", "printing", "research", "storage")


def value(name: str) -> str:
    """What the unit says of this."""
    [found] = re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)
    return str(found)


def variables() -> set[str]:
    """Every setting as it is named in the environment."""
    groups = {table: field.annotation for table, field in Settings.model_fields.items()}
    fields = {table: getattr(group, "model_fields", {}) for table, group in groups.items()}
    return {f"{PREFIX}{table}{DELIMITER}{name}".upper() for table, names in fields.items() for name in names}


def test_every_setting_that_is_named_is_one() -> None:
    for words in (UNIT, CONTAINER):
        named = set(re.findall(rf"{PREFIX}\w+", words))
        assert named
        assert named - variables() == set()


def test_the_unit_of_researchers_is_shut_as_tightly_and_gets_no_token() -> None:
    shut = re.findall(
        r"^(?:Protect|Private|Restrict|No|Capability|Ambient|Lock|Memory|System)\w+=.*$", UNIT, re.MULTILINE
    )
    assert len(shut) > 15
    assert [line for line in shut if line not in RESEARCHERS and "setpriority" not in line] == []
    assert "TOKEN" not in RESEARCHERS
    assert "verhalen serve" in RESEARCHERS
    assert set(re.findall(rf"{PREFIX}\w+", RESEARCHERS)) <= variables()


def test_a_fault_that_stays_is_not_tried_again_and_one_of_the_program_is() -> None:
    staying = {int(code) for code in value("RestartPreventExitStatus").split()}
    assert staying == {EX_USAGE, EX_CONFIG}
    assert EX_SOFTWARE not in staying
    assert value("Restart") == "on-failure"


def test_a_stop_gets_the_time_that_it_may_take_and_a_program_that_hangs_does_not_last() -> None:
    assert int(value("TimeoutStopSec")) > STOP_SECONDS + CLOSE_SECONDS
    assert int(value("WatchdogSec")) > 10 * LOOK_SECONDS
    assert value("Type") == "notify"


def test_a_copy_may_make_itself_less_important_than_the_turns() -> None:
    filters = re.findall(r"^SystemCallFilter=(.*)$", UNIT, re.MULTILINE)
    assert filters.index("setpriority") > next(place for place, words in enumerate(filters) if "@resources" in words)


def test_the_database_the_keys_and_the_copies_each_have_a_folder_of_their_own_that_can_be_written() -> None:
    folders = {f"/var/lib/{name}" for name in value("StateDirectory").split()}
    places = {value("WorkingDirectory"), *re.findall(r"=(/var/lib/[\w-]+)", UNIT)}
    assert places == folders
    assert len(folders) == 3
    [volumes] = re.findall(r"^VOLUME \[(.*)\]$", CONTAINER, re.MULTILINE)
    assert set(re.findall(r'"([^"]+)"', volumes)) == folders


def test_the_container_holds_every_room_and_only_packages_with_a_hash() -> None:
    copied = re.findall(r"^COPY (\w+) \w+$", CONTAINER, re.MULTILINE)
    assert tuple(copied) == ROOMS
    installs = re.findall(r"pip install(?:\\\n|[^&\n])*", CONTAINER)
    assert len(installs) == 3
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)


def test_the_container_runs_as_nobody_special_and_reads_secrets_that_are_handed_over() -> None:
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", CONTAINER, re.MULTILINE)
    assert f"{CREDENTIALS}=/run/secrets" in CONTAINER


def test_the_health_of_the_container_is_asked_where_it_is_told() -> None:
    asked = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)', timeout=(\d+)", CONTAINER)
    assert asked
    assert asked[2] == READY
    assert int(asked[1]) == Settings.model_fields["web"].default.port
    assert float(asked[3]) > PATIENCE
