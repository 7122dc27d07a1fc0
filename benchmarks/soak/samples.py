"""What a service holds at a moment: memory and open files of each process, and connections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@dataclass(frozen=True)
class Process:
    """Memory in KiB; `pss` shares out what processes have in common."""

    pid: int
    pss: int
    rss: int
    files: int


@dataclass(frozen=True)
class Stores:
    """Connections of others to a service's database and to its Redis."""

    postgresql: int
    redis: int


def processes(server: int) -> list[Process]:
    """Return the server and its workers, in order of their numbers."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split()
    return [process(pid) for pid in sorted([server, *map(int, children)])]


def process(pid: int) -> Process:
    """Measure one (proc_pid_smaps_rollup(5))."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    found = dict(re.findall(r"^(Pss|Rss):\s+(\d+) kB", rollup, re.MULTILINE))
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Process(pid, int(found["Pss"]), int(found["Rss"]), files)


def stores(database_url: str, redis_url: str) -> Stores:
    """Count connections, those of this question left out."""
    with psycopg.connect(database_url) as connection:
        name = connection.info.dbname
        row = connection.execute(CONNECTIONS, (name,)).fetchone()
    with redis.Redis.from_url(redis_url) as client:
        clients: int = client.info("clients")["connected_clients"]
    return Stores(row[0] if row else 0, clients - 1)
