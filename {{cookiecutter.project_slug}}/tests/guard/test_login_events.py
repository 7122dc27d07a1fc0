"""Security events of logins: whichever door was tried, exactly these."""

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.doors import DOORS, Door, at_every_door
from tests.conftest import PASSWORD, SetRates
from tests.events import assert_exactly
from tests.lines import Lines
from tokens.models import ApiToken
from tokens.services import create_token

AFTER_LOGIN = {
    "api token": ["authn_token_created"],
    "jwt": ["authn_token_created"],  # option: jwt
}


@pytest.mark.parametrize("name", DOORS)
def test_a_login(client: APIClient, staff: User, name: str, events: Lines) -> None:
    assert DOORS[name].knock(client, "staff", PASSWORD).status_code == DOORS[name].right
    names = ["authn_login_success", *AFTER_LOGIN.get(name, [])]
    assert_exactly(events, *names, account=staff)


@at_every_door
@pytest.mark.parametrize("username", ["staff", "nobody"])
def test_a_wrong_password(
    client: APIClient, staff: User, door: Door, username: str, events: Lines
) -> None:
    assert door.knock(client, username, "wrong").status_code == door.wrong
    assert_exactly(events, "authn_login_fail", account=None)


@at_every_door
def test_a_try_too_many(
    client: APIClient, staff: User, door: Door, set_rates: SetRates, events: Lines
) -> None:
    set_rates(login="1/hour")
    door.knock(client, "staff", "wrong")
    events.lines.clear()
    assert door.knock(client, "staff", PASSWORD).status_code == 429
    assert_exactly(events, "authn_login_fail_max", account=None)


def test_an_account_that_is_no_staff_at_the_admin(
    client: APIClient, anna: User, events: Lines
) -> None:
    assert DOORS["admin"].knock(client, "anna", PASSWORD).status_code == 200
    assert_exactly(events, "authn_login_success", "authz_fail", account=anna)


def test_the_oldest_token_going(client: APIClient, anna: User, events: Lines) -> None:
    oldest, *_ = [create_token(anna, "")[0] for _ in range(settings.API_TOKENS_PER_USER)]
    DOORS["api token"].knock(client, "anna", PASSWORD)
    assert_exactly(
        events, "authn_login_success", "authn_token_revoked", "authn_token_created", account=anna
    )
    revoked, created = events.records[1:]
    assert (revoked["token_id"], revoked["reason"]) == (str(oldest.pk), "replaced")
    assert created["token_id"] == str(ApiToken.objects.latest("created_at").pk)
