"""Without METRICS_PORT nothing is counted, and nothing of it is loaded."""

import json
from typing import Any

from tests.config.production_env import PRODUCTION, run

SETTINGS = """
import json, sys
from django.conf import settings
print(json.dumps({
    "middleware": settings.MIDDLEWARE,
    "handlers": settings.LOGGING["loggers"]["security"]["handlers"],
    "parts": [settings.GATEWAY, settings.HASH_POOL],
    "loaded": [name for name in sys.modules if name.startswith(("prometheus", "observ"))],
}))
"""
SERVING = """
import config.asgi
from accounts.hash_pool import hash_pool
from django.test import Client
Client(raise_request_exception=False).get("/livez")
hash_pool()
"""
COUNTS = "observability.metrics_hooks.count_requests"
STAND_INS = "observability.metrics_stand_ins"


def probe(program: str, **environment: str) -> Any:
    done = run("-c", program, **PRODUCTION | environment)
    return json.loads(done.stdout.splitlines()[-1])


def test_what_is_not_configured_is_not_there() -> None:
    off, on = probe(SERVING + SETTINGS), probe(SETTINGS, METRICS_PORT="9464")
    assert off["loaded"] == []
    edge, counts, *others = on["middleware"]
    assert (counts, off["middleware"]) == (COUNTS, [edge, *others])
    assert on["handlers"] == [*off["handlers"], "metrics"]
    assert off["parts"] == ["guard.gateway.Gateway", "accounts.hash_pool.HashPool"]
    assert on["parts"] == [f"{STAND_INS}.MeasuredGateway", f"{STAND_INS}.MeasuredHashPool"]
