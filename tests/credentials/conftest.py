"""The service as it is deployed, and one that forgives refresh tokens that are used twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.credentials.caller import Caller
from tests.credentials.deployment import Deployment, Running

GRACE = {"JWT_REFRESH_GRACE_SECONDS": "60"}


@pytest.fixture(scope="session")
def running(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with deployment.running(tmp_path_factory.mktemp("strict") / "log") as service:
        yield service


@pytest.fixture(scope="session")
def forgiving(
    deployment: Deployment, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Run the same service with a grace for refresh tokens that are used twice."""
    with deployment.running(tmp_path_factory.mktemp("grace") / "log", **GRACE) as service:
        yield service


@pytest.fixture
def caller(running: Running) -> Caller:
    return running.caller
