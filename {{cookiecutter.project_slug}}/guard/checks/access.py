"""What every endpoint does unless it says otherwise, as REST_FRAMEWORK and Django are told."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.views.csrf import csrf_failure
from rest_framework.authentication import (
    BasicAuthentication,
    SessionAuthentication,
    TokenAuthentication,
)
from rest_framework.permissions import AllowAny
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from guard.parsers import StrictJSONParser

LARGEST_BODY = 10_000_000  # bytes
DJANGOS_CSRF_PAGE = f"{csrf_failure.__module__}.{csrf_failure.__name__}"


@register(Tags.security, deploy=True)
def closed_by_default(**_: Any) -> Iterable[CheckMessage]:
    """E002: an endpoint that says nothing must be closed."""
    classes: list[object] = list(api_settings.DEFAULT_PERMISSION_CLASSES)
    if not classes or AllowAny in classes:
        yield Error(
            "Endpoints are open by default.",
            hint="Keep IsAuthenticated in DEFAULT_PERMISSION_CLASSES.",
            id="guard.E002",
        )


@register(Tags.security, deploy=True)
def tokens_come_first(**_: Any) -> Iterable[CheckMessage]:
    """E014: the first class decides whether a missing credential is a 401 or a 403."""
    classes: list[Any] = list(api_settings.DEFAULT_AUTHENTICATION_CLASSES)
    if not classes or issubclass(classes[0], SessionAuthentication):
        yield Error(
            "Sessions are asked before tokens.",
            hint="Put SessionAuthentication last in DEFAULT_AUTHENTICATION_CLASSES.",
            id="guard.E014",
        )


@register(Tags.security, deploy=True)
def no_readable_credentials(**_: Any) -> Iterable[CheckMessage]:
    """E015: DRF keeps its tokens readable, and Basic sends the password with every request."""
    classes: list[Any] = list(api_settings.DEFAULT_AUTHENTICATION_CLASSES)
    basic = any(issubclass(each, BasicAuthentication) for each in classes)
    if basic or TokenAuthentication in classes or apps.is_installed("rest_framework.authtoken"):
        yield Error(
            "Credentials are kept or sent readable.",
            hint="Use tokens.authentication; remove rest_framework.authtoken and Basic.",
            id="guard.E015",
        )


@register(Tags.security, deploy=True)
def data_only(**_: Any) -> Iterable[CheckMessage]:
    """E016, E017: the API answers data, not pages, and reads JSON, not forms."""
    renderers: list[Any] = list(api_settings.DEFAULT_RENDERER_CLASSES)
    if any(renderer.media_type == "text/html" for renderer in renderers):
        yield Error(
            "Endpoints answer HTML by default.",
            hint="Keep JSONRenderer alone in DEFAULT_RENDERER_CLASSES.",
            id="guard.E016",
        )
    parsers: list[Any] = list(api_settings.DEFAULT_PARSER_CLASSES)
    if not all(issubclass(parser, StrictJSONParser) for parser in parsers):
        yield Error(
            "Endpoints read more than strict JSON by default.",
            hint="Keep StrictJSONParser alone in DEFAULT_PARSER_CLASSES; name others in a view.",
            id="guard.E017",
        )


@register(Tags.security, deploy=True)
def bounded_bodies(**_: Any) -> Iterable[CheckMessage]:
    """E018: whatever is read into memory has a bound."""
    largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if largest is None or largest > LARGEST_BODY or settings.DATA_UPLOAD_MAX_NUMBER_FIELDS is None:
        yield Error(
            "Bodies have no useful bound.",
            hint="Set DATA_UPLOAD_MAX_MEMORY_SIZE and DATA_UPLOAD_MAX_NUMBER_FIELDS.",
            id="guard.E018",
        )


@register(Tags.security, deploy=True)
def errors_are_problems(**_: Any) -> Iterable[CheckMessage]:
    """E021: the frameworks' own answers to errors are of another shape, and are no events."""
    drfs = api_settings.EXCEPTION_HANDLER is exception_handler
    if drfs or settings.CSRF_FAILURE_VIEW == DJANGOS_CSRF_PAGE:
        yield Error(
            "Errors are answered by the frameworks themselves.",
            hint="Keep EXCEPTION_HANDLER and CSRF_FAILURE_VIEW on guard, or call it from yours.",
            id="guard.E021",
        )
