"""Errors that strangers get: every status from every layer is the same problem."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.accounts.logins import bearing
from tests.conftest import ME
from tests.guard.test_problems import assert_is_problem
from tests.guard.test_refusal_events import (
    ECHO,
    FORM,
    LARGE,
    LOGIN,
    MANY,
    SESSION,
    TOKENS,
    fill_in,
    get,
    send,
)

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

REFUSED: dict[str, tuple[Callable[[], Any], int, str]] = {
    "400 by Host": (lambda: get(ME, HTTP_HOST="evil.test"), 400, "bad_request"),
    "400 by a Host in Unicode": (lambda: get(ME, HTTP_HOST="\u0430pi.test"), 400, "bad_request"),
    "400 by a Host with a path": (lambda: get(ME, HTTP_HOST="testserver/x"), 400, "bad_request"),
    "400 by two Hosts": (lambda: get(ME, HTTP_HOST="testserver, x"), 400, "bad_request"),
    "400 by a Host with user info": (lambda: get(ME, HTTP_HOST="a@testserver"), 400, "bad_request"),
    "400 by Host, for no route": (lambda: get("/x/", HTTP_HOST="evil.test"), 400, "bad_request"),
    "400 by the parser": (lambda: send(ECHO, b"{"), 400, "parse_error"),
    "400 by a serializer": (lambda: send(TOKENS, b"{}"), 400, "invalid"),
    "400 by a serializer, for no object": (lambda: send(TOKENS, b"[1]"), 400, "invalid"),
    "400 by a form": (lambda: fill_in(MANY), 400, "bad_request"),
    "400 by a file": (lambda: fill_in(b"x", "multipart/form-data"), 400, "bad_request"),
    "401 without credential": (lambda: get(ME), 401, "not_authenticated"),
    "401 by a token": (lambda: bearing("Token x").get(ME), 401, "not_authenticated"),
    "401 by two tokens": (lambda: bearing("Token x y").get(ME), 401, "not_authenticated"),
    "401 by another scheme": (lambda: bearing("Digest x").get(ME), 401, "not_authenticated"),
    "401 by a password": (
        lambda: send(TOKENS, b'{"username": "x", "password": "y"}'),
        401,
        "not_authenticated",
    ),
    "403 by CSRF, in the session API": (lambda: send(SESSION, b"{}"), 403, "csrf_failed"),
    "403 by CSRF, in the admin": (lambda: send(LOGIN, b"a=1", FORM), 403, "csrf_failed"),
    "404 without route": (lambda: get("/nowhere/"), 404, "not_found"),
    "404 below the API": (lambda: get("/api/v9/"), 404, "not_found"),
    "404 without file": (lambda: get("/static/nothing.css"), 404, "not_found"),
    "404 above the static files": (lambda: get("/static/../manage.py"), 404, "not_found"),
    "404 above, encoded": (lambda: get("/static/%2e%2e/manage.py"), 404, "not_found"),
    "404 by NUL": (lambda: get("/%00"), 404, "not_found"),
    "404 by bytes that are no text": (lambda: get("/%ff%fe/"), 404, "not_found"),
    "404 by two slashes": (lambda: get("//evil.test/x"), 404, "not_found"),
    "404 by a backslash": (lambda: get("/\\evil.test"), 404, "not_found"),
    "404 by line ends": (lambda: get("/%0d%0aSet-Cookie:%20a=b"), 404, "not_found"),
    "404 by 100,000 characters": (lambda: get("/" + "x" * 100_000), 404, "not_found"),
    "404 by 50,000 segments": (lambda: get("/x" * 50_000), 404, "not_found"),
    "405 by an endpoint": (lambda: send("/"), 405, "method_not_allowed"),
    "405 by a page": (lambda: APIClient().delete(LOGIN), 405, "method_not_allowed"),
    "405 by a function": (
        lambda: APIClient().generic("TRACE", "/page/raise/bug/"),
        405,
        "method_not_allowed",
    ),
    "405 by a static file": (
        lambda: send("/static/admin/css/base.css"),
        405,
        "method_not_allowed",
    ),
    "406 by an endpoint": (lambda: get("/", HTTP_ACCEPT="text/csv"), 406, "not_acceptable"),
    "413 by the parser": (lambda: send(ECHO, LARGE), 413, "too_large"),
    "413 by a form": (lambda: fill_in(LARGE), 413, "too_large"),
    "415 by a form": (lambda: send(TOKENS, b"a=1", FORM), 415, "unsupported_media_type"),
    "415 without type": (lambda: send(TOKENS, b"{}", ""), 415, "unsupported_media_type"),
    "500 by an endpoint": (lambda: get("/api/test/raise/bug/"), 500, "server_error"),
    "500 by a page": (lambda: get("/page/raise/bug/"), 500, "server_error"),
}


@pytest.mark.parametrize(("act", "status", "code"), REFUSED.values(), ids=REFUSED)
def test_a_stranger_is_refused(act: Callable[[], Any], status: int, code: str) -> None:
    assert_is_problem(act(), status, code)


def test_the_name_of_a_row_is_its_status() -> None:
    assert [
        name for name, (_, status, _) in REFUSED.items() if not name.startswith(f"{status} ")
    ] == []
