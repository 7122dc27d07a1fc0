"""How long a service takes until its first 200, and what memory its processes then need.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from benchmarks.load import UnexpectedAnswerError, ask, request
from benchmarks.login_flood import NOTES
from benchmarks.login_flood import prepared as logged_in
from benchmarks.servers.memory import children, each
from benchmarks.start.services import Startable, StartError, bare, prepared, started
from benchmarks.tracing import processor_seconds
from tests.credentials.caller import Caller
from tests.credentials.ledger import Ledger
from tests.generation.answers import Answer, all_options
from tests.servers import postgresql, redis_server

START, MEMORY = 1.25, 85.0  # times a bare service's start; megabytes a process
REQUESTS = 1000
Pair = tuple[Startable, Startable]


def starts(
    pair: Pair, folder: Path, rounds: int, workers: int
) -> list[tuple[tuple[float, float], ...]]:
    """Start both in turn; return waiting and processor seconds of each, without the first round."""
    found = []
    for _ in range(rounds + 1):
        times = []
        for one in pair:
            with started(one, folder / "start.log", workers) as (waited, _, process):
                times.append((waited, processor_seconds(process)))
        found.append(tuple(times))
    return found[1:]


def memory(what: Startable, folder: Path) -> list[float]:
    """Return the megabytes of each process, the parent first, after REQUESTS lists of 20 rows."""
    with started(what, folder / "memory.log", 2) as (_, port, process):
        listed = request("GET", NOTES, logged_in(Caller(port, Ledger())))
        asked = 0
        while asked < REQUESTS * len(children(process)[1:]):
            asked += len(asyncio.run(ask(port, listed, 8, 2.0)).seconds)
        return each(process)


def main() -> int:
    """Return 0 within the bounds, 1 beyond one, 2 without figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--workers", type=int, default=2)
    given, worst = parser.parse_args(), 0.0
    asked: dict[str, dict[str, Answer]] = {"default": {}, "all options": all_options()}
    rows = ["answers      bare s   ours s   ratio (quarters)   processor  MB: parent, each"]
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-start-") as name,
        postgresql.server() as server_url,
        redis_server.server() as redis_url,
    ):
        try:
            for of, answers in asked.items():
                folder = Path(name, of.replace(" ", "-"))
                with postgresql.database(server_url) as database_url:
                    ours = prepared(folder, database_url, redis_url, **answers)
                    pair = bare(folder / "bare", ours.installed), ours
                    found = starts(pair, folder, given.rounds, given.workers)
                    parent, *each = memory(ours, folder)
                ratios = [b[0] / a[0] for a, b in found]
                low, _, high = quantiles(ratios, n=4)
                worst = max(worst, median(ratios) / START, max(each) / MEMORY)
                rows.append(
                    f"{of:<12}{median(a[0] for a, _ in found):>7.2f}"
                    f"{median(b[0] for _, b in found):>9.2f}"
                    f"{median(ratios):>8.2f} ({low:.2f} - {high:.2f})"
                    f"{median(b[1] / a[1] for a, b in found):>9.2f}"
                    f"{parent:>8.0f}, {' '.join(f'{one:.0f}' for one in each)}"
                )
        except (StartError, UnexpectedAnswerError, OSError, subprocess.SubprocessError) as error:
            sys.stderr.write(f"No figures: {error}\n")
            return 2
    sys.stdout.write("\n".join(rows) + "\n")
    return int(worst > 1)


if __name__ == "__main__":
    sys.exit(main())
