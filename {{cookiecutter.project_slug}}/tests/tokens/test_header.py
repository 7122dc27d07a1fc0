"""The header that carries an API token: one query for any of them, 401 for all but good ones."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import bearing
from tests.conftest import ME, Caller
from tokens.services import create_token

MALFORMED = {
    "a scheme alone": b"Token",
    "a scheme and a blank": b"Token ",
    "two blanks": b"Token  two blanks",
    "not UTF-8": b"Token \xff\xfe",
    "NUL": b"Token \x00",
    "8 kB": b"Token " + b"x" * 8000,
    "white space": b"Token \r\n\t",
    "lower case": b"token",
    "no scheme": b"\xff",
    "empty": b"",
}


@pytest.mark.parametrize("header", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_header_is_401_and_never_500(db: None, header: bytes) -> None:
    answer = APIClient().get(ME, HTTP_AUTHORIZATION=header.decode("latin-1"))
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_works_in_the_header_and_nowhere_else(client: APIClient, anna: User) -> None:
    _, token = create_token(anna, "")
    assert bearing(f"Token {token}").get(ME).status_code == 200
    client.cookies["Authorization"] = f"Token {token}"
    client.cookies["sessionid"] = token
    assert client.get(ME, {"token": token, "Authorization": f"Token {token}"}).status_code == 401


@pytest.mark.parametrize("change", [str.upper, str.swapcase, "{}x".format, "{}=".format])
def test_a_token_is_compared_exactly(anna: User, change: Callable[[str], str]) -> None:
    _, token = create_token(anna, "")
    assert bearing(f"Token {change(token)}").get(ME).status_code == 401


def test_a_digest_that_leaked_is_no_credential(anna: User) -> None:
    token, _ = create_token(anna, "")
    assert bearing(f"Token {token.digest}").get(ME).status_code == 401


def test_a_request_costs_one_query_and_one_without_credential_none(
    call_as: Caller, anna: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller = call_as(anna)
    caller.get(ME)  # notes the use of the token, at most once in five minutes
    with django_assert_num_queries(1):
        assert caller.get(ME).status_code == 200
    with django_assert_num_queries(0):
        assert APIClient().get(ME).status_code == 401
