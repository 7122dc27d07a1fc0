"""What the tests of containers share; they run only when asked for, by `./run image`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.image.built import COMBINATIONS, Built, build
from tests.image.confined import Confined, confined
from tests.image.edge import Edge
from tests.image.stack import Stack, running
from tests.servers import postgresql
from tests.smoke.service import ACCOUNTS


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave these tests out of the suite."""
    return None if config.getoption("--containers") else True


@pytest.fixture(scope="session", params=COMBINATIONS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the image of a project with the default answers, then of one with all options."""
    return build(request.param, _folder(tmp_path_factory, request.param))


def _folder(factory: pytest.TempPathFactory, name: str) -> Path:
    return factory.getbasetemp() / f"project-{name}"


@pytest.fixture(scope="session")
def container(
    built: Built,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_base_url: str,
    redis_base_url: str,
) -> Iterator[Confined]:
    """Run the image confined, on a database of its own."""
    with (
        postgresql.database(postgres_base_url) as database_url,
        confined(
            built, tmp_path_factory.mktemp("secrets"), database_url, redis_base_url
        ) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def stack(built: Built) -> Iterator[Stack]:
    """Run everything that the compose file starts, with accounts to log in with."""
    with running(built) as started:
        manage = ("exec", "--no-TTY", "service", "python", "manage.py")
        started.compose(*manage, "shell", stdin=ACCOUNTS)
        yield started


@pytest.fixture
def edge(stack: Stack) -> Edge:
    """Return a client of the proxy."""
    return Edge(stack.https)
