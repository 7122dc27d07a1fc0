"""Changing a password: needs the old one and ends every other login, by whatever way."""

import pytest
from django.conf import settings
from django.core.management import call_command
from rest_framework.test import APIClient

from accounts.models import User
from tests.accounts.logins import KINDS, alive, every_login, in_session
from tests.conftest import ME, PASSWORD, Caller
from tests.lines import Lines

URL = "/api/v1/auth/password/"
NEW = "another horse battery staple"
CHANGE = {"current_password": PASSWORD, "new_password": NEW}


@pytest.mark.parametrize("kept", KINDS)
def test_every_login_ends_but_the_one_that_asked(anna: User, kept: str) -> None:
    others, own = every_login(anna), every_login(anna)[kept]
    assert own.post(URL, CHANGE).status_code == 204
    assert alive(others) == set()
    assert own.get(ME).status_code == 200
    assert User.objects.get().check_password(NEW)


def test_nobody_else_is_logged_out(call_as: Caller, anna: User, berta: User) -> None:
    others = every_login(berta)
    assert call_as(anna).post(URL, CHANGE).status_code == 204
    assert alive(others) == set(others)


def test_a_change_by_token_makes_no_session(call_as: Caller, anna: User) -> None:
    answer = call_as(anna).post(URL, CHANGE)
    assert answer.status_code == 204
    assert not answer.cookies


def test_a_wrong_old_password_changes_nothing(call_as: Caller, anna: User, events: Lines) -> None:
    others = every_login(anna)
    answer = call_as(anna).post(URL, {"current_password": "wrong", "new_password": NEW})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"current_password"}
    (event,) = events.named("authn_password_change_fail")
    assert event["account"] == str(anna.pk)
    assert not events.named("authn_password_change")
    assert alive(others) == set(others)
    assert User.objects.get().check_password(PASSWORD)


def test_a_stolen_token_does_not_help_to_guess_the_password(call_as: Caller, anna: User) -> None:
    caller = call_as(anna)
    for _ in range(10):
        caller.post(URL, {"current_password": "wrong", "new_password": NEW})
    assert caller.post(URL, CHANGE).status_code == 429


def test_a_change_is_one_event(call_as: Caller, anna: User, events: Lines) -> None:
    call_as(anna).post(URL, CHANGE)
    (event,) = events.named("authn_password_change")
    assert event["account"] == str(anna.pk)
    assert len(events.named("session_ended_all")) == 1


def test_the_command_ends_every_login(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    logins = every_login(anna)
    monkeypatch.setattr("getpass.getpass", lambda **_: NEW)
    call_command("changepassword", "anna")
    assert User.objects.get().check_password(NEW)
    assert alive(logins) == set()


def test_the_admin_ends_every_login(anna: User, staff: User) -> None:
    logins, admin = every_login(anna), in_session(staff)
    url = f"/{settings.ADMIN_PATH}/accounts/user/{anna.pk}/password/"
    form = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert admin.post(url, form, format="multipart").status_code == 302
    assert User.objects.get(pk=anna.pk).check_password(NEW)
    assert alive(logins) == set()
    assert admin.get(ME).status_code == 200


def test_anonymous_callers_change_nothing(client: APIClient, anna: User) -> None:
    assert client.post(URL, CHANGE).status_code == 401
