"""Every route is closed to strangers, with every method, unless it stands on the list here."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import every_login
from tests.conftest import SetRates

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PUBLIC = {
    ("GET", ""),
    ("POST", "api/v1/auth/tokens/"),
    ("GET", "api/v1/auth/session/"),
    ("POST", "api/v1/auth/session/"),
    ("DELETE", "api/v1/auth/session/"),
    # option: jwt
    ("POST", "api/v1/auth/jwt/"),
    ("POST", "api/v1/auth/jwt/refresh/"),
    ("POST", "api/v1/auth/jwt/revoke/"),
    ("GET", ".well-known/jwks.json"),
    # end option
}
BAD_CREDENTIALS = (
    "Token nonsense",
    "Basic YW5uYTphbm5h",
    "Bearer nonsense",  # option: jwt
)
ADMIN = f"{settings.ADMIN_PATH}/"
VALUES = {"int": "1", "uuid": "6ba7b810-9dad-41d1-80b4-00c04fd430c8"}


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Walk all routes, with something in place of their variables."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            plain = re.sub(r"\(\?P<\w+>[^)]*\)", VALUES["uuid"], route)
            plain = re.sub(r"<(\w+):\w+>", lambda part: VALUES.get(part[1], "x"), plain)
            yield re.sub(r"\^|\$|\\Z|[<>]", "", plain)


ALL = sorted(set(routes(get_resolver().url_patterns)))
OWN = [route for route in ALL if not route.startswith(ADMIN)]
ADMINS = [route for route in ALL if route.startswith(ADMIN) and route != f"{ADMIN}login/"]


@pytest.fixture
def _no_limits(set_rates: SetRates) -> None:
    set_rates(anon="100000/hour", login="100000/hour")


def ask_all(client: APIClient, asked: list[str]) -> dict[tuple[str, str], int]:
    return {
        (method, route): client.generic(method, f"/{route}").status_code
        for method, route in product(METHODS, asked)
    }


@pytest.mark.usefixtures("db", "_no_limits")
def test_strangers_get_401_everywhere_but_on_the_public_list(client: APIClient) -> None:
    answers = ask_all(client, OWN)
    public_routes = {route for _, route in PUBLIC}
    assert {key for key, status in answers.items() if status not in {401, 405}} == PUBLIC
    assert {route for (_, route), status in answers.items() if status == 405} <= public_routes


@pytest.mark.usefixtures("db", "_no_limits")
def test_a_bad_credential_opens_nothing(client: APIClient) -> None:
    for credential in BAD_CREDENTIALS:
        client.credentials(HTTP_AUTHORIZATION=credential)
        answers = ask_all(client, OWN)
        assert {key for key, status in answers.items() if status not in {401, 405}} <= PUBLIC


@pytest.mark.usefixtures("db", "_no_limits")
def test_strangers_are_sent_to_the_login_by_every_page_of_the_admin(client: APIClient) -> None:
    for route, method in product(ADMINS, METHODS):
        answer = client.generic(method, f"/{route}")
        if answer.status_code != 405:  # logging out takes POST only
            assert answer.status_code == 302, (method, route)
            assert answer["Location"].startswith(f"/{ADMIN}"), (method, route)


@pytest.mark.parametrize("path", ["/api/schema/", "/api/docs/"])
def test_the_description_of_the_api_is_for_staff(
    client: APIClient, anna: User, staff: User, path: str
) -> None:
    assert client.get(path).status_code == 401
    for caller in every_login(anna).values():
        assert caller.get(path).status_code == 403
    for caller in every_login(staff).values():
        assert caller.get(path).status_code == 200


def test_the_walk_sees_the_routes() -> None:
    assert {"api/v1/me/", "api/v1/auth/password/", "api/schema/"} <= set(OWN)
    assert f"{ADMIN}accounts/user/" in ADMINS
