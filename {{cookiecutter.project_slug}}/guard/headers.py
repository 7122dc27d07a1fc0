"""The security headers that Django does not set itself, on every answer.

Sources: OWASP ASVS 3.4 and the OWASP HTTP Headers Cheat Sheet. HSTS, nosniff, Referrer-Policy and
Cross-Origin-Opener-Policy come from Django's SecurityMiddleware, X-Frame-Options from its own.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OWN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Swagger UI sets style attributes on its own elements.
DOCS_PAGE = OWN_PAGES.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

EVERYWHERE = (
    ("Server", "api"),  # instead of the server's own name
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        (
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
            "magnetometer=(), microphone=(), payment=(), usb=()"
        ),
    ),
)


def content_security_policy(path: str) -> str:
    """Return the policy of the surface that a path belongs to: data loads nothing at all."""
    if path.startswith("/api/docs/"):
        return DOCS_PAGE
    if path.startswith(f"/{settings.ADMIN_PATH}/"):
        return OWN_PAGES
    return NOTHING


class SecurityHeadersMiddleware:
    """Outside of everything that can answer, so that refusals carry the headers, too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Content-Security-Policy"] = content_security_policy(request.path)
        for name, value in EVERYWHERE:
            response[name] = value
        if request.path.startswith("/api/"):
            response["Cache-Control"] = "no-store"
        return response
