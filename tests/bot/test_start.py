"""Whether `vertelbot start`, as a process of its own, ends when it is told to, and says so when it cannot begin."""

import asyncio
import re
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.command import Folder
from tests.bot.disk import amounts
from tests.bot.running import free_port, number_of
from tests.bot.story import CANARIES, FIRST, LINK, STORY
from tests.botapi.faults import Fault, in_order, silence
from tests.botapi.people import message, person
from tests.botapi.server import FakeTelegram
from tests.botapi.wire import Json, Object
from tests.corridor.process import Bot

ANNE, BO = 5_504_219, 5_504_220
GROUP = -1_005_504_221
SECONDS = 10.0
"""Within this time the process is gone after a signal: that is a promise to whoever runs it, so here it is measured."""

SIGNALS = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)


@dataclass(frozen=True)
class Service:
    """The program as it is run, and the Telegram that it talks to."""

    telegram: FakeTelegram
    bot: Bot

    async def told(self, number: signal.Signals) -> int:
        """Its exit code, where it is gone in time after this signal."""
        assert self.bot.process
        self.bot.process.send_signal(number)
        return await asyncio.wait_for(self.bot.process.wait(), SECONDS)

    async def says(self, chat: int, *turns: str) -> None:
        """Somebody makes these turns, each when the bot has spoken: [button] or words."""
        for turn in turns:
            if turn.startswith("["):
                self.telegram.tap(chat, turn.strip("[]"))
            else:
                self.telegram.say(chat, turn)
            await self.telegram.quiet()

    def log(self) -> str:
        """All that it printed and logged."""
        return self.bot.log.read_text(encoding="utf-8")

    def amounts(self) -> dict[str, int]:
        """How many rows there are in every table."""
        return dict(amounts(self.bot.folder / "data" / "vertelbot.db"))


@pytest.fixture
async def service(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[Service]:
    """A program that listens."""
    bot = Bot(telegram, tmp_path)
    await bot.start()
    yield Service(telegram, bot)
    await bot.kill()


# It ends when it is told to.


@SIGNALS
async def test_a_signal_ends_it_while_nothing_is_going_on(service: Service, number: signal.Signals) -> None:
    assert await service.told(number) == 0
    assert "Traceback" not in service.log()
    assert not any(path.name.endswith("-wal") for path in service.bot.folder.rglob("*"))


@SIGNALS
async def test_a_signal_ends_it_while_a_message_is_slow_and_the_message_still_comes(
    service: Service, number: signal.Signals
) -> None:
    await service.says(ANNE, f"/start {LINK}", "[✅ Ja, ik doe mee]")
    service.telegram.latency = 2.0
    service.telegram.say(ANNE, FIRST)
    await service.telegram.wait_for(lambda: ANNE in service.telegram.in_flight)
    assert await service.told(number) == 0
    assert "U mag nog meer vertellen" in service.telegram.messages(ANNE)[-1].text
    assert (service.amounts()["parts"], service.amounts()["outbox"]) == (1, 0)


async def test_a_signal_ends_it_while_telegram_does_not_answer_and_the_message_comes_after_the_next_start(
    service: Service,
) -> None:
    await service.says(ANNE, f"/start {LINK}", "[✅ Ja, ik doe mee]")
    service.telegram.faults = in_order("sendMessage", [silence()])
    service.telegram.say(ANNE, FIRST)
    await service.telegram.wait_for(lambda: ANNE in service.telegram.in_flight)
    assert await service.told(signal.SIGTERM) == 0
    assert (service.amounts()["parts"], service.amounts()["outbox"]) == (1, 1)
    await service.bot.start()
    await service.telegram.quiet()
    assert "U mag nog meer vertellen" in service.telegram.messages(ANNE)[-1].text
    await service.telegram.wait_for(lambda: service.amounts()["outbox"] == 0)
    assert service.amounts()["parts"] == 1


async def test_a_signal_ends_it_while_many_wait_for_slow_words_before_consent_and_all_are_answered_later(
    service: Service,
) -> None:
    await service.says(ANNE, f"/start {LINK}")
    service.telegram.latency = 3.0
    told = [number_of(service.telegram.say(ANNE, f"hallo {number}")) for number in range(12)]
    await service.telegram.wait_for(lambda: ANNE in service.telegram.in_flight)
    assert await service.told(signal.SIGTERM) == 0
    waiting = [update.update_id for update in service.telegram.account.updates.waiting]
    assert waiting[-11:] == told[1:]
    service.telegram.latency = 0.0
    await service.bot.start()
    await service.telegram.quiet()
    assert service.telegram.account.updates.waiting == ()
    assert service.amounts()["seen"] == 0


async def test_a_signal_ends_it_while_many_chats_are_told_and_nothing_that_was_sent_is_lost(service: Service) -> None:
    for chat in (ANNE, BO):
        await service.says(chat, f"/start {LINK}", "[✅ Ja, ik doe mee]")
    service.telegram.latency = 1.0
    for number in range(40):
        service.telegram.say((ANNE, BO)[number % 2], f"Stuk {number}.")
    await service.telegram.wait_for(lambda: bool(service.telegram.in_flight))
    assert await service.told(signal.SIGTERM) == 0
    service.telegram.latency = 0.0
    await service.bot.start()
    await service.telegram.quiet(timeout=60)
    assert (service.amounts()["parts"], service.amounts()["outbox"]) == (40, 0)


@pytest.mark.parametrize("method", ["getMe", "getMyName", "setMyCommands"])
async def test_a_signal_ends_it_before_telegram_has_answered_for_the_first_time(
    telegram: FakeTelegram, tmp_path: Path, method: str
) -> None:
    telegram.faults = in_order(method, [silence()])
    service = Service(telegram, Bot(telegram, tmp_path))
    starting = asyncio.create_task(service.bot.start())
    await telegram.wait_for(lambda: bool(telegram.in_flight) and method not in _answered(telegram), timeout=60)
    assert await service.told(signal.SIGTERM) == 0
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)


