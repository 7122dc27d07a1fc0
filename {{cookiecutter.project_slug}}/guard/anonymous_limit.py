"""THROTTLE_ANON for each network: callers without valid credentials, before any is looked up.

DRF asks its throttles after authentication, so it never limits the guessing of tokens. Here a
request without a credential is counted at once; one with a credential is let through to be
checked as long as the network has not used up its limit, and counted if nobody came of it.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from guard.client_address import client_network
from guard.events import Event, emit
from guard.limits import ask
from guard.problems import problem_response

# Static data that costs nothing and that other parties must always get.
EXEMPT = ("/static/", "/.well-known/")


def carries_credential(request: HttpRequest) -> bool:
    """Tell whether somebody claims to be known; whether it is true is for others to find out."""
    return "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES


def is_known(request: HttpRequest) -> bool:
    """Tell after the answer whether somebody was found to be who they claimed to be."""
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated


class AnonymousLimitMiddleware:
    """429 beyond the limit, without work for the database or a hash."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(EXEMPT):
            return self.get_response(request)
        network = client_network(request.META["REMOTE_ADDR"])
        claims = carries_credential(request)
        seconds = ask("anon", network, count=not claims)
        if seconds is not None:
            emit(Event.RATE_LIMITED, request=request, scope="anon")
            headers = {"Retry-After": str(int(seconds))}
            return problem_response(request, 429, "throttled", "Too many requests.", headers)
        response = self.get_response(request)
        if (
            claims
            and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
            and not is_known(request)
        ):
            ask("anon", network, count=True)
        return response
