"""Requests a second of our service, of bare ones and of a typical one; `./run benchmark`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.load import UnexpectedAnswerError
from benchmarks.requests.field import CONTESTANTS, Field, prepared
from benchmarks.requests.load import Loaded
from benchmarks.requests.rounds import measured, ratio
from benchmarks.requests.sides import Size
from tests.servers import postgresql, redis_server

ACCOUNTS = 400


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run benchmark", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3, help="of each load (3)")
    parser.add_argument("--workers", type=int, default=2, help="processes of each service (2)")
    parser.add_argument("--threads", type=int, default=4, help="of each process (4)")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, help="nobody but these")
    return parser.parse_args(given)


def show(found: dict[str, list[Loaded]]) -> None:
    """Write the table of rates."""
    first = next(iter(found))
    for key, rounds in found.items():
        rates = [loaded.rate for loaded in rounds]
        middle, lowest, highest = ratio(found, key, first)
        sys.stdout.write(
            f"{CONTESTANTS[key]:<34}{median(rates):8.0f}/s ({min(rates):.0f} - {max(rates):.0f})  "
            f"p99 {median(loaded.p99 for loaded in rounds):6.1f} ms  "
            f"processor {median(loaded.processor for loaded in rounds):.3f} ms  "
            f"x {middle:.3f} ({lowest:.2f} - {highest:.2f})\n"
        )


def measure(field: Field, given: argparse.Namespace) -> None:
    """Do what was asked for."""
    show(measured(field, given.only or list(CONTESTANTS), given.rounds, given.seconds))


def main() -> int:
    """Return 0 with figures, 2 without."""
    given = arguments()
    size = Size(given.workers, given.threads)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="secure-drf-requests-") as name,
            postgresql.own_server(postgresql.any_programs()) as server_url,
            redis_server.own_server(redis_server.any_program()) as redis_url,
            prepared(Path(name), server_url, redis_url, size, ACCOUNTS) as field,
        ):
            measure(field, given)
    except (UnexpectedAnswerError, OSError, LookupError, asyncio.IncompleteReadError) as error:
        sys.stderr.write(f"No figures: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
