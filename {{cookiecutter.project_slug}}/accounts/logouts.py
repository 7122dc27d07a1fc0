"""The end of a session that its owner asked for, by the API or by the admin, is an event."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from guard.events import Event, emit


@receiver(user_logged_out)
def logged_out(request: HttpRequest, user: Any, **_: Any) -> None:
    """Emit it; whoever was not logged in has ended nothing."""
    if user is not None:
        emit(Event.SESSION_ENDED, request=request, user=user)
