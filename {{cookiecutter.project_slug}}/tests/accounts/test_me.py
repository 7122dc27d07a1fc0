"""`/me/` tells a caller about itself: a fixed list of fields and nobody else's."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import KINDS, every_login
from tests.conftest import ME, Caller

FIELDS = {"id", "username", "email", "first_name", "last_name", "date_joined"}


@pytest.mark.parametrize("kind", KINDS)
def test_me_is_the_caller_with_a_fixed_list_of_fields(anna: User, berta: User, kind: str) -> None:
    answer = every_login(anna)[kind].get(ME)
    assert set(answer.json()) == FIELDS
    assert answer.json()["id"] == str(anna.pk)


def test_me_cannot_be_asked_about_others(call_as: Caller, anna: User, berta: User) -> None:
    answer = call_as(anna).get(ME, {"id": str(berta.pk), "username": "berta", "user": "berta"})
    assert answer.json()["username"] == "anna"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_me_only_reads(call_as: Caller, staff: User, method: str) -> None:
    answer = getattr(call_as(staff), method)(ME, {"is_superuser": True})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_me_needs_a_login(client: APIClient, db: None) -> None:
    answer = client.get(ME)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
