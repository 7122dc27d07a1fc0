"""READ_ONLY: nothing is written, so that data can be moved, looked into or kept from more harm.

Reads go on with every login that there is, without a single write; so they do on a replica, or on
a database that was made read-only. Ending access goes on, too. Logging in and refreshing do not:
both write rows, and what is written to a database that is being left behind would be lost.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from guard.exceptions import ReadOnly
from guard.problems import problem_response

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}  # RFC 9110, 9.2.1
# Method and name of the route. Somebody who must be out must not stay in because of this.
ENDS_ACCESS = {
    ("DELETE", "tokens"),
    ("DELETE", "token-current"),
    ("DELETE", "token"),
    ("DELETE", "session"),
    ("POST", "jwt-revoke"),  # option: jwt
    ("POST", "admin:logout"),
}


class ReadOnlyMiddleware:
    """503 for everything that writes, before it is counted or anybody is looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take part only where it is asked for: MiddlewareNotUsed."""
        if not settings.READ_ONLY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE:
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:  # writes nothing either
            return self.get_response(request)
        if (request.method, match.view_name) in ENDS_ACCESS:
            return self.get_response(request)
        request.resolver_match = match  # for the line in the log
        headers = {"Retry-After": str(ReadOnly.wait)}
        code, detail = ReadOnly.default_code, ReadOnly.default_detail
        return problem_response(request, ReadOnly.status_code, code, detail, headers)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: Any
    ) -> None:
        """Let the end of a session be written (accounts/sessions.py)."""
        if request.method not in SAFE:
            session: Any = request.session
            session.is_frozen = False
