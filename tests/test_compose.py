"""Whether what stands in `deploy/` for several bots fits the program: its settings, its port, its one way in."""

import re
from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.telegram.webhook import PATH
from bot.web.health import READY
from console.settings import PREFIX
from tests.test_deploy import variables

DEPLOY = Path(__file__).parent.parent / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
SET = dict(re.findall(rf"^ +({PREFIX}\w+): \"?([^\"\n]+)\"?$", COMPOSE, re.MULTILINE))
TARGETS = re.findall(rf"target: ({PREFIX}\w+)", COMPOSE)
SECRET = {
    "VERTELBOT_TELEGRAM__TOKEN": "123:TEST",
    "VERTELBOT_STORAGE__URL": "postgresql://vertelbot@database/vertelbot",
}


def test_every_setting_in_it_exists_and_secrets_are_handed_over_as_files() -> None:
    assert len(SET) >= 6
    assert {*SET, *TARGETS} <= variables()
    assert set(TARGETS) == set(SECRET)
    assert not set(TARGETS) & set(SET)


def test_a_bot_can_start_with_these_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {**SET, **SECRET}.items():
        monkeypatch.setenv(name, re.sub(r"\$\{ADRES[^}]*\}", "vertelbot.example.nl", value))
    settings = read_settings()
    assert (settings.telegram.mode, str(settings.web.public_url)) == ("webhook", "https://vertelbot.example.nl/")


def test_the_front_door_lets_in_what_telegram_brings_and_nothing_else() -> None:
    assert re.findall(r"handle (/\S+) \{", CADDY) == [PATH]
    assert "respond 404" in CADDY
    bots = re.findall(r"^  (bot-\d+):", COMPOSE, re.MULTILINE)
    [upstreams] = re.findall(r"reverse_proxy ([^{]+) \{", CADDY)
    assert upstreams.split() == [f"{bot}:{SET['VERTELBOT_WEB__PORT']}" for bot in bots]


def test_the_front_door_asks_whether_updates_are_taken_and_not_how_sending_goes() -> None:
    assert re.findall(r"^\s*health_uri (\S+)$", CADDY, re.MULTILINE) == [READY]


def test_every_secret_comes_from_a_file_that_is_kept_out_of_the_project() -> None:
    files = re.findall(r"file: \./(\S+)", COMPOSE)
    assert len(files) == 3
    assert all(file.startswith("geheimen/") and file in COMPOSE.split("name:")[0] for file in files)
    assert "/deploy/geheimen/" in (DEPLOY.parent / ".gitignore").read_text(encoding="utf-8").splitlines()
