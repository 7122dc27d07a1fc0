"""How fast, and with how many connections, a service answers by each way to PostgreSQL.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

import psycopg

from benchmarks.load import Asked, UnexpectedAnswerError, ask, request
from benchmarks.login_flood import NOTES, prepared
from benchmarks.pooling.ways import THREADS, WAYS, address, changed
from tests.credentials.deployment import Deployment, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

CLIENTS = 8
WORKERS = {"WORKERS": "2", "THREADS": str(THREADS), "TRUSTED_PROXY_COUNT": "1"}
OPEN = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@dataclass(frozen=True)
class Measured:
    """One round of one way."""

    asked: Asked
    connections: int


def most_open(database_url: str, over: Event, found: list[int]) -> None:
    """Look now and then how many connections PostgreSQL has."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        while not over.wait(0.1):
            row = connection.execute(OPEN).fetchone()
            found.append(row[0] if row else 0)


def measure(port: int, sent: bytes, database_url: str, seconds: float) -> Measured:
    """Ask for the list over and over."""
    over, found = Event(), [0]
    watching = Thread(target=most_open, args=(database_url, over, found))
    watching.start()
    try:
        asked = asyncio.run(ask(port, sent, CLIENTS, seconds))
    finally:
        over.set()
        watching.join()
    return Measured(asked, max(found))


def install_pool(deployed: Deployment, folder: Path) -> None:
    """Put psycopg's pool, which the service does not have, where only this run finds it."""
    python = str(deployed.installed.folder / "bin" / "python")
    command = ["uv", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*command, "--python", python, "psycopg-pool ~= 3.3"], check=True)
    deployed.variables["PYTHONPATH"] = str(folder)


def rounds(folder: Path, given: argparse.Namespace) -> dict[str, list[Measured]]:
    """Measure each way in turn, as often as asked for, on a service of its own each time."""
    found = defaultdict(list)
    with (
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        deployed = deploy(folder, lines()[0], database_url, redis_url)
        install_pool(deployed, folder / "pool")
        services = {
            name: changed(deployed, way, folder / f"way-{number}")
            for number, (name, way) in enumerate(WAYS.items())
        }
        with deployed.running(folder / "log", **WORKERS) as running:
            sent = request("GET", NOTES, prepared(running.caller))
        for _ in range(given.rounds):
            for name, service in services.items():
                with (
                    address(WAYS[name], database_url) as url,
                    service.running(folder / "log", DATABASE_URL=url, **WORKERS) as running,
                ):
                    port = running.caller.port
                    measure(port, sent, database_url, 1)  # the first requests are slower
                    found[name].append(measure(port, sent, database_url, given.seconds))
        return found


def report(found: dict[str, list[Measured]]) -> None:
    """Write a row for each way: medians, and the rate by that of the first in the same round."""
    first = [one.asked.rate for one in next(iter(found.values()))]
    sys.stdout.write("| way | requests/s | ratio | p99 ms | connections |\n|---|---|---|---|---|\n")
    for name, rounds_ in found.items():
        rate = median(one.asked.rate for one in rounds_)
        pairs = zip(rounds_, first, strict=True)
        ratio = median(one.asked.rate / other for one, other in pairs)
        p99 = median(one.asked.p99 for one in rounds_)
        most = max(one.connections for one in rounds_)
        sys.stdout.write(f"| {name} | {rate:.0f} | {ratio:.2f} | {p99:.0f} | {most} |\n")


def main() -> int:
    """Return 0 with figures, 2 without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement (5)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secure-drf-pooling-") as folder:
        try:
            report(rounds(Path(folder), given))
        except (UnexpectedAnswerError, LookupError, OSError, asyncio.IncompleteReadError) as error:
            sys.stderr.write(f"No figures: {error}.\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
