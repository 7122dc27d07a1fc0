"""The protection of the service as a Django app: its system checks are found through it."""

from importlib import import_module

from django.apps import AppConfig


class GuardConfig(AppConfig):
    """Registers the checks of guard/checks.py."""

    name = "guard"

    def ready(self) -> None:
        """Register the checks."""
        import_module("guard.checks")
        import_module("guard.cors_checks")  # option: cors
