"""Measures the contestants alternately and writes one table."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from statistics import median

from benchmarks.load import request
from benchmarks.login_flood import NOTES, prepared
from benchmarks.servers.attacks import HALVES, answered_meanwhile, misread
from benchmarks.servers.clients import Book
from benchmarks.servers.contestants import CONTESTANTS, OURS, THREADS, install, served
from benchmarks.servers.memory import megabytes
from benchmarks.servers.stops import for_seconds, replaced, stops
from tests.credentials.caller import Caller
from tests.credentials.deployment import Deployment, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

SPEED = ("requests/s", "p50 ms", "p99 ms", "MB")
COLUMNS = ("server", *SPEED, *HALVES, "not refused", "read as two", "lost in stops", "stop s")


def speeds(deployed: Deployment, log: Path, rounds: int, seconds: float) -> dict[str, list[str]]:
    """Measure all of them in turn, each round one another; memory after the last."""
    books: dict[str, list[Book]] = {}
    with ExitStack() as all_of_them:
        running = {
            name: all_of_them.enter_context(served(contestant, deployed, log))
            for name, contestant in (CONTESTANTS | THREADS).items()
        }
        login = prepared(Caller(running[OURS].port, deployed.ledger))
        listed = request("GET", NOTES, login)
        for number in range(rounds + 1):
            for name, server in running.items():
                book = asyncio.run(for_seconds(server.port, listed, seconds))
                if set(book.statuses) != {HTTPStatus.OK} or book.lost:
                    message = f"{name} answered {dict(book.statuses)} and lost {book.lost}"
                    raise RuntimeError(message)
                if number:  # the first requests of each are slower
                    books.setdefault(name, []).append(book)
        return {
            name: [
                f"{median(book.rate for book in found):.0f}",
                f"{median(book.percentile(0.5) for book in found):.1f}",
                f"{median(book.percentile(0.99) for book in found):.1f}",
                f"{megabytes(running[name].process.pid):.0f}",
            ]
            for name, found in books.items()
        }


def write(row: Iterable[str]) -> None:
    """Write a row of the table."""
    sys.stdout.write(f"| {' | '.join(row)} |\n")
    sys.stdout.flush()


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.5)
    parser.add_argument("--stops", type=int, default=3)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-servers-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        folder = Path(name)
        deployed, log = deploy(folder, lines()[0], database_url, redis_url), folder / "log"
        install(deployed, folder / "packages")
        rows = speeds(deployed, log, given.rounds, given.seconds)
        with served(CONTESTANTS[OURS], deployed, log) as server:
            listed = request("GET", NOTES, prepared(Caller(server.port, deployed.ledger)))
        write(COLUMNS)
        write("---" for _ in COLUMNS)
        for kind, contestant in CONTESTANTS.items():
            row = rows.pop(kind)
            for half in HALVES.values():
                with served(contestant, deployed, log) as server:
                    row.append(f"{answered_meanwhile(server.port, half)} of 10")
            with served(contestant, deployed, log) as server:
                row += [str(number) for number in misread(server.port)]
            write([kind, *row, *stops(deployed, contestant, log, listed, given.stops)])
        for kind, row in rows.items():
            write([kind, *row, *([""] * (len(COLUMNS) - len(row) - 1))])
        sys.stdout.write(f"{replaced(deployed, log, listed)}\n")


if __name__ == "__main__":
    main()
