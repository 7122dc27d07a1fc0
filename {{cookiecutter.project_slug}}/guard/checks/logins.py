"""How passwords are checked and stored, and how sessions are kept."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.module_loading import import_string

from accounts.backends import PasswordBackend

LEAST_MEMORY, MOST_MEMORY = 19 * 1024, 64 * 1024  # KiB, of OWASP's cheat sheet and of a worker
LEAST_WORK = 38 * 1024  # KiB times passes
COOKIES = ("SESSION_COOKIE", "CSRF_COOKIE")
DJANGOS_SESSIONS = "django.contrib.sessions.backends."


@register(Tags.security, deploy=True)
def sized_argon2(**_: Any) -> Iterable[CheckMessage]:
    """E013: new passwords are kept as Argon2id, neither cheap to guess nor dear to check."""
    hasher = get_hasher()
    if not (
        isinstance(hasher, Argon2PasswordHasher)
        and LEAST_MEMORY <= hasher.memory_cost <= MOST_MEMORY
        and hasher.memory_cost * hasher.time_cost >= LEAST_WORK
        and hasher.parallelism == 1
    ):
        yield Error(
            "New passwords are not kept as Argon2id of a sensible size.",
            hint="Put accounts.hashers.SizedArgon2PasswordHasher first in PASSWORD_HASHERS.",
            id="guard.E013",
        )


@register(Tags.security, deploy=True)
def every_try_is_limited(**_: Any) -> Iterable[CheckMessage]:
    """E020: a second backend checks passwords again, without limit and without an event."""
    backends = [import_string(name) for name in settings.AUTHENTICATION_BACKENDS]
    of_passwords = [backend for backend in backends if issubclass(backend, ModelBackend)]
    if not all(issubclass(backend, PasswordBackend) for backend in of_passwords):
        yield Error(
            "Passwords are checked without a limit.",
            hint="Keep accounts.backends.PasswordBackend as the only one, or derive from it.",
            id="guard.E020",
        )


@register(Tags.security, deploy=True)
def bound_cookies(**_: Any) -> Iterable[CheckMessage]:
    """E019: cookies are for this host, out of reach of scripts, and not sent from elsewhere."""
    faults = [] if settings.CSRF_COOKIE_HTTPONLY else ["CSRF_COOKIE_HTTPONLY"]
    for cookie in COOKIES:
        good = {
            "NAME": str(getattr(settings, f"{cookie}_NAME")).startswith("__Host-"),
            "DOMAIN": getattr(settings, f"{cookie}_DOMAIN") is None,
            "PATH": getattr(settings, f"{cookie}_PATH") == "/",
            "SAMESITE": getattr(settings, f"{cookie}_SAMESITE") in {"Lax", "Strict"},
        }
        faults += [f"{cookie}_{name}" for name, is_good in good.items() if not is_good]
    for fault in faults:
        yield Error(
            f"{fault} leaves a cookie within reach of others.",
            hint="Name it __Host-..., without domain, for /, HttpOnly, SameSite Lax or Strict.",
            id="guard.E019",
        )


@register(Tags.security, deploy=True)
def unreadable_sessions(**_: Any) -> Iterable[CheckMessage]:
    """E022: Django's own stores keep the cookie's value as it is, or cannot end a session."""
    if settings.SESSION_ENGINE.startswith(DJANGOS_SESSIONS):
        yield Error(
            "Sessions can be taken over by whoever reads their store.",
            hint="Keep SESSION_ENGINE = 'accounts.sessions'.",
            id="guard.E022",
        )


@register(Tags.security, deploy=True)
def no_foreign_forms(**_: Any) -> Iterable[CheckMessage]:
    """E024: a trusted origin may write with the cookies of whoever visits it."""
    origins = settings.CSRF_TRUSTED_ORIGINS
    if any("*" in origin or not origin.startswith("https://") for origin in origins):
        yield Error(
            "CSRF_TRUSTED_ORIGINS has a wildcard or plain HTTP.",
            hint="Name exact https origins, or none.",
            id="guard.E024",
        )
