"""Hosts, proxies and plain HTTP."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

PROXY_SETTINGS = ("SECURE_PROXY_SSL_HEADER", "USE_X_FORWARDED_HOST", "USE_X_FORWARDED_PORT")


@register(Tags.security, deploy=True)
def exact_hosts(**_: Any) -> Iterable[CheckMessage]:
    """E003: a wildcard trusts whatever Host a caller sends."""
    if any("*" in host or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        yield Error("ALLOWED_HOSTS has a wildcard.", hint="Name each host.", id="guard.E003")


@register(Tags.security, deploy=True)
def one_place_believes_proxies(**_: Any) -> Iterable[CheckMessage]:
    """E011: the edge takes facts from proxies and removes their headers; no one else may."""
    for name in PROXY_SETTINGS:
        if getattr(settings, name):
            yield Error(
                f"{name} believes a header, whoever sent it.",
                hint="Remove it; set BEHIND_TLS_PROXY and TRUSTED_PROXY_COUNT (guard/edge.py).",
                id="guard.E011",
            )


@register(Tags.security, deploy=True)
def pages_are_redirected(**_: Any) -> Iterable[CheckMessage]:
    """E012: an exemption that is not anchored, or that matches pages, leaves them in clear."""
    for pattern in settings.SECURE_REDIRECT_EXEMPT:
        pages = ("", f"{settings.ADMIN_PATH}/login/")
        if not pattern.startswith("^") or any(re.search(pattern, page) for page in pages):
            yield Error(
                f"SECURE_REDIRECT_EXEMPT has {pattern!r}, which matches more than it should.",
                hint="Begin with ^ and exempt no page: r'^api/', r'^livez$', r'^readyz$'.",
                id="guard.E012",
            )


@register(Tags.security, deploy=True)
def the_api_is_not_redirected(**_: Any) -> Iterable[CheckMessage]:
    """E023: a redirect repairs the next request and hides that this one was sent in clear."""
    exempt = any(re.search(pattern, "api/v1/") for pattern in settings.SECURE_REDIRECT_EXEMPT)
    if settings.SECURE_SSL_REDIRECT and not exempt:
        yield Error(
            "Plain HTTP under /api/ is redirected instead of refused.",
            hint="Keep r'^api/' in SECURE_REDIRECT_EXEMPT; guard.transport refuses it.",
            id="guard.E023",
        )
