"""Counting for Prometheus, where METRICS_PORT asks for it (docs/monitoring.md)."""

from config.environment import env
from config.settings.apps import MIDDLEWARE
from config.settings.logs import LOGGING

# Nobody reaches the port from outside of the machine unless told so: it asks for no credential.
METRICS_HOST = env.str("METRICS_HOST", "127.0.0.1")
METRICS_PORT = env.number("METRICS_PORT", "0", minimum=0, maximum=65535)  # 0: nothing is counted

# These count in place of those that do not.
GATEWAY = "guard.gateway.Gateway"
HASH_POOL = "accounts.hash_pool.HashPool"

if METRICS_PORT:
    GATEWAY = "observability.metrics_stand_ins.MeasuredGateway"
    HASH_POOL = "observability.metrics_stand_ins.MeasuredHashPool"
    MIDDLEWARE.insert(
        MIDDLEWARE.index("guard.request_log.RequestLogMiddleware"),
        "observability.metrics_hooks.count_requests",
    )
    LOGGING["handlers"]["metrics"] = {"class": "observability.metrics_hooks.EventCounter"}
    LOGGING["loggers"]["security"]["handlers"] = [
        *LOGGING["loggers"]["security"]["handlers"],
        "metrics",
    ]
