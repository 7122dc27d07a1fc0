"""System checks: a service whose protection was taken away does not start."""

from typing import Any

import pytest
from django.conf import settings as configured
from django.core.checks import run_checks
from pytest_django import Settings

CLOSED = configured.REST_FRAMEWORK
GOOD: dict[str, Any] = {
    "LIMIT_STORE": "redis://127.0.0.1:6379/0",
    "ALLOWED_HOSTS": ["api.example.com"],
}
FAULTS: list[tuple[str, str, Any]] = [
    ("guard.E001", "LIMIT_STORE", "memory://"),
    ("guard.E002", "REST_FRAMEWORK", CLOSED | {"DEFAULT_PERMISSION_CLASSES": []}),
    (
        "guard.E002",
        "REST_FRAMEWORK",
        CLOSED | {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"]},
    ),
    ("guard.E003", "ALLOWED_HOSTS", ["*"]),
    ("guard.E003", "ALLOWED_HOSTS", ["api.example.com", ".example.com"]),
    ("guard.E003", "ALLOWED_HOSTS", ["*.example.com"]),
    ("guard.E004", "MIDDLEWARE", []),
    ("guard.E004", "MIDDLEWARE", configured.MIDDLEWARE[1:]),
    ("guard.E004", "MIDDLEWARE", [configured.MIDDLEWARE[1], *configured.MIDDLEWARE]),
]


@pytest.fixture(autouse=True)
def _good(settings: Settings) -> None:
    for name, value in GOOD.items():
        setattr(settings, name, value)


def found() -> set[str]:
    """Return the ids of our own findings."""
    messages = run_checks(tags=["security"], include_deployment_checks=True)
    return {str(message.id) for message in messages if str(message.id).startswith("guard.")}


def test_good_settings_pass() -> None:
    assert found() == set()


@pytest.mark.parametrize(("fault", "name", "value"), FAULTS)
def test_a_fault_is_found(settings: Settings, fault: str, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert found() == {fault}
