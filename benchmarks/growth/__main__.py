"""Measures how a service grows, and writes the figures; benchmarks/README.md says more."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import redis

from benchmarks.growth.clients import clients
from benchmarks.growth.cluster import cluster
from benchmarks.growth.counters import LostCountError
from benchmarks.growth.effort import Effort
from benchmarks.growth.limiter import limiter
from benchmarks.growth.report import write
from benchmarks.growth.tables import tables
from benchmarks.load import UnexpectedAnswerError
from tests.credentials.deployment import Deployment, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server
from tests.servers.process import ServerError

PARTS = ("clients", "tables", "limiter", "cluster")
REPOSITORY = Path(__file__).parents[2]
PAGES = REPOSITORY / "docs" / "performance"
SOME = REPOSITORY / ".cache" / "growth"  # a part alone does not take the place of all of them
NO_FIGURES = (
    UnexpectedAnswerError,
    LostCountError,
    ServerError,
    AssertionError,  # a service that did not start
    LookupError,
    OSError,
    asyncio.IncompleteReadError,
    psycopg.Error,
    redis.RedisError,
)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"what to measure, of: {', '.join(PARTS)} (all)")
    parser.add_argument("--seconds", type=float, default=2.5, help="of each measurement (2.5)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10**6, help="the most in a table (1000000)")
    parser.add_argument("--known", type=int, default=10**6, help="clients in Redis (1000000)")
    parser.add_argument("--into", type=Path, help="folder for the two files")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    given.into = given.into or (SOME if given.parts else PAGES)
    return given


def tell(what: str) -> None:
    """Show progress."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {what}\n")


def machine(deployed: Deployment, server_url: str, redis_url: str) -> dict[str, str]:
    """Return where this is measured, and how busy it was before."""
    with psycopg.connect(server_url) as connection, redis.Redis.from_url(redis_url) as store:
        python = deployed.installed.run(deployed.project, "python", "--version").split()[1]
        return {
            "on": time.strftime("%Y-%m-%d"),
            "cores": str(os.cpu_count()),
            "Python": python,
            "PostgreSQL": f"{connection.info.server_version / 10000:.0f}",
            "Redis": str(store.info("server")["redis_version"]),
            "load average before": f"{os.getloadavg()[0]:.1f}",
        }


def measured(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Start everything and measure each part."""
    how = Effort(given.seconds, given.rounds, tell)
    sizes = sorted({10, min(10**4, given.rows), given.rows})
    program = redis_server.any_program()
    with (
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        deployed = deploy(folder, lines()[0], database_url, redis_url)
        found: dict[str, Any] = {"machine": machine(deployed, server_url, redis_url)}
        found["machine"] |= {"rounds": str(given.rounds), "seconds each": str(given.seconds)}
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            "clients": lambda: clients(deployed, folder, how),
            "tables": lambda: tables(deployed, server_url, folder, sizes, how),
            "limiter": lambda: limiter(program, given.known, tell),
            "cluster": lambda: cluster(program),
        }
        for name in given.parts or PARTS:
            tell(name)
            found[name] = parts[name]()
    return found


def main() -> int:
    """Return 0 with figures, 2 without."""
    given = options()
    with tempfile.TemporaryDirectory(prefix="secure-drf-growth-") as name:
        try:
            found = measured(given, Path(name))
        except NO_FIGURES as error:
            sys.stderr.write(f"No figures: {error}.\n")
            return 2
    write(found, given.into)
    sys.stdout.write(f"{given.into / 'growth.md'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
