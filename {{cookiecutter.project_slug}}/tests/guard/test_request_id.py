"""Every request has an id: a caller's own if it is harmless, else a new one."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import PASSWORD
from tests.lines import Lines

ACCEPTED = ["abcd1234", "A-Z_a-z_0-9", "x" * 64, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"]
REFUSED = {
    "nothing": "",
    "too short": "abc1234",
    "too long": "x" * 65,
    "far too long": "x" * 10_000,
    "blanks": "with blanks",
    "a line end": "abcd1234\n",
    "a new line": "abcd\r\nSet-Cookie: a=b",
    "markup": "<script>alert(1)</script>",
    "quotes": 'abcd"1234"',
    "a path": "../../../../etc/passwd",
    "colours": "\x1b[31mabcd1234",
    "other letters": "gr\u00fc\u00dfe-1234",
}


@pytest.mark.parametrize("given", ACCEPTED)
def test_a_harmless_id_is_taken_over(client: APIClient, db: None, given: str) -> None:
    answer = client.get("/nowhere/", headers={"x-request-id": given})
    assert answer["X-Request-ID"] == answer.json()["request_id"] == given


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED)
def test_any_other_id_is_replaced(client: APIClient, db: None, given: str, log: Lines) -> None:
    answer = client.get("/nowhere/", headers={"x-request-id": given})
    assert len(answer["X-Request-ID"]) == 32
    assert answer["X-Request-ID"].isalnum()
    assert [record["request_id"] for record in log.records] == [answer["X-Request-ID"]]


def test_no_two_requests_have_the_same_id(client: APIClient, db: None) -> None:
    assert len({client.get("/")["X-Request-ID"] for _ in range(20)}) == 20


def test_every_line_of_a_request_names_it(
    client: APIClient, anna: User, log: Lines, events: Lines
) -> None:
    credentials = {"username": "anna", "password": PASSWORD}
    answer = client.post("/api/v1/auth/tokens/", credentials)
    records = log.records + events.records
    assert len(records) == 3  # the login, the token, the request
    assert {record["request_id"] for record in records} == {answer["X-Request-ID"]}


@pytest.mark.urls("tests.guard.urls")
def test_the_line_that_django_writes_about_a_failure_names_it_too(db: None, log: Lines) -> None:
    client = APIClient(raise_request_exception=False)
    answer = client.get("/api/test/raise/bug/")
    assert len(log.records) == 2
    assert {record["request_id"] for record in log.records} == {answer["X-Request-ID"]}
