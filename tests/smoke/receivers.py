"""What the service may send to, on this machine: one that keeps what comes, and one that hangs."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECONDS = 20


@dataclass
class Receiver:
    """Its port, and what was posted to it: path, headers, unpacked body."""

    port: int
    posted: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def bodies(self) -> bytes:
        """Return all bodies that have come."""
        return b"".join(body for _, _, body in self.posted)

    def everything(self) -> bytes:
        """Return all that has come, addresses and headers too."""
        heads = "".join(f"{path}\n{headers}\n" for path, headers, _ in self.posted)
        return heads.encode() + self.bodies()

    def wait_for(self, text: bytes, times: int = 1) -> None:
        """Wait until a text has come so many times."""
        deadline = time.monotonic() + SECONDS
        while self.bodies().count(text) < times:
            assert time.monotonic() < deadline, f"{text!r} did not come in {SECONDS} s"
            time.sleep(0.02)


@contextmanager
def keeping() -> Iterator[Receiver]:
    """Answer 200 and keep what was posted until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            receiver.posted.append((self.path, dict(self.headers), body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(server.server_port)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield receiver
        finally:
            server.shutdown()


@contextmanager
def hanging() -> Iterator[int]:
    """Take connections on a port, and never say a word, until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)  # the kernel takes them; nobody reads
        yield int(listener.getsockname()[1])
