"""READ_ONLY: everything that writes is refused but what ends a login."""

from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from guard.read_only import ENDS_ACCESS
from jwt_login.services import start  # option: jwt
from tests.accounts.doors import DOORS
from tests.accounts.logins import (
    alive,
    bearing,  # option: jwt
    every_login,
    in_session,
)
from tests.conftest import (
    ME,  # option: jwt
    PASSWORD,
    SetRates,
)
from tests.test_closed_by_default import ADMIN, ADMINS, OWN

LOGOUTS = {
    ("DELETE", "api/v1/auth/tokens/"),
    ("DELETE", "api/v1/auth/tokens/current/"),
    ("DELETE", "api/v1/auth/tokens/6ba7b810-9dad-41d1-80b4-00c04fd430c8/"),
    ("DELETE", "api/v1/auth/session/"),
    ("POST", "api/v1/auth/jwt/revoke/"),  # option: jwt
    ("POST", f"{ADMIN}logout/"),
}
ROUTES = [*OWN, *ADMINS, f"{ADMIN}login/"]
WRITES = ("POST", "PUT", "PATCH", "DELETE", "PROPFIND")


@pytest.fixture(autouse=True)
def _no_limits(set_rates: SetRates) -> None:
    set_rates(anon="100000/hour", user="100000/hour")


def is_refused(answer: Any) -> bool:
    """Tell whether an answer is the one of this mode, complete."""
    return (
        answer.status_code == 503
        and answer["Content-Type"] == "application/problem+json"
        and answer.json()["code"] == "read_only"
        and int(answer["Retry-After"]) > 0
        and "X-Request-ID" in answer
        and "RateLimit" not in answer
    )


def test_every_method_that_writes_is_refused_on_every_route_but_the_ends_of_logins(
    settings: Settings, staff: User
) -> None:
    browser = in_session(staff)
    settings.READ_ONLY = True
    asked = set(product(WRITES, ROUTES))
    refused = {key for key in asked if is_refused(browser.generic(key[0], f"/{key[1]}"))}
    assert asked - refused == LOGOUTS
    assert len(LOGOUTS) == len(ENDS_ACCESS)


def test_every_login_can_be_ended(settings: Settings, staff: User) -> None:
    logins, browser = every_login(staff), in_session(staff)
    settings.READ_ONLY = True
    assert logins["api token"].delete("/api/v1/auth/tokens/").status_code == 204
    assert logins["session"].delete("/api/v1/auth/session/").status_code == 204
    assert browser.post(f"/{ADMIN}logout/", format="multipart").status_code == 200
    assert alive(logins) & {"api token", "session"} == set()
    assert not Session.objects.exists()


# option: jwt
def test_a_jwt_login_can_be_ended_and_not_refreshed(settings: Settings, anna: User) -> None:
    pair = start(anna)
    settings.READ_ONLY = True
    caller, body = APIClient(), {"refresh": pair.refresh}
    assert is_refused(caller.post("/api/v1/auth/jwt/refresh/", body))
    assert bearing(f"Bearer {pair.access}").get(ME).status_code == 200
    assert caller.post("/api/v1/auth/jwt/revoke/", body).status_code == 204
    assert bearing(f"Bearer {pair.access}").get(ME).status_code == 401


# end option
def test_a_refusal_is_counted_for_nobody(
    settings: Settings, client: APIClient, set_rates: SetRates
) -> None:
    set_rates(anon="1/hour", login="1/hour")
    settings.READ_ONLY = True
    for _ in range(3):
        assert is_refused(DOORS["api token"].knock(client, "anna", PASSWORD))
    assert client.get("/").status_code == 200


def test_it_is_off_unless_it_is_asked_for(client: APIClient, anna: User) -> None:
    assert settings.READ_ONLY is False
    assert DOORS["api token"].knock(client, "anna", PASSWORD).status_code == 201
