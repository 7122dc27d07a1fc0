"""A generated service with all options on a database of its own, started as often as needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.credentials.caller import Caller
from tests.credentials.ledger import Ledger
from tests.generation.answers import Answer, all_options, bake
from tests.matrix import combinations, production
from tests.matrix.environments import Environment, environment
from tests.smoke import service as services
from tests.smoke.service import Service

NO_LIMIT = "1000000/minute"


@dataclass(frozen=True)
class Running:
    """A service that runs, and a caller of it."""

    service: Service
    caller: Caller


@dataclass(frozen=True)
class Deployment:
    """A service that is ready to start, what it is started with, and what it has handed out."""

    installed: Environment
    project: Path
    variables: dict[str, str]
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def database_url(self) -> str:
        """URL of the service's database."""
        return self.variables["DATABASE_URL"]

    @contextmanager
    def running(self, log: Path, **changed: str) -> Iterator[Running]:
        """Run it until the block ends, some variables `changed`; its log shows no credential."""
        variables = self.variables | changed
        with services.running(self.installed, self.project, variables, log) as service:
            yield Running(service, Caller(service.client.port, self.ledger))
        shown = self.ledger.found_in(service.output())
        assert not shown, f"the log of the service shows: {shown}"


def deploy(
    folder: Path, line: str, database_url: str, redis_url: str, **changed: Answer
) -> Deployment:
    """Generate a service for a Django line, its limits out of the way, and make its tables.

    It has all options but those that are `changed`.
    """
    answers = all_options() | {"django_version": line, "ci_provider": "none"} | changed
    installed, project = environment(line), bake(folder, **answers)
    needed = production.variables(combinations.names(answers), database_url, redis_url)
    documented = (project / ".env.example").read_text("utf-8")
    limits = re.findall(r"^(THROTTLE_\w+)=", documented, re.MULTILINE)
    given = needed | dict.fromkeys(limits, NO_LIMIT) | {"BEHIND_TLS_PROXY": "yes"}
    services.prepare(installed, project, given)
    return Deployment(installed, project, given)
