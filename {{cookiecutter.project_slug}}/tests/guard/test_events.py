"""Security events of people: what they do is exactly these events, with all that is known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import in_session
from tests.conftest import PASSWORD, Caller
from tests.events import assert_exactly
from tests.lines import Lines
from tokens.services import create_token

ADMIN = f"/{settings.ADMIN_PATH}"
TOKENS = "/api/v1/auth/tokens/"
NEW = "another horse battery staple"


@dataclass(frozen=True)
class Scene:
    """Who is there before the action."""

    anna: User
    staff: User
    call_as: Caller


@pytest.fixture
def scene(anna: User, staff: User, call_as: Caller) -> Scene:
    return Scene(anna, staff, call_as)


def change_password(scene: Scene, current: str = PASSWORD) -> Any:
    change = {"current_password": current, "new_password": NEW}
    return scene.call_as(scene.anna).post("/api/v1/auth/password/", change)


def change_password_in_the_admin(scene: Scene) -> Any:
    page = f"{ADMIN}/accounts/user/{scene.anna.pk}/password/"
    form = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    return in_session(scene.staff).post(page, form, format="multipart")


def revoke_all(scene: Scene) -> Any:
    create_token(scene.anna, "second")
    return scene.call_as(scene.anna).delete(TOKENS)


def revoke_one(scene: Scene) -> Any:
    token, _ = create_token(scene.anna, "")
    return scene.call_as(scene.anna).delete(f"{TOKENS}{token.pk}/")


def revoke_in_the_admin(scene: Scene) -> Any:
    token, _ = create_token(scene.anna, "")
    page = f"{ADMIN}/tokens/apitoken/{token.pk}/delete/"
    return in_session(scene.staff).post(page, {"post": "yes"}, format="multipart")


def revoke_two_in_the_admin(scene: Scene) -> Any:
    chosen = [str(create_token(scene.anna, "")[0].pk) for _ in range(2)]
    form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    return in_session(scene.staff).post(f"{ADMIN}/tokens/apitoken/", form, format="multipart")


REVOKED = "authn_token_revoked"
ACTIONS: dict[str, tuple[Callable[[Scene], Any], int, list[str]]] = {
    "another password": (
        change_password,
        204,
        ["authn_password_change", "session_ended_all"],
    ),
    "another password, with a wrong one": (
        lambda scene: change_password(scene, "wrong"),
        400,
        ["authn_password_change_fail"],
    ),
    "another password, by the admin": (
        change_password_in_the_admin,
        302,
        ["authn_password_change", "session_ended_all"],
    ),
    "logout": (lambda s: s.call_as(s.anna).delete(f"{TOKENS}current/"), 204, [REVOKED]),
    "logout from everywhere": (revoke_all, 204, [REVOKED] * 2),
    "one token revoked": (revoke_one, 204, [REVOKED]),
    "one token revoked by the admin": (revoke_in_the_admin, 302, [REVOKED]),
    "two tokens revoked by the admin": (revoke_two_in_the_admin, 302, [REVOKED] * 2),
    "logout of a session": (
        lambda s: in_session(s.anna).delete("/api/v1/auth/session/"),
        204,
        ["session_ended"],
    ),
    "logout by nobody": (lambda _: APIClient().delete("/api/v1/auth/session/"), 204, []),
}


@pytest.mark.parametrize(("act", "status", "names"), ACTIONS.values(), ids=ACTIONS)
def test_an_action(
    scene: Scene,
    act: Callable[[Scene], Any],
    status: int,
    names: list[str],
    events: Lines,
) -> None:
    assert act(scene).status_code == status
    assert_exactly(events, *names, account=scene.anna)


def test_logout_of_the_admin(staff: User, events: Lines) -> None:
    assert in_session(staff).post(f"{ADMIN}/logout/").status_code == 200
    assert_exactly(events, "session_ended", account=staff)
