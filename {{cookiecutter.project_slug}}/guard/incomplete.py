"""Answers requests whose body did not come: the gateway found out, but answers are made here.

So they have an id, a line in the log and the security headers like all others.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase

from guard.problems import problem_response

REFUSED = "gateway.refused"  # in the WSGI environ, where callers write HTTP_* only


class IncompleteRequestMiddleware:
    """408 for a body that took too long, 400 for one that broke off."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refused: HTTPStatus | None = request.META.get(REFUSED)
        if refused is None:
            return self.get_response(request)
        detail = "The body did not come as it was announced."
        return problem_response(request, refused, "incomplete", detail)
