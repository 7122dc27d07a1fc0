"""Whether a request claims to come from somebody, and whether that turned out to be true."""

from django.conf import settings
from django.http import HttpRequest


def carries_credential(request: HttpRequest) -> bool:
    """Tell whether somebody claims to be known; whether it is true is for others to find out."""
    return "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME in request.COOKIES


def vouch_for(request: HttpRequest) -> None:
    """Say that the body held a valid credential: this request is no stranger's."""
    request.__dict__["is_vouched_for"] = True


def is_known(request: HttpRequest) -> bool:
    """Tell after the answer whether somebody was found to be who they claimed to be."""
    user = getattr(request, "user", None)
    authenticated = user is not None and user.is_authenticated
    return authenticated or "is_vouched_for" in request.__dict__
