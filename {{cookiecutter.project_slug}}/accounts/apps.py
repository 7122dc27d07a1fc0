"""Accounts as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Listens to Django's own logout, to which several doors lead."""

    name = "accounts"

    def ready(self) -> None:
        """Register the listener."""
        import_module("accounts.logouts")
