"""Strangers are limited by network, and those who only claim to be somebody before a lookup."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from guard.limits.counters import take
from guard.limits.rules import rule_of
from tests.accounts.logins import alive, every_login
from tests.conftest import ME, SetRates
from tests.lines import Lines

LIMIT = 4
TOKEN = "apitoken_" + "x" * 43
STRANGERS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a token that nobody has": {"HTTP_AUTHORIZATION": f"Token {TOKEN}"},
    "no token at all": {"HTTP_AUTHORIZATION": "Token"},
    "an unknown scheme": {"HTTP_AUTHORIZATION": "Basic YW5uYTphbm5h"},
    "a bearer that nobody has": {"HTTP_AUTHORIZATION": "Bearer e30.e30.e30"},  # option: jwt
    "a session that nobody has": {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={'x' * 32}"},
}
every_stranger = pytest.mark.parametrize("meta", STRANGERS.values(), ids=STRANGERS)
PATHS = {ME: 401, "/": 200, "/nowhere/": 404, f"/{settings.ADMIN_PATH}/login/": 200}


@pytest.fixture(autouse=True)
def _few(db: None, set_rates: SetRates) -> None:
    set_rates(anon=f"{LIMIT}/hour")


def get(path: str, times: int = 1, **meta: Any) -> list[Any]:
    return [APIClient().get(path, **meta) for _ in range(times)]


@every_stranger
@pytest.mark.parametrize("path", PATHS)
def test_exactly_n_requests_of_a_stranger_are_answered(path: str, meta: dict[str, Any]) -> None:
    answers = get(path, LIMIT + 5, **meta)
    assert [answer.status_code for answer in answers] == [PATHS[path]] * LIMIT + [429] * 5


@every_stranger
def test_beyond_the_limit_nothing_is_looked_up(meta: dict[str, Any]) -> None:
    get(ME, LIMIT)
    with CaptureQueriesContext(connection) as queries:
        (answer,) = get(ME, **meta)
    assert answer.status_code == 429
    assert not queries


def test_a_refusal_says_how_long_to_wait_and_is_one_event(events: Lines) -> None:
    get(ME, LIMIT)
    (answer,) = get(ME)
    assert answer["Content-Type"] == "application/problem+json"
    assert 3500 < int(answer["Retry-After"]) <= 3600
    (event,) = events.named("excess_rate_limit_exceeded")
    assert (event["scope"], event["address"], event["path"]) == ("anon", "127.0.0.1", ME)


def test_another_network_has_a_limit_of_its_own() -> None:
    get(ME, LIMIT + 1)
    assert get(ME, REMOTE_ADDR="198.51.100.7")[0].status_code == 401


def test_addresses_of_one_ipv6_network_share_a_limit() -> None:
    for host in range(LIMIT):
        get(ME, REMOTE_ADDR=f"2001:db8::{host:x}")
    assert get(ME, REMOTE_ADDR="2001:db8::ffff:0:0:1")[0].status_code == 429
    assert get(ME, REMOTE_ADDR="2001:db8:0:1::1")[0].status_code == 401


def test_who_is_known_is_not_counted(anna: User) -> None:
    for _ in range(LIMIT):
        logins = every_login(anna)
        assert alive(logins) == set(logins)
    assert get(ME)[0].status_code == 401


def test_a_network_beyond_its_limit_waits_whatever_credential_it_shows(anna: User) -> None:
    logins = every_login(anna)
    get(ME, LIMIT)
    assert alive(logins) == set()


@pytest.mark.parametrize(
    "path",
    [
        "/static/admin/css/nothing.css",
        "/livez",
        "/.well-known/jwks.json",  # option: jwt
    ],
)
def test_what_costs_nothing_is_not_counted(path: str) -> None:
    assert 429 not in {answer.status_code for answer in get(path, LIMIT + 5)}


def use_up(*_asked: object) -> None:
    """Do what others of the network do meanwhile."""
    for _ in range(LIMIT):
        take(rule_of("anon", "127.0.0.1"))


def test_a_guess_that_fails_when_the_limit_is_used_up_is_told_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tokens.authentication.ApiTokenAuthentication.authenticate", use_up)
    (answer,) = get(ME, HTTP_AUTHORIZATION="Token nonsense")
    assert answer.status_code == 429


def test_what_was_done_before_the_limit_was_used_up_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("config.root.RootView.check_permissions", use_up)
    (answer,) = get("/", HTTP_AUTHORIZATION="Token nonsense")
    assert answer.status_code == 200


@pytest.mark.urls("tests.guard.urls")
def test_a_fault_of_ours_does_not_make_a_caller_a_stranger() -> None:
    session = f"{settings.SESSION_COOKIE_NAME}={'x' * 32}"
    for _ in range(LIMIT + 1):
        assert get("/api/test/raise/503/", HTTP_COOKIE=session)[0].status_code == 503
