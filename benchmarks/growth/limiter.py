"""What a client costs in Redis, and what a step takes, with few and with many of them."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import redis

from benchmarks.growth.counters import (
    MICROSECONDS,
    SCRIPT,
    all_end,
    arguments,
    first_counts,
    full_counts,
    names,
)
from benchmarks.growth.effort import Tell
from tests.servers import redis_server

FULL = 2000  # clients that have used up their limit; the rest is proportion
STEPS = 2000
# The defaults of THROTTLE_ANON and THROTTLE_USER.
KINDS = {"network": ("anon", 100), "account": ("user", 1000)}


@dataclass(frozen=True)
class Client:
    """What one client of a kind takes."""

    what: str
    counts: int  # requests that Redis remembers of it
    bytes: float  # of all memory of Redis that came with them, by their number


@dataclass(frozen=True)
class Step:
    """The time of one call, its way to Redis and back included, and of Redis itself."""

    clients: int
    rules: int
    microseconds: float
    in_redis: float


def used(server: redis.Redis) -> int:
    """Return the bytes that Redis has taken for its data."""
    found: int = server.info("memory")["used_memory"]
    return found


def counted(server: redis.Redis, clients: int, tell: Tell) -> list[Client]:
    """Count one request of many networks, then of as many accounts; return what each takes."""
    found = []
    for number, (kind, (scope, count)) in enumerate(KINDS.items()):
        tell(f"{clients:,} {kind}s with one count each")
        before = used(server)
        first_counts(server, scope, count, clients)
        all_end(server, clients * (number + 1))
        found.append(Client(kind, 1, (used(server) - before) / clients))
    return found


def used_up(server: redis.Redis, tell: Tell) -> list[Client]:
    """Have clients of each kind use up their limit; return what each takes."""
    found = []
    for number, (kind, (scope, count)) in enumerate(KINDS.items()):
        tell(f"{FULL:,} {kind}s with {count:,} counts each")
        before = used(server)
        full_counts(server, scope, count, FULL)
        all_end(server, FULL * (number + 1))
        found.append(Client(kind, count, (used(server) - before) / FULL))
    return found


def step(server: redis.Redis, clients: int, rules: int) -> Step:
    """Time steps of clients that are known, one after the other, none of them at its limit."""
    script = server.register_script(SCRIPT)
    kinds = list(KINDS.values())[:rules]
    known = [list(names(*scope, clients)) for scope in kinds]
    told = [number for scope in kinds for number in arguments(scope[1])]
    seconds = []
    server.config_resetstat()
    for number in range(min(STEPS, 50 * clients)):
        keys = [one[number * 7919 % clients] for one in known]
        began = time.perf_counter()
        script(keys, told)
        seconds.append(time.perf_counter() - began)
    spent = server.info("commandstats")["cmdstat_evalsha"]["usec_per_call"]
    return Step(clients, rules, MICROSECONDS * median(seconds), spent)


def limiter(program: Path, clients: int, tell: Tell) -> dict[str, Any]:
    """Return bytes of clients, and times of steps with ten and with many of them.

    On servers of its own, so that nothing else is counted.
    """
    with redis_server.own_server(program) as url, redis.Redis.from_url(url) as server:
        found = used_up(server, tell)
    steps = []
    for many in (10, clients):
        with redis_server.own_server(program) as url, redis.Redis.from_url(url) as server:
            counts = counted(server, many, tell)
            steps += [step(server, many, rules) for rules in (1, 2)]
    return {
        "clients": [asdict(one) for one in counts + found],
        "steps": [asdict(one) for one in steps],
    }
