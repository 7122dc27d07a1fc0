"""Clients that send one byte a second and never come to an end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.credentials.accounts import TOKENS
from tests.matrix.production import HOST
from tests.smoke.client import SECONDS

HALF_HEADER = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nX-A: a"
HALF_BODY = (
    f"POST {TOKENS} HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n"
    "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n "
)


class SlowClients:
    """What became of them: when each was dropped, in seconds, and what it was told."""

    def __init__(self, port: int, beginning: str, number: int) -> None:
        self.began = time.monotonic()
        self.dropped: list[float] = []
        self.told: set[bytes] = set()
        self.open: list[socket.socket] = []
        for _ in range(number):
            client = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
            client.sendall(beginning.encode())
            self.open.append(client)

    def one_more_byte(self) -> None:
        """Send it, and look who is still connected."""
        for client in list(self.open):
            try:
                client.settimeout(0)
                told = client.recv(4096)
            except BlockingIOError:
                client.sendall(b" ")
                continue
            except ConnectionError:
                told = b""
            self.told.add(told[:12])
            self.dropped.append(time.monotonic() - self.began)
            self.open.remove(client)
            client.close()


@contextmanager
def slow_clients(port: int, beginning: str, number: int) -> Iterator[SlowClients]:
    """Connect them; they send on until the block ends."""
    clients, done = SlowClients(port, beginning, number), threading.Event()

    def send_on() -> None:
        while not done.wait(1):
            clients.one_more_byte()

    thread = threading.Thread(target=send_on)
    thread.start()
    try:
        yield clients
    finally:
        done.set()
        thread.join()
        for client in clients.open:
            client.close()
