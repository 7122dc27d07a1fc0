"""Least privilege on a real PostgreSQL: what each role cannot do, and what it can."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from tests.credentials.deployment import Deployment
from tests.database.refusals import EVERYTHING, GRANTABLE
from tests.database.roles import Roles, apply, database
from tests.generation.answers import TREE

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = %s"
OWNERS = """
SELECT DISTINCT relowner::regrole::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace
"""

LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
MIGRATED = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout"):
        print(name, cursor.execute(f"SHOW {name}").fetchone()[0])
"""


def text(roles: Roles, role: str, statement: str) -> str:
    """Put the names into a statement."""
    return statement.format(
        owner=roles.name("owner"), role=roles.name(role), database=roles.database
    )


@pytest.mark.parametrize(("role", "act"), EVERYTHING, ids=str)
def test_it_is_refused(roles: Roles, role: str, act: str) -> None:
    statement = text(roles, role, EVERYTHING[role, act][0])
    with roles.connected(role) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement)


def test_each_refusal_is_the_want_of_a_grant(roles: Roles) -> None:
    with psycopg.connect(roles.superuser) as connection:
        for (role, act), (statement, grant) in GRANTABLE.items():
            with connection.transaction(force_rollback=True):
                connection.execute(text(roles, role, str(grant)))
                connection.execute(f"SET LOCAL SESSION AUTHORIZATION {roles.name(role)}")
                try:
                    connection.execute(text(roles, role, statement))
                except psycopg.Error as error:
                    pytest.fail(f"{role}: {act}: {error}")


def relations(roles: Roles, kind: str) -> list[str]:
    with psycopg.connect(roles.superuser) as connection:
        return [name for (name,) in connection.execute(TABLES, [kind])]


def test_the_owner_owns_everything(roles: Roles) -> None:
    with psycopg.connect(roles.superuser) as connection:
        assert connection.execute(OWNERS).fetchall() == [(roles.name("owner"),)]


def test_the_service_works_on_the_rows_of_every_table(roles: Roles) -> None:
    tables = relations(roles, "r")
    assert {"later", "accounts_user", "django_migrations"} <= set(tables)
    with roles.connected("service") as connection:
        for table in tables:
            for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE"):
                allowed = table != "django_migrations" or privilege == "SELECT"
                answer = connection.execute(
                    "SELECT has_table_privilege(%s, %s)", [table, privilege]
                )
                assert answer.fetchone() == (allowed,), (table, privilege)


def test_the_backup_reads_every_table_and_sequence(roles: Roles) -> None:
    with roles.connected("backup") as connection:
        for name in relations(roles, "r") + relations(roles, "S"):
            connection.execute(sql.SQL("SELECT * FROM {} LIMIT 1").format(sql.Identifier(name)))


def test_nobody_reaches_the_database_of_another_service(
    roles: Roles, postgres_base_url: str, tmp_path: Path
) -> None:
    with database(TREE / "deploy", postgres_base_url, tmp_path) as other:
        for role in ("owner", "service", "backup"):
            url = roles.urls[role].rpartition("/")[0] + f"/{other.database}"
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(url)


def test_the_roles_are_repaired(roles: Roles, tmp_path: Path) -> None:
    with psycopg.connect(roles.superuser, autocommit=True) as connection:
        for grant in ("GRANT TRUNCATE ON later TO {}", "GRANT UPDATE ON django_migrations TO {}"):
            connection.execute(sql.SQL(grant).format(sql.Identifier(roles.name("service"))))
    apply(TREE / "deploy", roles, tmp_path)
    for act in ("empty a table", "change a migration"):
        test_it_is_refused(roles, "service", act)


def test_requests_and_migrations_have_limits_of_their_own(roles: Roles) -> None:
    """The roles' own, without what the service asks for: a pooler may not pass that on."""
    limits = {}
    for role in ("service", "owner"):
        with roles.connected(role) as connection:
            limits[role] = [connection.execute(f"SHOW {name}").fetchone() for name in LIMITS]
    assert limits == {
        "service": [("15s",), ("5s",), ("30s",)],
        "owner": [("0",), ("5s",), ("0",)],
    }


def test_a_migration_may_take_its_time_but_not_wait(roles: Roles, deployed: Deployment) -> None:
    """`migrate` has its limits whatever its role has."""
    variables = deployed.variables | {"DATABASE_URL": roles.urls["owner"]}
    command = ("python", "manage.py", "shell", "-c", MIGRATED)
    shown = deployed.installed.run(deployed.project, *command, variables=variables)
    assert shown.splitlines()[-2:] == ["statement_timeout 0", "lock_timeout 5s"]
