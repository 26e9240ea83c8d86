"""Whether the log, however much it is asked to say, holds no token, no person and nothing that was told."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator

import pytest

from console import logs
from storage.secrets import KeyRing
from tests.bot.another_program import change, in_file, refusing
from tests.bot.running import House
from tests.bot.story import CANARIES, FIRST, OPENING, STORY, TELLING
from tests.botapi.faults import Fault, bad_gateway, blocked, reset, server_error, too_many
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Values
from tests.postgres import BOTH_ENGINES
from tests.talk.world import library

ANNE = 4_201_977
TOKEN = "8312:Kwetter_kwetter-canary7"
PERSON = (str(ANNE), "Bewoner", "bewoner_")
SECRETS = (TOKEN, TOKEN.partition(":")[2], *CANARIES, *PERSON)
LIBRARIES = ("telegram", "telegram.Bot", "telegram.ext.ExtBot", "aiohttp", "aiohttp.client", "aiosqlite", "asyncio")


@pytest.fixture(autouse=True)
def as_before(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Gives the log back as it was, before what it was written to is closed."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    named = {name: logging.getLogger(name).level for name in (*LIBRARIES, "httpx", "httpcore", "hpack")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in named.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """A Telegram whose token is a canary too."""
    async with FakeTelegram(TOKEN, pause=0.2) as fake:
        yield fake


@pytest.fixture
def house(telegram: FakeTelegram, url: str, keys: KeyRing) -> House:
    """A house with that Telegram."""
    return House(telegram, url, keys, library())


def told(output: str) -> list[str]:
    """The secrets that stand in an output."""
    return [secret for secret in SECRETS if secret in output]


def in_turn(faults: list[Fault]) -> "list[Fault | None]":
    """Each of these faults, with a call that succeeds behind it."""
    return [turn for fault in faults for turn in (fault, None)]


@BOTH_ENGINES
@pytest.mark.parametrize("talkative", [False, True], ids=["as set up", "with every library at DEBUG"])
async def test_a_whole_interview_leaves_no_trace_in_the_log(
    house: House, capfd: pytest.CaptureFixture[str], talkative: bool
) -> None:
    logs.set_up("DEBUG", [TOKEN])
    for name in LIBRARIES if talkative else ():
        logging.getLogger(name).setLevel(logging.DEBUG)
    asyncio.get_running_loop().set_debug(talkative)
    async with house.serving():
        await house.phone(ANNE).tell(STORY)
    output = capfd.readouterr().err
    assert "Telegram: verbonden" in output
    assert ("aiosqlite" in output) == (talkative and in_file(house.url))
    assert told(output) == []


@BOTH_ENGINES
async def test_everything_that_can_go_wrong_leaves_no_trace_in_the_log(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("DEBUG", [TOKEN])
    refused = Fault(400, f"Bad Request: {FIRST}")
    page = Fault(500, page=FIRST)
    refusals = [refused, refused]
    faults = in_turn([server_error(), page, reset(), bad_gateway(), too_many(), blocked()])

    def plan(method: str, _values: Values) -> Fault | None:
        if refusals and method == "sendMessage":
            return refusals.pop(0)
        return faults.pop(0) if faults and method != "getMe" else None

    async with house.serving():
        phone = house.phone(ANNE)
        await phone.tell(OPENING)
        house.telegram.faults = plan
        for number in range(6):
            house.telegram.push({"message": {"chat": FIRST, "text": FIRST}})
            phone.say(f"{FIRST} {number}")
            phone.say("hulp")
            await house.quiet()
        async with refusing(house.url, "INSERT ON parts"):
            phone.say(FIRST)
            polls = len(house.telegram.calls_of("getUpdates"))
            await house.telegram.wait_for(lambda: len(house.telegram.calls_of("getUpdates")) > polls + 1)
    output = capfd.readouterr().err
    assert (faults, refusals) == ([], [])
    assert "een bericht is geweigerd en vervalt (Refused in " in output
    assert re.search(r"een bericht kon niet worden .* \((StorageFault|Unavailable) in ", output)
    assert output.count("Telegram is niet te bereiken (") == output.count("Telegram is weer te bereiken") > 0
    assert told(output) == []


@BOTH_ENGINES
async def test_a_turn_that_fails_leaves_no_trace_in_the_log(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    async with house.serving():
        await house.phone(ANNE).tell([*OPENING, *TELLING[:5]])
    await change(house.url, "UPDATE interviews SET question_set = 'weg'")
    logs.set_up("DEBUG", [TOKEN])
    async with house.serving():
        phone = house.phone(ANNE)
        phone.say(FIRST)
        await house.telegram.wait_for(lambda: phone.reads("Er ging bij mij iets fout"))
    output = capfd.readouterr().err
    assert "een bericht kon niet worden behandeld (KeyError in " in output
    assert told(output) == []


def raised(fault: BaseException) -> BaseException:
    """The fault as it is when it was raised."""
    try:
        raise fault
    except BaseException as caught:
        return caught


@pytest.mark.parametrize("name", ["bot.telegram.polling", "__main__", *LIBRARIES, "httpx", "een.andere.bibliotheek"])
def test_of_a_fault_only_its_kind_and_its_place_are_logged(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG", [TOKEN])
    fault = raised(ExceptionGroup(FIRST, [ValueError(FIRST), KeyError(TOKEN)]))
    fault.__cause__ = raised(RuntimeError(f"https://api.telegram.org/bot{TOKEN}/sendMessage?text={FIRST}"))
    logging.getLogger(name).error("er ging iets mis", exc_info=fault, stack_info=True)
    output = capfd.readouterr().err
    assert re.search(r"ERROR \S+: er ging iets mis \(ExceptionGroup in test_logs\.py:\d+\)\n$", output)
    assert output.count("\n") == 1
    assert told(output) == []


@pytest.mark.parametrize("name", [*LIBRARIES, "httpx", "een.andere.bibliotheek"])
def test_of_what_a_library_says_only_the_fixed_words_are_logged(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG", [TOKEN])
    logger = logging.getLogger(name)
    logger.critical("Received data was %r", {"text": FIRST, "chat": ANNE})
    for message in (f"Task exception was never retrieved\n{FIRST}", ValueError(FIRST), f"POST /bot{TOKEN}/getMe"):
        logger.critical(message)
    output = capfd.readouterr().err
    assert "Received data was %r\n" in output
    assert "Task exception was never retrieved\n" in output
    assert told(output) == []


async def test_a_task_that_nobody_waited_for_leaves_no_trace(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("DEBUG", [TOKEN])

    async def fails() -> None:
        raise ValueError(FIRST)

    loop = asyncio.get_running_loop()
    task = asyncio.create_task(fails())
    await asyncio.wait({task})
    loop.call_exception_handler({"message": "Task exception was never retrieved", "future": task})
    loop.call_exception_handler({"message": "Verloren", "exception": task.exception()})
    output = capfd.readouterr().err
    assert "Task exception was never retrieved" in output
    assert told(output) == []


@pytest.mark.parametrize(
    "words",
    [
        f"https://api.telegram.org/bot{TOKEN}/getMe",
        f"token={TOKEN!r}",
        "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw is van een ander",
    ],
)
def test_a_token_is_taken_out_of_what_we_say_ourselves(words: str, capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", [TOKEN])
    logging.getLogger("bot.telegram").warning("adres: %s", words)
    output = capfd.readouterr().err
    assert "adres: " in output
    assert "[weggelaten]" in output
    assert "AAHdq" not in output
    assert told(output) == []


def test_words_that_do_not_fit_their_values_are_logged_without_a_fault(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO", [TOKEN])
    logging.getLogger("bot.telegram").warning("een getal: %d", FIRST)
    output = capfd.readouterr().err
    assert output.endswith("bot.telegram: een getal: %d\n")


def test_the_level_holds_and_everything_goes_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("WARNING")
    logging.getLogger("bot").info("stil")
    logging.getLogger("bot").warning("hoorbaar")
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "stil" not in shown.err
    assert "WARNING bot: hoorbaar" in shown.err
