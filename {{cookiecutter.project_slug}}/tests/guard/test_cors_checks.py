# option: cors
"""System checks for CORS: whatever would open the API to foreign pages does not start."""

from typing import Any

import pytest
from pytest_django import Settings

from guard.checks.cors import COMMON, CORS
from guard.checks.middleware import HEADERS, TRANSPORT
from tests.guard.checking import found, moved, without

pytestmark = pytest.mark.usefixtures("good_settings")

PACKAGES = "corsheaders.middleware.CorsMiddleware"
STATIC = "guard.static_files.StaticFilesMiddleware"

ORIGINS, PATTERNS = "CORS_ALLOWED_ORIGINS", "CORS_ALLOWED_ORIGIN_REGEXES"
FAULTS: dict[str, tuple[str, str, Any]] = {
    "all origins": ("E101", "CORS_ALLOW_ALL_ORIGINS", True),
    "all origins, by the older name": ("E101", "CORS_ORIGIN_ALLOW_ALL", True),
    "with credentials": ("E102", "CORS_ALLOW_CREDENTIALS", True),
    "http": ("E103", ORIGINS, ["http://app.example.com"]),
    "null": ("E103", ORIGINS, ["https://app.example.com", "null"]),
    "files": ("E103", ORIGINS, ["file://"]),
    "http, by the older name": ("E103", "CORS_ORIGIN_WHITELIST", ["http://app.example.com"]),
    "a pattern": ("E104", PATTERNS, [r"^https://.*\.example\.com$"]),
    "a loose pattern": ("E104", PATTERNS, ["example.com"]),
    "a pattern, by the older name": ("E104", "CORS_ORIGIN_REGEX_WHITELIST", ["example.com"]),
    "everywhere": ("E105", "CORS_URLS_REGEX", r"^.*$"),
    "an unanchored path": ("E105", "CORS_URLS_REGEX", r"/api/"),
    "no middleware": ("E106", "MIDDLEWARE", without(CORS)),
    "the package's own middleware": ("E106", "MIDDLEWARE", [*without(CORS), PACKAGES]),
    "before the security headers": ("E106", "MIDDLEWARE", moved(CORS, HEADERS)),
    "after plain HTTP is refused": ("E106", "MIDDLEWARE", moved(TRANSPORT, CORS)),
    "after strangers are limited": ("E106", "MIDDLEWARE", moved(CORS, STATIC)),
    "after redirects": ("E106", "MIDDLEWARE", moved(COMMON, CORS)),
}


def test_exact_https_origins_under_the_api_pass() -> None:
    assert found() == set()


@pytest.mark.parametrize(("fault", "name", "value"), FAULTS.values(), ids=FAULTS)
def test_an_unsafe_setting_is_found(settings: Settings, fault: str, name: str, value: Any) -> None:
    if "WHITELIST" in name:  # an older name counts where the newer one is not set
        newer = PATTERNS if "REGEX" in name else ORIGINS
        if hasattr(settings, newer):
            delattr(settings, newer)
    setattr(settings, name, value)
    assert found() == {f"guard.{fault}"}
