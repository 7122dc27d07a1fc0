"""Clients for measurements: some that ask over and over, and strangers that come at a rate."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle

from tests.smoke.client import TLS

PATIENCE = 30.0  # seconds for an answer that does not come
MOST_OPEN = 64  # requests of strangers that wait for an answer; beyond that they do not come


class UnexpectedAnswerError(RuntimeError):
    """An answer was not the one that was to be measured."""


def request(method: str, path: str, headers: Mapping[str, str], data: object = None) -> bytes:
    """Return a request as it is sent."""
    body = b"" if data is None else json.dumps(data).encode()
    own = {"Content-Type": "application/json", "Content-Length": str(len(body))} if body else {}
    lines = [f"{name}: {value}" for name, value in {**TLS, **own, **headers}.items()]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body


async def head_of(reader: asyncio.StreamReader) -> list[str]:
    """Read the first lines of an answer, in small letters."""
    return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")


def status_in(head: list[str]) -> int:
    """Return the status that the first line names."""
    return int(head[0].split(" ")[1])


def fields_of(head: list[str]) -> dict[str, str]:
    """Return the header fields."""
    return dict(line.split(": ", 1) for line in head[1:] if ": " in line)


async def read_body(reader: asyncio.StreamReader, fields: Mapping[str, str]) -> None:
    """Read to the end of an answer that states its length or comes in chunks."""
    if fields.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(fields.get("content-length", "0")))


async def read_ok(reader: asyncio.StreamReader, status: int = HTTPStatus.OK) -> None:
    """Read an answer to its end, or raise UnexpectedAnswerError if it has another status."""
    head = await head_of(reader)
    if status_in(head) != status:
        message = f"an answer to be measured was {head[0]}"
        raise UnexpectedAnswerError(message)
    await read_body(reader, fields_of(head))


@dataclass
class Asked:
    """What clients measured that asked for the same over and over."""

    seconds: list[float] = field(default_factory=list)
    duration: float = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.duration

    @property
    def p99(self) -> float:
        """Milliseconds within which 99 of 100 answers came."""
        return 1000 * sorted(self.seconds)[int(0.99 * len(self.seconds))]


async def ask(
    port: int,
    sent: bytes | Sequence[bytes],
    clients: int,
    duration: float,
    status: int = HTTPStatus.OK,
) -> Asked:
    """Send a request from all clients, each again when it has its answer, on one connection each.

    Of several requests the next one is sent. Raises UnexpectedAnswerError if an answer has
    another status, TimeoutError if none comes.
    """
    asked, following = Asked(), cycle([sent] if isinstance(sent, bytes) else sent)
    started = time.perf_counter()

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while (begun := time.perf_counter()) < started + duration:
                writer.write(next(following))
                await read_ok(reader, status)
                asked.seconds.append(time.perf_counter() - begun)
        finally:
            writer.close()

    async with asyncio.timeout(duration + PATIENCE):
        await asyncio.gather(*(client() for _ in range(clients)))
    asked.duration = time.perf_counter() - started
    return asked


async def flood(
    port: int, strangers: Sequence[bytes], rate: float, over: asyncio.Event
) -> Counter[int]:
    """Have strangers come at a rate until it is `over`; return how their answers count.

    Each has a connection of its own. Little is done here, because the machine is the service's,
    too. Returns when all have been answered.
    """
    loop, answers = asyncio.get_running_loop(), Counter[int]()
    open_requests: set[asyncio.Task[None]] = set()

    async def one(sent: bytes) -> None:
        with socket.socket() as caller:
            caller.settimeout(0)
            await loop.sock_connect(caller, ("127.0.0.1", port))
            await loop.sock_sendall(caller, sent)
            answers[int((await loop.sock_recv(caller, 4096)).split(b" ", 2)[1])] += 1

    started, number, coming = time.perf_counter(), 0, cycle(strangers)
    while not over.is_set():
        due = int((time.perf_counter() - started) * rate)
        for _ in range(min(due - number, MOST_OPEN - len(open_requests))):
            task = asyncio.create_task(one(next(coming)))
            open_requests.add(task)
            task.add_done_callback(open_requests.discard)
        number = due
        await asyncio.sleep(1 / rate)
    await asyncio.gather(*open_requests)
    return answers
