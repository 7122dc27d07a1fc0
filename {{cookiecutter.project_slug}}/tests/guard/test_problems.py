"""Every error, whoever found it, is a problem with the same members, and leaks nothing."""

from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from guard.schema import PROBLEM
from tests.accounts.logins import in_session
from tests.conftest import ME, Caller
from tests.guard.views import SECRET
from tests.lines import Lines

pytestmark = [pytest.mark.urls("tests.guard.urls"), pytest.mark.django_db]

MEMBERS = {"type", "title", "status", "code", "detail", "instance", "request_id"}
RAISED = {
    # what a view raises: status, code
    "bug": (500, "server_error"),
    "django 400": (400, "parse_error"),
    "django 403": (403, "permission_denied"),
    "django 404": (404, "not_found"),
    "django 413": (413, "too_large"),
    "text": (400, "invalid"),
    "list": (400, "invalid"),
    "fields": (400, "invalid"),
    "many": (400, "invalid"),
    "401": (401, "not_authenticated"),
    "403": (403, "permission_denied"),
    "404": (404, "not_found"),
    "405": (405, "method_not_allowed"),
    "406": (406, "not_acceptable"),
    "413": (413, "too_large"),
    "415": (415, "unsupported_media_type"),
    "429": (429, "throttled"),
    "503": (503, "unavailable"),
}
ON_A_PAGE = {"bug", "django 400", "django 403", "django 404", "django 413", "403", "429", "503"}
EVENTS = {
    "django 403": "authz_fail",
    "403": "authz_fail",
    "fields": "input_validation_fail",
    "413": "input_validation_fail",
    "415": "input_validation_fail",
}


@pytest.fixture
def client() -> APIClient:
    """A caller that gets the answer to a fault of ours, as a stranger would."""
    return APIClient(raise_request_exception=False)


def assert_is_problem(answer: Any, status: int, code: str) -> None:
    """Compare an answer with RFC 9457 and with what the schema says."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, "about:blank")
    assert body["instance"] == answer.wsgi_request.path
    assert body["request_id"] == answer["X-Request-ID"]
    assert body["title"]
    assert body["detail"]
    assert set(PROBLEM["required"]) == MEMBERS
    assert MEMBERS <= set(body) <= set(PROBLEM["properties"])
    kinds = {"string": str, "integer": int, "object": dict}
    for name, value in body.items():
        assert type(value) is kinds[PROBLEM["properties"][name]["type"]], name
    assert "hunter2" not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize("name", RAISED)
def test_whatever_a_view_raises_is_a_problem(client: APIClient, name: str) -> None:
    assert_is_problem(client.get(f"/api/test/raise/{name}/"), *RAISED[name])


@pytest.mark.parametrize("name", sorted(ON_A_PAGE))
def test_outside_of_drf_as_well(client: APIClient, name: str) -> None:
    status, code = RAISED[name]
    code = "bad_request" if name == "django 400" else code
    assert_is_problem(client.get(f"/page/raise/{name}/"), status, code)


@pytest.mark.parametrize("accept", ["text/html", "application/yaml", "*/*", "text/csv", "garbage"])
@pytest.mark.parametrize("path", [ME, "/api/schema/", "/api/docs/", "/nowhere/"])
def test_a_problem_is_json_whatever_the_caller_would_like(
    client: APIClient, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"accept": accept})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code


def test_found_by_the_service_itself(client: APIClient, call_as: Caller, anna: User) -> None:
    admin = f"/{settings.ADMIN_PATH}/login/"
    known = call_as(anna)
    assert_is_problem(client.get("/", HTTP_HOST="evil.test"), 400, "bad_request")
    assert_is_problem(client.get(ME), 401, "not_authenticated")
    assert_is_problem(in_session(anna, checked=True).delete(ME), 403, "csrf_failed")
    assert_is_problem(APIClient(enforce_csrf_checks=True).post(admin), 403, "csrf_failed")
    assert_is_problem(client.get("/api/nowhere/"), 404, "not_found")
    assert_is_problem(known.delete(ME), 405, "method_not_allowed")
    assert_is_problem(client.delete(admin), 405, "method_not_allowed")
    assert_is_problem(known.get(ME, headers={"accept": "text/csv"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "FOO", "CONNECT", "PROPFIND"])
def test_a_method_that_is_not_declared_is_refused(client: APIClient, method: str) -> None:
    for path in ("/", f"/{settings.ADMIN_PATH}/login/"):
        answer = client.generic(method, path)
        assert_is_problem(answer, 405, "method_not_allowed")
        assert "GET" in answer["Allow"]
        assert method not in answer["Allow"]


def test_field_errors_are_an_object_in_every_case(client: APIClient) -> None:
    errors = {n: client.get(f"/api/test/raise/{n}/").json()["errors"] for n in ("fields", "text")}
    assert errors["fields"] == {"name": ["This is not it."], "deep": {"er": ["x"]}}
    assert errors["text"] == {"non_field_errors": ["This is not it."]}


@pytest.mark.parametrize("name", EVENTS)
def test_a_refusal_is_one_event(client: APIClient, name: str, events: Lines) -> None:
    client.get(f"/api/test/raise/{name}/")
    assert events.names == [EVENTS[name]]


def test_a_wrong_host_is_an_event(client: APIClient, events: Lines) -> None:
    client.get("/", HTTP_HOST="evil.test")
    assert events.names == ["malicious_host"]


def test_retry_after_is_said(client: APIClient) -> None:
    for surface in ("api/test", "page"):
        assert client.get(f"/{surface}/raise/429/")["Retry-After"] == "7"


def test_the_reason_of_a_500_is_in_the_log(client: APIClient, log: Lines) -> None:
    answer = client.get("/api/test/raise/bug/")
    (record,) = [record for record in log.records if record["level"] == "ERROR"]
    assert record["request_id"] == answer["X-Request-ID"]
    assert SECRET in str(record["exc_info"])
