# option: jwt
"""Security events of JWT logins: each action is exactly these events."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from jwt_login import refresh, services
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.accounts.logins import in_session
from tests.events import assert_exactly
from tests.jwt_login import calls
from tests.lines import Lines

PAGES = f"/{settings.ADMIN_PATH}/jwt_login/jwtlogin/"
ENDED = "authn_token_revoked"
DENIED = "authz_fail"


def reuse(pair: TokenPair) -> Any:
    services.rotate(refresh.read(pair.refresh))
    return calls.refresh(pair.refresh)


def delete_in_the_admin(pair: TokenPair) -> Any:
    page = f"{PAGES}{JwtLogin.objects.get().pk}/delete/"
    return admin().post(page, {"post": "yes"}, format="multipart")


def delete_some_in_the_admin(pair: TokenPair) -> Any:
    form = {"action": "delete_selected", "post": "yes"}
    form["_selected_action"] = str(JwtLogin.objects.get().pk)
    return admin().post(PAGES, form, format="multipart")


def end_in_the_admin(pair: TokenPair) -> Any:
    form = {"action": "revoke_logins", "_selected_action": str(JwtLogin.objects.get().pk)}
    return admin().post(PAGES, form, format="multipart")


def admin() -> Any:
    return in_session(User.objects.create_superuser("staff"))


OF_THE_OWNER: dict[str, tuple[Callable[[TokenPair], Any], int, list[str]]] = {
    "a call": (lambda pair: calls.call(pair.access), 200, []),
    "a refresh": (lambda pair: calls.refresh(pair.refresh), 200, []),
    "the end of a login": (lambda pair: calls.revoke(pair.refresh), 204, [ENDED]),
    "a used refresh token": (reuse, 401, ["authn_token_reuse"]),
    "the end, by the admin": (end_in_the_admin, 302, [ENDED]),
    "deleted by the admin": (delete_in_the_admin, 302, [ENDED]),
    "several deleted by the admin": (delete_some_in_the_admin, 302, [ENDED]),
}
OF_STRANGERS: dict[str, Callable[[TokenPair], Any]] = {
    "a bearer that is none": lambda pair: calls.call("x"),
    "a tampered bearer": lambda pair: calls.call(pair.access[:-8] + "x" * 8),
    "a refresh token as bearer": lambda pair: calls.call(pair.refresh),
    "a refresh token that is none": lambda pair: calls.refresh("x"),
    "an access token to refresh with": lambda pair: calls.refresh(pair.access),
    "the end of a login that is none": lambda pair: calls.revoke("x"),
}


@pytest.mark.parametrize(("act", "status", "names"), OF_THE_OWNER.values(), ids=OF_THE_OWNER)
def test_an_action(
    pair: TokenPair,
    act: Callable[[TokenPair], Any],
    status: int,
    names: list[str],
    events: Lines,
) -> None:
    assert act(pair).status_code == status
    assert_exactly(events, *names, account=User.objects.get(username="anna"))


@pytest.mark.parametrize("act", OF_STRANGERS.values(), ids=OF_STRANGERS)
def test_a_token_that_is_refused(
    pair: TokenPair, act: Callable[[TokenPair], Any], events: Lines
) -> None:
    assert act(pair).status_code == 401
    assert_exactly(events, DENIED, account=None)


def test_a_token_of_a_login_that_has_ended(pair: TokenPair, login: JwtLogin, events: Lines) -> None:
    services.revoke(login)
    events.lines.clear()
    assert calls.call(pair.access).status_code == 401
    assert calls.refresh(pair.refresh).status_code == 401
    assert_exactly(events, DENIED, DENIED, account=None)


def test_deleting_what_has_ended_is_no_event(
    pair: TokenPair, login: JwtLogin, events: Lines
) -> None:
    services.revoke(login)
    events.lines.clear()
    assert delete_in_the_admin(pair).status_code == 302
    assert events.names == []
    assert JwtLogin.objects.count() == 0
