"""The contestants as they run: one server each, with the same number of processes and threads."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from benchmarks.load import request
from benchmarks.servers.memory import children
from tests.credentials.deployment import Deployment
from tests.matrix.environments import REPOSITORY
from tests.servers.process import accepts_connections, ends_with_us, free_port
from tests.smoke.client import Client
from tests.smoke.service import stop

Headers = dict[str, str]
START_SECONDS = 60
MOST_BEFORE = 10
TICKS = os.sysconf("SC_CLK_TCK")
PEERS = "benchmarks.requests.contestants"


@dataclass(frozen=True)
class Size:
    """How much a service does at once."""

    workers: int = 2
    threads: int = 4


@dataclass(frozen=True)
class Side:
    """A service that runs."""

    port: int
    process: int

    def processor_seconds(self) -> float:
        """Return what its processes have used."""
        ticks = 0
        for process in children(self.process):
            fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS


@dataclass(frozen=True)
class Question:
    """What a side is asked, once for each login."""

    path: str
    logins: tuple[Headers, ...] = ({},)

    def sent(self) -> list[bytes]:
        """Return the requests."""
        return [request("GET", self.path, headers) for headers in self.logins]

    def use_up(self, side: Side, status: int) -> None:
        """Ask until the answer has this status, a few times at most."""
        for _ in range(MOST_BEFORE):
            if Client(side.port).get(self.path, self.logins[0]).status == status:
                return


@contextmanager
def serving(
    command: list[str], folder: Path, variables: Mapping[str, str], log: Path, probe: str
) -> Iterator[Side]:
    """Run a server, its port in the place of PORT, until the block ends."""
    port = free_port()
    with log.open("ab") as output:
        process = subprocess.Popen(
            ends_with_us([part.replace("PORT", str(port)) for part in command]),
            cwd=folder,
            env={**variables, "PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (accepts_connections(port) and answers(port, probe)):
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"{' '.join(command)} did not start:\n{log.read_text('utf-8')}"
                raise RuntimeError(message)
            time.sleep(0.05)
        yield Side(port, process.pid)
    finally:
        stop(process)


def answers(port: int, path: str) -> bool:
    """Whether a request is answered, by whatever but an error of the server."""
    try:
        return Client(port).get(path).status < HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False


def ours(
    deployed: Deployment, log: Path, size: Size, **changed: str
) -> AbstractContextManager[Side]:
    """Run our service as production does."""
    python = str(deployed.installed.folder / "bin" / "python")
    sized = {"HOST": "127.0.0.1", "WORKERS": str(size.workers), "THREADS": str(size.threads)}
    variables = deployed.variables | sized | changed
    return serving(
        [python, "-m", "config.server"],
        deployed.project,
        deployed.installed.variables(variables),
        log,
        "/livez",
    )


def granian(python: Path, application: str, size: Size) -> list[str]:
    """Return the command that serves a WSGI application."""
    numbers = ["--workers", str(size.workers), "--blocking-threads", str(size.threads)]
    kind = ["--interface", "wsgi", "--http", "1", "--no-ws", "--log-level", "warning"]
    listening = ["--host", "127.0.0.1", "--port", "PORT"]
    return [str(python), "-m", "granian", *kind, *numbers, *listening, application]


def contestant(
    settings: str, deployed: Deployment, log: Path, size: Size, **variables: str
) -> AbstractContextManager[Side]:
    """Run one of the contestants in the environment of our service."""
    given = variables | {
        "DJANGO_SETTINGS_MODULE": f"{PEERS}.settings.{settings}",
        "PYTHONPATH": str(REPOSITORY),
    }
    return serving(
        granian(deployed.installed.folder / "bin" / "python", f"{PEERS}.wsgi:application", size),
        REPOSITORY,
        deployed.installed.variables(given),
        log,
        "/",
    )
