"""The one place where a password is checked, whichever door it comes through.

Django's `authenticate()` leads here from the API, the admin and the pages, so that limits, events
and equal work against guessing which accounts exist (OWASP ASVS 6.3.8) are written once.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from rest_framework.exceptions import Throttled

from accounts.models import User
from accounts.validators import LONGEST_PASSWORD
from guard.client_address import client_network
from guard.events import Event, emit
from guard.limits import ask


class PasswordBackend(ModelBackend):
    """User name and password, limited for each network before anything is hashed."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the active account that this password belongs to, or None.

        Raises Throttled beyond THROTTLE_LOGIN, and StoreUnavailable if it cannot be asked.
        """
        if username is None or password is None:
            return None
        self.refuse_beyond_limit(request)
        user = None
        if len(password) <= LONGEST_PASSWORD:
            user = super().authenticate(request, username=username, password=password, **kwargs)
        event = Event.LOGIN_SUCCEEDED if user else Event.LOGIN_FAILED
        emit(event, request=request, user=user)
        return user if isinstance(user, User) else None

    def refuse_beyond_limit(self, request: HttpRequest | None) -> None:
        """Count one try of the caller's network; a command has none."""
        if request is None:
            return
        seconds = ask("login", client_network(request.META["REMOTE_ADDR"]), count=True, strict=True)
        if seconds is not None:
            emit(Event.LOGIN_LIMITED, request=request)
            raise Throttled(wait=seconds)
