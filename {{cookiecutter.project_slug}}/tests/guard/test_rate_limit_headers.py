"""RateLimit and RateLimit-Policy say what the counters say."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import every_login
from tests.conftest import ME, PASSWORD, Caller, SetRates

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

TOKENS = "/api/v1/auth/tokens/"
REPORTS = "/api/test/reports/"


def told(answer: Any) -> tuple[str | None, str | None]:
    """Return policy and state."""
    return answer.get("RateLimit-Policy"), answer.get("RateLimit")


def test_a_stranger_is_told_what_is_left_until_nothing_is(
    client: APIClient, set_rates: SetRates
) -> None:
    set_rates(anon="2/hour")
    answers = [client.get(ME) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert [told(answer) for answer in answers] == [
        ('"anon";q=2;w=3600', '"anon";r=1;t=3600'),
        ('"anon";q=2;w=3600', '"anon";r=0;t=3600'),
        ('"anon";q=2;w=3600', '"anon";r=0;t=3600'),
    ]
    assert answers[2]["Retry-After"] == "3600"


def test_an_account_is_told_of_its_own_limit_only(anna: User, set_rates: SetRates) -> None:
    set_rates(user="50/minute")
    left = 50
    for caller in every_login(anna).values():
        left -= 1
        assert told(caller.get(ME)) == ('"user";q=50;w=60', f'"user";r={left};t=60')


def test_a_bad_credential_is_told_of_the_limit_that_it_used_up(
    client: APIClient, set_rates: SetRates
) -> None:
    set_rates(anon="1/hour")
    for status in (401, 429):
        answer = client.get(ME, HTTP_AUTHORIZATION="Token nonsense")
        assert answer.status_code == status
        assert told(answer) == ('"anon";q=1;w=3600', '"anon";r=0;t=3600')


def test_a_login_is_told_of_the_tries_that_are_left(client: APIClient, anna: User) -> None:
    policy, state = told(client.post(TOKENS, {"username": "anna", "password": PASSWORD}))
    assert (policy, state) == ('"login";q=10;w=60', '"login";r=9;t=60')
    policy, state = told(client.post(TOKENS, {"username": "anna", "password": "wrong"}))
    assert policy == '"login";q=10;w=60, "anon";q=100;w=3600'
    assert state == '"login";r=8;t=60, "anon";r=99;t=3600'


def test_a_view_with_a_scope_tells_of_both_limits(
    call_as: Caller, anna: User, set_rates: SetRates
) -> None:
    set_rates(reports="1/minute", user="5/hour")
    caller = call_as(anna)
    answers = [caller.get(REPORTS) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    for answer, left in zip(answers, (4, 4), strict=True):  # a refused request counts in none
        items = set(str(answer["RateLimit"]).split(", "))
        assert items == {'"reports";r=0;t=60', f'"user";r={left};t=3600'}
    assert answers[1]["Retry-After"] == "60"


@pytest.mark.parametrize("path", ["/livez", "/static/admin/css/base.css"])
def test_what_is_not_counted_says_nothing(client: APIClient, path: str) -> None:
    answer = client.get(path)
    answer.close()
    assert told(answer) == (None, None)
