"""Production servers with one thread in each of four processes, and with eight in each of two.

The one runs on the first Django line, the other on the last. When all tests of a deployment are
done, its database is searched for everything that it has handed out or been sent in secret.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.credentials.accounts import new_account
from tests.credentials.deployment import Deployment, deploy
from tests.credentials.ledger import Ledger, readable
from tests.matrix.environments import lines
from tests.servers import postgresql

MODES = {
    "single-threaded": ({"WORKERS": "4", "THREADS": "1"}, 0),
    "threaded": ({"WORKERS": "2", "THREADS": "8"}, -1),
}


@pytest.fixture(scope="session", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def deployment(
    mode: str,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_base_url: str,
    redis_base_url: str,
) -> Iterator[Deployment]:
    """Generate a service; after all of its tests nothing that was handed out is readable."""
    workers, line = MODES[mode]
    folder = tmp_path_factory.mktemp(mode)
    with postgresql.database(postgres_base_url) as database_url:
        deployed = deploy(folder, lines()[line], database_url, redis_base_url)
        deployed.variables.update(workers)
        yield deployed
        assert readable(deployed.ledger, database_url) == {}


@pytest.fixture
def ledger(deployment: Deployment) -> Ledger:
    return deployment.ledger


@pytest.fixture
def account(deployment: Deployment) -> str:
    """Name of a new account."""
    return new_account(deployment.database_url)
