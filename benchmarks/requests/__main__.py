"""Requests a second of our service, of bare ones and of a typical one; `./run benchmark`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.load import UnexpectedAnswerError
from benchmarks.requests import report
from benchmarks.requests.field import CONTESTANTS, PEER, Field
from benchmarks.requests.load import CLIENTS, tool
from benchmarks.requests.machine import described, load_average
from benchmarks.requests.measures import PARTS, everything
from benchmarks.requests.peer import read
from benchmarks.requests.results import noise
from benchmarks.requests.sides import Size
from tests.matrix.environments import REPOSITORY
from tests.servers import postgresql, redis_server
from tests.servers.process import ServerError

ACCOUNTS = 500  # for the long windows, where each has a hundred requests a minute
FAULTS = (UnexpectedAnswerError, OSError, LookupError, ServerError, asyncio.IncompleteReadError)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run benchmark", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3, help="of each load (3)")
    parser.add_argument("--workers", type=int, default=2, help="processes of each service (2)")
    parser.add_argument("--threads", type=int, default=4, help="of each process (4)")
    parser.add_argument(
        "--accounts", type=int, default=120, help="that ask in turn, 1,000 times an hour each (120)"
    )
    parser.add_argument(
        "--only", nargs="+", choices=[*CONTESTANTS, PEER, *PARTS], help="a part; no file is written"
    )
    parser.add_argument("--peer", type=Path, help="folder of a project, with its peer.json")
    parser.add_argument("--output", type=Path, help="folder of the files (docs/performance)")
    return parser.parse_args(given)


def run(given: argparse.Namespace) -> None:
    """Measure and write; whatever goes wrong is raised."""
    size = Size(given.workers, given.threads)
    before = load_average()
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-requests-") as name,
        postgresql.own_server(postgresql.any_programs()) as server_url,
        redis_server.own_server(redis_server.any_program()) as redis_url,
        ExitStack() as stack,
    ):
        peer = read(given.peer) if given.peer else None
        number = max(ACCOUNTS, given.accounts)
        field = Field(Path(name), server_url, redis_url, size, number, given.accounts, stack, peer)
        found = everything(field, given)
        about: dict[str, object] = described(field.all, server_url, redis_url) | {
            "services": f"{size.workers} processes of {size.threads} threads each",
            "clients": f"{CLIENTS} connections that last, by {tool()}, on the same machine",
            "rounds": f"{given.rounds} of {given.seconds} s, after one that is not counted",
            "peer": peer.name if peer else None,
            "spread of a contestant's rounds (highest - lowest) / median, the usual": noise(found),
            "load average before (1, 5, 15 minutes)": before,
            "load average after": load_average(),
        }
    sys.stdout.write(report.markdown(found, about))
    folder = given.output or (None if given.only else REPOSITORY / "docs/performance")
    if folder:
        report.write(found, about, folder)
        sys.stderr.write(f"written to {folder}\n")


def main(given: Sequence[str] | None = None) -> int:
    """Return 0 with figures, 2 without."""
    try:
        run(arguments(given))
    except FAULTS as error:
        sys.stderr.write(f"No figures: {error or type(error).__name__}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
