"""DRF's own interface for limits works, and counts exactly."""

import pytest
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.test import APIClient

from accounts.models import User
from guard.throttles import UserThrottle
from tests.accounts.logins import every_login
from tests.conftest import ME, Caller, SetRates
from tests.guard.views import UnlimitedView
from tests.lines import Lines

pytestmark = pytest.mark.urls("tests.guard.urls")

REPORTS = "/api/test/reports/"
UNLIMITED = "/api/test/unlimited/"


def statuses(client: APIClient, path: str, times: int) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_an_account_is_answered_exactly_n_times(
    call_as: Caller, anna: User, set_rates: SetRates, events: Lines
) -> None:
    set_rates(user="3/hour")
    caller = call_as(anna)
    assert statuses(caller, ME, 5) == [200] * 3 + [429] * 2
    refusals = events.named("excess_rate_limit_exceeded")
    assert [(e["scope"], e["account"]) for e in refusals] == [("user", str(anna.pk))] * 2
    answer = caller.get(ME)
    assert answer["Content-Type"] == "application/problem+json"
    assert 3500 < int(answer["Retry-After"]) <= 3600


def test_all_logins_of_an_account_share_its_limit_from_wherever_they_call(
    anna: User, set_rates: SetRates
) -> None:
    first, *others = [*every_login(anna).values(), *every_login(anna).values()]
    set_rates(user="1/hour")
    assert first.get(ME).status_code == 200
    for n, caller in enumerate(others):
        assert caller.get(ME, REMOTE_ADDR=f"198.51.100.{n}").status_code == 429


def test_another_account_has_a_limit_of_its_own(
    call_as: Caller, anna: User, berta: User, set_rates: SetRates
) -> None:
    set_rates(user="1/hour")
    assert statuses(call_as(anna), ME, 2) == [200, 429]
    assert statuses(call_as(berta), ME, 2) == [200, 429]


def test_a_view_may_have_a_scope_of_its_own(
    client: APIClient, call_as: Caller, anna: User, set_rates: SetRates
) -> None:
    set_rates(reports="2/hour")
    assert statuses(client, REPORTS, 4) == [200, 200, 429, 429]
    assert statuses(call_as(anna), REPORTS, 4) == [200, 200, 429, 429]
    assert statuses(call_as(anna), ME, 1) == [200]


def test_a_view_may_have_no_limit_of_its_own(
    client: APIClient, call_as: Caller, anna: User, set_rates: SetRates
) -> None:
    set_rates(user="1/hour", anon="3/hour")
    assert statuses(call_as(anna), UNLIMITED, 5) == [200] * 5
    assert statuses(client, UNLIMITED, 4) == [200] * 3 + [429]  # that of its network stays


def test_a_throttle_that_a_view_asks_on_its_own_counts_too(anna: User, set_rates: SetRates) -> None:
    set_rates(user="1/hour")
    answers = []
    for _ in range(2):
        request = Request(HttpRequest())
        request.META["REMOTE_ADDR"] = "192.0.2.1"
        request.user = anna
        answers.append(UserThrottle().allow_request(request, UnlimitedView()))
    assert answers == [True, False]
