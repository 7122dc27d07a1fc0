"""Checks a login for the API: first the password, then, as it is written, that it still holds."""

from django.contrib.auth import authenticate
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import User
from guard.callers import vouch_for
from guard.django_request import django_request


def lock_checked(user: User) -> None:
    """Hold the account's row until the transaction ends, while a login is written.

    Raises AuthenticationFailed if the password or the account has changed since it was checked: a
    login with the old password must not outlive the new one.
    """
    now = User.objects.select_for_update().filter(pk=user.pk, is_active=True).first()
    if now is None or now.password != user.password:
        raise AuthenticationFailed


def check_login(request: Request, username: str, password: str, *, is_login: bool = True) -> User:
    """Return the account, or raise AuthenticationFailed with no hint of the reason.

    Raises Throttled beyond THROTTLE_LOGIN; accounts.backends does the work. The check of a caller
    who is known already is no login.
    """
    user = authenticate(
        django_request(request), username=username, password=password, is_login=is_login
    )
    if not isinstance(user, User):
        raise AuthenticationFailed
    vouch_for(django_request(request))
    return user
