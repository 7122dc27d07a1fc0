"""What METRICS_PORT costs a request: rate, and processor time of all processes of the service.

benchmarks/README.md says how to run it and how to read it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks.load import UnexpectedAnswerError, ask, request
from tests.credentials.accounts import TOKENS, api_token, credentials
from tests.credentials.deployment import Running, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server
from tests.servers.process import free_port

CLIENTS = 8
SECONDS = 3.0
PATHS = {"a page without a store": "/livez", "the caller's account": "/api/v1/me/"}


@dataclass
class Side:
    """One of the two services, and what was measured of it, a round each."""

    running: Running
    rates: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def processor_seconds(self) -> float:
        """Return what its processes have used."""
        parent = self.running.service.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
        ticks = 0
        for process in (parent, *map(int, children)):
            fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def measure(self, path: str, login: dict[str, str]) -> None:
        """Ask for a while."""
        before = self.processor_seconds()
        sent = request("GET", path, login)
        asked = asyncio.run(ask(self.running.caller.port, sent, CLIENTS, SECONDS))
        used = self.processor_seconds() - before
        self.rates.append(asked.rate)
        self.milliseconds.append(1000 * used / len(asked.seconds))


def compare(sides: tuple[Side, Side], path: str, rounds: int) -> tuple[float, float, float]:
    """Return the median ratio of rates and the median processor times, without and with."""
    login = api_token(sides[0].running.caller.post(TOKENS, credentials("bob")))
    for side in sides:
        side.measure(path, login)  # not counted: the first requests are slower
        side.rates.clear()
        side.milliseconds.clear()
    for number in range(rounds):
        for side in sides if number % 2 else reversed(sides):
            side.measure(path, login)
    off, on = sides
    ratios = (with_it / without for without, with_it in zip(off.rates, on.rates, strict=True))
    return median(ratios), median(off.milliseconds), median(on.milliseconds)


def scrape(port: int) -> tuple[float, int]:
    """Return the milliseconds that a scrape takes, and its bytes."""
    times = []
    for _ in range(5):
        time.sleep(1.1)  # figures are kept for a second
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        begun = time.perf_counter()
        connection.request("GET", "/metrics")
        size = len(connection.getresponse().read())
        times.append(time.perf_counter() - begun)
        connection.close()
    return 1000 * median(times), size


def main() -> int:
    """Return 0 with figures, 2 without."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="secure-drf-metrics-") as name,
        postgresql.server() as server_url,
        postgresql.database(server_url) as database_url,
        redis_server.server() as redis_url,
    ):
        folder = Path(name)
        deployed = deploy(folder, lines()[0], database_url, redis_url)
        with (
            deployed.running(folder / "off") as off,
            deployed.running(folder / "on", METRICS_PORT=str(port)) as on,
        ):
            try:
                for what, path in PATHS.items():
                    ratio, without, with_it = compare((Side(off), Side(on)), path, rounds)
                    sys.stdout.write(
                        f"{what:<24} rate x {ratio:.3f}   processor {without:.3f} -> "
                        f"{with_it:.3f} ms a request ({1000 * (with_it - without):+.0f} us)\n"
                    )
            except (UnexpectedAnswerError, OSError, asyncio.IncompleteReadError) as error:
                sys.stderr.write(f"No figures: {error}.\n")
                return 2
            milliseconds, size = scrape(port)
            sys.stdout.write(f"a scrape: {milliseconds:.0f} ms, {size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
