"""A login whose password was checked just before it changed does not outlive the change."""

from collections.abc import Callable

import pytest
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import User
from jwt_login.services import start  # option: jwt
from tokens.services import create_token

LOGINS: dict[str, Callable[[User], object]] = {
    "api token": lambda user: create_token(user, ""),
    "jwt": start,  # option: jwt
}


each_kind = pytest.mark.parametrize("log_in", LOGINS.values(), ids=LOGINS)


@each_kind
def test_a_password_changed_meanwhile_refuses_the_login(
    anna: User, log_in: Callable[[User], object]
) -> None:
    checked = User.objects.get(pk=anna.pk)
    anna.set_password("another correct horse battery")
    anna.save()
    with pytest.raises(AuthenticationFailed):
        log_in(checked)


@each_kind
def test_an_account_switched_off_meanwhile_refuses_the_login(
    anna: User, log_in: Callable[[User], object]
) -> None:
    checked = User.objects.get(pk=anna.pk)
    anna.is_active = False
    anna.save()
    with pytest.raises(AuthenticationFailed):
        log_in(checked)


@each_kind
def test_a_deleted_account_refuses_the_login(anna: User, log_in: Callable[[User], object]) -> None:
    checked = User.objects.get(pk=anna.pk)
    anna.delete()
    with pytest.raises(AuthenticationFailed):
        log_in(checked)


@each_kind
def test_an_unchanged_account_is_let_in(anna: User, log_in: Callable[[User], object]) -> None:
    assert log_in(User.objects.get(pk=anna.pk))
