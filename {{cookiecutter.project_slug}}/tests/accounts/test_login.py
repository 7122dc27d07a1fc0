"""Logging in: one event for each try, and one answer to every failure."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import Door, at_every_api_door, at_every_door
from tests.conftest import PASSWORD, MakeUser
from tests.lines import Lines

FAILURES = {
    "wrong password": ("anna", "wrong"),
    "unknown account": ("nobody", PASSWORD),
    "switched off account": ("ilse", PASSWORD),
    "another spelling": ("ANNA", PASSWORD),
}
every_failure = pytest.mark.parametrize("credentials", FAILURES.values(), ids=FAILURES)


@pytest.fixture
def accounts(make_user: MakeUser) -> None:
    make_user("anna")
    make_user("ilse", is_active=False, is_staff=True)


def test_a_new_installation_has_no_account(db: None) -> None:
    assert not User.objects.exists()


@at_every_door
def test_a_login_is_one_event(client: APIClient, staff: User, door: Door, events: Lines) -> None:
    assert door.knock(client, "staff", PASSWORD).status_code == door.right
    (event,) = [record for record in events.records if "login" in str(record["event"])]
    assert event["event"] == "authn_login_success"
    assert event["account"] == str(staff.pk)
    assert (event["address"], event["path"]) == ("127.0.0.1", door.path)


@at_every_door
@every_failure
@pytest.mark.usefixtures("accounts")
def test_a_failure_lets_nobody_in_and_is_one_event_whatever_the_reason(
    client: APIClient, door: Door, credentials: tuple[str, str], events: Lines
) -> None:
    assert door.knock(client, *credentials).status_code == door.wrong
    assert not client.session.get("_auth_user_id")
    assert events.names == ["authn_login_fail"]
    assert "account" not in events.records[0]


@at_every_api_door
@pytest.mark.usefixtures("accounts")
def test_the_answer_does_not_tell_why_a_login_failed(client: APIClient, door: Door) -> None:
    answers = [door.knock(client, *credentials).json() for credentials in FAILURES.values()]
    assert len({answer.pop("request_id") for answer in answers}) == len(answers)
    assert all(answer == answers[0] for answer in answers)


@every_failure
@pytest.mark.usefixtures("accounts")
def test_every_failure_costs_exactly_one_hash(
    client: APIClient, credentials: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashes.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    username, password = credentials
    client.post("/api/v1/auth/tokens/", {"username": username, "password": password})
    assert len(hashes) == 1
