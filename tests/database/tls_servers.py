"""A PostgreSQL and a Redis that speak TLS, with a certificate that nobody else believes."""

from __future__ import annotations

import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

from tests.servers import postgresql
from tests.servers.certificate import new_certificate
from tests.servers.process import unprivileged


def postgresql_with_tls() -> Path | None:
    """Return the programs of a PostgreSQL that was built with TLS; the wheel's was not."""
    programs = postgresql.system_programs()
    if programs is None:
        return None
    command = [str(programs / "pg_config"), "--configure"]
    built = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    return programs if "ssl" in built else None


@contextmanager
def certificate() -> Iterator[Path]:
    """Yield a file with a certificate and its key, which only a server's account can read."""
    account = unprivileged()
    with tempfile.TemporaryDirectory(prefix="secure-drf-tls-") as name:
        account.own(Path(name))
        file = new_certificate(Path(name))
        file.chmod(0o600)
        account.own(file)
        yield file


@contextmanager
def postgresql_server(programs: Path, certificate: Path) -> Iterator[str]:
    """Run a PostgreSQL that speaks TLS, too; yield a superuser's URL."""
    files = {"ssl_cert_file": str(certificate), "ssl_key_file": str(certificate)}
    with postgresql.own_server(programs, ssl="on", **files) as url:
        yield url


class Relay(BaseRequestHandler):
    """Passes on what comes by TLS; Debian's Redis speaks it itself, the wheel's does not."""

    context: ssl.SSLContext
    port: int

    def handle(self) -> None:
        """Pass on in both directions until one side ends."""
        with (
            suppress(OSError),
            self.context.wrap_socket(self.request, server_side=True) as client,
            socket.create_connection(("127.0.0.1", self.port)) as server,
        ):
            answers = Thread(target=self.pass_on, args=(server, client))
            answers.start()
            self.pass_on(client, server)
            answers.join()

    @staticmethod
    def pass_on(source: socket.socket, target: socket.socket) -> None:
        """Pass on in one direction, then end both."""
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for side in (source, target):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(port: int, certificate: Path) -> Iterator[int]:
    """Speak TLS for the server at a port of this machine; yield the port for that."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    handler = type("RelayOfServer", (Relay,), {"context": context, "port": port})
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
