"""Requests are counted by names that the service has given, never by what a caller wrote."""

from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from prometheus_client import generate_latest
from rest_framework.test import APIClient

from accounts.models import User
from guard.events import Event
from observability import metrics
from observability.metrics_stand_ins import MeasuredGateway
from tests.conftest import ME, PASSWORD, SetRates
from tests.guard.refused import Caller as Asking
from tests.observability.metrics.conftest import Counted, samples

pytestmark = pytest.mark.django_db

CANARY = "canary7f3a"
REQUESTS, TOOK = "http_requests_total", "http_request_duration_seconds_count"

TOKENS, UNKNOWN = "/api/v1/auth/tokens/", "00000000-0000-4000-8000-000000000000"
CALLS = [
    ("GET", "/", "/", "GET", "200"),
    ("GET", ME, ME, "GET", "401"),
    ("DELETE", f"{TOKENS}{UNKNOWN}/", f"{TOKENS}<uuid:pk>/", "DELETE", "401"),
    ("GET", "/livez", "/livez", "GET", "200"),
    ("GET", "/readyz", "/readyz", "GET", "200"),
    ("GET", "/nothing-of-ours", "none", "GET", "404"),
    ("GET", "/admin/login/", "admin", "GET", "200"),
    ("GET", "/admin/accounts/user/", "admin", "GET", "302"),
    ("BREW", ME, ME, "other", "401"),
]


@pytest.mark.parametrize("call", CALLS)
def test_an_answer_is_counted_by_template_method_and_status(
    caller: APIClient, counted: Counted, call: tuple[str, str, str, str, str]
) -> None:
    sent, path, route, method, status = call
    assert caller.generic(sent, path).status_code == int(status)
    assert counted(REQUESTS, route=route, method=method, status=status) == 1
    assert counted(TOOK, route=route) == 1
    assert counted("http_requests_in_flight") == 0


def test_a_refusal_before_any_route_is_counted(
    caller: APIClient, counted: Counted, set_rates: SetRates
) -> None:
    set_rates(anon="1/hour")
    assert [caller.get("/").status_code for _ in range(2)] == [200, 429]
    assert counted(REQUESTS, route="none", method="GET", status="429") == 1
    assert counted("throttled_requests_total", rule="anon") == 1
    assert counted("security_events_total", event="excess_rate_limit_exceeded") == 1


def test_a_refusal_that_is_repeated_without_a_thread_is_counted_too(
    counted: Counted, set_rates: SetRates, settings: Any
) -> None:
    settings.BEHIND_TLS_PROXY = True
    set_rates(anon="1/hour")
    stranger = Asking(MeasuredGateway)
    statuses = [stranger.get()[0] for _ in range(2)]
    before = counted(REQUESTS, route="none", method="GET", status="429")
    statuses += [stranger.get()[0] for _ in range(3)]
    assert statuses == [401] + [429] * 4
    assert counted(REQUESTS, route="none", method="GET", status="429") == before + 3
    assert counted("throttled_requests_total", rule="anon") == 4


@pytest.mark.urls("tests.guard.urls")
def test_a_fault_of_ours_is_counted_as_a_500(caller: APIClient, counted: Counted) -> None:
    caller.get("/page/raise/bug/")
    assert counted(REQUESTS, route="/page/raise/<name>/", method="GET", status="500") == 1
    assert counted("http_requests_in_flight") == 0


def test_nothing_that_a_caller_writes_is_shown(caller: APIClient, anna: User) -> None:
    headers: dict[str, Any] = {
        "HTTP_AUTHORIZATION": f"Token {CANARY}",
        "HTTP_X_REQUEST_ID": CANARY,
        "HTTP_USER_AGENT": CANARY,
        "HTTP_X_FORWARDED_FOR": "203.0.113.77",
        "REMOTE_ADDR": "203.0.113.78",
    }
    for method in ("GET", "POST", CANARY):
        for path in (
            f"/{CANARY}",
            f"{ME}?{CANARY}={CANARY}",
            f"/admin/{CANARY}/",
            f"/static/{CANARY}",
        ):
            caller.generic(method, path, **headers)
    caller.post(TOKENS, {"username": CANARY, "password": CANARY}, format="json", **headers)
    caller.post(TOKENS, {"username": "anna", "password": PASSWORD, "name": CANARY}, format="json")
    shown = generate_latest().decode()
    assert "http_requests_total" in shown
    for secret in (CANARY, "203.0.113.7", "127.0.0.1", "anna", PASSWORD, make_password(PASSWORD)):
        assert secret not in shown


def test_every_event_and_limit_is_there_before_it_happens() -> None:
    there = {tuple(sample.labels.values()) for sample in samples()}
    for name in (*Event, *metrics.LIMITS):
        assert (str(name),) in there
