"""System checks of our own: `manage.py check --deploy` and the server's start refuse these."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from rest_framework.permissions import AllowAny
from rest_framework.settings import api_settings


@register(Tags.security, deploy=True)
def shared_store(**_: Any) -> Iterable[CheckMessage]:
    """E001: limits counted in one process are multiplied by the number of processes."""
    if settings.LIMIT_STORE.startswith("memory:"):
        yield Error("Limits are counted in each process.", hint="Set REDIS_URL.", id="guard.E001")


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
def exact_hosts(**_: Any) -> Iterable[CheckMessage]:
    """E003: a wildcard trusts whatever Host a caller sends."""
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield Error("ALLOWED_HOSTS has a wildcard.", hint="Name each host.", id="guard.E003")


@register(Tags.security, deploy=True)
def edge_comes_first(**_: Any) -> Iterable[CheckMessage]:
    """E004: whatever runs before the edge believes what a caller says about itself."""
    if settings.MIDDLEWARE[:1] != ["guard.edge.EdgeMiddleware"]:
        yield Error(
            "The edge is not the first middleware.",
            hint="Put guard.edge.EdgeMiddleware first in config/settings/apps.py.",
            id="guard.E004",
        )
