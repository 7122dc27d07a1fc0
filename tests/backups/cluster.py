"""A PostgreSQL cluster with the three roles, and the project's scripts run against it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.generation.answers import TREE
from tests.servers import postgresql

DEPLOY = TREE / "deploy"
DATABASE = "service"
ROLES = {name: f"password-of-{name}" for name in ("service_owner", "service", "service_backup")}


@dataclass(frozen=True)
class Cluster:
    """One that runs; its superuser is `postgres`."""

    superuser_url: str
    programs: Path

    def url(self, role: str | None = None, database: str = DATABASE) -> str:
        """Return the URL of a database, for a role or else the superuser."""
        parts = urlsplit(self.superuser_url)
        host = f"{parts.hostname}:{parts.port}"
        user = f"{role}:{ROLES[role]}" if role else f"{parts.username}:{parts.password}"
        return f"postgresql://{user}@{host}/{database}"

    def environment(self, role: str | None = None, **added: str) -> dict[str, str]:
        """Return what the scripts read to connect as a role, or else as the superuser."""
        parts = urlsplit(self.url(role))
        return {
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "PGHOST": str(parts.hostname),
            "PGPORT": str(parts.port),
            "PGUSER": str(parts.username),
            "PGPASSWORD": str(parts.password),
            "PGDATABASE": DATABASE,
        } | added

    def script(
        self, name: str, *arguments: str | Path, role: str | None = None, **added: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a script of deploy/ to its end."""
        return subprocess.run(
            ["sh", DEPLOY / name, *arguments],
            env=self.environment(role, **added),
            check=False,
            capture_output=True,
            text=True,
        )

    def rows(self, query: str, database: str = DATABASE) -> list[tuple[object, ...]]:
        """Return what a query answers the superuser."""
        with psycopg.connect(self.url(database=database)) as connection:
            return connection.execute(query.encode()).fetchall()

    def execute(self, statement: str) -> None:
        """Change the service's database as the superuser."""
        with psycopg.connect(self.url()) as connection:
            connection.execute(statement.encode())

    def databases(self) -> set[str]:
        """Return the names of all databases but PostgreSQL's own."""
        found = self.rows("SELECT datname FROM pg_database WHERE oid >= 16384", "postgres")
        return {str(name) for (name,) in found}

    def tables(self, database: str) -> dict[str, set[str]]:
        """Return every row of every table, as text."""
        names = self.rows("SELECT relname FROM pg_stat_user_tables", database)
        return {
            str(name): {str(row) for (row,) in self.rows(f"SELECT t::text FROM {name} t", database)}  # noqa: S608 - a name of the catalog
            for (name,) in names
        }


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run one until the block ends, its roles and an empty database made by the project's script.

    Always one of our own: roles belong to a whole cluster, and a user's are left alone.
    """
    programs = postgresql.system_programs() or postgresql.wheel_programs()
    if programs is None:
        raise LookupError(postgresql.NOT_FOUND)
    with postgresql.own_server(programs) as url:
        made = Cluster(url, programs)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        files = {}
        for role, password in ROLES.items():
            file = folder / role
            file.write_text(password)
            files[f"{role.removeprefix('service_').upper()}_PASSWORD_FILE"] = str(file)
        done = made.script("database/apply-roles.sh", **files)
        assert done.returncode == 0, done.stderr
        yield made
