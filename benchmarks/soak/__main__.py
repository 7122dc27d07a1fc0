"""A service at half of its highest load for a while: `./run soak [MINUTES]`, 30 unless told."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.soak import samples
from benchmarks.soak.clients import Measured, play
from benchmarks.soak.mix import Script, elsewhere, script
from benchmarks.soak.report import Run, Sample, raw, summary, table
from benchmarks.soak.samples import Process
from tests.credentials.accounts import TOKENS, api_token, credentials, new_account
from tests.credentials.deployment import Deployment, Running, deploy
from tests.generation.answers import ROOT
from tests.matrix.environments import lines
from tests.servers import postgresql, redis_server

CLIENTS = (4, 8, 16, 32)  # at once, of a step of the ramp
STEP_SECONDS = 6
SAMPLE_SECONDS = 15
MINUTES = 30
IDLE_SECONDS = 13  # the service closes an idle connection after ten
RESULTS = ROOT / ".cache" / "soak"


def scripts(running: Running, database_url: str, clients: int) -> list[Script]:
    """Return the scripts of new accounts that are logged in."""
    made = []
    for number in range(clients):
        name = new_account(database_url)
        answer = running.caller.post(TOKENS, credentials(name), elsewhere())
        made.append(script(name, api_token(answer), number))
    return made


def highest(running: Running, database_url: str) -> float:
    """Return the most answers a second, over numbers of clients that do not pause."""
    rates = []
    for clients in CLIENTS:
        measured = Measured()
        played = scripts(running, database_url, clients)
        asyncio.run(play(running.caller.port, played, None, STEP_SECONDS, measured))
        rates.append(len(measured.seconds) / STEP_SECONDS)
        say(f"{clients} clients: {rates[-1]:.0f}/s, errors {dict(measured.errors)}")
    return max(rates)


async def soak(
    running: Running, deployment: Deployment, played: list[Script], rate: float, seconds: float
) -> list[Sample]:
    """Play at a rate, and take samples."""
    taken: list[Sample] = []
    measured = Measured()
    started = time.monotonic()
    load = asyncio.create_task(play(running.caller.port, played, rate, seconds, measured))
    while not load.done():
        await asyncio.wait([load], timeout=SAMPLE_SECONDS)
        second = time.monotonic() - started
        held = await asyncio.to_thread(samples.processes, running.service.process.pid)
        urls = deployment.database_url, deployment.variables["REDIS_URL"]
        stores = await asyncio.to_thread(samples.stores, *urls)
        if load.done() and taken:  # a rest that is no sample of its own
            taken[-1].measured.add(measured.taken())
        else:
            taken.append(Sample(second, held, stores, measured.taken()))
            say(f"{second / 60:.1f} min: {len(taken[-1].measured.seconds)} answers, {stores}")
    await load
    return taken


def run(folder: Path, minutes: float) -> Run:
    """Deploy, find the highest load, and run at half of it."""
    with (
        postgresql.server() as server,
        postgresql.database(server) as database,
        redis_server.server() as store,
    ):
        deployment = deploy(folder, lines()[0], database, store)
        before = samples.stores(database, store)
        changed = {"TRUSTED_PROXY_COUNT": "1", "THROTTLE_ANON": "100/hour"}
        changed["THROTTLE_USER"] = "1000000/hour"  # half an hour at a few hundred a second
        with deployment.running(folder / "log", **changed) as running:
            most = highest(running, database)
            played = scripts(running, database, CLIENTS[-1])
            first = idle(running)
            found = asyncio.run(soak(running, deployment, played, most / 2, 60 * minutes))
            last = idle(running)
        after = samples.stores(database, store)
    return Run(most, most / 2, found, before, after, (first, last))


def idle(running: Running) -> list[Process]:
    """Return what processes hold when connections that nobody uses have been closed."""
    time.sleep(IDLE_SECONDS)
    return samples.processes(running.service.process.pid)


def say(line: object) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="secure-drf-soak-") as name:
        result = run(Path(name), float(sys.argv[1]) if sys.argv[1:] else MINUTES)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "soak.json").write_text(json.dumps(raw(result), indent=2) + "\n", "utf-8")
    (RESULTS / "soak.md").write_text(f"{summary(result)}\n\n{table(result)}\n", "utf-8")
    say(f"\n{summary(result)}\n\n{table(result)}")
    sys.exit("\n".join(result.faults()) or 0)
