# option: cors
"""System checks for CORS: django-cors-headers accepts every unsafe setting without a word."""

from collections.abc import Iterable
from typing import Any

from corsheaders.conf import conf
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from guard.checks.middleware import HEADERS, TRANSPORT

SAFE_PATHS = r"^/api/"
CORS = "guard.cors.ReportingCorsMiddleware"
COMMON = "django.middleware.common.CommonMiddleware"


@register(Tags.security, deploy=True)
def cors_fails_closed(**_: Any) -> Iterable[CheckMessage]:
    """E101-E105: only exact https origins, only under /api/, never with cookies."""
    if conf.CORS_ALLOW_ALL_ORIGINS:
        yield Error("Every origin may read the API.", hint="List origins.", id="guard.E101")
    if conf.CORS_ALLOW_CREDENTIALS:
        yield Error(
            "Cookies are sent across origins.", hint="Log in with a token.", id="guard.E102"
        )
    if not all(str(origin).startswith("https://") for origin in conf.CORS_ALLOWED_ORIGINS):
        yield Error("An allowed origin is not https.", hint="Name https origins.", id="guard.E103")
    if conf.CORS_ALLOWED_ORIGIN_REGEXES:
        yield Error("Origins are allowed by pattern.", hint="List exact origins.", id="guard.E104")
    if conf.CORS_URLS_REGEX != SAFE_PATHS:
        yield Error(
            "CORS reaches beyond the API.",
            hint=f"Keep CORS_URLS_REGEX = {SAFE_PATHS!r}.",
            id="guard.E105",
        )


@register(Tags.security, deploy=True)
def cors_has_its_place(**_: Any) -> Iterable[CheckMessage]:
    """E106: preflights carry no credential, and refusals must be readable to pages of ours."""
    place = {name: number for number, name in enumerate(settings.MIDDLEWARE)}
    own = place.get(CORS, -1)  # missing comes before all
    outer = place.get(HEADERS, -1)
    inner = [place[name] for name in (TRANSPORT, COMMON) if name in place]
    if own < outer or any(own > number for number in inner):
        yield Error(
            "The CORS middleware is missing or not in its place.",
            hint=f"Put {CORS} after the security headers and before all that refuses.",
            id="guard.E106",
        )
