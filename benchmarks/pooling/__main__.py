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
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

import psycopg

from benchmarks.load import UnexpectedAnswerError, ask, request
from benchmarks.login_flood import NOTES, prepared
from benchmarks.pooling.report import Measured, report
from benchmarks.pooling.ways import THREADS, WAYS, address, changed
from tests.credentials.deployment import Deployment, deploy
from tests.database.roles import database
from tests.generation.answers import TREE
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

CLIENTS = 8
WORKERS = {"WORKERS": "2", "THREADS": str(THREADS), "TRUSTED_PROXY_COUNT": "1"}
OPEN = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename <> current_user
"""
SHOW = """
from django.db import connection
with connection.cursor() as cursor:
    print(cursor.execute("SHOW statement_timeout").fetchone()[0])
"""


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


def limit(service: Deployment, url: str) -> str:
    """Return after which time PostgreSQL ends a statement of the service."""
    command = ("python", "manage.py", "shell", "-c", SHOW)
    variables = service.variables | {"DATABASE_URL": url}
    return service.installed.run(service.project, *command, variables=variables).split()[-1]


def install_pool(deployed: Deployment, folder: Path) -> None:
    """Put psycopg's pool, which the service does not have, where only this run finds it."""
    python = str(deployed.installed.folder / "bin" / "python")
    command = ["uv", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    subprocess.run([*command, "--python", python, "psycopg-pool ~= 3.3"], check=True)
    deployed.variables["PYTHONPATH"] = str(folder)


def rounds(
    folder: Path, given: argparse.Namespace
) -> tuple[dict[str, list[Measured]], dict[str, str]]:
    """Measure each way in turn, on a service of its own each time; see which limit SQL has."""
    found: dict[str, list[Measured]] = defaultdict(list)
    limits: dict[str, str] = {}
    with (
        postgresql.server() as server_url,
        database(TREE / "deploy", server_url, folder) as roles,
        redis_server.server() as redis_url,
    ):
        deployed = deploy(folder, lines()[0], roles.urls["owner"], redis_url)
        deployed.variables["DATABASE_URL"] = roles.urls["service"]
        install_pool(deployed, folder / "pool")
        services = {
            name: changed(deployed, way, folder / f"way-{number}")
            for number, (name, way) in enumerate(WAYS.items())
        }
        with deployed.running(folder / "log", **WORKERS) as running:
            sent = request("GET", NOTES, prepared(running.caller))
        for _ in range(given.rounds):
            for name, service in services.items():
                with ExitStack() as stack:
                    url = stack.enter_context(address(WAYS[name], roles.urls["service"]))
                    # Before the service has all connections that there are.
                    limits[name] = limits.get(name) or limit(service, url)
                    run = service.running(folder / "log", DATABASE_URL=url, **WORKERS)
                    port = stack.enter_context(run).caller.port
                    measure(port, sent, roles.superuser, 1)  # the first requests are slower
                    found[name].append(measure(port, sent, roles.superuser, given.seconds))
        return found, limits


def main() -> int:
    """Return 0 with figures, 2 without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="of each measurement (5)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="secure-drf-pooling-") as folder:
        try:
            report(*rounds(Path(folder), given))
        except (UnexpectedAnswerError, LookupError, OSError, asyncio.IncompleteReadError) as error:
            sys.stderr.write(f"No figures: {error}.\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
