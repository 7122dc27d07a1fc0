"""What the measured figures come to at more requests a second, and what they say ends first."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Any

from benchmarks.growth.clients import THREADS
from benchmarks.growth.simulation import Machine, predict

RATES = (1_000, 100_000)  # requests a second
BUSY = 0.6  # of a core: beyond it requests wait long for each other
CONNECTIONS = 97  # that a PostgreSQL lets in as it comes: 100, three of them for superusers
CORES = 16  # of a PostgreSQL
HOUR = 3600
Figures = dict[str, Any]


@dataclass(frozen=True)
class Need:
    """What one rate takes, every request a logged-in list of 20 rows."""

    what: str
    needs: list[float]  # for each of RATES


def count_bytes(clients: list[Figures]) -> float:
    """Return the bytes of one more count of a client that has some."""
    once, full = (next(c for c in clients if c["counts"] == n) for n in (1, 1000))
    return float((full["bytes"] - once["bytes"]) / (full["counts"] - 1))


def processes(request: Figures, rate: float) -> int:
    """Return how many processes serve a rate; each works on one core, whatever its threads."""
    return math.ceil(rate * float(request["service"]) / 1000 / BUSY)


def needs(request: Figures, clients: list[Figures]) -> list[Need]:
    """Return what the rates take."""
    account = next(c for c in clients if c["counts"] == 1 and c["what"] == "account")
    logs = count_bytes(clients)
    found: list[Need] = []

    def add(what: str, of_one: float) -> None:
        found.append(Need(what, [rate * of_one for rate in RATES]))

    need = [processes(request, rate) for rate in RATES]
    found.append(Need("processes, and cores for them", [float(n) for n in need]))
    found.append(
        Need("memory of the processes, GB", [n * request["megabytes"] / 1024 for n in need])
    )
    found.append(
        Need("connections to PostgreSQL, without a pooler", [float(n * THREADS) for n in need])
    )
    add("statements a second in PostgreSQL", request["transactions"])
    add("cores of PostgreSQL", request["postgresql"] / 1000 / BUSY)
    add("calls a second in Redis", request["calls"])
    add("threads of Redis, of which it has one", request["redis"] / 1000 / BUSY)
    # Accounts that use a tenth of 1000 an hour.
    accounts = [rate * HOUR / 100 for rate in RATES]
    memory = [n * (account["bytes"] + 99 * logs) / 2**30 for n in accounts]
    found.append(Need("memory of Redis for accounts with 100 requests an hour each, GB", memory))
    found.append(
        Need("writes of `last_used_at` a second for them, at most", [n / 300 for n in accounts])
    )
    add("log, MB a second", request["log"] / 1e6)
    return found


def ends(request: Figures) -> list[tuple[float, str]]:
    """Return up to which rate each part holds, the first to end first."""
    one = 1000 * BUSY / request["service"]
    found = [
        (one, "one process, busy to six tenths"),
        (CONNECTIONS // THREADS * one, f"PostgreSQL's {CONNECTIONS} connections, without a pooler"),
        (1000 * BUSY / request["redis"], "one Redis: one thread, busy to six tenths"),
        (CORES * 1000 * BUSY / request["postgresql"], f"one PostgreSQL with {CORES} cores"),
    ]
    return sorted(found)


def check(request: Figures, points: list[Figures]) -> list[Figures]:
    """Simulate what was measured: with what a request takes of one process, and its stores."""
    found = []
    for point in points:
        machine = Machine(
            os.cpu_count() or 1,
            point["processes"],
            THREADS,
            request["service"],
            request["postgresql"] + request["redis"],
            request["clients"],
        )
        predicted = predict(machine, point["clients"])
        found.append(point | {"predicted": predicted.rate, "predicted_p99": predicted.p99})
    return found
