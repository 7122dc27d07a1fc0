"""Counts the answers of the service: by route, method and status, and how long each took."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.signals import request_finished
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from guard.request_log import QUIET_PATHS
from observability import metrics
from observability.metrics_stand_ins import QUEUED_AT
from observability.request_names import route_of

ADMIN = "admin"  # one for all of its pages; their address may be meant for few


class CountedAnswers:
    """A middleware: behind the edge, and around everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        metrics.begin_worker()
        request_finished.connect(count_connection, dispatch_uid="observability.metrics")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        metrics.IN_FLIGHT.inc()
        try:
            response = self.get_response(request)
        finally:
            metrics.IN_FLIGHT.dec()
        metrics.count_request(
            label_of(request),
            request.method or "",
            str(response.status_code),
            time.perf_counter() - started,
        )
        queued_at = request.META.get(QUEUED_AT)
        if queued_at is not None:
            metrics.QUEUE.observe(started - queued_at)
        return response


def label_of(request: HttpRequest) -> str:
    """Return a name that the service has given, never a path that a caller chose."""
    match, route = request.resolver_match, route_of(request)
    if match is None or route is None:
        return request.path if request.path in QUIET_PATHS else metrics.NO_ROUTE
    return ADMIN if "admin" in match.app_names else route


_here = threading.local()


def count_connection(**_: Any) -> None:
    """Count the connection that this thread keeps, once Django has decided whether it does."""
    is_open = connection.connection is not None
    if is_open is not getattr(_here, "is_open", False):
        _here.is_open = is_open
        metrics.CONNECTIONS.inc(1 if is_open else -1)
