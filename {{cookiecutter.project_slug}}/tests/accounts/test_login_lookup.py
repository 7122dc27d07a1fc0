"""The look-up of every request finds what Django's own query finds."""

from typing import Any

import pytest
from django.db import models

from accounts.login_lookup import LoginLookup
from accounts.models import User
from jwt_login.models import JwtLogin  # option: jwt
from tests.accounts.logins import every_login
from tokens.models import ApiToken

pytestmark = pytest.mark.django_db

KINDS: list[Any] = [
    (ApiToken, "digest"),
    (JwtLogin, "id"),  # option: jwt
]


def fields(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize(("model", "name"), KINDS)
def test_it_finds_the_login_and_its_user_in_one_query(
    model: type[Any], name: str, anna: User, django_assert_num_queries: Any
) -> None:
    every_login(anna)
    lookup = LoginLookup(model, name)
    for expected in model.objects.select_related("user"):
        with django_assert_num_queries(1):
            found = lookup.find(getattr(expected, name))
            assert found is not None
            assert fields(found) == fields(expected)
            assert fields(found.user) == fields(expected.user) == fields(anna)
        assert type(found.user) is User
        assert not found._state.adding
        assert found == expected


@pytest.mark.parametrize(("model", "name"), KINDS)
def test_it_finds_nothing_else(model: type[Any], name: str, anna: User) -> None:
    every_login(anna)
    assert LoginLookup(model, name).find("0" * 32) is None


def test_a_login_that_was_found_can_be_saved(anna: User) -> None:
    every_login(anna)
    token = ApiToken.objects.get()
    found = LoginLookup(ApiToken, "digest").find(token.digest)
    assert found is not None
    found.name = "phone"
    found.save(update_fields=["name"])
    token.refresh_from_db()
    assert token.name == "phone"
