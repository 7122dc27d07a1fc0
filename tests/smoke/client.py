"""The few lines of HTTP that the smoke tests speak; nothing is followed, retried or hidden."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from typing import Any

from tests.matrix.production import HOST

SECONDS = 20
TLS = {"Host": HOST, "X-Forwarded-Proto": "https"}


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body, which must be JSON."""
        return json.loads(self.body)

    def is_problem(self, status: int) -> bool:
        """Whether this is a problem document (RFC 9457) of that status."""
        return (
            self.status == status
            and self.headers.get_content_type() == "application/problem+json"
            and self.json["status"] == status
        )

    def cookies(self) -> dict[str, str]:
        """Return the cookies that were set, by name."""
        lines = self.headers.get_all("Set-Cookie", [])
        pairs = (line.partition(";")[0].partition("=") for line in lines)
        return {name: value for name, _, value in pairs}


@dataclass(frozen=True)
class Client:
    """Speaks to a service on a port of this machine, as a proxy that ends TLS does."""

    port: int

    def connection(self) -> HTTPConnection:
        """Return a new connection."""
        return HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    def request(
        self,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request on a connection of its own; `data` goes as JSON."""
        sent = TLS | dict(headers or {})
        body = None
        if data is not None:
            body = json.dumps(data).encode()
            sent = {"Content-Type": "application/json"} | sent
        connection = self.connection()
        try:
            # A server that refuses a body by its length answers before it has read it.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return Response(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Response:
        """Send a GET."""
        return self.request("GET", path, headers=headers)

    def post(
        self, path: str, data: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a POST."""
        return self.request("POST", path, data if data is not None else {}, headers)
