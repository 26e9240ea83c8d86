"""What stands before several replicas, as a reverse proxy does: a request goes to the next one that takes it."""

from collections.abc import Sequence
from itertools import cycle
from types import TracebackType
from typing import Self

from aiohttp import ClientConnectorError, ClientError, ClientSession, web

from tests.botapi.wire import a_number


class Front:
    """`async with Front(ports)`: what comes at `url` goes round these ports of this machine.

    Who cannot be reached is passed over; who breaks off in the midst of a request has failed it, as nobody knows what
    it did.
    """

    def __init__(self, ports: Sequence[int]) -> None:
        self.url = ""
        self.served: list[int] = []
        self.ports = tuple(ports)
        self._next = cycle(ports)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession()
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{a_number(self._runner.addresses[0][1])}"
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        if self._session:
            await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in range(len(self.ports)):
            port = next(self._next)
            try:
                return await self._asked(port, request, body)
            except ClientConnectorError:
                continue
            except ClientError:
                break
        return web.Response(status=502)

    async def _asked(self, port: int, request: web.Request, body: bytes) -> web.Response:
        assert self._session
        url = f"http://127.0.0.1:{port}{request.path_qs}"
        headers = {name: value for name, value in request.headers.items() if name.lower() != "host"}
        async with self._session.request(request.method, url, data=body, headers=headers) as got:
            self.served.append(port)
            answer = {name: got.headers[name] for name in ("Retry-After", "Content-Type") if name in got.headers}
            return web.Response(status=got.status, body=await got.read(), headers=answer)
