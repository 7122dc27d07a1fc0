"""Answers the probes of a load balancer, which come without TLS and with any Host."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse

logger = logging.getLogger(__name__)


def dependencies_answer() -> bool:
    """Ask the database and the cache; the reason of a failure goes to the log only.

    Migrations are the start's to look at (config/stores.py): while a release is rolled out, the
    database is ahead of the older half, and all of it would leave the load balancer at once.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.get("readyz")
    except Exception:
        logger.warning("not ready", exc_info=True)
        return False
    return True


class HealthMiddleware:
    """`/livez`: the process answers. `/readyz`: it can also work; 503 if not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.path if request.method in {"GET", "HEAD"} else None
        if asked == "/livez":
            return JsonResponse({"status": "alive"})
        if asked == "/readyz":
            if dependencies_answer():
                return JsonResponse({"status": "ready"})
            return JsonResponse({"status": "not ready"}, status=503)
        return self.get_response(request)
