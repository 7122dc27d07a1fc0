"""A caller of the gateway, with the whole service behind it."""

import asyncio
import json
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from config.wsgi import application as service
from guard.closing import Closing
from guard.gateway import Gateway
from tests.conftest import ME
from tests.guard.asgi import SCOPE

HEADERS = ((b"host", b"testserver"), (b"x-forwarded-proto", b"https"))
Headers = tuple[tuple[bytes, bytes], ...]


class Counted:
    """The service, and how often it was asked."""

    streaming = False

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        self.asked += 1
        return service(environ, start_response)


class Caller:
    """Asks a gateway."""

    def __init__(self, kind: type[Gateway] = Gateway) -> None:
        self.service, self.closing = Counted(), Closing(None)
        self.gateway = kind(self.service, self.closing, threads=1, size=100, seconds=5)

    def get(
        self, path: str = ME, headers: Headers = (), body: bytes = b"", **scope: object
    ) -> tuple[int, dict[bytes, bytes], dict[str, Any]]:
        """Return status, headers and what the body says."""
        sent: list[dict[str, Any]] = []
        length = ((b"content-length", str(len(body)).encode()),) if body else ()

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        asked = {"raw_path": path.encode(), "headers": [*HEADERS, *headers, *length]}
        asyncio.run(self.gateway({**SCOPE, **asked, **scope}, receive, send))
        start, end = sent
        return start["status"], dict(start["headers"]), json.loads(end["body"] or b"{}")
