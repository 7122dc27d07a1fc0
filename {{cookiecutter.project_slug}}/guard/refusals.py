"""Which refusal is which security event, for every layer that turns exceptions into answers."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest

from guard.events import Event, emit
from guard.exceptions import AlreadyReported, CredentialRefused

EVENTS: dict[str | int, Event] = {
    "csrf_failed": Event.CSRF_REFUSED,
    HTTPStatus.FORBIDDEN: Event.ACCESS_DENIED,
    HTTPStatus.BAD_REQUEST: Event.INPUT_REFUSED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Event.INPUT_REFUSED,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Event.INPUT_REFUSED,
}


def report(request: HttpRequest, exc: Exception, status: int, code: str, user: Any = None) -> None:
    """Emit the one event of a refusal, or nothing for what is none, such as a 404.

    A 401 is one only where a token was shown: the anonymous limit bounds how many there can be.
    A wrong password and a limit are reported where they are found.
    """
    event = EVENTS.get(code) or EVENTS.get(status)
    if isinstance(exc, CredentialRefused):
        event = Event.ACCESS_DENIED
    if event and not isinstance(exc, AlreadyReported):
        emit(event, request=request, user=user, code=code)
