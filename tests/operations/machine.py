"""One server of the compose files: PostgreSQL, Redis and the service, and who speaks to them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.matrix.environments import Environment
from tests.operations import containers
from tests.operations.containers import Addresses
from tests.servers.process import accepts_connections, running, unprivileged
from tests.smoke import service
from tests.smoke.client import Client

# As in the rest of the suite: limits are not what is tried, and few processes start sooner.
OURS = {"WORKERS": "1", "THREADS": "8", "HOST": "127.0.0.1"}


@dataclass
class Machine:
    """What runs on it, what it was started with, and where it is reached."""

    installed: Environment
    project: Path
    addresses: Addresses
    programs: Path
    redis: Callable[[], list[str]]
    client: Client
    limits: dict[str, str]
    log: Path
    shell: Mapping[str, str] = field(default_factory=dict)
    history: str = ""
    process: subprocess.Popen[bytes] | None = None
    given: dict[str, str] = field(default_factory=dict)  # what the process was started with
    redis_life: ExitStack = field(default_factory=ExitStack)

    @property
    def deploy(self) -> Path:
        return self.project / "deploy"

    def secret(self, name: str) -> str:
        """Return what is in a file of deploy/private/."""
        return (self.deploy / "private" / name).read_text("utf-8").strip()

    def printed(self) -> str:
        """Return all that the service has printed, before its restarts, too."""
        return self.history + self.log.read_text("utf-8")

    def environment(self, name: str) -> dict[str, str]:
        """Return the environment of a container, as the shell that starts it has it now."""
        return containers.environment(self.deploy, name, self.addresses, self.shell)

    def connect(self, user: str, password: str, name: str = "service") -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.addresses.database,
            user=user,
            password=password,
            dbname=name,
            connect_timeout=5,
            autocommit=True,
        )

    def start_redis(self) -> None:
        self.redis_life.close()
        self.redis_life.enter_context(
            running(
                lambda _: self.redis(),
                unprivileged(),
                self.log.parent,
                lambda _: accepts_connections(self.addresses.redis),
            )
        )

    def start_service(self) -> None:
        """Stop it if it runs, then start it with what the files say now."""
        self.stop_service()
        if self.log.exists():
            self.history += self.log.read_text("utf-8")
        self.given = self.environment("service") | OURS | self.limits
        self.given |= {"PORT": str(self.client.port)}
        self.process = service.process(self.installed, self.project, self.given, self.log)
        deadline = time.monotonic() + service.START_SECONDS
        while not accepts_connections(self.client.port):
            stopped = self.process.poll() is not None or time.monotonic() > deadline
            assert not stopped, self.log.read_text("utf-8")
            time.sleep(0.05)

    def stop_service(self) -> None:
        if self.process is not None:
            service.stop(self.process)
            self.process = None
