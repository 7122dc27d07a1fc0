"""Errors that known callers get, and faults below all views: the same problem, without a leak."""

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from rest_framework.test import APIClient

from accounts.models import User
from accounts.sessions import SessionStore
from tests.accounts.doors import Door, at_every_door
from tests.accounts.logins import in_session
from tests.conftest import ME, PASSWORD, Caller, SetRates
from tests.guard.test_problems import assert_is_problem
from tests.guard.views import SECRET

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

REPORTS = "/api/test/reports/"


@pytest.mark.parametrize("query", ["x" * 100_000, "a=1&" * 999, "%ff%fe=%00", "token=" + "=" * 999])
@pytest.mark.parametrize("path", [ME, "/", "/nowhere/"])
def test_a_query_changes_nothing(call_as: Caller, anna: User, path: str, query: str) -> None:
    expected = {ME: 200, "/": 200, "/nowhere/": 404}[path]
    assert call_as(anna).get(f"{path}?{query}").status_code == expected


def test_403_for_who_is_known(call_as: Caller, anna: User, make_user: Any) -> None:
    assert_is_problem(call_as(anna).get("/api/schema/"), 403, "permission_denied")
    clerk = in_session(make_user("clerk", is_staff=True))
    page = f"/{settings.ADMIN_PATH}/accounts/user/"
    assert_is_problem(clerk.get(page), 403, "permission_denied")
    assert_is_problem(in_session(anna, checked=True).post(ME), 403, "csrf_failed")


def test_403_by_plain_http(http: APIClient) -> None:
    for path in (ME, "/api/nowhere/", "/api/schema/"):
        answer = http.get(path)
        assert_is_problem(answer, 403, "https_required")
        assert "Location" not in answer


def test_429_by_each_limit(
    client: APIClient, call_as: Caller, anna: User, set_rates: SetRates
) -> None:
    set_rates(anon="1/hour", user="2/hour", reports="1/hour")
    caller = call_as(anna)
    asked = [(client, "/"), (caller, REPORTS), (caller, ME)]
    for number, (ask, path) in enumerate(asked):
        address = f"198.51.100.{number}"
        assert ask.get(path, REMOTE_ADDR=address).status_code == 200
        answer = ask.get(path, REMOTE_ADDR=address)
        assert_is_problem(answer, 429, "throttled")
        assert int(answer["Retry-After"]) > 0


@at_every_door
def test_429_by_the_limit_of_logins(
    client: APIClient, staff: User, door: Door, set_rates: SetRates
) -> None:
    set_rates(login="1/hour")
    door.knock(client, "staff", "wrong")
    answer = door.knock(client, "staff", PASSWORD)
    assert_is_problem(answer, 429, "throttled")
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("fault", [RuntimeError(SECRET), OperationalError(SECRET)], ids=repr)
def test_a_fault_below_all_views_leaks_nothing(
    monkeypatch: pytest.MonkeyPatch, staff: User, fault: Exception
) -> None:
    def fail(*_: Any) -> None:
        raise fault

    browser = in_session(staff)
    browser.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "_get_session_from_db", fail)
    answer = browser.get(f"/{settings.ADMIN_PATH}/")
    assert answer.status_code in {500, 503}
    assert_is_problem(answer, answer.status_code, answer.json()["code"])
