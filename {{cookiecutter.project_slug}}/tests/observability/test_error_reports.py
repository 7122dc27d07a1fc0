"""What is reported to Sentry, what never is, and that it costs the request nothing."""

import json
from typing import Any

import pytest
import sentry_sdk
from django.conf import settings
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from guard.logs import current_trace_id
from observability import error_reports
from tests.accounts.logins import every_login
from tests.conftest import PASSWORD
from tests.guard.views import FAULTS, SECRET
from tests.lines import Lines
from tests.observability.sink import Sink

CANARY = "canary4711"
pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]


@pytest.fixture
def caller() -> APIClient:
    return APIClient(raise_request_exception=False)


def reports(sink: Sink) -> list[dict[str, Any]]:
    """Return what was reported: the last part of each envelope."""
    return [json.loads(body.splitlines()[-1]) for _, _, body in sink.received]


def test_a_report_is_the_type_and_the_places_of_what_was_raised(
    caller: APIClient, sentry: Sink, log: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FAULTS, "bug", RuntimeError(SECRET))  # that nothing has raised before
    current_trace_id.set("0af7651916cd43dd8448eb211c80319c")
    try:
        answer = caller.get("/api/test/raise/bug/")
    finally:
        current_trace_id.set(None)
    sentry.wait()
    (report,) = reports(sentry)
    (exception,) = report.pop("exception")["values"]
    places = exception.pop("stacktrace")["frames"]
    assert exception == {"type": "RuntimeError"}
    assert places[-1]["filename"] == "tests/guard/views.py"
    assert places[-1]["function"] == "get"
    names = {"filename", "function", "in_app", "lineno", "module"}
    assert {name for place in places for name in place} == names
    assert report.pop("tags") == {
        "request_id": answer.json()["request_id"],
        "trace_id": "0af7651916cd43dd8448eb211c80319c",
    }
    assert set(report.pop("sdk")) == {"name", "version"}
    assert report.pop("event_id")
    assert report.pop("timestamp")
    assert report == {
        "environment": "production",
        "level": "error",
        "platform": "python",
        "transaction": "GET /api/test/raise/<name>/",
    }
    assert SECRET in "".join(log.lines), "the text is in the log"


def test_nothing_of_a_request_and_no_text_of_an_exception_is_sent(
    anna: User, sentry: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_KEY", CANARY)
    monkeypatch.setitem(FAULTS, "bug", RuntimeError(f"anna@example.com {PASSWORD} {CANARY}"))
    FAULTS["bug"].__cause__ = ValueError(CANARY)
    FAULTS["bug"].add_note(CANARY)
    logins = every_login(anna)
    secrets = [str(login.defaults.get("HTTP_AUTHORIZATION", "x ")) for login in logins.values()]
    secrets = [secret.split()[-1] for secret in secrets if secret.split()[1:]]
    secrets += [logins["session"].cookies[settings.SESSION_COOKIE_NAME].value]
    for login in logins.values():
        login.raise_request_exception = False
        names = ("HTTP_USER_AGENT", "HTTP_X_KEY", "HTTP_REFERER")
        login.defaults |= dict.fromkeys(names, CANARY) | {"REMOTE_ADDR": "203.0.113.77"}
        assert login.get(f"/api/test/raise/bug/?token={CANARY}").status_code == 500
    sentry_sdk.get_client().flush(20)
    sent = sentry.wait().decode()
    assert len(reports(sentry)) == len(logins)
    assert [name for name in ("RuntimeError", "ValueError") if name not in sent] == []
    secrets += [CANARY, PASSWORD, "anna", "@", "203.0.113.77", SECRET, settings.SECRET_KEY]
    assert [secret for secret in secrets if secret in sent] == []


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"bug"}))
@pytest.mark.parametrize("door", ["/api/test", "/page"])
def test_what_is_refused_or_only_lost_for_a_while_is_not_reported(
    caller: APIClient, sentry: Sink, fault: str, door: str
) -> None:
    assert caller.get(f"{door}/raise/{fault}/").status_code != 500
    sentry_sdk.get_client().flush(20)
    assert sentry.received == []


def test_what_others_hand_to_the_sdk_is_held_to_the_same_list(sentry: Sink) -> None:
    sentry_sdk.set_user({"email": CANARY})
    sentry_sdk.add_breadcrumb(message=CANARY)
    sentry_sdk.set_context("state", {"x": CANARY})
    sentry_sdk.capture_message(CANARY)
    with sentry_sdk.start_transaction(name="a job"):
        sentry_sdk.set_tag("x", CANARY)
    sentry_sdk.capture_exception(RuntimeError(CANARY))
    sentry_sdk.get_client().flush(20)
    (report,) = reports(sentry)
    assert report["exception"]["values"][0]["type"] == "RuntimeError"
    assert CANARY not in sentry.wait().decode()


def test_a_report_that_fails_costs_the_answer_nothing(
    caller: APIClient, sentry: Sink, monkeypatch: pytest.MonkeyPatch, log: Lines
) -> None:
    monkeypatch.setattr(error_reports, "facts", lambda _: 1 / 0)
    answer = caller.get("/api/test/raise/bug/")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert any("could not be reported" in line for line in log.lines)


def test_a_sentry_that_is_gone_costs_the_answer_nothing(
    caller: APIClient, sentry: Sink, settings: Settings
) -> None:
    settings.SENTRY_DSN = "http://publickey@127.0.0.1:1/42"
    error_reports.start()
    assert caller.get("/api/test/raise/bug/").status_code == 500
    assert sentry.received == []


def test_an_error_outside_of_an_address_is_reported_without_one(
    rf: RequestFactory, sentry: Sink
) -> None:
    assert error_reports.place(rf.get("/secret/")) == "GET None"
    assert error_reports.place(None) == "no request"
    assert error_reports.facts(None) == {}
