"""One world for the tests that the suite runs; `./run chaos` has more of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chaos.world import Chaos, chaos
from tests.credentials.deployment import Deployment


@pytest.fixture(scope="session")
def world(deployed: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chaos]:
    folder = tmp_path_factory.mktemp("chaos")
    with chaos(deployed, folder, calm=1.5) as running:
        yield running
