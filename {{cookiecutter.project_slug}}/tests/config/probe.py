"""Starts the service with production's settings and prints what it is like, as JSON.

A program of its own, because settings are read once in a process.
"""

import json
import sys
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from accounts.hash_pool import hash_pool

NAMES = (
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "DEBUG",
    "GATEWAY",
    "HASH_POOL",
    "INSTALLED_APPS",
    "MIDDLEWARE",
    "PASSWORD_HASHERS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SILENCED_SYSTEM_CHECKS",
)
# What is only loaded where it is configured; opentelemetry.sdk itself redis-py loads where it can.
WATCHING = (
    "google.protobuf",
    "observability",
    "opentelemetry.exporter",
    "prometheus_client",
    "sentry_sdk",
)
CALLS: dict[str, dict[str, Any]] = {
    "api": {"path": "/api/v1/me/"},
    "api over https": {"path": "/api/v1/me/", "secure": True},
    "page": {"path": "/"},
    "page over https": {"path": "/", "secure": True},
    "probe": {"path": "/livez", "HTTP_HOST": "10.1.2.3"},
    "probe of a dead database": {"path": "/readyz", "HTTP_HOST": "10.1.2.3"},
    "another host": {"path": "/", "secure": True, "HTTP_HOST": "evil.test"},
    "tells its scheme": {"path": "/api/v1/me/", "HTTP_X_FORWARDED_PROTO": "https"},
}

if __name__ == "__main__":
    django.setup()
    import_module("config.asgi")  # as a worker does
    call_command("check", deploy=True, fail_level="WARNING")
    hash_pool()
    client = Client(raise_request_exception=False)
    answers = {
        name: client.get(**{"HTTP_HOST": "api.example.com"} | c) for name, c in CALLS.items()
    }
    found = {
        "settings": {name: getattr(settings, name) for name in NAMES},
        "handlers": settings.LOGGING["loggers"]["security"]["handlers"],
        "modules": sorted({name.partition(".")[0] for name in sys.modules}),
        "watching": sorted(name for name in sys.modules if name.startswith(WATCHING)),
        "answers": {name: [a.status_code, a.get("Location")] for name, a in answers.items()},
        "hsts": answers["api over https"].get("Strict-Transport-Security"),
        "bodies": "".join(answer.content.decode() for answer in answers.values()),
    }
    sys.stderr.write(json.dumps(found))
