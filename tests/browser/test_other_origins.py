"""Pages of two other origins: the listed one can log in and read, the other can do nothing."""

from __future__ import annotations

import json

import psycopg
import pytest

from tests.browser.watched import REFUSED, Watched, post
from tests.credentials.accounts import ME, SESSION, TOKENS, api_token, credentials
from tests.credentials.deployment import Deployment, Running
from tests.matrix.production import ALLOWED_ORIGIN
from tests.servers.tls import Ports

FOREIGN = ["https://evil.example.net", "https://app.example.net", "https://www.example.com"]


@pytest.fixture
def token(live: Running, account: str) -> str:
    """Return an API token that was handed out elsewhere, as the value of its header."""
    return api_token(live.caller.post(TOKENS, credentials(account)))["Authorization"]


def tokens_of(deployed: Deployment, account: str) -> int:
    query = (
        "SELECT count(*) FROM tokens_apitoken JOIN accounts_user u ON u.id = user_id"
        " WHERE username = %s"
    )
    with psycopg.connect(deployed.database_url) as connection:
        (row,) = connection.execute(query, (account,)).fetchall()
        return int(row[0])


def test_a_page_of_the_listed_origin_logs_in_and_reads(watched: Watched, account: str) -> None:
    watched.open(ALLOWED_ORIGIN)
    answer = watched.fetch(TOKENS, **post(json.dumps(credentials(account))))
    assert answer["status"] == 201
    token = f"Token {json.loads(answer['body'])['token']}"
    me = watched.fetch(ME, headers={"Authorization": token})
    assert json.loads(me["body"])["username"] == account
    assert (
        watched.fetch(f"{TOKENS}current/", method="DELETE", headers={"Authorization": token})[
            "status"
        ]
        == 204
    )
    assert watched.complaints == []


def test_it_reads_errors_the_request_id_and_what_is_left(watched: Watched, account: str) -> None:
    watched.open(ALLOWED_ORIGIN)
    wrong = watched.fetch(TOKENS, **post(json.dumps(credentials(account, "wrong-password"))))
    unknown = watched.fetch("/api/v1/nowhere/")
    refused = watched.fetch(TOKENS, **post("{"))
    for answer, status in ((wrong, 401), (unknown, 404), (refused, 400)):
        problem = json.loads(answer["body"])
        assert (answer["status"], problem["status"]) == (status, status)
        assert answer["headers"]["content-type"] == "application/problem+json"
        assert answer["headers"]["x-request-id"] == problem["request_id"]
    assert {"ratelimit", "ratelimit-policy"} <= set(unknown["headers"])


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_origin_can_neither_log_in_nor_read(
    watched: Watched, deployed: Deployment, account: str, token: str, origin: str
) -> None:
    watched.open(origin)
    login = post(json.dumps(credentials(account)))
    assert watched.fetch(TOKENS, **login) == REFUSED
    assert watched.fetch(ME, headers={"Authorization": token}) == REFUSED
    assert watched.fetch("/api/v1/nowhere/") == REFUSED
    assert tokens_of(deployed, account) == 1  # the preflight was refused, nothing was sent


def with_cookies(edge: Ports) -> set[str | None]:
    """Return the origins from which a request for the account came with cookies."""
    return {seen.origin for seen in edge.seen if seen.path == ME and seen.has_cookies}


def test_no_page_of_another_origin_reads_with_the_cookies_of_a_login(
    watched: Watched, edge: Ports
) -> None:
    edge.seen.clear()
    watched.log_in("staff")
    for origin in (ALLOWED_ORIGIN, *FOREIGN):
        watched.open(origin)
        for path in (ME, SESSION):
            assert watched.fetch(path, credentials="include") == REFUSED
    # A browser keeps them from other sites (SameSite=Lax). Hosts of the same domain are one site:
    # from there they arrive, and the answer is kept from the page.
    assert with_cookies(edge) == {ALLOWED_ORIGIN, "https://www.example.com"}


def test_without_cookies_the_listed_origin_is_a_stranger(watched: Watched, edge: Ports) -> None:
    edge.seen.clear()
    watched.log_in("staff")
    watched.open(ALLOWED_ORIGIN)
    assert watched.fetch(ME)["status"] == 401
    assert with_cookies(edge) == set()
