"""Measures the contestants alternately and writes one table."""

from __future__ import annotations

import random
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from statistics import median
from uuid import uuid4

from redis import Redis

from benchmarks.limit_algorithms.contestants import at, contestants, microseconds
from tests.servers import redis_server

LIMIT = 50
ROUNDS = 9
ASKED = 320
PROCESSES, THREADS = 4, 8
LARGE, SMALL = (100_000, 3600), (100, 60)
PERIOD = 3600
TRIALS = 40
COLUMNS = (
    *("algorithm", "320 at once", "worst hour"),
    *("bytes at 100", "at 1,000", "us", "us at 100,000"),
)


def passed(url: str, name: str, key: str) -> int:
    """Ask from the threads of one process."""
    ask = contestants(url)[name]
    with ThreadPoolExecutor(THREADS) as threads:
        answers = threads.map(lambda _: ask(key, LIMIT, PERIOD), range(ASKED // PROCESSES))
        return sum(answers)


def admitted_at_once(url: str, name: str) -> int:
    """Return how many of 320 from four processes pass a limit of 50."""
    key = uuid4().hex
    with ProcessPoolExecutor(PROCESSES) as processes:
        futures = [processes.submit(passed, url, name, key) for _ in range(PROCESSES)]
        return sum(future.result() for future in futures)


def worst_period(client: Redis, name: str) -> int:
    """Return the most that passed in any period when bursts come at the worst moments."""
    worst = 0
    for trial in range(TRIALS):
        chance = random.Random(trial)  # noqa: S311 - a choice of times, no secret
        key, second = uuid4().hex, 1_000_000.0 * PERIOD
        recent: deque[float] = deque()
        bursts = [chance.choice([0.5, 1, 20, 72, 600, PERIOD - 72, PERIOD - 1]) for _ in range(30)]
        for pause in [PERIOD - 1, 2, *bursts]:
            second += pause
            ask = at(client, name, second)
            for _ in range(LIMIT + 1):
                if not ask(key, LIMIT, PERIOD):
                    break
                recent.append(second)
            while recent and recent[0] <= second - PERIOD:
                recent.popleft()
            worst = max(worst, len(recent))
    return worst


def bytes_when_full(client: Redis, name: str, url: str, count: int) -> int:
    """Return what Redis needs for one client who has used up a limit."""
    client.flushdb()
    ask = contestants(url)[name]
    for _ in range(count):
        ask("full", count, PERIOD)
    return sum(int(client.memory_usage(key) or 0) for key in client.keys("*"))


def fill(client: Redis, url: str) -> None:
    """Use up the large limit under every name, so that the logs are as long as they get."""
    client.flushdb()
    for name, ask in contestants(url).items():
        for _ in range(LARGE[0]):
            ask(f"large {name}", *LARGE)


def main() -> None:
    """Write the table."""
    with redis_server.server() as url, Redis.from_url(url) as client:
        found = contestants(url)
        rows = {name: [str(admitted_at_once(url, name))] for name in found}
        for name, row in rows.items():
            simulated = "sliding log (ours)" if "limits" in name else name
            row.append(str(worst_period(client, simulated)))
            row += [f"{bytes_when_full(client, name, url, n):,}" for n in (100, 1000)]
        fill(client, url)
        small: dict[str, list[float]] = {name: [] for name in found}
        large: dict[str, list[float]] = {name: [] for name in found}
        for _ in range(ROUNDS):
            for name, ask in found.items():
                small[name].append(microseconds(ask, uuid4().hex, *SMALL, 500))
                large[name].append(microseconds(ask, f"large {name}", *LARGE, 500))
        write = sys.stdout.write
        write(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n")
        for name, row in rows.items():
            row += [f"{median(small[name]):.0f}", f"{median(large[name]):.0f}"]
            write(f"| {name} | {' | '.join(row)} |\n")


if __name__ == "__main__":
    main()
