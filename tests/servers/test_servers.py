"""Each source of a server works, and a machine without any is told what to install."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from tests.generation.answers import ROOT
from tests.servers import postgresql, redis_server
from tests.servers.process import (
    ServerError,
    accepts_connections,
    ends_with_us,
    running,
    unprivileged,
)

POSTGRES_SOURCES = [
    source for source in (postgresql.system_programs(), postgresql.wheel_programs()) if source
]
REDIS_SOURCES = [
    source for source in (redis_server.system_program(), redis_server.wheel_program()) if source
]


@pytest.mark.parametrize("programs", POSTGRES_SOURCES, ids=str)
def test_postgresql_starts_from_every_source_of_this_machine(programs: Path) -> None:
    with postgresql.own_server(programs) as server, postgresql.database(server) as url:
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT 6 * 7").fetchone() == (42,)
        port = psycopg.conninfo.conninfo_to_dict(url)["port"]
    assert not accepts_connections(int(str(port)))


@pytest.mark.parametrize("program", REDIS_SOURCES, ids=str)
def test_redis_starts_from_every_source_of_this_machine(program: Path) -> None:
    with redis_server.own_server(program) as url, redis.Redis.from_url(url) as client:
        assert client.set("answer", "42")
        assert client.get("answer") == b"42"
        port = client.connection_pool.connection_kwargs["port"]
    assert not accepts_connections(port)


def test_own_postgresql_asks_for_a_password() -> None:
    with postgresql.own_server(POSTGRES_SOURCES[0]) as url:
        address = url.rpartition("@")[2]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(f"postgresql://postgres:wrong@{address}")


def test_own_redis_asks_for_a_password() -> None:
    with (
        redis_server.own_server(REDIS_SOURCES[0]) as url,
        redis.Redis.from_url(f"redis://{url.rpartition('@')[2]}") as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_urls_of_the_environment_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://given/name")
    monkeypatch.setenv("REDIS_URL", "redis://given/3")
    with postgresql.server() as database, redis_server.server() as store:
        assert (database, store) == ("postgresql://given/name", "redis://given/3")


def test_every_test_has_an_empty_database_that_is_dropped(postgres_base_url: str) -> None:
    with (
        postgresql.database(postgres_base_url) as first,
        postgresql.database(postgres_base_url) as second,
    ):
        assert first != second
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(first)


def test_every_worker_has_a_redis_database_of_its_own() -> None:
    assert redis_server.of_worker("redis://h:1/0", "gw3") == "redis://h:1/3"
    assert redis_server.of_worker("redis://:p@h:1/2", "gw1") == "redis://:p@h:1/3"
    assert redis_server.of_worker("redis://h:1", "main") == "redis://h:1/0"


def test_a_machine_without_servers_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    for module, lookups in (
        (postgresql, ("system_programs", "wheel_programs")),
        (redis_server, ("system_program", "wheel_program")),
    ):
        for lookup in lookups:
            monkeypatch.setattr(module, lookup, lambda: None)
    with pytest.raises(LookupError, match="apt-get install postgresql"), postgresql.server():
        pass
    with pytest.raises(LookupError, match="apt-get install redis-server"), redis_server.server():
        pass


def test_a_server_that_cannot_start_fails_with_what_it_printed(tmp_path: Path) -> None:
    @contextmanager
    def broken() -> Iterator[int]:
        with running(
            lambda _port: ["sh", "-c", "echo no such luck; exit 3"], unprivileged(), tmp_path
        ) as port:
            yield port

    tmp_path.chmod(0o777)
    with pytest.raises(ServerError, match="no such luck"), broken():
        pass


# A shell that starts us in the background has the interrupt ignored; PostgreSQL and Redis do not.
KILLED = """
import os, signal, subprocess, time
from tests.servers.process import ends_with_us
signal.signal(signal.SIGINT, signal.SIG_DFL)
nowhere = subprocess.DEVNULL
server = subprocess.Popen(ends_with_us(["sleep", "60"]), stdout=nowhere, stderr=nowhere)
print(server.pid, flush=True)
while not os.readlink(f"/proc/{server.pid}/exe").endswith("sleep"):
    time.sleep(0.01)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not ends_with_us([]), reason="no setpriv: not Linux, or not util-linux")
def test_a_server_ends_when_the_tests_are_killed() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], cwd=ROOT, check=False, capture_output=True, text=True
    )
    server = Path("/proc", killed.stdout.strip(), "exe")
    deadline = time.monotonic() + 5
    while os.path.lexists(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    with pytest.raises(OSError, match="No such"):
        server.readlink()


def test_servers_do_not_run_as_root() -> None:
    assert unprivileged().uid != 0
    if os.geteuid() != 0:
        assert unprivileged().uid == os.geteuid()
