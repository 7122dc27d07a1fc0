"""The contestants: each serves the same service on two cores' worth of processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from tests.credentials.deployment import Deployment
from tests.servers.process import accepts_connections, ends_with_us, free_port
from tests.smoke.client import Client

PACKAGES = ("gunicorn ~= 27.0", "uvicorn ~= 0.54.0", "httptools ~= 0.9.0")
START_SECONDS = 60
STOP_SECONDS = 60


@dataclass(frozen=True)
class Contestant:
    """What starts it, and with which variables; `PORT` in the arguments is replaced."""

    arguments: str
    variables: dict[str, str] = field(default_factory=dict)


WSGI, ASGI = "config.wsgi:application", "config.asgi:application"
OURS = "granian, gateway"
CONTESTANTS = {
    OURS: Contestant("config.server"),
    "granian, WSGI": Contestant(
        "granian --interface wsgi --http 1 --no-ws --workers 2 --blocking-threads 4 "
        f"--port PORT {WSGI}"
    ),
    # As many as its documentation names for two cores: it does one thing at a time.
    "gunicorn, sync": Contestant(f"gunicorn --workers 5 --bind 127.0.0.1:PORT {WSGI}"),
    "gunicorn, gthread": Contestant(
        f"gunicorn --workers 2 --threads 4 --keep-alive 10 --bind 127.0.0.1:PORT {WSGI}"
    ),
    "uvicorn, gateway": Contestant(
        "uvicorn --workers 2 --http httptools --no-access-log --no-proxy-headers --lifespan off "
        f"--timeout-keep-alive 10 --port PORT {ASGI}"
    ),
}
THREADS = {f"{OURS}, THREADS={n}": Contestant("config.server", {"THREADS": n}) for n in "128"}


@dataclass(frozen=True)
class Served:
    """A contestant that runs."""

    port: int
    process: subprocess.Popen[bytes]

    def stop(self) -> float:
        """Tell it to stop; return the seconds until it has, or kill it."""
        began = time.monotonic()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return time.monotonic() - began


def answers(port: int) -> bool:
    """Whether a request is answered: some listen before they can."""
    try:
        return Client(port).get("/livez").status == HTTPStatus.OK
    except OSError:
        return False


def install(deployed: Deployment, folder: Path) -> None:
    """Bring what the service does not have itself to a folder of its own."""
    python = str(deployed.installed.folder / "bin" / "python")
    command = ["uv", "pip", "install", "--quiet", "--python", python, "--target", str(folder)]
    subprocess.run([*command, *PACKAGES], check=True)
    deployed.variables["PYTHONPATH"] = str(folder)


@contextmanager
def served(contestant: Contestant, deployed: Deployment, log: Path) -> Iterator[Served]:
    """Run a contestant until the block ends."""
    port = free_port()
    listening = {"HOST": "127.0.0.1", "PORT": str(port), "WORKERS": "2", "THREADS": "4"}
    arguments = contestant.arguments.replace("PORT", str(port)).split()
    with log.open("ab") as output:
        process = subprocess.Popen(
            ends_with_us([str(deployed.installed.folder / "bin" / "python"), "-m", *arguments]),
            cwd=deployed.project,
            env=deployed.installed.variables(deployed.variables | listening | contestant.variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    running = Served(port, process)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (accepts_connections(port) and answers(port)):
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"{contestant.arguments} did not start:\n{log.read_text()}"
                raise RuntimeError(message)
            time.sleep(0.05)
        yield running
    finally:
        running.stop()
