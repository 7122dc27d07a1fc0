"""What somebody types after `docker`, done with the processes of a machine."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.operations import containers
from tests.operations.machine import Machine
from tests.operations.stand_in import Answer, Asked

WRAPPER = '#!/bin/sh\nPATH=${PATH#*:}\nexec redis-cli -p %d "$@"\n'


@dataclass
class Typed:
    """Does what `docker compose` would do."""

    machine: Machine
    superuser: list[str] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answer:
        """Do what somebody asked of `docker compose -f deploy/compose.yaml`."""
        words = asked.words
        assert words[:3] == ["compose", "-f", "deploy/compose.yaml"], words
        self.machine.shell, verb = asked.environment, words[3]
        plain = [word for word in words[4:] if word not in {"-T", "--rm", "-d"}]
        if verb == "up":
            self.up([word for word in plain if not word.startswith("--")])
        if verb == "logs":
            return 0, self.machine.printed()
        if verb in {"run", "exec"}:
            return self.run(plain[0], plain[1:], asked.given)
        return 0, ""

    def up(self, names: list[str]) -> None:
        """Make containers anew; without names it is the service whose environment may differ."""
        if "redis" in names:
            self.machine.start_redis()
        if "service" in names or not names:
            self.machine.start_service()

    def run(self, name: str, command: list[str], given: str) -> Answer:
        """Run a command, or the container's own, as it would run in there."""
        own = containers.services(self.machine.deploy)[name].get("command", [])
        changed = [
            word.replace("/srv/deploy", str(self.machine.deploy)).replace(
                containers.SECRETS, f"{self.machine.deploy}/private/"
            )
            for word in command or own
        ]
        variables = self.machine.given if name == "service" else self.machine.environment(name)
        if name == "database":
            variables = {
                "PGHOST": "127.0.0.1",
                "PGPORT": str(self.machine.addresses.database),
                "PGPASSWORD": self.superuser_password(),
            }
        variables = self.machine.installed.variables(variables)
        folders = (self.wrappers(), self.machine.programs, variables["PATH"])
        done = subprocess.run(
            changed,
            cwd=self.machine.project,
            env=variables | {"PATH": os.pathsep.join(map(str, folders))},
            check=False,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    def wrappers(self) -> Path:
        """Return the folder of a redis-cli that finds the port by itself."""
        folder = self.machine.log.parent / "wrappers"
        if not folder.exists():
            folder.mkdir()
            program = folder / "redis-cli"
            program.write_text(WRAPPER % self.machine.addresses.redis)
            program.chmod(0o755)
        return folder

    def superuser_password(self) -> str:
        """Return the one that PostgreSQL takes; in the container no password is asked for."""
        self.superuser.append(self.machine.secret("superuser_password"))
        for password in reversed(self.superuser):
            try:
                self.machine.connect("postgres", password, "postgres").close()
            except psycopg.OperationalError:
                continue
            return password
        message = "no superuser's password is right"
        raise AssertionError(message)