def _answered(telegram: FakeTelegram) -> set[str]:
    return {call.method for call in telegram.calls}


# It says so when it cannot begin.


def after_the_first_line(log: str) -> str:
    """All that was said after the line that says that it begins."""
    first, _, rest = log.partition("\n")
    assert re.search(r" begint; kanaal: (browser, )?Telegram \(ophalen\); opslag: SQLite$", first)
    return rest


@pytest.mark.parametrize("token", ["123:ANDERS", "123", "geen-token"])
async def test_a_token_that_telegram_does_not_know_is_one_sentence_without_the_token(
    telegram: FakeTelegram, tmp_path: Path, token: str
) -> None:
    settings = {"VERTELBOT_TELEGRAM__TOKEN": token, "VERTELBOT_TELEGRAM__API_URL": telegram.url}
    done = await asyncio.to_thread(Folder(tmp_path, {**Folder(tmp_path).environment, **settings}).run, "start")
    assert (done.returncode, done.stdout) == (78, "")
    assert after_the_first_line(done.stderr) == (
        "Telegram kent dit token niet. Kijk VERTELBOT_TELEGRAM__TOKEN na, of vraag @BotFather om een ander.\n"
    )


async def test_an_empty_token_is_none(tmp_path: Path) -> None:
    empty = {**Folder(tmp_path).environment, "VERTELBOT_TELEGRAM__TOKEN": ""}
    done = await asyncio.to_thread(Folder(tmp_path, empty).run, "start")
    assert done.returncode == 78
    assert done.stdout.startswith("Telegram staat uit: er is geen token.")


async def test_a_token_that_is_taken_back_ends_it_with_the_same_sentence(service: Service) -> None:
    service.telegram.token = "123:NIEUW"
    service.telegram.close()
    assert service.bot.process
    assert await service.bot.process.wait() == 78
    assert "Telegram kent dit token niet." in service.log()
    assert "Traceback" not in service.log()

    assert "ALARM: Telegram neemt het token niet meer aan" in service.log()
    assert service.telegram.token not in service.log()


