"""What a request costs with and without traces, at several shares of requests that are traced.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from benchmarks.load import UnexpectedAnswerError, ask, request
from benchmarks.login_flood import NOTES, prepared
from tests.credentials.deployment import Running, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server
from tests.smoke.receivers import keeping

CLIENTS = 4
SECONDS = 0.5
TICKS = os.sysconf("SC_CLK_TCK")
SHARES = {"off": None, "0": 0.0, "0.1": 0.1, "1": 1.0}


def variables(share: float | None, port: int) -> dict[str, str]:
    """Return what a service is started with that traces this share of its requests."""
    one = {"WORKERS": "1"}
    if share is None:
        return one
    return one | {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}",
        "OTEL_TRACES_SAMPLER": "traceidratio",
        "OTEL_TRACES_SAMPLER_ARG": str(share),
    }


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and all below it (Linux)."""
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = (int(stat[11]) + int(stat[12])) / TICKS
    return own + sum(processor_seconds(int(child)) for child in children)


def measured(running: Running, listed: bytes) -> tuple[float, float]:
    """Return milliseconds of processor time and of waiting that one request takes."""
    pid = running.service.process.pid
    before = processor_seconds(pid)
    asked = asyncio.run(ask(running.caller.port, listed, CLIENTS, SECONDS))
    spent = processor_seconds(pid) - before
    return 1000 * spent / len(asked.seconds), 1000 * median(asked.seconds)


def main() -> int:
    """Return 0 with figures, 2 without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in SHARES}
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-tracing-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
        keeping() as collector,
        ExitStack() as services,
    ):
        folder = Path(name)
        deployed = deploy(folder, lines()[0], database_url, redis_url)
        try:
            running = {
                of: services.enter_context(
                    deployed.running(folder / f"log-{of}", **variables(share, collector.port))
                )
                for of, share in SHARES.items()
            }
            listed = request("GET", NOTES, prepared(running["off"].caller))
            for one in running.values():
                measured(one, listed)  # not counted: the first requests are slower
            order = list(running)
            for _ in range(rounds):
                order.append(order.pop(0))
                for of in order:
                    found[of].append(measured(running[of], listed))
        except (UnexpectedAnswerError, OSError, asyncio.IncompleteReadError) as error:
            sys.stderr.write(f"No figures: {error}.\n")
            return 2
    sys.stdout.write("traced   processor ms  ratio (quarters)  waiting ms  ratio\n")
    for of, figures in found.items():
        spent = [a[0] / b[0] for a, b in zip(figures, found["off"], strict=True)]
        waited = [a[1] / b[1] for a, b in zip(figures, found["off"], strict=True)]
        low, _, high = quantiles(spent, n=4)
        sys.stdout.write(
            f"{of:<9}{median(a for a, _ in figures):>12.2f}{median(spent):>7.2f}"
            f" ({low:.2f} - {high:.2f})"
            f"{median(b for _, b in figures):>13.1f}{median(waited):>7.2f}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
