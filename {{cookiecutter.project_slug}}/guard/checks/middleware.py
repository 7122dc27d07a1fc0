"""The middleware that promises stand on: there, in its order, and nothing that undoes it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

EDGE = "guard.edge.EdgeMiddleware"
LOG = "guard.request_log.RequestLogMiddleware"
HEADERS = "guard.headers.SecurityHeadersMiddleware"
TLS = "django.middleware.security.SecurityMiddleware"
INCOMPLETE = "guard.incomplete.IncompleteRequestMiddleware"
HEALTH = "guard.health.HealthMiddleware"
TRANSPORT = "guard.transport.TransportMiddleware"
READ_ONLY = "guard.read_only.ReadOnlyMiddleware"
LIMIT = "guard.anonymous_limit.AnonymousLimitMiddleware"
SESSION = "django.contrib.sessions.middleware.SessionMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"
LOGIN = "django.contrib.auth.middleware.AuthenticationMiddleware"
PROBLEMS = "guard.problems.ProblemDetailsMiddleware"

# Without Django's own its own checks speak.
NEEDED = (LOG, HEADERS, INCOMPLETE, TRANSPORT, READ_ONLY, LIMIT, PROBLEMS)
ORDER = (
    (LOG, HEADERS, "each request has an id and a line"),
    (HEADERS, TLS, "a redirect has the security headers"),
    (HEADERS, HEALTH, "a probe's answer has the security headers"),
    (HEADERS, INCOMPLETE, "a refusal has the security headers"),
    (HEADERS, TRANSPORT, "a refusal has the security headers"),
    (TRANSPORT, LIMIT, "a credential in clear is refused as that"),
    (HEADERS, READ_ONLY, "a refusal has the security headers"),
    (READ_ONLY, LIMIT, "what READ_ONLY refuses counts for nobody"),
    (LIMIT, SESSION, "nothing is looked up for a caller beyond the limit"),
    (LIMIT, LOGIN, "nothing is looked up for a caller beyond the limit"),
    (CSRF, PROBLEMS, "what a view raises is answered nearest to it"),
    (LOGIN, PROBLEMS, "what a view raises is answered nearest to it"),
)
CACHES = (
    "django.middleware.cache.CacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
    "django.middleware.cache.UpdateCacheMiddleware",
)


@register(Tags.security, deploy=True)
def edge_comes_first(**_: Any) -> Iterable[CheckMessage]:
    """E004: whatever runs before the edge believes what a caller says about itself."""
    if settings.MIDDLEWARE[:1] != [EDGE]:
        yield Error(
            "The edge is not the first middleware.",
            hint=f"Put {EDGE} first in config/settings/apps.py.",
            id="guard.E004",
        )


@register(Tags.security, deploy=True)
def nothing_is_missing(**_: Any) -> Iterable[CheckMessage]:
    """E005: a promise whose middleware is gone does not hold."""
    for name in NEEDED:
        if name not in settings.MIDDLEWARE:
            yield Error(
                f"{name} is missing.",
                hint="Put it back into MIDDLEWARE in config/settings/apps.py.",
                id="guard.E005",
            )


@register(Tags.security, deploy=True)
def nothing_is_out_of_order(**_: Any) -> Iterable[CheckMessage]:
    """E006: a middleware protects what comes after it, and nothing before."""
    place = {name: number for number, name in enumerate(settings.MIDDLEWARE)}
    for first, then, reason in ORDER:
        if first in place and then in place and place[first] > place[then]:
            yield Error(
                f"{then} comes before {first}.",
                hint=f"Put it after that, so that {reason}.",
                id="guard.E006",
            )


@register(Tags.security, deploy=True)
def no_cache_for_all(**_: Any) -> Iterable[CheckMessage]:
    """E007: a cache of whole answers gives one caller's answer to the next."""
    for name in CACHES:
        if name in settings.MIDDLEWARE:
            yield Error(
                f"{name} keeps whole answers.",
                hint="Remove it; cache values where they are made (django.core.cache).",
                id="guard.E007",
            )
