"""The edge: turns what trusted proxies said into facts and removes the rest.

Behind it REMOTE_ADDR is the client and request.scheme is the client's scheme; no header can say
otherwise to the service or to a package it uses.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from guard.client_address import client_address

# Every header by which a proxy (or a liar) states the client's address, scheme, host or path.
PROXY_HEADERS = (
    "HTTP_CLIENT_IP",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_FORWARDED",
    "HTTP_FRONT_END_HTTPS",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_X_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SCHEME",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REAL_IP",
    "HTTP_X_REWRITE_URL",
    "HTTP_X_URL_SCHEME",
)


class EdgeMiddleware:
    """First in the list: nothing may read an address or a scheme before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        facts = request.META
        facts["REMOTE_ADDR"] = client_address(
            facts.get("REMOTE_ADDR", ""),
            facts.get("HTTP_X_FORWARDED_FOR", ""),
            settings.TRUSTED_PROXY_COUNT,
        )
        if settings.BEHIND_TLS_PROXY:
            told = facts.get("HTTP_X_FORWARDED_PROTO", "").strip().lower()
            facts["wsgi.url_scheme"] = "https" if told == "https" else "http"
        for header in PROXY_HEADERS:
            facts.pop(header, None)
        return self.get_response(request)
