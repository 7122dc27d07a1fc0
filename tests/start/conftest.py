"""A service that has all it needs, and one whose database has no tables yet."""

from __future__ import annotations

import secrets
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests.credentials.deployment import Deployment, deploy
from tests.matrix.environments import lines
from tests.servers import postgresql
from tests.servers.process import accepts_connections, ends_with_us, free_port

SECONDS = 60  # for a start that must end by itself


@dataclass(frozen=True)
class Start:
    """How a start ended that was refused."""

    code: int
    said: str
    opened: bool  # whether anything took connections meanwhile
    seconds: float


def refused(deployed: Deployment, **changed: str) -> Start:
    """Start the server with some variables `changed`; it must end by itself."""
    port, began, opened = free_port(), time.monotonic(), False
    given = deployed.variables | {"HOST": "127.0.0.1", "PORT": str(port)} | changed
    server = subprocess.Popen(
        ends_with_us([str(deployed.installed.folder / "bin" / "python"), "-m", "config.server"]),
        cwd=deployed.project,
        env=deployed.installed.variables(given),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        while server.poll() is None and time.monotonic() < began + SECONDS:
            opened = opened or ("PORT" not in changed and accepts_connections(port))
            time.sleep(0.02)
    finally:
        server.kill()
    said, _ = server.communicate()
    return Start(server.returncode, said, opened, time.monotonic() - began)


@pytest.fixture(scope="session")
def complete(
    tmp_path_factory: pytest.TempPathFactory, postgres_base_url: str, redis_base_url: str
) -> Iterator[Deployment]:
    """Return what is deployed, its database migrated."""
    with postgresql.database(postgres_base_url) as database_url:
        yield deploy(tmp_path_factory.mktemp("start"), lines()[0], database_url, redis_base_url)


@pytest.fixture
def role_url(complete: Deployment) -> Iterator[str]:
    """URL for a role that may connect, and nothing else."""
    name, password = f"start_{secrets.token_hex(8)}", secrets.token_urlsafe()
    role = sql.Identifier(name)
    with psycopg.connect(complete.database_url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, password))
        try:
            parts = urlsplit(complete.database_url)
            _, _, place = parts.netloc.rpartition("@")
            yield parts._replace(netloc=f"{name}:{password}@{place}").geturl()
        finally:
            owner.execute(sql.SQL("DROP OWNED BY {}").format(role))
            owner.execute(sql.SQL("DROP ROLE {}").format(role))
