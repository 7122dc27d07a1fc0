"""How the server starts, refuses to start, loses its database, and stops."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.servers import postgresql
from tests.servers.process import accepts_connections, free_port
from tests.smoke import service as services
from tests.smoke.client import Client, Response
from tests.smoke.conftest import Deployment
from tests.smoke.test_api_tokens import NOTES, log_in

REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "REDIS_URL",
    "JWT_PRIVATE_KEY",
    "CORS_ALLOWED_ORIGINS",
)
# Within the lock_timeout of the service, and long after a server that drops requests is gone.
HELD_SECONDS = 2.5
UNSAFE = {
    "DEBUG": "1",
    "SECRET_KEY": "change-me",
    "ALLOWED_HOSTS": "*",
    "DATABASE_URL": "sqlite:///db.sqlite3",
    "REDIS_URL": "memory://",
    "JWT_PRIVATE_KEY": "generate:p256",
    "CORS_ALLOWED_ORIGINS": "http://app.example.com",
}


def refused_start(deployment: Deployment, variables: dict[str, str], log: Path) -> str:
    """Start the server, which must exit by itself without ever opening its port."""
    port = free_port()
    listening = {"HOST": "127.0.0.1", "PORT": str(port)}
    server = services.process(deployment.installed, deployment.project, variables | listening, log)
    opened = False
    deadline = time.monotonic() + services.START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        opened = opened or accepts_connections(port)
        time.sleep(0.005)
    assert services.stop(server) not in {0, -15}
    assert not opened
    return log.read_text(encoding="utf-8")


def test_missing_variables_stop_the_start_with_one_message(
    deployment: Deployment, tmp_path: Path
) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    message = refused_start(deployment, settings, tmp_path / "log")
    assert "Traceback" not in message
    assert [name for name in REQUIRED if message.count(f" {name}: ") != 1] == []


def test_unsafe_values_stop_the_start_with_one_message(
    deployment: Deployment, tmp_path: Path
) -> None:
    message = refused_start(deployment, deployment.variables | UNSAFE, tmp_path / "log")
    assert "Traceback" not in message
    assert [name for name in UNSAFE if message.count(f" {name}: ") != 1] == []


def test_a_stopped_database_is_said_without_its_address(
    deployment: Deployment, tmp_path: Path
) -> None:
    programs = postgresql.system_programs() or postgresql.wheel_programs()
    assert programs, postgresql.NOT_FOUND
    with ExitStack() as database:
        url = database.enter_context(postgresql.own_server(programs))
        given = deployment.variables | {"DATABASE_URL": url}
        services.prepare(deployment.installed, deployment.project, given)
        with deployment.running(tmp_path, DATABASE_URL=url) as service:
            assert service.client.get("/readyz").status == 200
            database.close()
            answer = service.client.get("/readyz")
            assert answer.status == 503
            assert service.client.get("/livez").status == 200
            password = url.split(":")[2].split("@")[0]
            for secret in (b"postgres", b"127.0.0.1", password.encode()):
                assert secret not in answer.body
            assert password not in service.output()


@contextmanager
def locked_notes(url: str) -> Iterator[psycopg.Connection]:
    """Hold a lock that makes writing a note wait."""
    with psycopg.connect(url) as holder:
        holder.execute("LOCK TABLE notes_note IN ACCESS EXCLUSIVE MODE")
        yield holder


def wait_for_waiting_query(url: str) -> None:
    """Return once a query waits for the lock."""
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    with psycopg.connect(url, autocommit=True) as observer:
        deadline = time.monotonic() + 4
        while observer.execute(query).fetchone() == (0,):
            assert time.monotonic() < deadline, "the request never reached the database"
            time.sleep(0.01)


def slow_write(client: Client, token: dict[str, str], pool: ThreadPoolExecutor) -> Future[Response]:
    """Send a note that waits for the lock."""
    return pool.submit(client.post, NOTES, {"title": "In flight", "text": "Still here"}, token)


@pytest.mark.usefixtures("redis_url")
def test_a_request_in_flight_is_answered_after_sigterm(
    deployment: Deployment, tmp_path: Path
) -> None:
    url = deployment.variables["DATABASE_URL"]
    with deployment.running(tmp_path) as service, ThreadPoolExecutor() as pool:
        token = log_in(service.client, "dave")
        with locked_notes(url) as holder:
            pending = slow_write(service.client, token, pool)
            wait_for_waiting_query(url)
            service.process.terminate()
            time.sleep(HELD_SECONDS)
            assert not pending.done()
            holder.rollback()
        assert pending.result(services.STOP_SECONDS).status == 201
        assert service.process.wait(services.STOP_SECONDS) == 0
