"""A service that counts: two processes with four threads each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.credentials.deployment import Deployment
from tests.servers.process import free_port
from tests.watching.scrape import Watched


@contextmanager
def watching(deployed: Deployment, folder: Path) -> Iterator[Watched]:
    """Run the service until the block ends; what it leaves in its temporary folder is a fault."""
    port = free_port()
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    changed = {"WORKERS": "2", "THREADS": "4", "METRICS_PORT": str(port)}
    with deployed.running(folder / "log", TMPDIR=str(temporary), **changed) as running:
        yield Watched(running, port, temporary)
    assert list(temporary.iterdir()) == []


@pytest.fixture(scope="module")
def watched(deployed: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with watching(deployed, tmp_path_factory.mktemp("watched")) as service:
        yield service
