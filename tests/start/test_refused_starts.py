"""A start that cannot work says why in a line a fault, opens no port, and ends."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql

from tests.credentials.deployment import Deployment
from tests.fire.store import losable
from tests.servers import postgresql
from tests.start.conftest import Start, refused

WRONG = "hunter2-is-not-the-password"
DATABASE = "DATABASE_URL: no connection to the database: "
REDIS = "REDIS_URL: Redis does not answer: "
PATIENCE = 45  # seconds of a start on a busy machine; a wait without a bound is minutes


def passwords(*addresses: str) -> list[str]:
    return [unquote(urlsplit(address).password or WRONG) for address in addresses]


def told(start: Start, deployed: Deployment, *beginnings: str) -> list[str]:
    """Return the lines, which begin so and show no password."""
    lines = start.said.splitlines()
    assert start.code == 1, start.said
    assert len(lines) == len(beginnings), start.said
    assert all(line.startswith(begun) for line, begun in zip(lines, beginnings, strict=True))
    assert not start.opened
    given = deployed.variables
    for secret in [*passwords(given["DATABASE_URL"], given["REDIS_URL"]), WRONG]:
        assert secret not in start.said
    return lines


def with_password(address: str, password: str) -> str:
    parts = urlsplit(address)
    place = f"{parts.username or ''}:{password}@{parts.hostname}:{parts.port}"
    return parts._replace(netloc=place).geturl()


def elsewhere(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=f"{parts.username or ''}:{WRONG}@127.0.0.1:1").geturl()


def test_wrong_passwords_are_told(complete: Deployment) -> None:
    urls = {name: complete.variables[name] for name in ("DATABASE_URL", "REDIS_URL")}
    start = refused(complete, **{name: with_password(url, WRONG) for name, url in urls.items()})
    database, store = told(start, complete, DATABASE, REDIS)
    assert "password authentication failed" in database
    assert "invalid username-password pair" in store


def test_stores_that_are_not_there_are_told(complete: Deployment) -> None:
    urls = {name: complete.variables[name] for name in ("DATABASE_URL", "REDIS_URL")}
    start = refused(complete, **{name: elsewhere(url) for name, url in urls.items()})
    for line in told(start, complete, DATABASE, REDIS):
        assert "refused" in line


def test_a_redis_that_hangs_is_given_up(complete: Deployment) -> None:
    with losable() as store:
        store.hang()
        start = refused(complete, REDIS_URL=store.url)
        told(start, complete, REDIS)
    assert start.seconds < PATIENCE


def test_a_database_without_tables_is_told(complete: Deployment, postgres_base_url: str) -> None:
    with postgresql.database(postgres_base_url) as empty:
        (line,) = told(
            refused(complete, DATABASE_URL=empty), complete, "DATABASE_URL: the database lacks "
        )
    assert "Run `python manage.py migrate`" in line


def test_a_missing_secret_and_a_log_that_cannot_be_written_are_told(
    complete: Deployment, tmp_path: Path
) -> None:
    start = refused(complete, SECRET_KEY="", LOG_FILE=str(tmp_path / "nowhere" / "log"))
    first = "The service cannot start with this environment"
    told(start, complete, first, "  LOG_FILE: cannot be written", "  SECRET_KEY: is too weak")


def test_a_port_that_is_taken_is_told(complete: Deployment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        start = refused(complete, PORT=str(other.getsockname()[1]))
    assert start.code == 1
    assert "Traceback" not in start.said
    assert "cannot listen on" in start.said.splitlines()[-1]


def test_a_role_that_may_not_look_is_told(complete: Deployment, role_url: str) -> None:
    start = refused(complete, DATABASE_URL=role_url)
    told(start, complete, "DATABASE_URL: django_migrations cannot be read: permission denied")
    assert passwords(role_url)[0] not in start.said


def test_a_role_that_may_only_look_starts_and_stays_ready_whatever_becomes_of_migrations(
    complete: Deployment, role_url: str, tmp_path: Path
) -> None:
    role = sql.Identifier(urlsplit(role_url).username or "")
    rename = "UPDATE django_migrations SET app = %s WHERE app = %s"
    with psycopg.connect(complete.database_url, autocommit=True) as owner:
        owner.execute(sql.SQL("GRANT SELECT ON django_migrations TO {}").format(role))
        with complete.running(tmp_path / "log", DATABASE_URL=role_url) as running:
            owner.execute(rename, ("gone", "sessions"))
            answer = running.caller.get("/readyz")
            owner.execute(rename, ("sessions", "gone"))
    assert answer.status == 200
