"""A database with the three roles of `deploy/database/`, its tables made by the owner."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.servers import postgresql

ROLES = ("owner", "service", "backup")


@dataclass(frozen=True)
class Roles:
    """URLs of one database: as the superuser, and as each of the roles."""

    superuser: str
    urls: dict[str, str]

    def name(self, role: str) -> str:
        """Return what PostgreSQL calls a role."""
        return str(urlsplit(self.urls[role]).username)

    @property
    def database(self) -> str:
        """Return the name of the database."""
        return urlsplit(self.superuser).path.strip("/")

    @contextmanager
    def connected(self, role: str) -> Iterator[psycopg.Connection]:
        """Yield a connection as a role; what it changed is undone."""
        with psycopg.connect(self.urls[role], autocommit=True) as connection:
            yield connection


def programs() -> str:
    """Return a PATH on which psql is found."""
    folder = postgresql.system_programs() or postgresql.wheel_programs()
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def new(superuser: str) -> Roles:
    """Return names of roles that nobody else has, with passwords; they are yet to be made."""
    parts, mark = urlsplit(superuser), secrets.token_hex(4)
    address = f"{parts.hostname}:{parts.port}"
    return Roles(
        superuser,
        {
            role: parts._replace(netloc=f"{role}_{mark}:{secrets.token_hex(16)}@{address}").geturl()
            for role in ROLES
        },
    )


def apply(deploy: Path, roles: Roles, folder: Path) -> None:
    """Make or repair the roles with the project's own command."""
    parts = urlsplit(roles.superuser)
    variables = {
        "PATH": programs(),
        "PGHOST": str(parts.hostname),
        "PGPORT": str(parts.port),
        "PGUSER": str(parts.username),
        "PGPASSWORD": str(parts.password or ""),
        "PGDATABASE": roles.database,
    }
    for role in ROLES:
        file = folder / f"{role}_password"
        file.write_text(str(urlsplit(roles.urls[role]).password))
        variables[f"{role.upper()}_ROLE"] = roles.name(role)
        variables[f"{role.upper()}_PASSWORD_FILE"] = str(file)
    script = str(deploy / "database" / "apply-roles.sh")
    done = subprocess.run(
        ["sh", script], env=variables, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def drop(roles: Roles) -> None:
    """Remove the roles, which outlive their database, and all that is theirs in this one."""
    with psycopg.connect(roles.superuser, autocommit=True) as connection:
        admin = sql.Identifier(connection.info.user)
        connection.execute(
            sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(roles.database), admin)
        )
        for role in ROLES:
            name = sql.Identifier(roles.name(role))
            connection.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(name))
            connection.execute(sql.SQL("DROP ROLE {}").format(name))


@contextmanager
def database(deploy: Path, server: str, folder: Path) -> Iterator[Roles]:
    """Yield a new database with roles of its own until the block ends."""
    with postgresql.database(server) as superuser:
        roles = new(superuser)
        try:
            apply(deploy, roles, folder)
            yield roles
        finally:
            drop(roles)
