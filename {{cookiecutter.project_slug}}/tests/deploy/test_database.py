"""Least privilege in PostgreSQL: the service reads and writes rows, and that is all."""

import re

import pytest

from config.settings.database import TIME_LIMITS
from tests.deploy.files import DEPLOY

DATABASE = DEPLOY / "database"
STATEMENTS = [
    " ".join(statement.split())
    for name in ("roles.sql", "grants.sql")
    for statement in re.split(
        # A statement ends with a semicolon or with \gexec; psql's other commands are none.
        r";|^\\.*",
        re.sub(r"--.*", "", (DATABASE / name).read_text("utf-8")),
        flags=re.MULTILINE,
    )
]
ROWS = {"SELECT", "INSERT", "UPDATE", "DELETE"}
ALLOWED = {
    "service_role": {"TABLES": ROWS, "SEQUENCES": {"USAGE"}, "SCHEMA": {"USAGE"}},
    "backup_role": {"TABLES": {"SELECT"}, "SEQUENCES": {"SELECT"}, "SCHEMA": {"USAGE"}},
}


def grants(role: str) -> dict[str, set[str]]:
    """Return what a role is granted, by the kind of object."""
    found: dict[str, set[str]] = {}
    for statement in STATEMENTS:
        grant = re.search(r"\bGRANT (.+?) ON (?:ALL )?(\w+)\b.* TO (.+)$", statement)
        if grant and f':"{role}"' in grant[3]:
            found.setdefault(grant[2], set()).update(grant[1].split(", "))
    return found


@pytest.mark.parametrize("role", ALLOWED)
def test_a_role_is_granted_rows_only(role: str) -> None:
    assert grants(role) == ALLOWED[role] | {"DATABASE": {"CONNECT"}}


@pytest.mark.parametrize("role", ["owner_role", *ALLOWED])
def test_no_role_has_power_over_the_server(role: str) -> None:
    changed = [line for line in STATEMENTS if line.startswith(f'ALTER ROLE :"{role}" LOGIN')]
    assert len(changed) == 1
    for denied in ("NOSUPERUSER", "NOCREATEDB", "NOCREATEROLE", "NOREPLICATION", "NOBYPASSRLS"):
        assert denied in changed[0].split()


@pytest.mark.parametrize("role", ALLOWED)
def test_no_role_is_a_member_of_another(role: str) -> None:
    memberships = [line for line in STATEMENTS if re.match(r"GRANT (?!.* ON )", line)]
    assert not [line for line in memberships if role in line]


def test_the_service_cannot_claim_that_a_migration_ran() -> None:
    last = [line for line in STATEMENTS if "django_migrations" in line][-1]
    assert last.startswith("REVOKE INSERT, UPDATE, DELETE ON public.django_migrations")
    assert ':"service_role"' in last


def test_the_public_may_not_even_connect() -> None:
    assert any(
        line.startswith('REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC') for line in STATEMENTS
    )
    assert any(line.startswith("REVOKE ALL ON SCHEMA public FROM PUBLIC") for line in STATEMENTS)


def test_a_pooler_that_drops_the_limits_of_a_connection_changes_nothing() -> None:
    set_ = re.compile(r'ALTER ROLE :"service_role" SET (\w+) = \'(\w+)\'')
    limits = {found[1]: found[2] for line in STATEMENTS if (found := set_.fullmatch(line))}
    assert dict(re.findall(r"-c (\w+)=(\w+)", TIME_LIMITS)) == limits != {}


def test_passwords_are_not_logged() -> None:
    statements = [line for line in STATEMENTS if "PASSWORD :" in line]
    assert statements
    before = STATEMENTS[: STATEMENTS.index(statements[0])]
    assert "SET LOCAL log_statement = 'none'" in before
    assert "SET LOCAL log_min_error_statement = 'panic'" in before
