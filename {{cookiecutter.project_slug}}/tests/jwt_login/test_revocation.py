# option: jwt
"""Logging out ends the login, and says 204 only when it is over."""

import pytest

from accounts.models import User
from jwt_login import services
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.jwt_login import calls
from tests.lines import Lines


def test_revoking_ends_access_and_refresh_at_once(
    pair: TokenPair, login: JwtLogin, events: Lines
) -> None:
    answer = calls.revoke(pair.refresh)
    assert (answer.status_code, answer.content) == (204, b"")
    assert calls.call(pair.access).status_code == 401
    assert calls.refresh(pair.refresh).status_code == 401
    login.refresh_from_db()
    assert login.revoked_at is not None
    assert calls.names(events) == ["authn_token_revoked", "authz_fail", "authz_fail"]


def test_revoking_again_is_a_204_and_no_second_event(pair: TokenPair, events: Lines) -> None:
    """A client whose answer was lost asks again; the login is over, so that is the answer."""
    assert [calls.revoke(pair.refresh).status_code for _ in range(2)] == [204, 204]
    assert calls.names(events) == ["authn_token_revoked"]


def test_an_older_refresh_token_of_the_login_ends_it_too(pair: TokenPair) -> None:
    child = calls.refresh(pair.refresh).json()
    assert calls.revoke(pair.refresh).status_code == 204
    assert calls.call(child["access"]).status_code == 401


def test_an_inactive_user_can_still_end_a_login(user: User, pair: TokenPair) -> None:
    User.objects.update(is_active=False)
    assert calls.revoke(pair.refresh).status_code == 204
    User.objects.update(is_active=True)
    assert calls.call(pair.access).status_code == 401
    assert not user.jwt_logins.filter(revoked_at=None).exists()


@pytest.mark.parametrize("delete", ["user", "login"])
def test_the_token_of_a_login_that_is_not_there_is_a_401(
    delete: str, user: User, pair: TokenPair, login: JwtLogin
) -> None:
    (user if delete == "user" else login).delete()
    assert calls.revoke(pair.refresh).status_code == 401


def test_revoking_leaves_the_users_other_logins_alone(user: User, pair: TokenPair) -> None:
    other = services.start(user)
    assert calls.revoke(pair.refresh).status_code == 204
    assert calls.call(other.access).status_code == 200


def test_a_new_password_ends_the_logins(user: User, pair: TokenPair) -> None:
    user.set_password("another battery staple horse")
    user.save()
    assert calls.call(pair.access).status_code == 401
    assert calls.refresh(pair.refresh).status_code == 401


def test_deactivation_ends_the_logins_for_good(user: User, pair: TokenPair) -> None:
    user.is_active = False
    user.save()
    user.is_active = True
    user.save()
    assert calls.call(pair.access).status_code == 401
    assert calls.refresh(pair.refresh).status_code == 401
