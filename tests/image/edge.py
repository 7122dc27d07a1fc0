"""Speaks TLS to the proxy of the compose file, whose certificate only it believes in."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.matrix.production import HOST
from tests.smoke.client import Client

SECONDS = 60  # longer than the proxy waits for the service


def tls(port: int, name: str = HOST, protocols: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLSocket:
    """Shake hands for a name, and offer application protocols."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(list(protocols))
    raw = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
    return context.wrap_socket(raw, server_hostname=name)


@dataclass(frozen=True)
class Edge(Client):
    """A client of the proxy."""

    def connection(self) -> HTTPConnection:
        """Return a new connection, its handshake done."""
        connection = HTTPConnection(HOST, self.port, timeout=SECONDS)
        connection.sock = tls(self.port)
        return connection
