# option: jwt
"""A genuine token stops working the moment its login or its user ends."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from jwt_login import services
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging

ENDINGS: dict[str, Callable[[JwtLogin], object]] = {
    "user deleted": lambda login: login.user.delete(),
    "user inactive": lambda login: User.objects.filter(pk=login.user_id).update(is_active=False),
    "login revoked": services.revoke,
    "login deleted": lambda login: login.delete(),
    "every login revoked": lambda login: services.revoke_all(login.user),
    "absolute end passed": lambda login: JwtLogin.objects.update(
        expires_at=timezone.now() - timedelta(seconds=1)
    ),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS.keys())
def test_access_and_refresh_end_at_once_with_the_generic_answer(
    end: Callable[[JwtLogin], object], pair: TokenPair, login: JwtLogin
) -> None:
    generic = calls.text(calls.call("nonsense"))
    assert calls.call(pair.access).status_code == 200  # its signature is known from now on
    end(login)
    for response in (calls.call(pair.access), calls.refresh(pair.refresh)):
        assert response.status_code == 401
        assert calls.text(response) == generic


@pytest.mark.parametrize("claim", ["sub", "sid"])
def test_a_genuine_token_of_nobody_is_refused(claim: str, pair: TokenPair) -> None:
    for door, token in ((calls.call, pair.access), (calls.refresh, pair.refresh)):
        assert door(forging.with_claims(token, **{claim: str(uuid4())})).status_code == 401


def test_a_token_cannot_name_the_login_of_another_user(pair: TokenPair, user: User) -> None:
    bob = User.objects.create_user("bob")
    for door, token in ((calls.call, pair.access), (calls.refresh, pair.refresh)):
        assert door(forging.with_claims(token, sub=str(bob.pk))).status_code == 401
    assert user.jwt_logins.get().revoked_at is None


def test_revoke_all_ends_every_login_but_the_one_to_keep(user: User) -> None:
    pairs = [services.start(user) for _ in range(3)]
    kept = JwtLogin.objects.get(pk=forging.parts(pairs[1].access)[1]["sid"])
    assert services.revoke_all(user, keep=kept.pk) == 2
    assert [calls.call(pair.access).status_code for pair in pairs] == [401, 200, 401]
    assert services.revoke_all(user) == 1
    assert services.revoke_all(user) == 0


def test_revoke_all_leaves_other_users_alone(pair: TokenPair) -> None:
    services.revoke_all(User.objects.create_user("bob"))
    assert calls.call(pair.access).status_code == 200
