"""From the server to Django: a request gets a thread when all of it has come, and not before.

A server that speaks WSGI hands over a request whose body is still under way, and a client that
sends it one byte a second holds a thread for as long as it likes: a handful of them stop a
service. Here bodies are awaited without a thread, for a bounded time and up to a bounded size.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from wsgiref.types import WSGIApplication, WSGIEnvironment

from guard.closing import Closing
from guard.incomplete import REFUSED
from guard.request_body import (
    BrokenBodyError,
    Message,
    Receive,
    Send,
    announces_body,
    read_body,
)
from guard.wsgi_environ import Scope, environ_of, honest


class Gateway:
    """An ASGI application around a WSGI application.

    `threads` requests are worked on at a time, the others wait; a body of more than `size` bytes
    is not read, and one that takes more than `seconds` is a 408 (guard/incomplete.py). `closing`
    ends the process in good order.
    """

    def __init__(
        self,
        application: WSGIApplication,
        closing: Closing,
        *,
        threads: int,
        size: int,
        seconds: float,
    ) -> None:
        self.application, self.closing = application, closing
        self.size, self.seconds = size, seconds
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        self.closing.note_request()
        headers, body, refused = honest(scope["headers"]), b"", None
        if announces_body(headers):
            try:
                async with asyncio.timeout(self.seconds):
                    headers, body = await read_body(headers, receive, self.size)
            except TimeoutError:
                refused = HTTPStatus.REQUEST_TIMEOUT
            except BrokenBodyError:
                refused = HTTPStatus.BAD_REQUEST
        environ = environ_of(scope, headers, body)
        if refused:
            environ[REFUSED] = refused
        await self.answer(environ, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Start and end with the process (ASGI, Lifespan Protocol)."""
        await receive()
        self.closing.watch()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, environ: WSGIEnvironment, send: Send) -> None:
        """Let a thread make the answer, and send it: whole, or piece by piece if it streams."""
        loop = asyncio.get_running_loop()
        too_large = int(environ.get("CONTENT_LENGTH", 0)) > self.size
        started: list[Message] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            pairs = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]
            if self.closing.begun or too_large:
                pairs.append((b"connection", b"close"))
            code = int(status.partition(" ")[0])
            started[:] = [{"type": "http.response.start", "status": code, "headers": pairs}]

        def pass_on(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result()

        def work() -> bytes:
            chunks = self.application(environ, start_response)  # type: ignore[arg-type] # no write()
            try:
                if not getattr(chunks, "streaming", True):
                    return b"".join(chunks)
                pass_on(started.pop())
                for chunk in chunks:
                    pass_on({"type": "http.response.body", "body": chunk, "more_body": True})
                return b""
            finally:
                if hasattr(chunks, "close"):
                    chunks.close()

        body = await loop.run_in_executor(self.threads, work)
        for message in started:
            await send(message)
        await send({"type": "http.response.body", "body": body, "more_body": False})


async def _sent(send: Send, message: Message) -> None:
    await send(message)
