"""What a request is called outside of this service: nothing that a caller made up."""

from django.http import HttpRequest

from guard.methods import METHODS


def method_of(request: HttpRequest) -> str:
    """Return the method, or `_OTHER` (OpenTelemetry's word) for one that HTTP does not know."""
    return request.method if request.method in METHODS else "_OTHER"


def route_of(request: HttpRequest) -> str | None:
    """Return the route, such as `/api/v1/auth/tokens/<uuid:pk>/`; None where none was found."""
    match = request.resolver_match
    return f"/{match.route}" if match else None
