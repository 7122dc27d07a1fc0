"""Problem details: the one shape of every error, whoever found it (RFC 9457).

`type` is about:blank unless a problem needs a page of its own; `code` is what programs compare;
`errors` names the fields of a 400; `request_id` finds the log line.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, JsonResponse
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler as drf_exception_handler
from rest_framework.views import set_rollback

from guard import database_errors
from guard.django_request import django_request
from guard.exceptions import TooLarge
from guard.methods import METHODS
from guard.refusals import report

MEDIA_TYPE = "application/problem+json"
GENERIC_401 = "Valid credentials are needed."  # one text, so that it tells an attacker nothing
GENERIC_CSRF = "The CSRF token is missing or wrong."

Problem = dict[str, Any]


def problem(
    request: HttpRequest, status: int, code: str, detail: str, errors: object = None
) -> Problem:
    """Return the members of a problem."""
    members: Problem = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "instance": request.path,
        "request_id": getattr(request, "request_id", None),
    }
    return members | ({"errors": errors} if errors else {})


def problem_response(
    request: HttpRequest, status: int, code: str, detail: str, headers: dict[str, str] | None = None
) -> JsonResponse:
    """Answer outside of DRF: middleware and Django's own error handlers."""
    members = problem(request, status, code, detail)
    return JsonResponse(members, status=status, content_type=MEDIA_TYPE, headers=headers)


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer what a DRF view raised; what is nobody's fault but ours goes on to be a 500."""
    if isinstance(exc, RequestDataTooBig):
        exc = TooLarge()
    elif isinstance(exc, SuspiciousOperation):
        exc = exceptions.ParseError()
    response = drf_exception_handler(exc, context)
    if response is None:
        return None
    set_rollback()
    request = django_request(context["request"])
    detail, code, errors = explain(exc)
    # To DRF the owner of a session that failed the CSRF check is a stranger.
    user = get_user(request) if code == "csrf_failed" else context["request"].user
    report(request, exc, response.status_code, code, user)
    # Whatever the view renders and the caller accepts, a problem is JSON.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    response.data = problem(request, response.status_code, code, detail, errors)
    response.content_type = MEDIA_TYPE
    return response


def explain(exc: Exception) -> tuple[str, str, object]:
    """Return detail, code and field errors of an exception."""
    if isinstance(exc, exceptions.ValidationError):
        fields = isinstance(exc.detail, dict)
        errors = exc.detail if fields else {api_settings.NON_FIELD_ERRORS_KEY: exc.detail}
        return "Some values were refused; see errors.", "invalid", errors
    if isinstance(exc, exceptions.AuthenticationFailed | exceptions.NotAuthenticated):
        return GENERIC_401, "not_authenticated", None
    if isinstance(exc, exceptions.PermissionDenied) and str(exc.detail).startswith("CSRF Failed"):
        return GENERIC_CSRF, "csrf_failed", None
    if isinstance(exc, exceptions.APIException):
        return str(exc.detail), str(exc.get_codes()), None
    if isinstance(exc, PermissionDenied):
        return "You may not do this.", "permission_denied", None
    return "There is nothing here.", "not_found", None


def not_allowed(request: HttpRequest, allow: str) -> JsonResponse:
    """Answer a method that nothing at this address declares."""
    headers = {"Allow": allow}
    return problem_response(request, 405, "method_not_allowed", "Not for this method.", headers)


class ProblemDetailsMiddleware:
    """Answers what a view that is not DRF's raised or refused, such as the admin's login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return not_allowed(request, response["Allow"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: Any
    ) -> HttpResponseBase | None:
        """Refuse what no page declares; functions such as the admin's take TRACE for GET."""
        of_class = hasattr(view, "view_class") or hasattr(view, "cls")
        if of_class or request.method in METHODS:
            return None
        return not_allowed(request, "GET, HEAD, POST")

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Turn an API exception into its answer; leave the rest to Django's handlers."""
        if isinstance(exception, RequestDataTooBig):
            exception = TooLarge()
        elif isinstance(exception, DatabaseError):
            exception = database_errors.explain(request, exception) or exception
        if not isinstance(exception, exceptions.APIException):
            return None
        detail, code, _ = explain(exception)
        user = getattr(request, "user", None)
        report(request, exception, exception.status_code, code, user)
        wait = getattr(exception, "wait", None)
        headers = {"Retry-After": str(int(wait))} if wait else None
        return problem_response(request, exception.status_code, code, detail, headers)
