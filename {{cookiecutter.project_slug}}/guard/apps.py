"""The protection of the service as a Django app: what must be there before the first request."""

from importlib import import_module

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """Registers the checks and makes the limiters, which threads could not make at once."""

    name = "guard"

    def ready(self) -> None:
        """Do both; no store is connected to yet."""
        import_module("guard.checks")
        import_module("guard.cors_checks")  # option: cors
        limits = import_module("guard.limits")
        limits.shared_limiter()
        limits.own_limiter()
