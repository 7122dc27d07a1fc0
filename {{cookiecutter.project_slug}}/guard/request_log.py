"""Gives every request an id and one line in the log, with the route but never the query."""

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponseBase

from guard.logs import current_address, current_request_id

ACCEPTED_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
QUIET_PATHS = ("/livez", "/readyz")

logger = logging.getLogger("access")


def request_id_of(given: str) -> str:
    """Return a caller's X-Request-ID if it is harmless, else a new one."""
    return given if ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex


@contextmanager
def identified(request_id: str, address: str) -> Iterator[None]:
    """Let whatever is written in the block carry the request's id and address."""
    id_before = current_request_id.set(request_id)
    address_before = current_address.set(address)
    try:
        yield
    finally:
        current_request_id.reset(id_before)
        current_address.reset(address_before)


class Line:
    """The line of a request, which has begun now."""

    def __init__(self, method: str, path: str, address: str) -> None:
        self.facts: dict[str, object] = {"method": method, "path": path, "address": address}
        self.started = time.perf_counter()

    def write(self, status: int, route: str | None = None) -> None:
        """Write it; the route stands for the path where there is one."""
        milliseconds = round((time.perf_counter() - self.started) * 1000, 1)
        answer: dict[str, object] = {"route": route, "status": status, "milliseconds": milliseconds}
        logger.info("request", extra=self.facts | answer)


class RequestLogMiddleware:
    """Takes over a caller's X-Request-ID if it is harmless, else makes one; answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_of(request.META.get("HTTP_X_REQUEST_ID", ""))
        request.request_id = request_id  # type: ignore[attr-defined] # read by problem details
        address = request.META["REMOTE_ADDR"]
        line = Line(request.method or "", request.path, address)
        with identified(request_id, address):
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            if request.path not in QUIET_PATHS:
                match = request.resolver_match
                line.write(response.status_code, f"/{match.route}" if match else None)
            return response
