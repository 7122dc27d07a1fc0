"""What a service, PostgreSQL and Redis have done so far, as the machine and they count."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from benchmarks.servers.memory import children

TICKS = os.sysconf("SC_CLK_TCK")
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
DONE = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"


def processor_seconds(processes: list[int]) -> float:
    """Return what processes have used; 0 for one that is gone (proc_pid_stat(5))."""
    ticks = 0
    for process in processes:
        try:
            text = Path(f"/proc/{process}/stat").read_text("ascii")
        except FileNotFoundError:
            continue
        fields = text.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


@dataclass(frozen=True)
class Spent:
    """Processor seconds of each, and how much work it was.

    PostgreSQL's are those of the connections of one database, on this machine.
    """

    service: float
    postgresql: float
    redis: float
    clients: float
    transactions: int
    calls: int  # of Redis
    log: int  # bytes

    def __sub__(self, other: Spent) -> Spent:
        """Return what was done since."""
        return Spent(*(a - b for a, b in zip(self.parts(), other.parts(), strict=True)))  # type: ignore[arg-type] # each keeps its type

    def parts(self) -> tuple[float, ...]:
        """Return all of it in order."""
        used = (self.service, self.postgresql, self.redis, self.clients)
        return (*used, self.transactions, self.calls, self.log)


class Meter:
    """Reads what one running service and its stores have done."""

    def __init__(self, server: int, database_url: str, redis_url: str, log: Path) -> None:
        """Connect to the stores; `server` is the service's parent process."""
        self.server, self.log = server, log
        self.database = psycopg.connect(database_url, autocommit=True)
        self.redis = redis.Redis.from_url(redis_url)

    def read(self) -> Spent:
        """Return what was done so far, the clients in this process included."""
        own = self.database.info.backend_pid
        backends = [row[0] for row in self.database.execute(BACKENDS, [own])]
        done = self.database.execute(DONE).fetchone()
        cpu = self.redis.info("cpu")
        calls = self.redis.info("commandstats")
        asked = sum(calls.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in CALLS)
        return Spent(
            processor_seconds(children(self.server)),
            processor_seconds(backends),
            cpu["used_cpu_user"] + cpu["used_cpu_sys"],
            time.process_time(),
            done[0] if done else 0,
            asked,
            self.log.stat().st_size,
        )


CALLS = ("evalsha", "eval", "rpop")  # what the limits send; commands of the script do not travel
