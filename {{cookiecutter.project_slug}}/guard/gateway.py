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
from guard.repeated_refusals import LIMITED, Answer, Refusal, RepeatedRefusals
from guard.request_body import (
    BrokenBodyError,
    Message,
    Receive,
    Send,
    announces_body,
    read_body,
)
from guard.wsgi_environ import Header, Scope, environ_of, honest

LAST = (b"connection", b"close")  # RFC 9112, 9.6
TOO_MANY = int(HTTPStatus.TOO_MANY_REQUESTS)


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
        self.refusals = RepeatedRefusals()
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
            return
        self.closing.note_request()
        headers, body, refused = honest(scope["headers"]), b"", None
        if refusal := self.refusals.find(scope, headers):
            await self.refuse_again(refusal, headers, send)
            return
        has_body = announces_body(headers)
        if has_body:
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
        answer = await self.answer(environ, send)
        if LIMITED in environ and not has_body and not self.closing.begun:
            self.refusals.note(scope, headers, environ[LIMITED], answer)

    async def refuse_again(self, refusal: Refusal, headers: list[Header], send: Send) -> None:
        """Answer without a thread (guard/repeated_refusals.py)."""
        answer = refusal.again(headers)
        pairs = [*answer.headers, *([LAST] if self.closing.begun else [])]
        await send({"type": "http.response.start", "status": TOO_MANY, "headers": pairs})
        await send({"type": "http.response.body", "body": answer.body, "more_body": False})

    async def live(self, receive: Receive, send: Send) -> None:
        """Start and end with the process (ASGI, Lifespan Protocol)."""
        await receive()
        self.closing.watch()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, environ: WSGIEnvironment, send: Send) -> Answer:
        """Let a thread make the answer, and send it: whole, or piece by piece if it streams.

        Returns what was sent of it at once.
        """
        loop = asyncio.get_running_loop()
        too_large = int(environ.get("CONTENT_LENGTH", 0)) > self.size
        started: list[Message] = []
        pairs: list[Header] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            pairs[:] = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]
            if self.closing.begun or too_large:
                pairs.append(LAST)
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
        return Answer(pairs, body)


async def _sent(send: Send, message: Message) -> None:
    await send(message)
