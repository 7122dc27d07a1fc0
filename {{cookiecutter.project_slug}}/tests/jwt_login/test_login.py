# option: jwt
"""Logging in: the shapes of simplejwt, the claims of an allow-list, nothing readable at rest."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import User
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.conftest import PASSWORD
from tests.jwt_login import calls, forging
from tests.lines import Lines


def test_a_login_answers_a_pair_that_works(user: User) -> None:
    response = APIClient().post(calls.LOGIN, {"username": "anna", "password": PASSWORD})
    assert response.status_code == 200
    assert set(response.json()) == {"access", "refresh"}
    me = calls.call(response.json()["access"])
    assert me.status_code == 200
    assert me.json()["username"] == "anna"
    assert calls.refresh(response.json()["refresh"]).status_code == 200


@pytest.mark.usefixtures("user")
def test_a_login_is_one_success_and_one_token_created(events: Lines) -> None:
    APIClient().post(calls.LOGIN, {"username": "anna", "password": PASSWORD})
    assert calls.names(events) == ["authn_login_success", "authn_token_created"]


@pytest.mark.usefixtures("user")
def test_a_wrong_password_is_a_401_and_no_login() -> None:
    response = APIClient().post(calls.LOGIN, {"username": "anna", "password": "not it at all"})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert not JwtLogin.objects.exists()


@pytest.mark.usefixtures("user")
def test_the_routes_ignore_credentials_in_headers(pair: TokenPair) -> None:
    client = APIClient(headers={"authorization": "Bearer nonsense"})
    credentials = {"username": "anna", "password": PASSWORD}
    assert client.post(calls.LOGIN, credentials).status_code == 200
    assert client.post(calls.REFRESH, {"refresh": pair.refresh}).status_code == 200


def test_claims_are_an_allow_list_without_personal_data(user: User, pair: TokenPair) -> None:
    User.objects.update(first_name="Ann", last_name="Smith", email="ann@example.com")
    login = JwtLogin.objects.get()
    headers, claims = forging.parts(pair.access)
    assert set(headers) == {"alg", "kid", "typ"}
    assert (headers["alg"], headers["typ"]) == ("ES256", "at+jwt")
    names = {"iss", "aud", "sub", "iat", "nbf", "exp", "jti", "sid"}
    assert set(claims) == names
    assert set(forging.parts(pair.refresh)[1]) == names
    assert claims["iss"] == settings.JWT_ISSUER
    assert claims["aud"] == settings.JWT_AUDIENCE
    assert (claims["sub"], claims["sid"]) == (str(user.pk), str(login.pk))


def test_the_times_are_those_of_the_settings(pair: TokenPair) -> None:
    access, refresh = forging.parts(pair.access)[1], forging.parts(pair.refresh)[1]
    assert access["exp"] - access["iat"] == settings.JWT_ACCESS_MINUTES * 60
    assert refresh["exp"] - refresh["iat"] == settings.TOKEN_LIFETIME_HOURS * 3600
    login = JwtLogin.objects.get()
    assert login.expires_at - login.created_at == timedelta(hours=settings.TOKEN_LIFETIME_HOURS)


def test_every_token_has_an_id_of_its_own(user: User, pair: TokenPair) -> None:
    again = calls.refresh(pair.refresh).json()
    tokens = [pair.access, pair.refresh, again["access"], again["refresh"]]
    assert len({forging.parts(token)[1]["jti"] for token in tokens}) == 4
    assert user.jwt_logins.count() == 1


def test_no_row_of_any_table_holds_a_token(user: User) -> None:
    credentials = {"username": user.username, "password": PASSWORD}
    pair = APIClient().post(calls.LOGIN, credentials).json()
    pair = calls.refresh(pair["refresh"]).json()
    calls.call(pair["access"])
    out = StringIO()
    call_command("dumpdata", stdout=out)
    rows = out.getvalue()
    assert str(JwtLogin.objects.get().pk) in rows
    assert "eyJ" not in rows


def test_a_request_costs_one_query(
    pair: TokenPair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert calls.call(pair.access).status_code == 200


def test_a_request_without_credentials_costs_no_query(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert APIClient().get(calls.ME).status_code == 401
