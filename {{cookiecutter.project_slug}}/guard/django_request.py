"""From DRF's request to Django's, which Django's own functions ask for."""

from django.http import HttpRequest
from rest_framework.request import Request


def django_request(request: Request) -> HttpRequest:
    """Return the request that DRF's is wrapped around; what one is given, the other has, too."""
    return request._request  # noqa: SLF001 - DRF has no public name for it
