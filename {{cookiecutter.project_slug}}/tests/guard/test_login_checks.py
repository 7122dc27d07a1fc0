"""System checks: weak hashes, readable credentials and loose cookies do not start."""

from typing import Any

import pytest
from pytest_django import Settings

from accounts.backends import PasswordBackend
from accounts.hashers import SizedArgon2PasswordHasher
from tests.guard.checking import findings, found, rest

pytestmark = pytest.mark.usefixtures("good_settings")

HERE = "tests.guard.test_login_checks"
DRFS = "rest_framework"
SESSIONS = "django.contrib.sessions.backends"
DJANGOS = "django.contrib.auth.backends"


class OneMebibyte(SizedArgon2PasswordHasher):
    """Cheap to guess on many cores, however many passes there are."""

    memory_cost = 1024
    time_cost = 100


class OnePass(SizedArgon2PasswordHasher):
    """Half the work."""

    time_cost = 1


class EightLanes(SizedArgon2PasswordHasher):
    """Eight cores a login."""

    parallelism = 8


class HalfAGibibyte(SizedArgon2PasswordHasher):
    """A few logins fill the memory."""

    memory_cost = 512 * 1024


class OwnBackend(PasswordBackend):
    """A project's own, with the limits."""


FAULTS: dict[str, tuple[str, str, Any]] = {
    "MD5": ("E013", "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"]),
    "PBKDF2": ("E013", "PASSWORD_HASHERS", ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]),
    "Django's Argon2": (
        "E013",
        "PASSWORD_HASHERS",
        ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    ),
    "Argon2 of a mebibyte": ("E013", "PASSWORD_HASHERS", [f"{HERE}.OneMebibyte"]),
    "Argon2 of one pass": ("E013", "PASSWORD_HASHERS", [f"{HERE}.OnePass"]),
    "Argon2 of eight lanes": ("E013", "PASSWORD_HASHERS", [f"{HERE}.EightLanes"]),
    "Argon2 of half a gibibyte": ("E013", "PASSWORD_HASHERS", [f"{HERE}.HalfAGibibyte"]),
    "sessions first": (
        "E014",
        "REST_FRAMEWORK",
        rest(
            DEFAULT_AUTHENTICATION_CLASSES=[
                f"{DRFS}.authentication.SessionAuthentication",
                "tokens.authentication.ApiTokenAuthentication",
            ]
        ),
    ),
    "no authentication": ("E014", "REST_FRAMEWORK", rest(DEFAULT_AUTHENTICATION_CLASSES=[])),
    "DRF's tokens": (
        "E015",
        "REST_FRAMEWORK",
        rest(DEFAULT_AUTHENTICATION_CLASSES=[f"{DRFS}.authentication.TokenAuthentication"]),
    ),
    "Basic": (
        "E015",
        "REST_FRAMEWORK",
        rest(DEFAULT_AUTHENTICATION_CLASSES=[f"{DRFS}.authentication.BasicAuthentication"]),
    ),
    "a cookie for any host": ("E019", "SESSION_COOKIE_NAME", "sessionid"),
    "a CSRF cookie for any host": ("E019", "CSRF_COOKIE_NAME", "csrftoken"),
    "a cookie for subdomains": ("E019", "SESSION_COOKIE_DOMAIN", "example.com"),
    "a CSRF cookie for subdomains": ("E019", "CSRF_COOKIE_DOMAIN", ".example.com"),
    "a cookie for a folder": ("E019", "SESSION_COOKIE_PATH", "/api/"),
    "a cookie for other sites": ("E019", "SESSION_COOKIE_SAMESITE", "None"),
    "a cookie without SameSite": ("E019", "SESSION_COOKIE_SAMESITE", False),
    "a CSRF cookie for other sites": ("E019", "CSRF_COOKIE_SAMESITE", "None"),
    "a CSRF cookie for scripts": ("E019", "CSRF_COOKIE_HTTPONLY", False),
    "Django's backend": ("E020", "AUTHENTICATION_BACKENDS", [f"{DJANGOS}.ModelBackend"]),
    "Django's backend as a second": (
        "E020",
        "AUTHENTICATION_BACKENDS",
        ["accounts.backends.PasswordBackend", f"{DJANGOS}.AllowAllUsersModelBackend"],
    ),
    "readable sessions": ("E022", "SESSION_ENGINE", f"{SESSIONS}.db"),
    "sessions in a cookie": ("E022", "SESSION_ENGINE", f"{SESSIONS}.signed_cookies"),
    "sessions in a cache": ("E022", "SESSION_ENGINE", f"{SESSIONS}.cached_db"),
    "forms from subdomains": ("E024", "CSRF_TRUSTED_ORIGINS", ["https://*.example.com"]),
    "forms in clear": ("E024", "CSRF_TRUSTED_ORIGINS", ["http://app.example.com"]),
}
GOOD: dict[str, tuple[str, Any]] = {
    "a backend derived from ours": ("AUTHENTICATION_BACKENDS", [f"{HERE}.OwnBackend"]),
    "stricter cookies": ("SESSION_COOKIE_SAMESITE", "Strict"),
    "an exact origin": ("CSRF_TRUSTED_ORIGINS", ["https://app.example.com"]),
}


@pytest.mark.parametrize(("fault", "name", "value"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(settings: Settings, fault: str, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert found() == {f"guard.{fault}"}
    assert "COOKIE" not in name or [name] == [finding.msg.split()[0] for finding in findings()]


@pytest.mark.parametrize(("name", "value"), GOOD.values(), ids=GOOD)
def test_what_is_as_safe_passes(settings: Settings, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert found() == set()
