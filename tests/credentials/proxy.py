"""A stand-in for the proxy that ends TLS, for clients that know nothing but an address."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

from tests.credentials.caller import Caller

PASSED_ON = ("Authorization", "Content-Type", "Accept")


class Forwarder(BaseHTTPRequestHandler):
    """Passes each request on as one that came over HTTPS to the service's own host."""

    caller: ClassVar[Caller]

    def do_GET(self) -> None:
        """Pass a request with or without a body of JSON on, and its answer back."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        data = json.loads(body) if body else None
        answer = self.caller.request(self.command, self.path, data, headers)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_POST = do_GET  # noqa: N815 - http.server's names

    def log_message(self, *_: Any) -> None:
        """Say nothing: the service has a log."""


@contextmanager
def address(caller: Caller) -> Iterator[str]:
    """Yield the base address under which clients reach the service, until the block ends."""
    handler = type("ForwarderToService", (Forwarder,), {"caller": caller})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
