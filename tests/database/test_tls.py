"""With TLS to its stores the service works, and believes only the CA that it was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.credentials.deployment import Deployment
from tests.database import tls_servers

PROGRAMS = tls_servers.postgresql_with_tls()
needs_tls = pytest.mark.skipif(PROGRAMS is None, reason="no PostgreSQL that was built with TLS")
ASK = """
from django.core.cache import cache
from django.db import connection
from guard.limits.counters import shared_store
def outcome(ask):
    try:
        return ask()
    except Exception as error:
        chain = []
        while error:
            chain.append(f"{type(error).__name__} {error}")
            error = error.__cause__ or error.__context__
        return " ".join(" ".join(chain).split())
def encrypted():
    with connection.cursor() as cursor:
        cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return cursor.fetchone()[0]
print("database", outcome(encrypted))
print("cache", outcome(lambda: cache.set("tls", 1)))
print("limits", outcome(lambda: shared_store().take([])))
"""


@dataclass(frozen=True)
class Stores:
    """Addresses without a word about TLS."""

    ca: Path
    database: str
    redis: str


@pytest.fixture(scope="module")
def ca() -> Iterator[Path]:
    with tls_servers.certificate() as file:
        yield file


@pytest.fixture(scope="module")
def other_ca() -> Iterator[Path]:
    with tls_servers.certificate() as file:
        yield file


@pytest.fixture(scope="module")
def database(ca: Path) -> Iterator[str]:
    assert PROGRAMS is not None
    with tls_servers.postgresql_server(PROGRAMS, ca) as url:
        yield url


@pytest.fixture(scope="module")
def redis_over_tls(ca: Path, redis_base_url: str) -> Iterator[str]:
    """Return the URL of the tests' Redis, spoken to by TLS."""
    parts = urlsplit(redis_base_url)
    with tls_servers.relay(parts.port or 6379, ca) as port:
        address = parts.netloc.rpartition("@")[0] + f"@127.0.0.1:{port}"
        yield parts._replace(scheme="rediss", netloc=address).geturl()


def asked(deployed: Deployment, **variables: str) -> dict[str, str]:
    """Ask each store once from inside of the service; return what came of it."""
    command = ("python", "manage.py", "shell", "-c", ASK)
    given = deployed.variables | variables
    lines = deployed.installed.run(deployed.project, *command, variables=given).splitlines()
    return dict(line.split(" ", 1) for line in lines if line.startswith(("data", "cach", "lim")))


@needs_tls
def test_a_database_is_verified(
    deployed: Deployment, database: str, ca: Path, other_ca: Path, postgres_base_url: str
) -> None:
    for url, believed, outcome in (
        (database, ca, "True"),
        (database, other_ca, "certificate verify failed"),
        (database.replace("127.0.0.1", "localhost"), ca, 'does not match host name "localhost"'),
        (postgres_base_url, ca, "server does not support SSL"),
    ):
        tls = f"?sslmode=verify-full&sslrootcert={believed}"
        assert outcome in asked(deployed, DATABASE_URL=url + tls)["database"]


def test_redis_is_verified(
    deployed: Deployment, redis_over_tls: str, redis_base_url: str, ca: Path, other_ca: Path
) -> None:
    right, wrong = (f"{redis_over_tls}?ssl_ca_certs={file}" for file in (ca, other_ca))
    good = asked(deployed, REDIS_URL=right)
    assert (good["cache"], good["limits"]) == ("None", "[]")
    for url, reason in (
        (wrong, "certificate verify failed"),
        (redis_over_tls, "certificate verify failed"),
        (redis_base_url.replace("redis:", "rediss:"), "_ssl.c"),
    ):
        refused = asked(deployed, REDIS_URL=url)
        assert reason in refused["cache"]
        assert reason in refused["limits"]
