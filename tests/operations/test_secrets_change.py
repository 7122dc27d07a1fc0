"""Each secret is changed as the page says; nobody notices, and the old one is worth nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from tests.operations.load import alive, logins, unnoticed
from tests.operations.machine import Machine
from tests.operations.page import blocks, paste

SESSIONS = "`secret_key`: sessions of pages"
JWT_KEY = "`jwt_private_key`: signs JWTs"
SERVICE = "`service_password`: the service's own in PostgreSQL"
OTHERS = "`owner_password`, `backup_password`"
SUPERUSER = "`superuser_password`"
REDIS = "`redis_password`"


def follow(machine: Machine, heading: str, *numbers: int) -> None:
    """Paste the blocks of a section, all or some."""
    given = blocks(machine.project, heading)
    for number in numbers or range(len(given)):
        paste(machine.project, machine.log.parent, given[number])


def takes(machine: Machine, user: str, password: str) -> bool:
    """Tell whether PostgreSQL lets somebody in."""
    try:
        machine.connect(user, password).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_takes(machine: Machine, address: str) -> bool:
    """Tell whether Redis lets somebody in."""
    try:
        with redis.Redis.from_url(machine.addresses.here(address)) as client:
            return bool(client.ping())
    except redis.AuthenticationError:
        return False


@contextmanager
def always_accepted(machine: Machine) -> Iterator[list[bool]]:
    """Connect anew all the time with what the running service has been given."""
    done, seen = threading.Event(), []

    def connect() -> None:
        while not done.wait(0.02):
            address = urlsplit(machine.given["DATABASE_URL"])
            accepted = takes(machine, address.username or "", address.password or "")
            if address == urlsplit(machine.given["DATABASE_URL"]):  # not changed meanwhile
                seen.append(accepted)

    thread = threading.Thread(target=connect)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


def test_the_service_password_changes_and_no_connection_is_refused(machine: Machine) -> None:
    before = machine.secret("service_password")
    with always_accepted(machine) as seen, unnoticed(machine.client, logins(machine.client)):
        follow(machine, SERVICE, 0)
    assert seen
    assert all(seen)
    assert machine.secret("service_role") == "service_b"
    assert takes(machine, "service", before)
    follow(machine, SERVICE, 1)
    assert not takes(machine, "service", before)
    assert takes(machine, "service_b", machine.secret("service_password"))


def test_the_password_of_redis_changes_and_no_login_is_refused(machine: Machine) -> None:
    before = machine.secret("redis_url")
    with unnoticed(machine.client, logins(machine.client)):
        follow(machine, REDIS)
    assert redis_takes(machine, machine.secret("redis_url"))
    assert not redis_takes(machine, before)
    assert "sys_limit_store_lost" not in machine.printed()


def test_the_operator_of_redis_gets_a_password_with_a_restart_of_it(machine: Machine) -> None:
    before = machine.secret("redis_operator_password")
    paste(
        machine.project,
        machine.log.parent,
        "deploy/rotate.sh redis_operator_password\ncompose up -d --force-recreate --no-deps redis",
    )
    address = "redis://operator:{}@redis:6379/0"
    assert not redis_takes(machine, address.format(before))
    (block,) = blocks(machine.project, REDIS)
    change = block[block.index("sed ") : block.index("compose up")]
    assert paste(machine.project, machine.log.parent, change).strip() == "OK"
    assert set(logins(machine.client)) == {"token", "session", "jwt"}


@pytest.mark.thorough
def test_the_key_of_sessions_changes_and_ends_only_what_was_not_used(machine: Machine) -> None:
    used, unused = logins(machine.client), logins(machine.client)
    follow(machine, SESSIONS, 0)
    assert alive(machine.client, used) == set(used)
    follow(machine, SESSIONS, 1)
    # Its id changed when it was signed anew; a browser has the new one.
    assert alive(machine.client, unused) == {"token", "jwt"}


def test_the_other_passwords_of_postgresql_change(machine: Machine) -> None:
    roles = {"service_owner": "owner_password", "service_backup": "backup_password"}
    before = {role: machine.secret(file) for role, file in roles.items()}
    follow(machine, OTHERS)
    for role, file in roles.items():
        assert takes(machine, role, machine.secret(file))
        assert not takes(machine, role, before[role])
    superuser = machine.secret("superuser_password")
    follow(machine, SUPERUSER)
    assert not takes(machine, "postgres", superuser)
    assert takes(machine, "postgres", machine.secret("superuser_password"))


@pytest.mark.thorough
def test_the_key_of_jwts_changes_and_nobody_is_logged_out(machine: Machine) -> None:
    held = logins(machine.client)
    with unnoticed(machine.client, held):
        follow(machine, JWT_KEY, 0, 1)
    newer = logins(machine.client)
    follow(machine, JWT_KEY, 2)
    assert alive(machine.client, held) == {"token", "session"}
    assert alive(machine.client, newer) == set(newer)
