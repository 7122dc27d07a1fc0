"""Many clients at the same moment, in one thread: what a burst is worth is decided by the server.

A thread a client would share one interpreter, which sends their requests one after the other and
takes most of the machine from the service. Here requests are made in advance, the first of each
client leaves before any answer is read, and an answer costs little more than finding its end.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from functools import cached_property
from itertools import islice

from tests.smoke.client import SECONDS, Response

CLIENTS = 32
LAST_CHUNK = b"\r\n0\r\n\r\n"
LENGTH = b"\r\ncontent-length: "


@dataclass
class Answer:
    """What came back, and when request and answer passed, in seconds of one clock."""

    raw: bytes
    sent: float
    answered: float

    @cached_property
    def status(self) -> int:
        """The status code."""
        return int(self.raw[9:12])

    @cached_property
    def response(self) -> Response:
        """The same as other clients give it."""
        head, _, body = self.raw.partition(b"\r\n\r\n")
        headers: Message = BytesParser().parsebytes(head.partition(b"\r\n")[2] + b"\r\n\r\n")
        if headers.get("Transfer-Encoding") == "chunked":
            body = body.partition(b"\r\n")[2].removesuffix(LAST_CHUNK)
        return Response(self.status, headers, body)


def is_complete(raw: bytes) -> bool:
    """Whether an answer has an end; the service streams nothing, so it is one chunk at most."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    if not separator:
        return False
    _, stated, rest = head.lower().partition(LENGTH)
    if stated:
        return len(body) >= int(rest.partition(b"\r\n")[0])
    return body.endswith(LAST_CHUNK) or raw[9:12] == b"204"


@dataclass
class Connection:
    """A client with one request under way."""

    socket: socket.socket
    sent: float = 0
    raw: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        """Send the next request."""
        self.raw.clear()
        self.sent = time.monotonic()
        self.socket.sendall(request)

    def received(self) -> Answer | None:
        """Read what has come; the answer if that was all of it."""
        data = self.socket.recv(65536)
        self.raw += data
        if not data and not self.raw:
            message = "the service closed a connection instead of answering"
            raise ConnectionError(message)
        raw = bytes(self.raw)
        return Answer(raw, self.sent, time.monotonic()) if is_complete(raw) else None


@contextmanager
def connections(port: int, clients: int, source: str) -> Iterator[list[Connection]]:
    """Connect all clients before the first of them says a word."""
    opened: list[Connection] = []
    try:
        for _ in range(clients):
            address = ("127.0.0.1", port)
            connected = socket.create_connection(address, SECONDS, source_address=(source, 0))
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.append(Connection(connected))
        yield opened
    finally:
        for connection in opened:
            with suppress(OSError):
                connection.socket.close()


def burst(
    port: int, requests: Iterable[bytes], clients: int = CLIENTS, source: str = "127.0.0.1"
) -> list[Answer]:
    """Send requests from persistent connections as fast as they are answered."""
    waiting = iter(requests)
    answers: list[Answer] = []
    with connections(port, clients, source) as opened, selectors.DefaultSelector() as selector:
        first = list(islice(waiting, clients))
        for connection in opened[: len(first)]:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
        for connection, request in zip(opened, first, strict=False):
            connection.send(request)
        under_way = len(first)
        while under_way:
            ready = selector.select(SECONDS)
            assert ready, f"{under_way} requests were not answered"
            for key, _ in ready:
                answer = key.data.received()
                if answer is not None:
                    answers.append(answer)
                    following = next(waiting, None)
                    if following is None:
                        under_way -= 1
                    else:
                        key.data.send(following)
    return answers


def for_seconds(request: bytes, seconds: float) -> Iterator[bytes]:
    """Yield a request over and over, as long as the time lasts."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield request
