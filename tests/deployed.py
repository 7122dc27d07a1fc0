"""One running service with all options, for the tests that only need one to be there.

Shared by all that a pytest worker runs in tests/browser and tests/scanners; a browser and the
scanners reach it over TLS, through a proxy like the one that stands before every service.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.credentials.deployment import Deployment, Running, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql, tls
from tests.servers.tls import Ports


@pytest.fixture(scope="session")
def deployed(
    tmp_path_factory: pytest.TempPathFactory, postgres_base_url: str, redis_base_url: str
) -> Iterator[Deployment]:
    """Return what is deployed, on the first Django line, its limits out of the way."""
    with postgresql.database(postgres_base_url) as database_url:
        folder = tmp_path_factory.mktemp("deployed")
        yield deploy(folder, lines()[0], database_url, redis_base_url)


@pytest.fixture(scope="session")
def live(deployed: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return the running service; its log shows no credential that the tests were given."""
    with deployed.running(tmp_path_factory.mktemp("live") / "log") as service:
        yield service


@pytest.fixture(scope="session")
def edge(live: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """Return where the service answers over TLS."""
    with tls.proxy(live.service.client.port, tmp_path_factory.mktemp("tls")) as ports:
        yield ports
