"""The one place where a password is checked, whichever door it comes through.

Django's `authenticate()` leads here from the API, the admin and the pages, so that limits, events
and equal work against guessing which accounts exist (OWASP ASVS 6.3.8) are written once.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from rest_framework.exceptions import Throttled

from accounts.hash_pool import hash_pool
from accounts.login_limits import LoginTry
from accounts.models import User
from accounts.validators import LONGEST_PASSWORD
from guard import rate_limit_headers
from guard.events import Event, emit


class PasswordBackend(ModelBackend):
    """User name and password, limited before anything is hashed (accounts/login_limits.py)."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        *,
        is_login: bool = True,
        **kwargs: Any,
    ) -> User | None:
        """Return the active account that this password belongs to, or None; a login is an event.

        Raises Busy when too many passwords are being checked, Throttled beyond the limits, and
        StoreUnavailable if they cannot be asked.
        """
        if username is None or password is None:
            return None
        # Before anything is asked or counted, so that refusing costs next to nothing.
        with hash_pool().place():
            user = self._checked(request, username, password, **kwargs)
        if is_login:
            event = Event.LOGIN_SUCCEEDED if user else Event.LOGIN_FAILED
            emit(event, request=request, user=user)
        return user

    def _checked(
        self, request: HttpRequest | None, username: str, password: str, **kwargs: Any
    ) -> User | None:
        login_try = counted_try(request, username)
        try:
            user = None
            if len(password) <= LONGEST_PASSWORD:
                user = super().authenticate(request, username=username, password=password, **kwargs)
        except Exception:
            if login_try is not None:
                login_try.was_not_checked()
            raise
        if user is not None and login_try is not None:
            login_try.succeeded()
        return user if isinstance(user, User) else None


def counted_try(request: HttpRequest | None, username: str) -> LoginTry | None:
    """Count the try, or raise Throttled; a command comes from nowhere and has no limit."""
    if request is None:
        return None
    login_try = LoginTry.count(username, request.META["REMOTE_ADDR"])
    rate_limit_headers.note(request, [login_try.network])
    if login_try.seconds_to_wait is not None:
        emit(Event.LOGIN_LIMITED, request=request)
        raise Throttled(wait=login_try.seconds_to_wait)
    return login_try
