"""Gives every request an id and one line in the log, with the route but never the query."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from guard.logs import current_address, current_request_id

ACCEPTED_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
QUIET_PATHS = ("/livez", "/readyz")

logger = logging.getLogger("access")


class RequestLogMiddleware:
    """Takes over a caller's X-Request-ID if it is harmless, else makes one; answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined] # read by problem details
        id_before = current_request_id.set(request_id)
        address_before = current_address.set(request.META["REMOTE_ADDR"])
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id
            if request.path not in QUIET_PATHS:
                logger.info("request", extra=facts(request, response, started))
            return response
        finally:
            current_request_id.reset(id_before)
            current_address.reset(address_before)


def facts(request: HttpRequest, response: HttpResponseBase, started: float) -> dict[str, object]:
    """Return what the line says; the route stands for the path where there is one."""
    match = request.resolver_match
    return {
        "method": request.method,
        "route": f"/{match.route}" if match else None,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        "address": request.META["REMOTE_ADDR"],
    }
