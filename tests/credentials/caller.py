"""Callers that keep what they were given, one after the other or all at the same moment."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from threading import Barrier

from tests.credentials.ledger import Ledger
from tests.smoke.client import SECONDS, TLS, Client, Response

RETRIES = 20


@dataclass(frozen=True)
class Call:
    """A POST that waits for its moment, and a little longer if it has a `delay` in seconds."""

    path: str
    data: object
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0


@dataclass(frozen=True)
class Caller(Client):
    """A client that notes in the ledger what it was given."""

    ledger: Ledger

    def request(
        self,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request on a connection of its own."""
        answer = super().request(method, path, data, headers)
        self.ledger.note(data, answer)
        return answer

    def at_once(self, calls: Sequence[Call]) -> list[Response]:
        """Send calls from as many clients; none sends a byte before all are connected.

        Whoever is told to retry later does so.
        """
        ready = Barrier(len(calls), timeout=SECONDS)
        with ThreadPoolExecutor(len(calls)) as clients:
            answers = list(clients.map(lambda call: self._send(call, ready), calls))
        for call, answer in zip(calls, answers, strict=True):
            self.ledger.note(call.data, answer)
        return answers

    def _send(self, call: Call, ready: Barrier) -> Response:
        answer = self._send_together(call, ready)
        # So many passwords are checked at once and no more: a client comes back when it is told to.
        for _ in range(RETRIES):
            if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
                break
            time.sleep(int(answer.headers["Retry-After"]))
            answer = self.request("POST", call.path, call.data, call.headers)
        return answer

    def _send_together(self, call: Call, ready: Barrier) -> Response:
        body = json.dumps(call.data).encode()
        own = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            connection.connect()
            connection.putrequest("POST", call.path, skip_host=True)
            for name, value in {**TLS, **own, **call.headers}.items():
                connection.putheader(name, value)
            ready.wait()
            time.sleep(call.delay)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Response(answer.status, answer.headers, answer.read())
