# option: cors
"""System checks for CORS: whatever would open the API to foreign pages does not start."""

from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

FAULTS: list[tuple[str, str, Any]] = [
    ("guard.E101", "CORS_ALLOW_ALL_ORIGINS", True),
    ("guard.E101", "CORS_ORIGIN_ALLOW_ALL", True),
    ("guard.E102", "CORS_ALLOW_CREDENTIALS", True),
    ("guard.E103", "CORS_ALLOWED_ORIGINS", ["http://app.example.com"]),
    ("guard.E103", "CORS_ALLOWED_ORIGINS", ["https://app.example.com", "null"]),
    ("guard.E103", "CORS_ALLOWED_ORIGINS", ["file://"]),
    ("guard.E103", "CORS_ORIGIN_WHITELIST", ["http://app.example.com"]),
    ("guard.E104", "CORS_ALLOWED_ORIGIN_REGEXES", [r"^https://.*\.example\.com$"]),
    ("guard.E104", "CORS_ALLOWED_ORIGIN_REGEXES", ["example.com"]),
    ("guard.E105", "CORS_URLS_REGEX", r"^.*$"),
    ("guard.E105", "CORS_URLS_REGEX", r"/api/"),
]


def found() -> set[str]:
    """Return the ids of our own findings about CORS."""
    messages = run_checks(tags=["security"], include_deployment_checks=True)
    return {str(message.id) for message in messages if str(message.id).startswith("guard.E1")}


def test_exact_https_origins_under_the_api_pass() -> None:
    assert found() == set()


@pytest.mark.parametrize(("fault", "name", "value"), FAULTS)
def test_an_unsafe_setting_is_found(settings: Settings, fault: str, name: str, value: Any) -> None:
    if "WHITELIST" in name:  # the older name counts where the newer one is not set
        del settings.CORS_ALLOWED_ORIGINS
    setattr(settings, name, value)
    assert found() == {fault}
