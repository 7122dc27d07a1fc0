"""Settings as in production, as far as the system checks look at them."""

from typing import Any

from django.conf import settings as configured
from django.core.checks import CheckMessage, run_checks

REST: dict[str, Any] = configured.REST_FRAMEWORK
MIDDLEWARE: list[str] = configured.MIDDLEWARE
GOOD: dict[str, Any] = {
    "LIMIT_STORE": "redis://127.0.0.1:6379/0",
    "ALLOWED_HOSTS": ["api.example.com"],
    "PASSWORD_HASHERS": ["accounts.hashers.SizedArgon2PasswordHasher"],
    "SECURE_SSL_REDIRECT": True,
    "SECURE_REDIRECT_EXEMPT": [r"^api/", r"^livez$", r"^readyz$"],
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
}


def findings() -> list[CheckMessage]:
    """Return what our own checks found."""
    messages = run_checks(tags=["security"], include_deployment_checks=True)
    return [message for message in messages if str(message.id).startswith("guard.")]


def found() -> set[str]:
    """Return the ids of our own findings, each of which says how to mend it."""
    messages = findings()
    assert all(message.hint for message in messages)
    return {str(message.id) for message in messages}


def rest(**changed: Any) -> dict[str, Any]:
    """Return REST_FRAMEWORK with something changed."""
    return REST | changed


def rates(**changed: Any) -> dict[str, Any]:
    """Return REST_FRAMEWORK with other rates."""
    return rest(DEFAULT_THROTTLE_RATES=REST["DEFAULT_THROTTLE_RATES"] | changed)


def without(name: str) -> list[str]:
    """Return MIDDLEWARE without one."""
    return [each for each in MIDDLEWARE if each != name]


def moved(name: str, before: str) -> list[str]:
    """Return MIDDLEWARE with one moved to a place before another."""
    names = without(name)
    names.insert(names.index(before), name)
    return names
