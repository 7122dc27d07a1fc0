"""What the typical service writes itself: two functions."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "default-src 'none'; frame-ancestors 'none'"
Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("access")


def request_log(get_response: Handler) -> Handler:
    """Write a line for each request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        facts = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            "address": request.META["REMOTE_ADDR"],
        }
        logger.info("request", extra=facts)
        return response

    return middleware


def content_security_policy(get_response: Handler) -> Handler:
    """Put the policy on each answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response

    return middleware
