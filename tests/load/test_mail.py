"""How updates are brought to a webhook: in order for each chat, chats beside each other, again where it is refused."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.load.lines import ServedLine
from tests.load.mail import Postman

PATIENCE = 20.0


class Webhook:
    """A bot's side: takes what is brought and thanks for it when it is told to."""

    def __init__(self) -> None:
        self.brought: list[tuple[int, ServedLine]] = []
        self.paths: set[str] = set()
        self._came = asyncio.Event()
        self.replies: list[bytes] = []

    def take(self, line: ServedLine, path: str, kind: str, body: bytes) -> None:
        """Called with every request."""
        self.paths.add(path)
        self.brought.append((json.loads(body)["update_id"], line))
        self._came.set()

    async def numbers(self, amount: int) -> list[int]:
        """What was brought, when it is so many."""
        async with asyncio.timeout(PATIENCE):
            while len(self.brought) < amount:
                self._came.clear()
                await self._came.wait()
        return [number for number, _ in self.brought]

    def thank(self, place: int, status: int = 200, body: bytes = b"") -> None:
        """Answers one of them."""
        self.brought[place][1].reply(status, body)


@asynccontextmanager
async def webhook() -> AsyncIterator[tuple[Webhook, Postman]]:
    """A webhook, and who brings it updates."""
    taken = Webhook()
    server = await asyncio.get_running_loop().create_server(lambda: ServedLine(taken.take), "127.0.0.1", 0)
    postman = Postman(
        f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hier", "geheim", 2, 0.0, taken.replies.append
    )
    try:
        yield taken, postman
    finally:
        postman.close()
        server.close()


async def test_the_next_update_of_a_chat_waits_until_the_first_is_taken() -> None:
    async with webhook() as (taken, postman):
        postman.put(1, {"update_id": 1})
        postman.put(1, {"update_id": 2})
        postman.put(2, {"update_id": 3})
        assert await taken.numbers(2) == [1, 3]
        taken.thank(0)
        assert await taken.numbers(3) == [1, 3, 2]
        assert taken.paths == {"/hier"}


async def test_what_is_refused_is_brought_again() -> None:
    async with webhook() as (taken, postman):
        postman.put(1, {"update_id": 1})
        postman.put(1, {"update_id": 2})
        await taken.numbers(1)
        taken.thank(0, status=503)
        assert await taken.numbers(2) == [1, 1]
        taken.thank(1)
        assert await taken.numbers(3) == [1, 1, 2]
        assert postman.refused == 1


async def test_a_call_in_the_answer_is_handed_on_and_only_where_the_update_was_taken() -> None:
    async with webhook() as (taken, postman):
        postman.put(1, {"update_id": 1})
        await taken.numbers(1)
        taken.thank(0, 503, b"no")
        await taken.numbers(2)
        taken.thank(1, 200, b"yes")
        postman.put(1, {"update_id": 2})
        await taken.numbers(3)
        assert taken.replies == [b"yes"]


async def test_no_more_is_brought_at_once_than_was_asked() -> None:
    async with webhook() as (taken, postman):
        for chat in (1, 2, 3):
            postman.put(chat, {"update_id": chat})
        assert await taken.numbers(2) == [1, 2]
        taken.thank(1)
        assert await taken.numbers(3) == [1, 2, 3]
        assert taken.brought[2][1] is taken.brought[1][1]


async def test_a_line_that_breaks_is_made_again() -> None:
    async with webhook() as (taken, postman):
        postman.put(1, {"update_id": 1})
        await taken.numbers(1)
        taken.brought[0][1].close()
        assert await taken.numbers(2) == [1, 1]
