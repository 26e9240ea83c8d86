"""Whether the web port tells how the program is doing, to whoever may ask, and nothing about anybody."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.figures import Figures, Pulse
from bot.intake import Intake
from bot.settings import WebSettings
from bot.web.health import LONGEST, Health
from console.settings import SettingsFault
from pages.app import web_app
from pages.serving import listening, serving, web
from tests.bot.another_program import held
from tests.bot.disk import only_read
from tests.bot.running import House, free_port
from tests.bot.story import CANARIES, FIRST, OPENING, STORY
from tests.botapi.faults import Fault, blocked, in_order, server_error, too_many
from tests.botapi.wire import Object
from tests.postgres import BOTH_ENGINES

ANNE = 4_201_977


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Told:
    """What came back over the web port."""

    status: int
    headers: Mapping[str, str]
    body: str


async def asked(url: str, method: str = "GET") -> Told:
    async with ClientSession() as session, session.request(method, url) as got:
        return Told(got.status, got.headers, await got.text())


@asynccontextmanager
async def port_of(
    intake: Intake, figures: Figures, *more: Route, silence: Callable[[], float | None] = lambda: 99.0
) -> AsyncIterator[str]:
    """The web port of a program whose figures these are, and the `silence` of another; where it is."""
    copied = intake.clock() - timedelta(hours=2)
    health = Health(intake.database, figures, intake.clock, lambda: copied, silence=silence)
    port = listening(WebSettings(port=free_port()))
    async with serving(web_app([*health.routes, *more]), port):
        yield f"http://127.0.0.1:{port.getsockname()[1]}"


def gauges(text: str) -> dict[str, float]:
    """Every number that stands alone, by its name."""
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {sample.name: sample.value for sample in samples if not sample.labels}


def labelled(text: str, name: str) -> dict[tuple[str, ...], float]:
    """The numbers of one name, by their labels."""
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {tuple(sample.labels.values()): sample.value for sample in samples if sample.name == name}


# Who comes over the web port.


async def test_no_answer_says_what_serves_it_or_is_kept_by_who_reads_it(house: House) -> None:
    async with house.intake() as intake, port_of(intake, Figures()) as url:
        for path in ("/healthz", "/metrics", "/", "/telegram"):
            told = await asked(f"{url}{path}")
            assert told.headers["Cache-Control"] == "no-store"
            assert told.headers["X-Content-Type-Options"] == "nosniff"
            assert "Server" not in told.headers
        assert (await asked(url)).status == 404
        assert (await asked(f"{url}/metrics", "POST")).status == 405


async def test_what_goes_wrong_in_a_route_is_told_to_nobody_outside(house: House) -> None:
    async def broken(_request: Request) -> Response:
        raise ValueError(FIRST)

    async def whole(_request: Request) -> Response:
        return PlainTextResponse("goed")

    routes = Route("/stuk", broken), Route("/heel", whole)
    async with house.intake() as intake, port_of(intake, Figures(), *routes) as url:
        told = await asked(f"{url}/stuk")
        assert (told.status, told.body) == (500, "Internal Server Error")
        assert (await asked(f"{url}/heel")).body == "goed"


async def test_what_is_no_http_holds_up_nobody(house: House) -> None:
    async with house.intake() as intake, port_of(intake, Figures()) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(b"\x16\x03\x01 dit is geen HTTP\r\n\r\n")
        assert b" 400 " in await reader.readline()
        writer.close()
        assert (await asked(f"{url}/metrics")).status == 200


async def test_an_answer_under_way_is_finished_when_the_port_closes(house: House) -> None:
    begun = asyncio.Event()

    async def slow(_request: Request) -> Response:
        begun.set()
        await asyncio.sleep(0.5)
        return PlainTextResponse("klaar")

    async with house.intake() as intake:
        async with port_of(intake, Figures(), Route("/traag", slow)) as url:
            asking = asyncio.create_task(asked(f"{url}/traag"))
            await begun.wait()
        assert (await asking).body == "klaar"


async def test_no_port_is_opened_where_it_is_off() -> None:
    async with web(WebSettings(port=0), []) as running:
        assert running is None


def test_a_port_that_cannot_be_had_is_refused_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        with pytest.raises(SettingsFault, match=rf"poort {port} op 127\.0\.0\.1 kan niet open: er luistert al iets"):
            listening(WebSettings(port=port))
    with pytest.raises(SettingsFault, match=r"poort 8080 op nergens\.invalid kan niet open: dit adres is niet bekend"):
        listening(WebSettings(host="nergens.invalid"))


# How it is.


async def test_a_program_that_does_its_work_is_well(house: House) -> None:
    figures = Figures()
    async with house.intake() as intake, port_of(intake, figures) as url:
        figures.pulse.beat()
        told = await asked(f"{url}/healthz")
    assert told.status == 200
    assert told.body.replace(" ", "") == (
        '{"ok":true,"standing_by":false,"in_turn_age_seconds":null,"telegram_age_seconds":0.0,"database":true,"keeping":true,"clock":true,"outbox":0}'
    )


async def test_a_program_that_does_not_hear_telegram_is_not_well(house: House) -> None:
    clock = Clock()
    figures = Figures(pulse=Pulse(clock))
    async with house.intake() as intake, port_of(intake, figures) as url:
        assert (await asked(f"{url}/healthz")).status == 503
        figures.pulse.beat()
        clock.now += LONGEST - 1
        assert (await asked(f"{url}/healthz")).status == 200
        clock.now += 2
        told = await asked(f"{url}/healthz")
        assert (told.status, '"telegram_age_seconds":91.0' in told.body) == (503, True)


async def test_updates_can_be_brought_whatever_telegram_says_of_what_is_sent(house: House) -> None:
    async with house.intake() as intake, port_of(intake, Figures()) as url:
        assert (await asked(f"{url}/healthz")).status == 503
        told = await asked(f"{url}/readyz")
        assert (told.status, told.body.replace(" ", "")) == (200, '{"ok":true,"open":true,"database":true}')
        await intake.database.close()
        told = await asked(f"{url}/readyz")
        assert (told.status, '"database":false' in told.body) == (503, True)


async def test_a_program_that_stands_by_is_well_without_hearing_telegram(house: House) -> None:
    clock = Clock()
    figures = Figures(pulse=Pulse(clock))
    async with house.intake() as intake, port_of(intake, figures, silence=lambda: 4.25) as url:
        figures.pulse.beat()
        figures.standing_by = True
        clock.now += LONGEST + 1
        told, figures_told = await asked(f"{url}/healthz"), gauges((await asked(f"{url}/metrics")).body)
        figures.standing_by = False
        in_turn = json.loads((await asked(f"{url}/healthz")).body)
    state = json.loads(told.body)
    assert (told.status, state["standing_by"], state["in_turn_age_seconds"]) == (200, True, 4.2)
    # How long ago it heard Telegram itself, when it was in turn, would be an alarm for nothing.
    assert figures_told["vertelbot_standing_by"] == 1
    assert "vertelbot_telegram_age_seconds" not in figures_told
    assert (in_turn["ok"], in_turn["in_turn_age_seconds"]) == (False, None)


@BOTH_ENGINES
async def test_a_program_whose_database_is_gone_is_not_well_and_still_tells_its_figures(house: House) -> None:
    figures = Figures()
    async with house.intake() as intake, port_of(intake, figures) as url:
        figures.pulse.beat()
        await intake.database.close()
        told = await asked(f"{url}/healthz")
        state = json.loads(told.body)
        assert (told.status, state["database"], state["outbox"]) == (503, False, None)
        found = gauges((await asked(f"{url}/metrics")).body)
    assert found["vertelbot_database_up"] == 0
    assert "vertelbot_outbox" not in found


@BOTH_ENGINES
async def test_a_writer_who_holds_the_database_does_not_make_it_ill(house: House) -> None:
    figures = Figures()
    async with house.intake() as intake, port_of(intake, figures) as url:
        figures.pulse.beat()
        async with held(house.url):
            assert (await asked(f"{url}/healthz")).status == 200


# How much it did.


@BOTH_ENGINES
@pytest.mark.parametrize("brought", [False, True], ids=["fetched", "brought"])
async def test_the_figures_tell_what_was_handled_said_and_set_aside(house: House, brought: bool) -> None:
    house = replace(house, brought=brought)
    figures = Figures()
    async with house.serving(figures):
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        answers = [server_error(), too_many(), Fault(400, "Bad Request: nee"), None, blocked()]
        house.telegram.faults = in_order("sendMessage", answers)
        phone.say(FIRST)
        await house.telegram.wait_for(lambda: phone.reads("U mag nog meer vertellen"))
        house.telegram.push({"hologram": {}})
        await house.quiet()
        phone.say("hulp")
        await house.quiet()
        async with house.intake() as intake, port_of(intake, figures) as url:
            text = (await asked(f"{url}/metrics")).body
    found = gauges(text)
    assert labelled(text, "vertelbot_updates_handled_total") == {("telegram",): len(OPENING) + 2}
    assert labelled(text, "vertelbot_updates_aside_total") == {("soort update",): 1}
    calls = labelled(text, "vertelbot_calls_total")
    outcomes = ("gelukt", "mislukt", "te veel", "geweigerd", "onbereikbaar")
    assert [calls["message", outcome] for outcome in outcomes] == [len(house.sent(ANNE)), 1, 1, 1, 1]
    assert calls["webhook" if brought else "poll", "gelukt"] > 0
    assert found["vertelbot_turn_seconds_count"] == len(OPENING) + 2
    assert found["vertelbot_turn_seconds_sum"] > 0
    assert labelled(text, "vertelbot_turn_seconds_bucket")[("+Inf",)] == len(OPENING) + 2
    assert (found["vertelbot_drafts"], found["vertelbot_outbox"], found["vertelbot_database_up"]) == (1, 0, 1)
    assert found["vertelbot_backup_age_seconds"] == pytest.approx(7_200, abs=60)
    assert 0 <= found["vertelbot_telegram_age_seconds"] < 30
    assert found["process_resident_memory_bytes"] > 0


@BOTH_ENGINES
async def test_turns_that_fail_are_counted_by_what_was_wrong(house: House) -> None:
    async with house.serving():
        await house.phone(ANNE).tell(OPENING)
    bare = {key: item for key, item in house.library.sets.items() if key[0] != "bewoner"}
    figures = Figures()
    async with replace(house, library=replace(house.library, sets=bare)).serving(figures):
        anne = house.phone(ANNE)
        anne.say(FIRST)
        await house.telegram.wait_for(lambda: anne.reads("Er ging bij mij iets fout"))
    async with house.serving(figures):
        async with held(house.url):
            anne.say(FIRST)
            await house.telegram.wait_for(lambda: figures.failed["bezet"] > 0, timeout=30)
        await house.quiet()
    assert figures.failed["fout"] >= 3
    assert figures.aside["fout"] >= 1


async def test_a_program_that_reads_its_database_and_can_keep_nothing_is_not_well_until_it_can(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async def seen() -> tuple[int, bool, bool, float]:
        told, figures_told = await asked(f"{url}/healthz"), gauges((await asked(f"{url}/metrics")).body)
        state = json.loads(told.body)
        return told.status, state["database"], state["keeping"], figures_told["vertelbot_keeping"]

    figures = Figures()
    caplog.set_level("INFO", "bot.counted")
    async with house.serving(figures), house.intake() as intake, port_of(intake, figures) as url:
        anne = house.phone(ANNE)
        await anne.tell(OPENING)
        assert await seen() == (200, True, True, 1)
        with only_read(house.database):
            anne.say(FIRST)
            await house.telegram.wait_for(lambda: figures.failed["bezet"] > 1, timeout=30)
            assert await seen() == (503, True, False, 0)
        await house.quiet()
        assert await seen() == (200, True, True, 1)
    assert await anne.pieces() == [FIRST]
    # However often it was tried, that is said once, and that it is over too.
    said = [record.levelname for record in caplog.records if record.name == "bot.counted"]
    assert said == ["ERROR", "INFO"]


@BOTH_ENGINES
async def test_nothing_about_anybody_is_told(house: House) -> None:
    figures = Figures()
    strange: list[Object] = [
        {FIRST: {"chat": {"id": ANNE}}},
        {"message": FIRST},
        {"message": {"chat": {"type": FIRST}}},
    ]
    async with house.serving(figures):
        phone = house.phone(ANNE)
        await phone.tell(STORY)
        for update in strange:
            house.telegram.push(update)
        await house.quiet()
        async with house.intake() as intake, port_of(intake, figures) as url:
            told = [(await asked(f"{url}/{path}")).body for path in ("healthz", "metrics")]
    secrets = (*CANARIES, str(ANNE), house.telegram.token, "Bewoner", house.url)
    assert [secret for secret in secrets for text in told if secret in text] == []
    assert "soort update" in told[1]


def test_a_command_that_serves_nobody_reads_nothing_of_what_serves() -> None:
    """So that it starts fast, also on a small machine."""
    words = "import bot.__main__, bot.check, bot.terminal, bot.keys, bot.backups, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], check=True, capture_output=True, encoding="utf-8")
    read = set(done.stdout.split())
    assert "bot.__main__" in read
    assert read & {"starlette", "uvicorn", "httptools", "uvloop", "prometheus_client", "aiohttp", "telegram"} == set()
