"""Three processes of one service on ports of their own, and what supervises them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.credentials.deployment import Deployment
from tests.servers.process import accepts_connections, free_port
from tests.smoke import service as services
from tests.smoke.client import Client

SIZE = 3


@dataclass
class Member:
    """One process, or rather two: the server and its one worker."""

    deployment: Deployment
    folder: Path
    variables: Mapping[str, str]
    port: int = field(default_factory=free_port)
    starts: int = 0

    def start(self) -> None:
        """Start it, as a supervisor does."""
        self.starts += 1
        listening = {"HOST": "127.0.0.1", "PORT": str(self.port)}
        variables = {**self.deployment.variables, **self.variables, **listening}
        log = self.folder / f"{self.port}-{self.starts}.log"
        installed, project = self.deployment.installed, self.deployment.project
        self.process: subprocess.Popen[bytes] = services.process(installed, project, variables, log)

    def wait_ready(self) -> None:
        """Wait until it says that it is ready."""
        deadline = time.monotonic() + services.START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.is_ready():
                return
            time.sleep(0.05)
        message = f"port {self.port} does not become ready"
        raise AssertionError(message)

    def is_ready(self) -> bool:
        """Whether it says so."""
        if not accepts_connections(self.port):
            return False
        try:
            return Client(self.port).get("/readyz").status == 200
        except OSError:
            return False

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all of it, as a container's end or pause comes to all of it."""
        os.killpg(self.process.pid, number)

    def restart(self) -> None:
        """Ask it to end, wait for that, start it again and wait until it is ready."""
        assert services.stop(self.process) == 0
        self.start()
        self.wait_ready()


@contextmanager
def fleet(deployment: Deployment, folder: Path, **changed: str) -> Iterator[list[Member]]:
    """Run them until the block ends, some variables `changed`."""
    variables = {"WORKERS": "1", "TRUSTED_PROXY_COUNT": "1"} | changed
    members = [Member(deployment, folder, variables) for _ in range(SIZE)]
    try:
        for member in members:
            member.start()
        for member in members:
            member.wait_ready()
        yield members
    finally:
        running = [one for one in members if one.starts and one.process.poll() is None]
        for member in running:
            member.signal(signal.SIGCONT)
            member.process.terminate()
        for member in running:
            services.stop(member.process)
