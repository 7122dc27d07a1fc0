# option: cors
"""CORS as the package does it, with exact origins, and an event for each page that is refused.

The event comes from the middleware that decides, so that every request, preflights included, is
one event at most, and no decision is taken a second time elsewhere.
"""

from urllib.parse import SplitResult

from corsheaders.conf import conf
from corsheaders.middleware import ACCESS_CONTROL_ALLOW_ORIGIN, CorsMiddleware
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guard.events import Event, emit

LONGEST = 200  # characters of what is logged; an origin is shorter, whatever a liar sends


def is_own(origin: str, request: HttpRequest) -> bool:
    """Tell whether a page of this service calls; a wrong Host is refused as that."""
    try:
        return origin == f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return True


class ReportingCorsMiddleware(CorsMiddleware):
    """Allows an origin letter by letter, as browsers spell it (RFC 6454, 6.2)."""

    def origin_found_in_white_lists(self, origin: str, url: SplitResult) -> bool:
        """Tell whether it is allowed; the package would ignore a path and much else."""
        return origin in conf.CORS_ALLOWED_ORIGINS or self.regex_domain_match(origin)

    def add_response_headers(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Add the headers; without them the browser keeps the answer from the page."""
        response = super().add_response_headers(request, response)
        origin = request.headers.get("origin", "")
        refused = (
            bool(origin)
            and self.is_enabled(request)
            and ACCESS_CONTROL_ALLOW_ORIGIN not in response
            and not is_own(origin, request)
        )
        if refused:
            emit(Event.CORS_REFUSED, request=request, origin=origin[:LONGEST])
        return response
