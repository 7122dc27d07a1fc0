"""Log in with an API token, call, be throttled, log out."""

from __future__ import annotations

import pytest

from tests.smoke.client import Client, Response
from tests.smoke.service import PASSWORD

TOKENS = "/api/v1/auth/tokens/"
ME = "/api/v1/me/"
NOTES = "/api/v1/notes/"


def log_in(client: Client, name: str) -> dict[str, str]:
    """Return the header of a new API token."""
    answer = client.post(TOKENS, {"username": name, "password": PASSWORD, "name": "smoke"})
    assert answer.status == 201, answer
    return {"Authorization": f"Token {answer.json['token']}"}


def wrong_login(client: Client, headers: dict[str, str] | None = None) -> Response:
    """Try a password that is not alice's."""
    return client.post(TOKENS, {"username": "alice", "password": "not-the-password"}, headers)


def test_a_token_opens_the_service_until_it_is_logged_out(client: Client) -> None:
    assert client.get(ME).is_problem(401)
    token = log_in(client, "alice")
    assert client.get(ME, token).json["username"] == "alice"
    assert client.request("DELETE", f"{TOKENS}current/", headers=token).status == 204
    assert client.get(ME, token).is_problem(401)


def test_notes_are_kept_for_their_owner_only(client: Client) -> None:
    alice, bob = log_in(client, "alice"), log_in(client, "bob")
    created = client.post(NOTES, {"title": "Milk", "text": "Two bottles"}, alice)
    assert created.status == 201, created
    address = f"{NOTES}{created.json['id']}/"
    assert client.get(address, alice).json["title"] == "Milk"
    assert client.get(address, bob).is_problem(404)


def test_the_caller_is_throttled_and_told_when_to_come_back(client: Client) -> None:
    token = log_in(client, "carol")
    answers = [client.get(ME, token) for _ in range(60)]
    assert {answer.status for answer in answers} == {200}
    refused = client.get(ME, token)
    assert refused.is_problem(429)
    assert 0 < int(refused.headers["Retry-After"]) <= 3600


def test_the_eleventh_wrong_password_in_a_minute_is_refused(client: Client) -> None:
    assert [wrong_login(client).status for _ in range(10)] == [401] * 10
    refused = wrong_login(client)
    assert refused.is_problem(429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
def test_a_made_up_client_address_does_not_help(client: Client, header: str) -> None:
    statuses = []
    for last in range(11):
        address = f"203.0.113.{last}"
        value = f"for={address}" if header == "Forwarded" else address
        statuses.append(wrong_login(client, {header: value}).status)
    assert statuses == [401] * 10 + [429]


def test_anonymous_callers_are_throttled(client: Client) -> None:
    statuses = [client.get("/").status for _ in range(101)]
    assert statuses == [200] * 100 + [429]
