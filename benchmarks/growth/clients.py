"""Requests a second of one and two processes with 1 to 256 clients, and what a request takes."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.growth.effort import Effort
from benchmarks.growth.spent import Meter, Spent
from benchmarks.load import Asked, ask, request
from benchmarks.login_flood import NOTES, prepared
from benchmarks.servers.memory import megabytes
from tests.credentials.deployment import Deployment, Running

PROCESSES = (1, 2)
CLIENTS = (1, 4, 16, 64, 256)
THREADS = 4
SETTLED = 10.5  # seconds until PostgreSQL has added up what connections did that now rest


@dataclass(frozen=True)
class Point:
    """One number of processes and of clients: medians of the rounds."""

    processes: int
    clients: int
    rate: float  # requests a second
    slowest: float  # round
    fastest: float
    p99: float  # ms


@dataclass(frozen=True)
class Request:
    """What one logged-in list of 20 rows takes: processor milliseconds, and counts."""

    service: float
    postgresql: float
    redis: float
    clients: float
    transactions: float
    calls: float
    log: float  # bytes
    megabytes: float  # of one more process


def of_one(spent: Spent, requests: int, memory: float) -> Request:
    """Divide by the requests."""
    return Request(
        1000 * spent.service / requests,
        1000 * spent.postgresql / requests,
        1000 * spent.redis / requests,
        1000 * spent.clients / requests,
        spent.transactions / requests,
        spent.calls / requests,
        spent.log / requests,
        memory,
    )


def measure(services: dict[int, Running], sent: bytes, how: Effort) -> list[Point]:
    """Ask each service with each number of clients in turn, each round all of them."""
    found: dict[tuple[int, int], list[Asked]] = {}
    for number in range(how.rounds):
        how.tell(f"clients, round {number + 1} of {how.rounds}")
        for clients in CLIENTS:
            for processes, running in services.items():
                asked = asyncio.run(ask(running.caller.port, sent, clients, how.seconds))
                found.setdefault((processes, clients), []).append(asked)
    return [
        Point(
            processes,
            clients,
            median(rates := [asked.rate for asked in all_of_it]),
            min(rates),
            max(rates),
            median(asked.p99 for asked in all_of_it),
        )
        for (processes, clients), all_of_it in sorted(found.items())
    ]


def request_of(
    deployed: Deployment, services: dict[int, Running], sent: bytes, seconds: float
) -> Request:
    """Measure what a request takes of one process while 16 clients ask."""
    running, service = services[1], services[1].service
    redis_url = deployed.variables["REDIS_URL"]
    meter = Meter(service.process.pid, deployed.database_url, redis_url, service.log)
    time.sleep(SETTLED)
    before = meter.read()
    asked = asyncio.run(ask(running.caller.port, sent, 16, seconds))
    time.sleep(SETTLED)
    one, two = (megabytes(services[number].service.process.pid) for number in PROCESSES)
    return of_one(meter.read() - before, len(asked.seconds), two - one)


def clients(deployed: Deployment, folder: Path, how: Effort) -> dict[str, Any]:
    """Return the points, and what a request takes of one process."""
    with ExitStack() as stack:
        services = {
            processes: stack.enter_context(
                deployed.running(
                    folder / f"log-{processes}", WORKERS=str(processes), THREADS=str(THREADS)
                )
            )
            for processes in PROCESSES
        }
        sent = request("GET", NOTES, prepared(services[1].caller))
        for running in services.values():  # not counted: the first requests are slower
            asyncio.run(ask(running.caller.port, sent, 16, 1))
        points = measure(services, sent, how)
        one = request_of(deployed, services, sent, 2 * how.seconds)
    return {"points": [asdict(point) for point in points], "request": asdict(one)}
