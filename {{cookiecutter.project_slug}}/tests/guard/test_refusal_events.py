"""Security events of refusals: each is exactly one, whichever layer refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import bearing, in_session
from tests.conftest import ME, PASSWORD, Caller, SetRates
from tests.events import assert_exactly
from tests.lines import Lines
from tokens.services import create_token

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

ADMIN = f"/{settings.ADMIN_PATH}"
LOGIN = f"{ADMIN}/login/"
SESSION = "/api/v1/auth/session/"
TOKENS = "/api/v1/auth/tokens/"
ECHO = "/api/test/echo/"
FORM = "application/x-www-form-urlencoded"
LARGE = "a=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
MANY = "a=1&" * 1001


def send(path: str, body: Any = b"", content_type: str = "application/json", **meta: Any) -> Any:
    client = APIClient(raise_request_exception=False, enforce_csrf_checks=True)
    return client.generic("POST", path, body, content_type, **meta)


def fill_in(body: Any, content_type: str = FORM) -> Any:
    """Send the admin's login form; its page was seen, so that the form is read for its token."""
    client = APIClient(enforce_csrf_checks=True)
    client.get(LOGIN)
    return client.generic("POST", LOGIN, body, content_type)


def get(path: str, **meta: Any) -> Any:
    return APIClient(raise_request_exception=False).get(path, **meta)


BAD_INPUT, DENIED, CSRF = "input_validation_fail", "authz_fail", "malicious_csrf"
STRANGERS: dict[str, tuple[Callable[[], Any], int, list[str]]] = {
    "not JSON": (lambda: send(ECHO, b"{"), 400, [BAD_INPUT]),
    "a field that nobody reads": (lambda: send(TOKENS, b'{"x": 1}'), 400, [BAD_INPUT]),
    "too large": (lambda: send(ECHO, LARGE), 413, [BAD_INPUT]),
    "too large a form": (lambda: fill_in(LARGE), 413, [BAD_INPUT]),
    "too many fields": (lambda: fill_in(MANY), 400, [BAD_INPUT]),
    "no multipart": (lambda: fill_in(b"x", "multipart/form-data"), 400, [BAD_INPUT]),
    "a form": (lambda: send(ECHO, b"a=1", FORM), 415, [BAD_INPUT]),
    "raised by a page": (lambda: get("/page/raise/django 400/"), 400, [BAD_INPUT]),
    "raised by a page as too large": (lambda: get("/page/raise/django 413/"), 413, [BAD_INPUT]),
    "raised by an endpoint": (lambda: get("/api/test/raise/django 400/"), 400, [BAD_INPUT]),
    "denied by an endpoint": (lambda: get("/api/test/raise/403/"), 403, [DENIED]),
    "denied by Django in an endpoint": (lambda: get("/api/test/raise/django 403/"), 403, [DENIED]),
    "denied by a page": (lambda: get("/page/raise/django 403/"), 403, [DENIED]),
    "denied by DRF in a page": (lambda: get("/page/raise/403/"), 403, [DENIED]),
    "session API without CSRF token": (lambda: send(SESSION, b"{}"), 403, [CSRF]),
    "admin form without cookie": (lambda: send(LOGIN, b"", FORM), 403, [CSRF]),
    "admin form without CSRF token": (lambda: fill_in(b"a=1"), 403, [CSRF]),
    "another Host": (lambda: get(ME, HTTP_HOST="evil.test"), 400, ["malicious_host"]),
    "a Host that is none": (lambda: get("/", HTTP_HOST="a b"), 400, ["malicious_host"]),
    "no credential": (lambda: get(ME), 401, []),
    "a token that nobody has": (lambda: bearing("Token x").get(ME), 401, [DENIED]),
    "a malformed token": (lambda: bearing("Token a b").get(ME), 401, [DENIED]),
    "a scheme that nobody reads": (lambda: bearing("Basic eDp4").get(ME), 401, []),
    "nothing there": (lambda: get("/api/nowhere/"), 404, []),
    "a method that is not declared": (lambda: send("/"), 405, []),
    "a type that nobody makes": (lambda: get("/", HTTP_ACCEPT="text/csv"), 406, []),
    "our own fault": (lambda: get("/api/test/raise/bug/"), 500, []),
    "our own fault in a page": (lambda: get("/page/raise/bug/"), 500, []),
    "a store that is lost": (lambda: get("/api/test/raise/503/"), 503, []),
}


@pytest.mark.parametrize(("act", "status", "names"), STRANGERS.values(), ids=STRANGERS)
def test_a_refusal(act: Callable[[], Any], status: int, names: list[str], events: Lines) -> None:
    assert act().status_code == status
    assert_exactly(events, *names, account=None)


@pytest.mark.parametrize("path", [f"{ADMIN}/accounts/user/", "/api/schema/"])
def test_access_denied(make_user: Any, path: str, events: Lines) -> None:
    clerk = make_user("clerk", is_staff=path.startswith(ADMIN))
    assert in_session(clerk).get(path).status_code == 403
    assert_exactly(events, DENIED, account=clerk)


@pytest.mark.parametrize("path", [ME, f"{ADMIN}/logout/"])
def test_a_session_without_csrf_token(anna: User, path: str, events: Lines) -> None:
    assert in_session(anna, checked=True).post(path).status_code == 403
    assert_exactly(events, CSRF, account=anna)


def test_a_token_that_was_revoked(anna: User, events: Lines) -> None:
    token, text = create_token(anna, "")
    token.delete()
    assert bearing(f"Token {text}").get(ME).status_code == 401
    assert_exactly(events, DENIED, account=None)
    assert text not in events.lines[0]


def test_bad_tokens_are_as_many_events_as_the_anonymous_limit_lets_in(
    set_rates: SetRates, db: None, events: Lines
) -> None:
    set_rates(anon="3/hour")
    for _ in range(6):
        bearing("Token x").get(ME)
    assert_exactly(events, *[DENIED] * 3, *["excess_rate_limit_exceeded"] * 3, account=None)


def test_an_accounts_limit(call_as: Caller, anna: User, set_rates: SetRates, events: Lines) -> None:
    set_rates(user="1/hour")
    caller = call_as(anna)
    assert [caller.get(ME).status_code for _ in range(2)] == [200, 429]
    assert_exactly(events, "excess_rate_limit_exceeded", account=anna)


def test_a_bad_token_at_a_login_does_not_hide_the_login(anna: User, events: Lines) -> None:
    """It is refused for the token, before the password is looked at."""
    credentials = {"username": "anna", "password": PASSWORD}
    assert bearing("Token x").post("/api/v1/auth/tokens/", credentials).status_code == 401
    assert_exactly(events, DENIED, account=None)
