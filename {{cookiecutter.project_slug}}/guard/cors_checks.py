# option: cors
"""System checks for CORS: django-cors-headers accepts every unsafe setting without a word."""

from collections.abc import Iterable
from typing import Any

from corsheaders.conf import conf
from django.core.checks import CheckMessage, Error, Tags, register

SAFE_PATHS = r"^/api/"


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
