"""DRF's throttles on exact limits; `throttle_classes` and `throttle_scope` work as in DRF."""

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from guard.client_address import client_network
from guard.events import Event, emit
from guard.limits import ask

if TYPE_CHECKING:  # DRF's views import this module
    from rest_framework.views import APIView


class ExactThrottle(BaseThrottle):
    """Counts each request once under a scope of DEFAULT_THROTTLE_RATES."""

    scope = ""
    seconds: float | None = None

    def key(self, request: Request) -> str | None:
        """Return what is counted, or None for a request that this limit does not concern."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Count the request; False if it is one too many."""
        key = self.key(request)
        if key is None or not self.scope:
            return True
        self.seconds = ask(self.scope, key, count=True)
        if self.seconds is not None:
            emit(Event.RATE_LIMITED, request=request, user=request.user, scope=self.scope)
        return self.seconds is None

    def wait(self) -> float | None:
        """Return the seconds that Retry-After names."""
        return self.seconds


class UserThrottle(ExactThrottle):
    """THROTTLE_USER for each account, from wherever and with whatever credential it calls."""

    scope = "user"

    def key(self, request: Request) -> str | None:
        """Count by account."""
        return str(request.user.pk) if request.user.is_authenticated else None


class ScopedThrottle(ExactThrottle):
    """The rate that a view names in `throttle_scope`, for each account, or network without one."""

    def key(self, request: Request) -> str | None:
        """Count by account if there is one."""
        if request.user.is_authenticated:
            return str(request.user.pk)
        return client_network(request.META["REMOTE_ADDR"])

    def allow_request(self, request: Request, view: "APIView") -> bool:
        """Take the scope from the view."""
        self.scope = getattr(view, "throttle_scope", "")
        return super().allow_request(request, view)
