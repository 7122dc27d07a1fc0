# option: jwt
"""JWT logins: short access tokens that other services verify, rotating refresh tokens."""

from importlib import import_module

from django.apps import AppConfig


class JwtLoginConfig(AppConfig):
    """Registers the system checks and the schema's description of the credential."""

    name = "jwt_login"
    verbose_name = "JWT logins"

    def ready(self) -> None:
        """Import what registers itself."""
        for module in ("checks", "schema"):
            import_module(f"{self.name}.{module}")
