"""Three processes behind nginx, accounts, and what a fault costs them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.clients import under_load
from tests.chaos.fleet import Member, fleet
from tests.chaos.proxy import Edge, nginx
from tests.chaos.tally import Tally, tally
from tests.credentials.accounts import TOKENS, Headers, api_token, credentials, new_account
from tests.credentials.deployment import Deployment
from tests.smoke.client import Client

CLIENTS = 10
TRIES = 10  # of passwords, an hour


@dataclass(frozen=True)
class Chaos:
    """Processes, the way to them, and those who use them."""

    members: list[Member]
    edge: Edge
    database_url: str
    tokens: list[Headers]
    calm: float  # seconds of nothing but load, before and after a fault

    def suffer(self, name: str, fault: Callable[[], float]) -> Tally:
        """Make one fault under load, and count; it returns the moment at which it is over."""
        with under_load(self.edge.port, str(self.edge.certificate), self.tokens) as outcomes:
            time.sleep(self.calm)
            over = fault()
            time.sleep(self.calm)
        return tally(name, outcomes, over, self.database_url)


def logged_in(port: int, database_url: str) -> Iterator[Headers]:
    """Yield the API token of a new account for each client."""
    for number in range(CLIENTS):
        elsewhere = {"X-Forwarded-For": f"198.51.100.{number}"}
        body = credentials(new_account(database_url))
        yield api_token(Client(port).post(TOKENS, body, elsewhere))


@contextmanager
def chaos(deployment: Deployment, folder: Path, calm: float) -> Iterator[Chaos]:
    """Run three processes of a service behind nginx until the block ends."""
    changed = {"THROTTLE_LOGIN": f"{TRIES}/hour"}
    page, database_url = deployment.project / "docs" / "resilience.md", deployment.database_url
    with fleet(deployment, folder, **changed) as members:
        ports = [member.port for member in members]
        with nginx(page, ports) as edge:
            tokens = list(logged_in(ports[0], database_url))
            yield Chaos(members, edge, database_url, tokens, calm)
