"""METRICS_PORT puts what counts into production; without it there is nothing of it.

The latter is in tests/config/test_production.py.
"""

import json

from tests.config.production_env import PRODUCTION, run

PROGRAM = """
import json
from django.conf import settings
handlers = settings.LOGGING["loggers"]["security"]["handlers"]
print(json.dumps([settings.MIDDLEWARE, handlers, settings.GATEWAY, settings.HASH_POOL]))
"""


def test_what_is_configured_is_there() -> None:
    done = run("-c", PROGRAM, **PRODUCTION, METRICS_PORT="9464")
    (edge, counts, *others), handlers, gateway, hash_pool = json.loads(done.stdout)
    assert edge == "guard.edge.EdgeMiddleware"
    assert [name for name in others if "observability" in name] == []
    assert counts == "observability.metrics_hooks.count_requests"
    assert handlers == ["stdout", "metrics"]
    assert gateway == "observability.metrics_stand_ins.MeasuredGateway"
    assert hash_pool == "observability.metrics_stand_ins.MeasuredHashPool"