async def test_a_port_that_is_taken_is_one_sentence(telegram: FakeTelegram, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = {"VERTELBOT_TELEGRAM__API_URL": telegram.url, "VERTELBOT_WEB__PORT": str(port)}
        environment = {**Folder(tmp_path).environment, "VERTELBOT_TELEGRAM__TOKEN": telegram.token, **settings}
        done = await asyncio.to_thread(Folder(tmp_path, environment).run, "start")
    assert (done.returncode, done.stdout) == (78, "")
    assert after_the_first_line(done.stderr) == (
        f"web.port: poort {port} op 127.0.0.1 kan niet open: er luistert al iets."
        " Kies een andere met VERTELBOT_WEB__PORT, of zet haar uit met 0.\n"
    )
    assert telegram.calls == []


# Where Telegram brings the updates.


@pytest.fixture
async def brought(telegram: FakeTelegram, tmp_path: Path) -> AsyncIterator[Service]:
    """A program that Telegram brings its updates to."""
    port = free_port()
    settings = {
        "VERTELBOT_TELEGRAM__MODE": "webhook",
        "VERTELBOT_WEB__PORT": str(port),
        "VERTELBOT_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    bot = Bot(telegram, tmp_path, settings)
    # It is thanked for an update before it speaks, and on a busy machine a while before.
    telegram.settle = 0.5
    await bot.start()
    yield Service(telegram, bot)
    await bot.kill()


async def test_a_story_is_told_by_webhook_and_a_signal_ends_it_while_a_message_is_slow(brought: Service) -> None:
    await brought.says(
        ANNE, f"/start {LINK}", *(f"[{move.words}]" if move.taps else move.words for move in STORY[1:-1])
    )
    brought.telegram.latency = 2.0
    brought.telegram.tap(ANNE, STORY[-1].words)
    await brought.telegram.wait_for(lambda: ANNE in brought.telegram.in_flight)
    assert await brought.told(signal.SIGTERM) == 0
    assert "Uw code is: " in brought.telegram.messages(ANNE)[-1].text
    assert brought.telegram.account.webhook["url"]
    assert brought.telegram.calls_of("getUpdates") == []
    assert (brought.amounts()["stories"], brought.amounts()["outbox"]) == (1, 0)
    assert "Traceback" not in brought.log()


async def test_what_is_brought_while_it_is_killed_is_brought_again_and_kept_once(brought: Service) -> None:
    await brought.says(ANNE, f"/start {LINK}", "[✅ Ja, ik doe mee]")
    for number in range(30):
        brought.telegram.say(ANNE, f"Stuk {number}.")
        if number % 10 == 5:
            await asyncio.sleep(number / 100)
            await brought.bot.kill()
            await brought.bot.start()
    await brought.telegram.quiet(timeout=60)
    assert (brought.amounts()["parts"], brought.amounts()["outbox"]) == (30, 0)


# What it says at DEBUG, whatever comes in.

NAME, CAPTION, TITLE_OF_GROUP = "Zwiepelien", "kwispelfoto", "Knispergroep"


async def test_nothing_of_who_wrote_and_what_was_told_stands_in_all_that_it_printed(service: Service) -> None:
    telegram = service.telegram
    sender: Object = {**person(ANNE), "first_name": NAME, "username": NAME.lower()}
    telegram.push({"message": message(sender, telegram.account.screen.next_id(), 1, {"text": f"/start {LINK}"})})
    await telegram.quiet()
    await service.says(ANNE, *(f"[{move.words}]" if move.taps else move.words for move in STORY[1:]))
    receipt = telegram.messages(ANNE)[-1].text.partition("Uw code is: ")[2].partition("\n")[0]
    for strange in _strange(sender):
        telegram.push(strange)
        await telegram.quiet()
    telegram.tap_data(ANNE, 1, CAPTION)
    await service.says(BO, f"/start {LINK}", "[✅ Ja, ik doe mee]")
    refusal = Fault(400, f"Bad Request: {FIRST}")
    telegram.faults = in_order("sendMessage", [refusal, refusal, Fault(403, f"Forbidden: {NAME}")])
    await service.says(BO, FIRST, "klaar")
    assert await service.told(signal.SIGTERM) == 0
    log = service.log()
    for said in ("ik luister", "terzijde gelegd", "geweigerd en vervalt", "niet meer te bereiken"):
        assert said in log
    assert receipt
    people = (str(ANNE), str(BO), str(GROUP), NAME, NAME.lower(), "Bewoner", CAPTION, TITLE_OF_GROUP, LINK)
    secrets = (*CANARIES, *people, telegram.token, receipt, receipt.replace("-", ""))
    assert [secret for secret in secrets if secret in log] == []


def _strange(sender: Object) -> list[Object]:
    """Updates that are not a plain word or a tap, and some that are no update at all."""
    photo: list[Json] = [{"file_id": CAPTION, "file_unique_id": CAPTION, "width": 1, "height": 1}]
    group: Object = {"id": GROUP, "title": TITLE_OF_GROUP, "type": "supergroup"}
    edited: Object = {**message(sender, 1, 1, {"text": CAPTION}), "edit_date": 2}
    return [
        {"message": message(sender, 9_001, 1, {"photo": photo, "caption": CAPTION})},
        {"message": message(sender, 9_002, 1, {"contact": {"first_name": NAME, "phone_number": CAPTION}})},
        {"edited_message": edited},
        {"my_chat_member": {"chat": group, "new_chat_member": {"status": "member"}}},
        {"message": {"text": CAPTION, "chat": {"id": CAPTION}}},
        {"message": CAPTION},
        {"callback_query": {"id": CAPTION, "data": CAPTION}},
        {CAPTION: {"text": CAPTION}},
    ]
