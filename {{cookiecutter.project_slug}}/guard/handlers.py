"""Answers in Django's place where no view does: the handlers named in config/urls.py."""

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, JsonResponse

from guard.events import Event, emit
from guard.exceptions import TooLarge
from guard.problems import GENERIC_CSRF, problem_response


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler400: a Host that is not ours, a path or a form that nobody sends by mistake."""
    if isinstance(exception, DisallowedHost):
        emit(Event.HOST_REFUSED, request=request)
        return problem_response(request, 400, "bad_request", "The request is malformed.")
    user = getattr(request, "user", None)
    if isinstance(exception, RequestDataTooBig):  # a form, read to find its CSRF token
        emit(Event.INPUT_REFUSED, request=request, user=user, code=TooLarge.default_code)
        return problem_response(request, 413, TooLarge.default_code, TooLarge.default_detail)
    emit(Event.INPUT_REFUSED, request=request, user=user, code="bad_request")
    return problem_response(request, 400, "bad_request", "The request is malformed.")


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler403."""
    emit(Event.ACCESS_DENIED, request=request, user=getattr(request, "user", None))
    return problem_response(request, 403, "permission_denied", "You may not do this.")


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    """CSRF_FAILURE_VIEW: a cookie came without the proof that the page is ours."""
    emit(Event.CSRF_REFUSED, request=request, user=getattr(request, "user", None), reason=reason)
    return problem_response(request, 403, "csrf_failed", GENERIC_CSRF)


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    """handler404."""
    return problem_response(request, 404, "not_found", "There is nothing here.")


def server_error(request: HttpRequest) -> JsonResponse:
    """handler500: the reason is in the log, under the request id."""
    return problem_response(request, 500, "server_error", "Something went wrong on our side.")
