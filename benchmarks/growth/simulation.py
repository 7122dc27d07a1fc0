"""Predicts a closed loop of clients from what one request takes, to see whether the sums hold.

Clients ask again when they have their answer. A request takes a thread of its process, then in
turn the process's interpreter lock with a core, and a store with a core. What is put in was
measured with one process; what comes out is compared with what was measured with two.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

SEED = 20
SLICES = 5  # parts of the Python work of a request, a question to a store between any two
SECONDS = 8.0


@dataclass
class Resource:
    """So many may have it at a time, the others wait in line."""

    free: int
    waiting: deque[Process] = field(default_factory=deque)


Step = tuple[str, Any]
Process = Generator[Step, None, None]


class Clock:
    """Runs processes that wait for time and for resources."""

    def __init__(self) -> None:
        self.now, self.order = 0.0, count()
        self.due: list[tuple[float, int, Process]] = []

    def at(self, delay: float, process: Process) -> None:
        """Go on with a process after a while."""
        heapq.heappush(self.due, (self.now + delay, next(self.order), process))

    def run(self, until: float) -> None:
        """Let time pass."""
        while self.due and self.due[0][0] < until:
            self.now, _, process = heapq.heappop(self.due)
            self.step(process)

    def step(self, process: Process) -> None:
        """Go on with a process until it waits."""
        for what, value in process:
            if what == "wait":
                self.at(value, process)
                return
            if what == "give":
                if value.waiting:
                    self.at(0, value.waiting.popleft())
                else:
                    value.free += 1
            elif value.free:
                value.free -= 1
            else:
                value.waiting.append(process)
                return


@dataclass(frozen=True)
class Machine:
    """What is simulated; milliseconds a request."""

    cores: int
    processes: int
    threads: int
    service: float
    stores: float
    clients: float


@dataclass(frozen=True)
class Predicted:
    """What came out."""

    rate: float
    p99: float  # ms


def predict(machine: Machine, clients: int) -> Predicted:
    """Simulate some seconds with so many clients."""
    chance = random.Random(SEED)  # noqa: S311 - not a secret, and the same in every run
    clock, took = Clock(), list[tuple[float, float]]()
    cores, loop = Resource(machine.cores), Resource(1)
    servers = [(Resource(machine.threads), Resource(1)) for _ in range(machine.processes)]

    def busy(milliseconds: float) -> Process:
        yield ("take", cores)
        # Work varies; most by little.
        yield ("wait", milliseconds / 1000 * chance.gammavariate(4, 1 / 4))
        yield ("give", cores)

    def client(number: int) -> Process:
        threads, lock = servers[number % machine.processes]
        while True:
            began = clock.now
            yield ("take", loop)
            yield from busy(machine.clients)
            yield ("give", loop)
            yield ("take", threads)
            for part in range(SLICES):
                yield ("take", lock)
                yield from busy(machine.service / SLICES)
                yield ("give", lock)
                if part < SLICES - 1:
                    yield from busy(machine.stores / (SLICES - 1))
            yield ("give", threads)
            took.append((clock.now, clock.now - began))

    for number in range(clients):
        clock.at(0, client(number))
    clock.run(SECONDS)
    seconds = sorted(second for ended, second in took if ended > SECONDS / 4)
    return Predicted(len(seconds) / (SECONDS * 3 / 4), 1000 * seconds[int(0.99 * len(seconds))])
