"""Views that say what arrives at a view, and views that fail in every way."""

from typing import Any

from django.core import exceptions as django_exceptions
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from guard.django_request import django_request
from guard.exceptions import StoreUnavailable, TooLarge

SECRET = "postgresql://user:hunter2@db/name"
FAULTS: dict[str, Exception] = {
    "bug": RuntimeError(SECRET),
    "django 403": django_exceptions.PermissionDenied(SECRET),
    "django 404": Http404(SECRET),
    "django 400": django_exceptions.SuspiciousOperation(SECRET),
    "django 413": django_exceptions.RequestDataTooBig(SECRET),
    "text": exceptions.ValidationError("This is not it."),
    "list": exceptions.ValidationError(["This is not it.", "Nor that."]),
    "fields": exceptions.ValidationError({"name": ["This is not it."], "deep": {"er": ["x"]}}),
    "many": exceptions.ValidationError([{"name": ["x"]}, {}]),
    "401": exceptions.NotAuthenticated(),
    "403": exceptions.PermissionDenied(),
    "404": exceptions.NotFound(),
    "405": exceptions.MethodNotAllowed("GET"),
    "406": exceptions.NotAcceptable(),
    "413": TooLarge(),
    "415": exceptions.UnsupportedMediaType("text/plain"),
    "429": exceptions.Throttled(wait=7),
    "503": StoreUnavailable(),
}


class OpenView(APIView):
    """Open to everyone."""

    permission_classes = (AllowAny,)


class EchoView(OpenView):
    """Answers what it was sent."""

    def post(self, request: Request) -> Response:
        return Response({"data": request.data})


class FactsView(OpenView):
    """Answers what it believes about the caller."""

    def get(self, request: Request) -> Response:
        return Response(facts(django_request(request)))


def facts(request: HttpRequest) -> dict[str, Any]:
    """Return what any code behind the edge sees."""
    return {
        "address": request.META["REMOTE_ADDR"],
        "scheme": request.scheme,
        "host": request.get_host(),
        "headers": sorted(name for name in request.META if name.startswith("HTTP_")),
    }


class RaisingView(OpenView):
    """Raises what it is asked for."""

    def get(self, request: Request, name: str) -> Response:
        raise FAULTS[name]


def raising_page(request: HttpRequest, name: str) -> HttpResponse:
    """Raise what it is asked for, outside of DRF."""
    raise FAULTS[name]


class ReportView(OpenView):
    """Has a limit of its own, as in DRF."""

    throttle_scope = "reports"

    def get(self, request: Request) -> Response:
        return Response()


class UnlimitedView(OpenView):
    """Has no limit of its own, as in DRF."""

    throttle_classes = ()

    def get(self, request: Request) -> Response:
        return Response()
