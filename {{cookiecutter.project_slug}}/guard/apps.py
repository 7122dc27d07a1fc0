"""The protection of the service as a Django app: what must be there before the first request."""

from importlib import import_module

from django.apps import AppConfig

CHECKS = (
    "access",
    "cors",  # option: cors
    "limits",
    "logins",
    "middleware",
    "transport",
)


class GuardConfig(AppConfig):
    """Registers the checks and makes the stores of the limits, before threads could at once."""

    name = "guard"

    def ready(self) -> None:
        """Do both; no store is connected to yet."""
        for topic in CHECKS:
            import_module(f"guard.checks.{topic}")
        counters = import_module("guard.limits.counters")
        for probe in (False, True):
            counters.shared_store(probe=probe)
        counters.own_store()
