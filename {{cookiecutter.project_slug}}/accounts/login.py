"""Checks a user name and a password for the API's login endpoints."""

from django.contrib.auth import authenticate
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import User


def check_login(request: Request, username: str, password: str) -> User:
    """Return the account, or raise AuthenticationFailed with no hint of the reason.

    Raises Throttled beyond THROTTLE_LOGIN; accounts.backends does the work.
    """
    user = authenticate(request._request, username=username, password=password)  # noqa: SLF001
    if not isinstance(user, User):
        raise AuthenticationFailed
    return user
