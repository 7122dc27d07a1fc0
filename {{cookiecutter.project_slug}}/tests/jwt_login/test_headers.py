# option: jwt
"""A malformed Authorization header is a 401, never a 500."""

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from jwt_login.services import TokenPair
from tests.jwt_login import calls

MALFORMED = {
    "empty": "Bearer",
    "empty after a blank": "Bearer ",
    "two blanks": "Bearer  {token}",
    "a tab": "Bearer\t{token}",
    "a second word": "Bearer {token} x",
    "blank at the end": "Bearer {token} ",
    "not UTF-8": "Bearer \xff\xfe",
    "not UTF-8 within": "Bearer {token}\xff",
    "NUL": "Bearer \x00",
    "NUL within": "Bearer {token}\x00",
    "control characters": "Bearer \x01\x02\x1b[31m",
    "line end": "Bearer {token}\r\nX-Injected: 1",
    "8 kB": "Bearer " + "a" * 8192,
    "8 kB in three parts": "Bearer " + ".".join(["a" * 2730] * 3),
    "dots": "Bearer ..",
    "quotes": 'Bearer "{token}"',
    "token and comma": "Bearer {token},",
    "another scheme": "JWT {token}",
    "no scheme": "{token}",
    "basic": "Basic {token}",
}


@pytest.mark.parametrize("header", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_header_is_a_401_without_a_query(
    header: str, pair: TokenPair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = APIClient().get(
            calls.ME, headers={"authorization": header.replace("{token}", pair.access)}
        )
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(scheme: str, pair: TokenPair) -> None:
    headers = {"authorization": f"{scheme} {pair.access}"}
    assert APIClient().get(calls.ME, headers=headers).status_code == 200


def test_a_token_in_the_address_is_not_looked_at(pair: TokenPair) -> None:
    response = APIClient().get(calls.ME, {"access": pair.access, "token": pair.access})
    assert response.status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token",
    ["", " ", "é", "a" * 8192, "a.b.c", "Bearer x"],
    ids=lambda token: ascii(token)[:12],
)
def test_any_text_in_place_of_a_refresh_token_is_a_401(
    token: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answers = [calls.refresh(token), calls.revoke(token)]
    assert [answer.status_code for answer in answers] == [401, 401]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [{}, {"refresh": None}, {"refresh": 5}, {"refresh": {}}, {"refresh": []}, []]
)
def test_a_body_without_a_text_is_a_400(body: object) -> None:
    for route in (calls.REFRESH, calls.REVOKE):
        assert calls.post(route, body).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["\x00", "\ud800"], ids=ascii)
def test_half_a_character_is_no_text(token: object) -> None:
    for route in (calls.REFRESH, calls.REVOKE):
        assert calls.post(route, {"refresh": token}).status_code == 400
