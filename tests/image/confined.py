"""An image run as a deployment should: read-only, no capability, no privilege, bounded."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.image.built import Built
from tests.matrix import production
from tests.servers.process import free_port
from tests.smoke.client import Client
from tests.smoke.service import ACCOUNTS

START_SECONDS = 60
MEMORY = 768 * 1024 * 1024
PROCESSES = 128
CONFINEMENT = (
    "--read-only",
    "--read-only-tmpfs=false",
    "--tmpfs=/tmp:size=16m,mode=1777",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    f"--memory={MEMORY}",
    f"--pids-limit={PROCESSES}",
    # The servers of the tests listen on this machine's own address.
    "--network=host",
)
SECRETS = ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "JWT_PRIVATE_KEY")


@dataclass(frozen=True)
class Confined:
    """A container that runs the service, and how to run others like it."""

    built: Built
    arguments: tuple[str, ...]
    name: str
    client: Client

    def once(self, *command: str, stdin: str = "") -> str:
        """Run a command in a container of its own, confined alike."""
        podman = ("podman", "run", "--rm", "--interactive", *self.arguments, self.built.image)
        return self.built.engine(*podman, *command, stdin=stdin)

    def inside(self, *command: str) -> tuple[int, str]:
        """Run a command in the container of the service; return its exit code and output."""
        done = self.built.engine.attempt("podman", "exec", self.name, *command)
        return done.returncode, done.stdout + done.stderr

    def healthy(self) -> bool:
        """Ask the image's own health check."""
        return self.built.engine.attempt("podman", "healthcheck", "run", self.name).returncode == 0

    def log(self) -> str:
        """Return what the service has printed."""
        done = self.built.engine.attempt("podman", "logs", self.name)
        return done.stdout + done.stderr

    def state(self) -> dict[str, Any]:
        """Return what podman knows of the container's state."""
        text = self.built.engine("podman", "inspect", "--format={{json .State}}", self.name)
        state: dict[str, Any] = json.loads(text)
        return state


def arguments(folder: Path, variables: Mapping[str, str]) -> tuple[str, ...]:
    """Return what confines a container and gives it its variables, the secrets as files."""
    settings = dict(variables)
    folder.chmod(0o755)  # the process in the container is no user of this machine
    for name in SECRETS:
        if name in settings:
            secret = folder / name.lower()
            secret.write_text(settings.pop(name))
            secret.chmod(0o444)
            settings[f"{name}_FILE"] = f"/run/secrets/{name.lower()}"
    given = [f"--env={name}={value}" for name, value in settings.items()]
    return (*CONFINEMENT, f"--volume={folder}:/run/secrets:ro", *given)


@contextmanager
def confined(built: Built, folder: Path, database_url: str, redis_url: str) -> Iterator[Confined]:
    """Migrate, make accounts and run the service until the block ends."""
    port = free_port()
    variables = production.variables(built.chosen, database_url, redis_url) | {
        "BEHIND_TLS_PROXY": "yes",
        "PORT": str(port),
    }
    variables.pop("DJANGO_SETTINGS_MODULE")  # the image knows
    name = f"secure-drf-{port}"
    running = Confined(built, arguments(folder, variables), name, Client(port))
    running.once("python", "manage.py", "migrate", "--verbosity=0")
    running.once("python", "manage.py", "shell", stdin=ACCOUNTS)
    engine = built.engine
    engine("podman", "run", "--detach", f"--name={name}", *running.arguments, built.image)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not running.healthy():
            assert time.monotonic() < deadline, running.log()
            time.sleep(0.2)
        yield running
    finally:
        engine.attempt("podman", "rm", "--force", "--time=1", name)
