"""The protection of the service as a Django app: what must be there before the first request."""

from importlib import import_module

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """Registers the checks and makes the stores of the limits, before threads could at once."""

    name = "guard"

    def ready(self) -> None:
        """Do both; no store is connected to yet."""
        import_module("guard.checks")
        import_module("guard.cors_checks")  # option: cors
        counters = import_module("guard.limits.counters")
        counters.shared_store()
        counters.own_store()
