# option: jwt
"""Staff can see and end logins, and never see or make a credential."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from jwt_login.models import JwtLogin
from jwt_login.services import TokenPair
from tests.jwt_login import calls, forging
from tests.lines import Lines

LIST = "admin:jwt_login_jwtlogin_changelist"


@pytest.fixture
def staff(db: None) -> Client:
    """A browser of somebody with every right."""
    client = Client()
    client.force_login(
        User.objects.create_superuser("root", password=None), "accounts.backends.PasswordBackend"
    )
    return client


def test_no_page_shows_a_token_or_its_id(staff: Client, pair: TokenPair, login: JwtLogin) -> None:
    pages = [reverse(LIST), reverse("admin:jwt_login_jwtlogin_change", args=[login.pk])]
    for page in pages:
        text = staff.get(page).content.decode()
        assert "anna" in text
        for token in (pair.access, pair.refresh):
            assert token not in text
            assert forging.parts(token)[1]["jti"] not in text


def test_nothing_is_added_or_changed(staff: Client, login: JwtLogin) -> None:
    assert staff.get(reverse("admin:jwt_login_jwtlogin_add")).status_code == 403
    page = reverse("admin:jwt_login_jwtlogin_change", args=[login.pk])
    assert staff.post(page, {"revoked_at": ""}).status_code == 403


def test_ending_logins_is_one_event_each_and_works_at_once(
    staff: Client, pair: TokenPair, login: JwtLogin, events: Lines
) -> None:
    action = {"action": "revoke_logins", "_selected_action": [str(login.pk)]}
    for _ in range(2):
        assert staff.post(reverse(LIST), action).status_code == 302
    assert calls.call(pair.access).status_code == 401
    assert calls.refresh(pair.refresh).status_code == 401
    assert calls.names(events).count("authn_token_revoked") == 1


def test_who_may_only_look_cannot_end_a_login(pair: TokenPair, login: JwtLogin) -> None:
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_jwtlogin"))
    client = Client()
    client.force_login(viewer, "accounts.backends.PasswordBackend")
    action = {"action": "revoke_logins", "_selected_action": [str(login.pk)]}
    client.post(reverse(LIST), action)
    assert calls.call(pair.access).status_code == 200


def test_a_user_with_logins_can_be_deleted(staff: Client, user: User, pair: TokenPair) -> None:
    page = reverse("admin:accounts_user_delete", args=[user.pk])
    assert staff.post(page, {"post": "yes"}).status_code == 302
    assert calls.call(pair.access).status_code == 401
