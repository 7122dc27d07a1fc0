"""Clients that ask over and over and keep book of every request, also of those that are lost."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from benchmarks.load import fields_of, head_of, read_body, status_in

PAUSE = 0.01  # seconds until a client whose connection was refused tries again


@dataclass
class Book:
    """What became of the requests."""

    seconds: list[float] = field(default_factory=list)  # of each that was answered
    statuses: Counter[int] = field(default_factory=Counter)
    answered: list[float] = field(default_factory=list)  # when
    refused: int = 0  # connections that were never taken; a proxy goes to another process
    lost: int = 0  # requests that were sent and not answered
    duration: float = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.duration

    def percentile(self, share: float) -> float:
        """Milliseconds within which a share of the answers came."""
        return 1000 * sorted(self.seconds)[int(share * len(self.seconds))]

    @property
    def gap(self) -> float:
        """Return the longest time without an answer, in seconds."""
        return max(later - earlier for earlier, later in pairwise(sorted(self.answered)))


async def read(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read an answer to its end; return its status, and whether the connection goes on."""
    head = await head_of(reader)
    fields = fields_of(head)
    await read_body(reader, fields)
    return status_in(head), fields.get("connection") != "close"


async def client(port: int, sent: bytes, book: Book, over: asyncio.Event, *, keeps: bool) -> None:
    """Ask until it is `over`, on a connection that lasts as long as the server lets it."""
    while not over.is_set():
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            book.refused += 1
            await asyncio.sleep(PAUSE)
            continue
        try:
            goes_on = True
            while goes_on and not over.is_set():
                begun = time.perf_counter()
                writer.write(sent)
                status, goes_on = await read(reader)
                goes_on = goes_on and keeps
                book.statuses[status] += 1
                book.answered.append(time.perf_counter())
                book.seconds.append(book.answered[-1] - begun)
        except (OSError, asyncio.IncompleteReadError):
            book.lost += 1
        finally:
            writer.close()


async def asked(
    port: int, sent: bytes, clients: int, over: asyncio.Event, *, keeps: bool = True
) -> Book:
    """Have clients ask the same until it is `over`."""
    book, begun = Book(), time.perf_counter()
    await asyncio.gather(*(client(port, sent, book, over, keeps=keeps) for _ in range(clients)))
    book.duration = time.perf_counter() - begun
    return book
