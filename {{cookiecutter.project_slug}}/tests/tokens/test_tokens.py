"""API tokens: made by a login, shown once, stored as a digest, revoked in every way."""

import re
from typing import Any, cast

import pytest
from django.conf import settings
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import ME, PASSWORD, Caller
from tests.lines import Lines
from tokens.models import ApiToken, new_token
from tokens.services import create_token

URL = "/api/v1/auth/tokens/"


def log_in(client: APIClient, user: User, **more: str) -> dict[str, Any]:
    answer = client.post(URL, {"username": user.username, "password": PASSWORD, **more})
    assert answer.status_code == 201, answer.content
    return cast("dict[str, Any]", answer.json())


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_a_login_answers_a_token_that_works(client: APIClient, anna: User) -> None:
    answer = log_in(client, anna, name="laptop")
    assert answer["name"] == "laptop"
    assert with_token(answer["token"]).get(ME).json()["username"] == "anna"


def test_a_token_is_256_random_bits_with_a_prefix_for_secret_scanners() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(re.fullmatch(r"apitoken_[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_no_column_of_any_table_holds_a_token(client: APIClient, anna: User) -> None:
    token = log_in(client, anna)["token"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own table names
            assert token not in str(cursor.fetchall())


@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE", "QUERY"])
def test_a_method_that_is_not_there_is_a_405_for_everybody(
    call_as: Caller, anna: User, method: str
) -> None:
    for client in (APIClient(), call_as(anna)):
        assert client.generic(method, URL).status_code == 405


def test_the_list_shows_own_tokens_without_their_text(
    client: APIClient, call_as: Caller, anna: User, berta: User
) -> None:
    token = log_in(client, anna, name="phone")["token"]
    log_in(client, berta, name="elsewhere")
    answer = with_token(token).get(URL)
    assert [row["name"] for row in answer.json()["results"]] == ["phone"]
    assert token not in answer.content.decode()
    assert "digest" not in answer.json()["results"][0]


def test_one_token_is_revoked_and_the_others_stay(client: APIClient, anna: User) -> None:
    first, second = log_in(client, anna), log_in(client, anna)
    assert with_token(second["token"]).delete(f"{URL}{first['id']}/").status_code == 204
    assert with_token(first["token"]).get(ME).status_code == 401
    assert with_token(second["token"]).get(ME).status_code == 200


def test_nobody_revokes_the_token_of_another_account(
    client: APIClient, call_as: Caller, anna: User, berta: User
) -> None:
    token = log_in(client, anna)
    assert call_as(berta).delete(f"{URL}{token['id']}/").status_code == 404
    assert with_token(token["token"]).get(ME).status_code == 200


def test_logging_out_ends_the_token_it_came_with(client: APIClient, anna: User) -> None:
    first, second = log_in(client, anna), log_in(client, anna)
    assert with_token(first["token"]).delete(f"{URL}current/").status_code == 204
    assert with_token(first["token"]).get(ME).status_code == 401
    assert with_token(second["token"]).get(ME).status_code == 200


def test_logging_out_without_a_token_is_not_a_silent_success(anna: User) -> None:
    client = APIClient()
    client.force_login(anna)
    assert client.delete(f"{URL}current/").status_code == 404


def test_revoking_all_ends_all(client: APIClient, anna: User) -> None:
    first, second = log_in(client, anna), log_in(client, anna)
    assert with_token(first["token"]).delete(URL).status_code == 204
    assert with_token(first["token"]).get(ME).status_code == 401
    assert with_token(second["token"]).get(ME).status_code == 401


def test_the_oldest_token_goes_when_the_cap_is_reached(client: APIClient, anna: User) -> None:
    tokens = [log_in(client, anna)["token"] for _ in range(settings.API_TOKENS_PER_USER)]
    newest = create_token(anna, "")[1]  # one login more than THROTTLE_LOGIN allows
    assert anna.api_tokens.count() == settings.API_TOKENS_PER_USER
    assert with_token(tokens[0]).get(ME).status_code == 401
    assert with_token(tokens[1]).get(ME).status_code == 200
    assert with_token(newest).get(ME).status_code == 200


def test_a_switched_off_account_is_out_at_once(client: APIClient, anna: User) -> None:
    token = log_in(client, anna)["token"]
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert with_token(token).get(ME).status_code == 401


def test_making_and_revoking_a_token_are_one_event_each(
    client: APIClient, anna: User, events: Lines
) -> None:
    token = log_in(client, anna)
    with_token(token["token"]).delete(f"{URL}current/")
    for name in ("authn_token_created", "authn_token_revoked"):
        (event,) = events.named(name)
        assert event["account"] == str(anna.pk)
        assert event["token_id"] == token["id"]
    assert token["token"] not in "".join(events.lines)
    assert ApiToken.objects.count() == 0
