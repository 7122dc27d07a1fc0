"""The fixtures that give tests a real PostgreSQL and a real Redis.

Every pytest worker has servers of its own, started when its first test asks for one. DATABASE_URL
and REDIS_URL name servers to use instead: databases are created and dropped on the one, the
other's databases are emptied. Nothing is skipped: where no server can be had, the test fails with
a sentence that says what to install.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import redis

from tests.servers import postgresql, redis_server


@pytest.fixture(scope="session")
def postgres_base_url() -> Iterator[str]:
    """URL of a PostgreSQL server on which databases may be created."""
    with postgresql.server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_base_url: str) -> Iterator[str]:
    """URL of an empty database, this test's own."""
    with postgresql.database(postgres_base_url) as url:
        yield url


@pytest.fixture(scope="session")
def redis_base_url() -> Iterator[str]:
    """URL of a Redis database that only this pytest worker uses."""
    with redis_server.server() as url:
        yield redis_server.of_worker(url, os.environ.get("PYTEST_XDIST_WORKER", "main"))


@pytest.fixture
def redis_url(redis_base_url: str) -> str:
    """URL of an empty Redis database."""
    with redis.Redis.from_url(redis_base_url) as client:
        client.flushdb()
    return redis_base_url
