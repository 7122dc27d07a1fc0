"""Session login for pages of our own origin: CSRF everywhere, a new id at each login."""

from typing import Any

import pytest
from django.conf import settings
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import every_login, in_session
from tests.conftest import ME, PASSWORD
from tests.lines import Lines

URL = "/api/v1/auth/session/"
CREDENTIALS = {"username": "anna", "password": PASSWORD}
WRITE = "/api/v1/auth/tokens/"  # DELETE revokes the caller's tokens


@pytest.fixture
def browser() -> APIClient:
    """A browser: CSRF is checked."""
    return APIClient(enforce_csrf_checks=True)


def csrf_token(browser: APIClient) -> dict[str, str]:
    """Fetch the token as a page's script does; return the header that carries it."""
    return {"X-CSRFToken": browser.get(URL).json()["csrf_token"]}


def log_in(browser: APIClient) -> None:
    answer = browser.post(URL, CREDENTIALS, headers=csrf_token(browser))
    assert answer.status_code == 204


def session_id(browser: APIClient) -> Any:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def assert_is_csrf_refusal(answer: Any, events: Lines) -> None:
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "csrf_failed"
    assert events.names.count("malicious_csrf") == 1


def test_a_page_logs_in_and_out(browser: APIClient, anna: User) -> None:
    log_in(browser)
    assert browser.get(ME).json()["username"] == "anna"
    assert browser.delete(URL, headers=csrf_token(browser)).status_code == 204
    assert browser.get(ME).status_code == 401


def test_logging_out_ends_the_session_on_the_server(browser: APIClient, anna: User) -> None:
    log_in(browser)
    stolen = APIClient()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = session_id(browser)
    assert stolen.get(ME).status_code == 200
    browser.delete(URL, headers=csrf_token(browser))
    assert stolen.get(ME).status_code == 401


def test_the_session_id_is_new_after_each_login(browser: APIClient, anna: User) -> None:
    log_in(browser)
    first = session_id(browser)
    log_in(browser)
    assert session_id(browser) != first
    planted = APIClient()
    planted.cookies[settings.SESSION_COOKIE_NAME] = first
    assert planted.get(ME).status_code == 401


@pytest.mark.parametrize("method", ["post", "delete"])
def test_login_and_logout_without_csrf_token_are_refused(
    browser: APIClient, anna: User, method: str, events: Lines
) -> None:
    log_in(browser)
    events.lines.clear()
    assert_is_csrf_refusal(getattr(browser, method)(URL, CREDENTIALS), events)
    assert browser.get(ME).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE", "QUERY"])
def test_a_method_that_is_not_there_is_a_405_with_or_without_a_csrf_token(
    browser: APIClient, method: str
) -> None:
    for headers in ({}, csrf_token(browser)):
        assert browser.generic(method, URL, headers=headers).status_code == 405


def test_a_write_by_session_needs_a_csrf_token(anna: User, events: Lines) -> None:
    browser = in_session(anna, checked=True)
    assert_is_csrf_refusal(browser.delete(WRITE), events)
    assert browser.delete(WRITE, headers=csrf_token(browser)).status_code == 204


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_a_form_of_a_foreign_page_logs_nobody_in(browser: APIClient, anna: User, kind: str) -> None:
    headers = csrf_token(browser) | {"Origin": "https://evil.test"}
    answer = browser.generic("POST", URL, "username=anna", content_type=kind, headers=headers)
    assert answer.json()["code"] == "csrf_failed"


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.test"}, {"X-CSRFToken": "x" * 32}])
def test_a_foreign_page_cannot_write(anna: User, headers: dict[str, str], events: Lines) -> None:
    browser = in_session(anna, checked=True)
    token = csrf_token(browser)
    assert_is_csrf_refusal(browser.delete(WRITE, headers=token | headers), events)


def test_a_token_header_needs_no_csrf_token_and_gets_no_cookie(anna: User) -> None:
    logins = every_login(anna)
    del logins["session"]
    for caller in logins.values():
        caller.handler.enforce_csrf_checks = True
        answers = [caller.get(ME), caller.get("/"), caller.delete(WRITE), caller.get("/nowhere/")]
        assert [answer.status_code for answer in answers][2] == 204
        assert not any(answer.cookies for answer in answers)


def test_anonymous_calls_get_no_cookie(client: APIClient, db: None) -> None:
    assert not client.get(ME).cookies
    assert not client.get("/").cookies


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    browser: APIClient, anna: User
) -> None:
    log_in(browser)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = browser.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert not cookie["domain"]


def test_sessions_outlive_a_rotation_of_the_secret_key(anna: User, settings: Settings) -> None:
    browser = in_session(anna)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "n" * 50
    settings.SECRET_KEY_FALLBACKS = [old]
    assert browser.get(ME).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    settings.SECRET_KEY = "o" * 50
    assert browser.get(ME).status_code == 401
