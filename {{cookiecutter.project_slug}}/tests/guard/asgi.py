"""The two parties between which the gateway stands."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from guard.gateway import Gateway

SCOPE: dict[str, object] = {
    "type": "http",
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "raw_path": b"/",
    "query_string": b"",
    "server": ("127.0.0.1", 8000),
    "client": ("192.0.2.1", 1234),
}


class Application:
    """A WSGI application that answers with the body that it was sent."""

    def __init__(self) -> None:
        self.seen: list[WSGIEnvironment] = []
        self.closed = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.seen.append(environ)
        start_response("200 OK", [("X-One", "1")])
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield b"<"
        yield self.seen[-1]["wsgi.input"].read()

    def close(self) -> None:
        self.closed = True


class Whole(Application):
    """An application that has its answer at once, as Django has."""

    streaming = False


class Client:
    """Sends what it is given, then waits; keeps what comes back."""

    def __init__(self, *chunks: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        self.messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks
        ]
        stated = any(name == b"content-length" for name, _ in headers)
        chunked = [(b"transfer-encoding", b"chunked")] if chunks and not stated else []
        self.headers = [*headers, *chunked]
        self.sent: list[dict[str, Any]] = []

    def complete(self) -> "Client":
        self.messages.append({"type": "http.request", "body": b"", "more_body": False})
        return self

    def gone(self) -> "Client":
        self.messages.append({"type": "http.disconnect"})
        return self

    async def receive(self) -> dict[str, Any]:
        if not self.messages:
            await asyncio.sleep(60)
        return self.messages.pop(0)

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)

    async def speak_to(self, gateway: Gateway) -> None:
        asked = {"method": "POST", "path": "/é", "raw_path": b"/%c3%a9", "query_string": b"a=1"}
        scope = {**SCOPE, **asked, "headers": self.headers}
        await gateway(scope, self.receive, self.send)

    @property
    def answer(self) -> tuple[int, bytes]:
        return self.sent[0]["status"], b"".join(message["body"] for message in self.sent[1:])
