"""A PgBouncer in front of one database, from the system's package."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import psycopg

from tests.servers.process import running, unprivileged

# What docs/database.md in the project says, but for the addresses.
SETTINGS = """
[databases]
{database} = host={host} port={port} dbname={database}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
pool_mode = {mode}
default_pool_size = {size}
max_client_conn = 500
ignore_startup_parameters = options
query_wait_timeout = 10
server_idle_timeout = 60
"""


def program() -> str:
    """Return the program, or say what to install."""
    found = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if found is None:
        message = "PgBouncer is missing (Debian: apt-get install pgbouncer)"
        raise LookupError(message)
    return found


def through(parts: SplitResult, port: int) -> str:
    """Return a database's URL by way of a port."""
    return parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{port}").geturl()


@contextmanager
def server(database_url: str, mode: str, size: int) -> Iterator[str]:
    """Run one that keeps at most `size` connections; yield the URL that leads through it."""
    account, parts = unprivileged(), urlsplit(database_url)
    with tempfile.TemporaryDirectory(prefix="secure-drf-pgbouncer-") as name:
        folder = Path(name)
        account.own(folder)
        users, settings = folder / "users.txt", folder / "pgbouncer.ini"
        users.write_text(f'"{parts.username}" "{parts.password}"\n')

        def command(port: int) -> list[str]:
            facts = {"database": parts.path.strip("/"), "host": parts.hostname, "port": parts.port}
            settings.write_text(
                SETTINGS.format(**facts, listen=port, users=users, mode=mode, size=size)
            )
            for file in (users, settings):
                file.chmod(0o600)
                account.own(file)
            return [program(), str(settings)]

        def answers(port: int) -> bool:
            try:
                psycopg.connect(through(parts, port), connect_timeout=2).close()
            except psycopg.OperationalError:
                return False
            return True

        with running(command, account, folder, answers) as port:
            yield through(parts, port)
