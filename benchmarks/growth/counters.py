"""Fills a Redis with the counters of many clients, as the service does."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from itertools import islice

import redis

from tests.generation.answers import TREE

SCRIPT = (TREE / "guard/limits/sliding_log.lua").read_text("utf-8")
MICROSECONDS = 1_000_000
HOUR = 3600
AT_ONCE = 1000  # calls in one pipeline


class LostCountError(RuntimeError):
    """Redis does not hold what it was told to count."""


def names(scope: str, count: int, clients: int) -> Iterator[str]:
    """Yield the names of counters, as Rule.name of the service makes them."""
    for number in range(clients):
        key = f"20.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        if scope == "user":
            key = str(uuid.UUID(int=(number * 0x9E3779B97F4A7C15) << 32 & (1 << 128) - 1))
        yield f"limit:{scope}:{count}/{HOUR}:{key}"


def parts(names: Iterator[str], size: int) -> Iterator[list[str]]:
    """Yield so many at a time."""
    while part := list(islice(names, size)):
        yield part


def arguments(count: int) -> list[int]:
    """Return what the script is told of a rule."""
    return [count, HOUR * MICROSECONDS, 1, 1]


def all_end(server: redis.Redis, expected: int) -> None:
    """Raise LostCountError unless there are as many counters and each will be forgotten."""
    keys = server.info("keyspace").get("db0", {"keys": 0, "expires": 0})
    if (keys["keys"], keys["expires"]) != (expected, expected):
        message = f"{keys} instead of {expected} counters that end"
        raise LostCountError(message)


def first_counts(server: redis.Redis, scope: str, count: int, clients: int) -> None:
    """Count one request of each client, with the service's script."""
    digest = server.script_load(SCRIPT)
    for some in parts(names(scope, count, clients), AT_ONCE):
        with server.pipeline(transaction=False) as calls:
            for name in some:
                calls.evalsha(digest, 1, name, *arguments(count))
            calls.execute()


def full_counts(server: redis.Redis, scope: str, count: int, clients: int) -> None:
    """Have each client use up its limit: the times are written as the script writes them."""
    now = int(time.time() * MICROSECONDS)
    times = [str(now - (count - number) * MICROSECONDS) for number in range(count)]
    for some in parts(names(scope, count, clients), 10):
        with server.pipeline(transaction=False) as calls:
            for name in some:
                calls.rpush(name, *times)
                calls.pexpire(name, HOUR * 1000)
            calls.execute()
    had_room, remembered, _ = server.eval(SCRIPT, 1, name, *map(str, arguments(count)))
    if (had_room, remembered) != (0, count):
        message = f"a full counter was read as {remembered} of {count}"
        raise LostCountError(message)
