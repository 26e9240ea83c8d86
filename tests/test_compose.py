"""Whether what stands in `deploy/` for several bots fits the program: its settings, its port, its one way in."""

import re
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.browser.routes import site
from bot.figures import Figures
from bot.intake import Intake
from bot.settings import WebSettings, read_settings
from bot.team import paths as team
from bot.team.leaving import leaving
from bot.telegram.webhook import PATH
from bot.web.health import READY
from console.settings import PREFIX
from storage.opening import open_database
from storage.secrets import KeyRing
from tests.plainness.measure import PROFILES, Readable, faults
from tests.talk.world import library
from tests.test_deploy import variables

DEPLOY = Path(__file__).parent.parent / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
CADDY = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
SET = {name: value.strip("\"'") for name, value in re.findall(rf"^ +({PREFIX}\w+): (\S+.*)$", COMPOSE, re.MULTILINE)}
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
        monkeypatch.setenv(name, re.sub(r"\$\{\w*ADRES[^}]*\}", "vertelbot.example.nl", value))
    settings = read_settings()
    assert settings.research.port == 8766
    assert (settings.telegram.mode, str(settings.web.public_url)) == ("webhook", "https://vertelbot.example.nl/")


async def test_the_front_door_lets_in_what_telegram_and_browsers_bring_and_nothing_else(
    tmp_path: Path, keys: KeyRing
) -> None:
    let_in = {path for line in re.findall(r"^\s*path (.+)$", CADDY, re.MULTILINE) for path in line.split()}
    database = await open_database(f"sqlite:///{tmp_path}/v.db")
    corridor = Intake(database, keys, library())
    routes = site(WebSettings(), 7, corridor, leaving(WebSettings(), corridor), Figures()).routes
    await database.close()
    served = {re.sub(r"\{.*", "*", route.path) for route in routes if isinstance(route, Route)}
    assert let_in == {PATH, *served, team.HOME, f"{team.HOME}/*"}
    assert re.findall(r"handle (\S+) \{", CADDY) == ["@open"]
    assert "respond 404" in CADDY


def test_who_finds_no_bot_reads_in_plain_words_how_nothing_is_lost() -> None:
    [page] = re.findall(r"respond `(.*?)` \{http\.error\.status_code\}", CADDY, re.DOTALL)
    words = "\n".join(re.sub(r"<[^>]+>", "", line) for line in page.partition("<body>")[2].splitlines())
    assert "Laad dan deze pagina opnieuw." in words
    assert "Ga niet terug." in words
    assert faults(Readable("Caddyfile", words.strip(), kind="help"), PROFILES["resident"]) == []


def test_researchers_come_by_another_name_to_another_program() -> None:
    residents, researchers = CADDY.split("{$ONDERZOEK_ADRES:onderzoek.localhost}")
    assert f"reverse_proxy onderzoek:{SET['VERTELBOT_RESEARCH__PORT']}" in researchers
    assert "onderzoek" not in residents.partition("# De pagina's voor onderzoekers")[0]
    [service] = re.findall(r"^  onderzoek:\n(.*?)^  \w", COMPOSE, re.MULTILINE | re.DOTALL)
    assert "entrypoint: [verhalen, serve]" in service
    assert "telegram_token" not in service
    assert SET["VERTELBOT_RESEARCH__PROXIES"] == SET["VERTELBOT_WEB__PROXIES"]


def test_the_program_of_researchers_has_what_only_they_need_and_the_bots_do_not() -> None:
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    [usual] = re.findall(r"^ARG NODIG=(\w+)$", container, re.MULTILINE)
    assert re.findall(r"NODIG: (\w+)", COMPOSE) == ["research"]
    assert container.count("requirements/${NODIG}.txt") == 2
    named = {name: (DEPLOY.parent / "requirements" / f"{name}.txt").read_text("utf-8") for name in (usual, "research")}
    assert ["pyreadstat==" in named[usual], "pyreadstat==" in named["research"]] == [False, True]


def test_the_front_door_is_the_one_that_says_whose_a_request_is() -> None:
    [network] = re.findall(r"subnet: (\S+)$", COMPOSE, re.MULTILINE)
    assert SET["VERTELBOT_WEB__PROXIES"] == f'["{network}"]'
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
