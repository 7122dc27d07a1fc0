"""What is lost when a server stops under load, and when its processes are replaced."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.servers.clients import Book, asked
from benchmarks.servers.contestants import CONTESTANTS, OURS, Contestant, served
from tests.credentials.deployment import Deployment

CLIENTS = 8
REPLACED_SECONDS = 15


async def for_seconds(port: int, sent: bytes, seconds: float) -> Book:
    """Have clients ask for a while."""
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    return await asked(port, sent, CLIENTS, over)


async def stopped(port: int, sent: bytes, stop: partial[float]) -> tuple[Book, float]:
    """Have clients ask, half of them on new connections, and stop the server below them."""
    over = asyncio.Event()
    asking = [
        asyncio.create_task(asked(port, sent, CLIENTS, over, keeps=keeps))
        for keeps in (True, False)
    ]
    await asyncio.sleep(1.5)
    seconds = await asyncio.to_thread(stop)
    over.set()
    one, other = await asyncio.gather(*asking)
    return Book(statuses=one.statuses + other.statuses, lost=one.lost + other.lost), seconds


def stops(
    deployed: Deployment, contestant: Contestant, log: Path, sent: bytes, rounds: int
) -> list[str]:
    """Return the requests that were lost of those that were sent, and the median time of a stop."""
    lost, answers, times = 0, Counter[int](), []
    for _ in range(rounds):
        with served(contestant, deployed, log) as server:
            book, seconds = asyncio.run(stopped(server.port, sent, partial(server.stop)))
        lost, answers = lost + book.lost, answers + book.statuses
        times.append(seconds)
    return [f"{lost} of {lost + answers.total()}", f"{median(times):.1f}"]


def replaced(deployed: Deployment, log: Path, sent: bytes) -> str:
    """Tell what is lost while our processes are replaced one by one."""
    with served(CONTESTANTS[OURS], deployed, log) as server:

        async def measured() -> Book:
            loop = asyncio.get_running_loop()
            loop.call_later(1, server.process.send_signal, signal.SIGHUP)
            return await for_seconds(server.port, sent, REPLACED_SECONDS)

        book = asyncio.run(measured())
    return f"processes replaced: {book.lost} lost, {dict(book.statuses)}, gap {book.gap:.2f} s"
