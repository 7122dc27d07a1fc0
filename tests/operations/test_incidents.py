"""What the page says to type when something is wrong, typed."""

from __future__ import annotations

import json
import time

import psycopg
import pytest

from tests.credentials.accounts import TOKENS, credentials, new_account
from tests.operations.load import alive, logins
from tests.operations.machine import Machine
from tests.operations.page import blocks, paste


def typed(machine: Machine, command: str) -> str:
    return paste(machine.project, machine.log.parent, command)


@pytest.fixture
def account(machine: Machine) -> str:
    """Name of a new account."""
    password = machine.secret("owner_password")
    port = machine.addresses.database
    return new_account(f"postgresql://service_owner:{password}@127.0.0.1:{port}/service")


def test_somebody_is_out_until_it_is_undone(machine: Machine, account: str) -> None:
    held = logins(machine.client, account)
    said = typed(machine, f"manage revoke_user {account}")
    assert "Ended: 1 API tokens, 1 JWT logins, 1 sessions." in said
    assert '"authn_login_lock"' in said
    assert alive(machine.client, held) == set()
    assert machine.client.post(TOKENS, credentials(account)).status == 401
    typed(machine, f"manage revoke_user {account} --undo")
    assert alive(machine.client, held) == set()
    newer = logins(machine.client, account)
    typed(machine, "manage end_sessions --all")
    assert alive(machine.client, newer) == set()


def test_whose_a_leaked_token_is(machine: Machine, account: str) -> None:
    held = logins(machine.client, account)
    leaked = machine.deploy / "private" / "leak"
    leaked.write_text("\n".join(f"+{value}" for each in held.values() for value in each.values()))
    command = "compose exec -T service python manage.py find_token --revoke <deploy/private/leak"
    said = typed(machine, command)
    assert said.count(f"of {account} (account ") == 2
    assert not any(word in said for word in leaked.read_text().split() if len(word) > 40)
    assert alive(machine.client, held) == {"session"}
    found = said.partition("(account ")[2].partition(")")[0]
    trail = blocks(machine.project, "A token leaked")[1].replace("ACCOUNT_ID", found)
    assert '"authn_token_created"' in typed(machine, trail)


def test_idle_connections_are_seen_and_closed_and_the_service_opens_new_ones(
    machine: Machine,
) -> None:
    held = logins(machine.client)
    look, close = blocks(machine.project, "PostgreSQL does not answer")
    with machine.connect("service_backup", machine.secret("backup_password")) as forgotten:
        time.sleep(1.5)
        assert "service_backup" in typed(machine, look)
        typed(machine, close.replace("10 seconds", "1 second"))
        with pytest.raises(psycopg.OperationalError):
            forgotten.execute("SELECT 1")
    assert alive(machine.client, held) == set(held)


def test_who_is_limited_is_counted_by_address(machine: Machine) -> None:
    machine.client.get("/")
    (command,) = blocks(machine.project, "Everyone gets 429")
    count, address = typed(machine, command).split("\n", maxsplit=1)[0].split(maxsplit=1)
    lines = [line for line in machine.printed().splitlines() if line.startswith("{")]
    addresses = [json.loads(line).get("address") for line in lines]
    assert 0 < int(count) <= addresses.count("127.0.0.1")
    assert address == '"address": "127.0.0.1"'
