"""Prepares a generated service for production, starts it, and stops it by its process id."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.matrix.environments import Environment
from tests.servers.process import accepts_connections, ends_with_us, free_port
from tests.smoke.client import Client

START_SECONDS = 60
STOP_SECONDS = 60
PASSWORD = "marmalade-on-seven-bicycles"  # noqa: S105 - of throw-away accounts
ACCOUNTS = f"""
from django.contrib.auth import get_user_model
create = get_user_model().objects.create_user
for name in ("alice", "bob", "carol", "dave"):
    create(name, password={PASSWORD!r})
create("staff", password={PASSWORD!r}, is_staff=True, is_superuser=True)
"""


@dataclass(frozen=True)
class Service:
    """A running service: its address, its process and where its log goes."""

    client: Client
    process: subprocess.Popen[bytes]
    log: Path

    def output(self) -> str:
        """Return all that the service has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def prepare(installed: Environment, project: Path, variables: Mapping[str, str]) -> None:
    """Do what a release does before the service starts: tables, static files, accounts."""
    for command in (("migrate",), ("collectstatic", "--no-input"), ("shell", "-c", ACCOUNTS)):
        installed.run(project, "python", "manage.py", *command, variables=variables)


def process(
    installed: Environment, project: Path, variables: Mapping[str, str], log: Path
) -> subprocess.Popen[bytes]:
    """Start the production server without waiting for it."""
    with log.open("wb") as output:
        return subprocess.Popen(
            ends_with_us([str(installed.folder / "bin" / "python"), "-m", "config.server"]),
            cwd=project,
            env=installed.variables(variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def running(
    installed: Environment, project: Path, variables: Mapping[str, str], log: Path
) -> Iterator[Service]:
    """Run the production server until the block ends."""
    port = free_port()
    listening = {"HOST": "127.0.0.1", "PORT": str(port)}
    server = process(installed, project, {**variables, **listening}, log)
    service = Service(Client(port), server, log)
    try:
        _wait(service)
        yield service
    finally:
        stop(server)


def _wait(service: Service) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and service.process.poll() is None:
        if accepts_connections(service.client.port) and service.client.get("/livez").status == 200:
            return
        time.sleep(0.05)
    message = f"the service did not start:\n{service.output()}"
    raise AssertionError(message)


def stop(server: subprocess.Popen[bytes]) -> int:
    """Ask the server to finish as an orchestrator does; return its exit code."""
    server.terminate()
    try:
        return server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        return server.wait()
