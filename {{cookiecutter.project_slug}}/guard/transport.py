"""Refuses plain HTTP under /api/ (OWASP ASVS 4.1.2).

A redirect would repair the next request and hide that this one sent its credential in clear.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from guard.problems import problem_response


class TransportMiddleware:
    """403 without Location for the API; pages were redirected by SecurityMiddleware before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            settings.SECURE_SSL_REDIRECT
            and not request.is_secure()
            and request.path.startswith("/api/")
        ):
            return problem_response(request, 403, "https_required", "Use HTTPS.")
        return self.get_response(request)
