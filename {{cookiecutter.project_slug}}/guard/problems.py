"""Problem details: the one shape of every error, whoever found it (RFC 9457).

`type` is about:blank unless a problem needs a page of its own; `code` is what programs compare;
`errors` names the fields of a 400; `request_id` finds the log line.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler
from rest_framework.views import set_rollback

from guard.events import Event, emit
from guard.exceptions import TooLarge

MEDIA_TYPE = "application/problem+json"
GENERIC_401 = "Valid credentials are needed."  # one text, so that it tells an attacker nothing

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
    request: HttpRequest = context["request"]._request  # noqa: SLF001 - DRF's own way back
    detail, code, errors = explain(exc)
    if response.status_code == HTTPStatus.FORBIDDEN:
        emit(Event.ACCESS_DENIED, request=request, user=context["request"].user)
    response.data = problem(request, response.status_code, code, detail, errors)
    response.content_type = MEDIA_TYPE
    return response


def explain(exc: Exception) -> tuple[str, str, object]:
    """Return detail, code and field errors of an exception."""
    if isinstance(exc, exceptions.ValidationError):
        return "Some values were refused; see errors.", "invalid", exc.detail
    if isinstance(exc, exceptions.AuthenticationFailed | exceptions.NotAuthenticated):
        return GENERIC_401, "not_authenticated", None
    if isinstance(exc, exceptions.APIException):
        return str(exc.detail), str(exc.get_codes()), None
    if isinstance(exc, PermissionDenied):
        return "You may not do this.", "permission_denied", None
    return "There is nothing here.", "not_found", None


class ProblemDetailsMiddleware:
    """Answers what a view that is not DRF's raised on purpose, such as the admin's login."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Turn an API exception into its answer; leave the rest to Django's handlers."""
        if isinstance(exception, RequestDataTooBig):
            exception = TooLarge()
        if not isinstance(exception, exceptions.APIException):
            return None
        detail, code, _ = explain(exception)
        wait = getattr(exception, "wait", None)
        headers = {"Retry-After": str(int(wait))} if wait else None
        return problem_response(request, exception.status_code, code, detail, headers)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler400: a Host that is not ours, a path or a form that nobody sends by mistake."""
    if "Host" in str(type(exception).__name__):
        emit(Event.HOST_REFUSED, request=request)
    return problem_response(request, 400, "bad_request", "The request is malformed.")


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler403."""
    emit(Event.ACCESS_DENIED, request=request, user=getattr(request, "user", None))
    return problem_response(request, 403, "permission_denied", "You may not do this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """CSRF_FAILURE_VIEW: a cookie came without the proof that the page is ours."""
    emit(Event.CSRF_REFUSED, request=request, reason=reason)
    return problem_response(request, 403, "csrf_failed", "The CSRF token is missing or wrong.")


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler404."""
    return problem_response(request, 404, "not_found", "There is nothing here.")


def server_error(request: HttpRequest) -> JsonResponse:
    """handler500: the reason is in the log, under the request id."""
    return problem_response(request, 500, "server_error", "Something went wrong on our side.")
