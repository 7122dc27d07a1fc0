# option: cors
"""Which pages of other origins may call the API from a browser (CORS).

The list of exact origins comes from CORS_ALLOWED_ORIGINS; cookies are never sent across origins,
callers there log in with a token.
"""

import re

from config.environment import env
from config.faults import ValidationError
from config.parsers import HOST_NAME, words

CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = ("RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID")


def https_origins(text: str) -> list[str]:
    """Accept exact https origins (RFC 6454): scheme, host and perhaps a port, nothing else."""
    origins = words(text)
    if not origins or not all(_is_https_origin(origin) for origin in origins):
        raise ValidationError(
            "must be exact origins such as https://app.example.com, comma-separated: "
            "https only, no path, no wildcard."
        )
    return origins


def _is_https_origin(origin: str) -> bool:
    scheme, separator, authority = origin.partition("://")
    host, colon, port = authority.partition(":")
    return (
        (scheme, separator) == ("https", "://")
        and HOST_NAME.fullmatch(host) is not None
        and (not colon or re.fullmatch(r"[1-9][0-9]{0,4}", port) is not None)
    )


env.add_parser("https_origins", https_origins)
