"""Log lines: one JSON object each, whatever comes in, and never a secret."""

from datetime import datetime
from urllib.parse import quote

import pytest
from django.conf import settings
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import Door, at_every_door
from tests.accounts.logins import bearing, every_login
from tests.conftest import PASSWORD
from tests.lines import Lines

INJECTIONS = {
    "a line of its own": 'x\r\n{"event": "authn_login_success"}',
    "colours": "\x1b[2J\x1b[31mx",
    "quotes": 'x", "level": "DEBUG',
    "Unicode line ends": "x\u2028\u2029\x85y",
    "NUL": "x\x00y",
    "backspaces": "x\x08\x08\x7f",
    "right to left": "x\u202ey",
}
CANARY = "canary-4711"


@pytest.mark.parametrize("text", INJECTIONS.values(), ids=INJECTIONS)
def test_nothing_that_comes_in_breaks_a_line(
    client: APIClient, db: None, text: str, log: Lines, events: Lines
) -> None:
    credentials = {"username": text, "password": text}
    headers = {"user-agent": text, "x-request-id": text, "origin": text, "referer": text}
    client.post("/api/v1/auth/tokens/", credentials, headers=headers)
    client.get(f"/{quote(text)}/", headers=headers)
    client.get("/", HTTP_HOST=text)
    lines = log.lines + events.lines
    assert len(lines) >= 5
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert {record["level"] for record in log.records + events.records} <= {
        "INFO",
        "WARNING",
        "ERROR",
    }
    assert not events.named("authn_login_success")


def test_a_request_is_one_line_with_these_facts(client: APIClient, db: None, log: Lines) -> None:
    client.get("/")
    (record,) = log.records
    assert datetime.fromisoformat(str(record.pop("time"))).utcoffset() is not None
    assert float(str(record.pop("milliseconds"))) > 0
    assert record.pop("request_id")
    assert record == {
        "message": "request",
        "level": "INFO",
        "logger": "access",
        "method": "GET",
        "route": "/",
        "path": "/",
        "status": 200,
        "address": "127.0.0.1",
    }


def test_times_are_utc(
    client: APIClient, db: None, log: Lines, events: Lines, settings: Settings
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    client.get("/", HTTP_HOST="evil.test")
    for record in log.records + events.records:
        assert str(record["time"]).endswith("+00:00")


@pytest.mark.urls("tests.guard.urls")
@pytest.mark.parametrize(("path", "lines"), [("bug", 1), ("503", 0)])
def test_django_writes_of_what_is_our_fault_and_not_of_a_lost_store(
    client: APIClient, db: None, path: str, lines: int, log: Lines
) -> None:
    client.raise_request_exception = False
    client.get(f"/api/test/raise/{path}/")
    assert len([each for each in log.records if each["logger"] == "django.request"]) == lines


@pytest.mark.urls("tests.guard.urls")
@pytest.mark.parametrize(
    "path",
    ["/", "/nowhere/", "/api/v1/me", "/api/v1/me/", "/api/test/raise/bug/", "/page/raise/bug/"],
)
@pytest.mark.parametrize("host", ["testserver", "evil.test"])
def test_a_query_is_never_logged(db: None, path: str, host: str, log: Lines, events: Lines) -> None:
    client = APIClient(raise_request_exception=False)
    client.get(f"{path}?token={CANARY}&x={quote(CANARY)}", HTTP_HOST=host)
    assert log.lines
    assert CANARY not in "".join(log.lines + events.lines)


@at_every_door
def test_a_password_is_never_logged(
    client: APIClient, staff: User, door: Door, log: Lines, events: Lines
) -> None:
    for password in [PASSWORD, CANARY, *[CANARY] * 10, CANARY * 100, f"{CANARY}\x00"]:
        door.knock(client, "staff", password)
    written = "".join(log.lines + events.lines)
    assert events.named("authn_login_fail_max")
    assert CANARY not in written
    assert PASSWORD not in written


@pytest.mark.urls("tests.guard.urls")
def test_no_credential_is_logged_even_when_everything_fails(
    anna: User, log: Lines, events: Lines
) -> None:
    logins = every_login(anna)
    secrets = [str(login.defaults.get("HTTP_AUTHORIZATION", "")) for login in logins.values()]
    secrets += [logins["session"].cookies[settings.SESSION_COOKIE_NAME].value, CANARY]
    callers = [*logins.values(), bearing(f"Token {CANARY}"), bearing(f"Basic {CANARY}")]
    for caller in callers:
        caller.raise_request_exception = False
        caller.get("/api/test/raise/bug/", headers={"cookie": f"a={CANARY}", "x-key": CANARY})
        caller.post("/api/v1/auth/password/", {"current_password": CANARY, "new_password": CANARY})
        caller.delete("/api/v1/auth/tokens/current/")
    written = "".join(log.lines + events.lines)
    assert [secret for secret in secrets if secret and secret.split()[-1] in written] == []
    assert "<WSGIRequest" not in written
