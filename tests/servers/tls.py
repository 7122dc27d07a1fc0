"""A proxy that ends TLS, as there is one before every service, with a throw-away certificate.

It stands for nginx or Caddy, which a machine that runs the tests may not have. Requests to the
service's host are passed on; every other host is a site with an empty page, for other origins.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

from tests.matrix.production import HOST
from tests.servers.certificate import new_certificate

SECONDS = 30
EMPTY_PAGE = b"<!doctype html><html lang=en><link rel=icon href=data:,><title>Another site</title>"
# Of one connection, so not to be passed on (RFC 9110, 7.6.1), and what only a proxy may say.
OWN = {"connection", "keep-alive", "transfer-encoding", "x-forwarded-proto"}


@dataclass(frozen=True)
class Ports:
    """Where the proxy listens, the file with its certificate, and what came from whom."""

    https: int
    http: int
    certificate: Path
    seen: list[Seen]


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    origin: str | None
    has_cookies: bool


class Proxy(BaseHTTPRequestHandler):
    """Passes requests on with the scheme they came by."""

    protocol_version = "HTTP/1.1"
    service_port: ClassVar[int]
    scheme: ClassVar[str]
    seen: ClassVar[list[Seen]]

    def do_GET(self) -> None:
        """Answer any method."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Host", "").partition(":")[0] != HOST:
            self._answer(200, [("Content-Type", "text/html; charset=utf-8")], EMPTY_PAGE)
            return
        told = self.headers
        self.seen.append(Seen(self.command, self.path, told["Origin"], "Cookie" in told))
        upstream = HTTPConnection("127.0.0.1", self.service_port, timeout=SECONDS)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in OWN:
                    upstream.putheader(name, value)
            upstream.putheader("X-Forwarded-Proto", self.scheme)
            upstream.endheaders(body)
            answer = upstream.getresponse()
            self._answer(answer.status, answer.getheaders(), answer.read())
        finally:
            upstream.close()

    def __getattr__(self, name: str) -> Any:
        """Take every method: which there are is the service's to say."""
        if name.startswith("do_"):
            return self.do_GET
        raise AttributeError(name)

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in OWN | {"content-length"}:
                self.send_header(name, value)
        if self.command != "HEAD" and status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the service has a log."""


@contextmanager
def proxy(service_port: int, folder: Path) -> Iterator[Ports]:
    """Run one proxy for https and one for http in front of a service, until the block ends."""
    certificate = new_certificate(folder)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    seen: list[Seen] = []
    facts = {"service_port": service_port, "seen": seen}
    with ExitStack() as servers:
        ports = {
            scheme: servers.enter_context(_listening(facts | {"scheme": scheme}, tls))
            for scheme, tls in (("https", context), ("http", None))
        }
        yield Ports(ports["https"], ports["http"], certificate, seen)


@contextmanager
def _listening(facts: dict[str, Any], tls: ssl.SSLContext | None) -> Iterator[int]:
    handler = type("ProxyOfService", (Proxy,), facts)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if tls:
            # The handshake is made by the thread of the connection: a silent client waits alone.
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
