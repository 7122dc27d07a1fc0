"""The compose file, run as a whole by docker compose on podman.

What podman 4 lacks is given to it: the log driver, the timers of health checks, and a writable
/run of the database's own. The proxy makes its certificate itself and listens on free ports.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.image import bases, built, daemon
from tests.image.built import Built
from tests.servers.process import free_port

START_SECONDS = 180
# podman 4 may look at a process of a health check that has ended; the same command goes on then.
LOST_RACE = re.compile(r"read /proc/\d+/cgroup: no such process")
ATTEMPTS = 3
# One line a service, so that each is one mapping.
LOCAL = "  {name}: {{logging: !override {{driver: json-file}}{more}}}"
MORE = {
    "database": ', tmpfs: !override ["/tmp:mode=1777", "/run:mode=1777"]',
    "proxy": (
        ', ports: !override ["127.0.0.1:{http}:8080", "127.0.0.1:{https}:8443"]'
        ', volumes: !override ["./proxy/Caddyfile.local:/etc/caddy/Caddyfile:ro",'
        ' "certificates:/data"]'
    ),
}
OWN_AUTHORITY = "\tadmin off\n\tlocal_certs\n\tskip_install_trust\n"


@dataclass(frozen=True)
class Stack:
    """A server with everything that the compose file starts."""

    built: Built
    variables: dict[str, str]
    http: int
    https: int

    @property
    def deploy(self) -> Path:
        """Folder of the compose file."""
        return self.built.project / "deploy"

    def compose(self, *arguments: str, stdin: str = "") -> str:
        """Run docker compose; return its output."""
        files = ("--file", "deploy/compose.yaml", "--file", "deploy/local.yaml")
        for _ in range(ATTEMPTS):
            done = subprocess.run(
                ["docker-compose", "--progress=plain", *files, *arguments],
                cwd=self.built.project,
                env=self.variables,
                input=stdin,
                check=False,
                capture_output=True,
                text=True,
            )
            if not LOST_RACE.search(done.stderr):
                break
        assert done.returncode == 0, f"{arguments}\n{done.stdout}{done.stderr}{self.logs()}"
        return done.stdout

    def logs(self) -> str:
        """Return the last lines of every container."""
        names = self.built.engine("podman", "ps", "--all", "--format={{.Names}}").split()
        lines = [self.built.engine.attempt("podman", "logs", "--tail=15", name) for name in names]
        return "\n".join(
            f"--- {name}\n{line.stdout}{line.stderr}"
            for name, line in zip(names, lines, strict=True)
        )

    def failed_lookups(self) -> int:
        """Count the requests for which the proxy never learned where the service is.

        podman's name server may not answer for half a minute after a container was replaced.
        """
        return self.compose("logs", "--no-color", "proxy").count("dial tcp: lookup service:")

    def containers(self) -> dict[str, dict[str, Any]]:
        """Return what podman knows of each container, by its name in the compose file."""
        label = "com.docker.compose.service"
        ids = self.built.engine("podman", "ps", "--all", "--quiet", f"--filter=label={label}")
        found = json.loads(self.built.engine("podman", "inspect", *ids.split()))
        return {container["Config"]["Labels"][label]: container for container in found}

    def inside(self, service: str, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a container that runs."""
        name = self.containers()[service]["Name"]
        return self.built.engine.attempt("podman", "exec", name, *command)


@contextmanager
def running(made: Built) -> Iterator[Stack]:
    """Do what docs/deployment.md says, from the secrets to the start; undo it in the end."""
    stack = prepare(made)
    for service in built.services(made.project).values():
        if "build" not in service:
            bases.official(made.engine, service["image"])
    with ExitStack() as undo:
        undo.enter_context(daemon.served(made.engine, stack.variables["DOCKER_HOST"]))
        undo.enter_context(daemon.timers(made.engine))
        undo.callback(stack.compose, "down", "--volumes", "--timeout=5")
        stack.compose("up", "--detach", "--no-build")
        wait_until_healthy(stack)
        yield stack


def prepare(made: Built) -> Stack:
    """Make the secrets, and the second compose file that fits this machine."""
    deploy, socket = made.project / "deploy", made.engine.folder / "podman.sock"
    made.engine("sh", str(deploy / "prepare.sh"))
    variables = made.engine.variables | {"DOCKER_HOST": f"unix://{socket}"}
    stack = Stack(made, variables, free_port(), free_port())
    ports = {"http": stack.http, "https": stack.https}
    lines = [
        LOCAL.format(name=name, more=MORE.get(name, "").format(**ports))
        for name in built.services(made.project)
    ]
    (deploy / "local.yaml").write_text("\n".join(["services:", *lines, ""]))
    rules = (deploy / "proxy" / "Caddyfile").read_text("utf-8")
    assert "\tadmin off\n" in rules
    (deploy / "proxy" / "Caddyfile.local").write_text(rules.replace("\tadmin off\n", OWN_AUTHORITY))
    return stack


def wait_until_healthy(stack: Stack) -> None:
    """Return once every container that says how it is says that it is well."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        states = [container["State"] for container in stack.containers().values()]
        said = [state["Health"]["Status"] for state in states if state.get("Health")]
        if set(said) <= {"healthy", ""}:
            return
        time.sleep(0.5)
    raise AssertionError(stack.logs())
