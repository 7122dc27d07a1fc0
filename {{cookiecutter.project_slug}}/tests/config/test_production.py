"""Production as it really starts: all checks pass, and what was promised holds."""

import json
import tomllib
from importlib.util import find_spec
from typing import Any

import pytest

from config.settings import apps
from config.settings.paths import BASE_DIR
from tests.config.production_env import PRODUCTION, run


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """What the service is like in production; `check --deploy` has found no warning in it."""
    answer = run("-m", "tests.config.probe", **PRODUCTION)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stderr.splitlines()[-1])
    return found


def test_all_checks_pass_and_what_is_silenced_is_decided(production: dict[str, Any]) -> None:
    assert production["settings"]["SILENCED_SYSTEM_CHECKS"] == ["security.W005", "security.W021"]


def test_the_settings_are_strict(production: dict[str, Any]) -> None:
    settings = production["settings"]
    assert settings["DEBUG"] is False
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert settings["SECURE_HSTS_PRELOAD"] is False
    assert production["hsts"] == "max-age=31536000; includeSubDomains"
    assert settings["PASSWORD_HASHERS"][0] == "accounts.hashers.SizedArgon2PasswordHasher"


@pytest.mark.parametrize("cookie", ["SESSION_COOKIE", "CSRF_COOKIE"])
def test_cookies_are_bound_to_this_host_and_to_https(
    production: dict[str, Any], cookie: str
) -> None:
    assert production["settings"][f"{cookie}_NAME"].startswith("__Host-")
    assert production["settings"][f"{cookie}_SECURE"] is True
    assert production["settings"]["CSRF_COOKIE_HTTPONLY"] is True


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("api", [403, None]),
        ("api over https", [401, None]),
        ("tells its scheme", [403, None]),
        ("page", [301, "https://api.example.com/"]),
        ("page over https", [200, None]),
        ("probe", [200, None]),
        ("probe of a dead database", [503, None]),
        ("another host", [400, None]),
    ],
)
def test_a_call_is_answered(production: dict[str, Any], call: str, answer: list[Any]) -> None:
    assert production["answers"][call] == answer


def test_no_answer_names_what_it_is_connected_to(production: dict[str, Any]) -> None:
    assert "127.0.0.1" not in production["bodies"]
    assert "service:secret" not in production["bodies"]


def test_nothing_of_development_is_loaded(production: dict[str, Any]) -> None:
    declared = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["dependency-groups"]["dev"]
    tools = {requirement.split()[0].replace("-", "_") for requirement in declared}
    assert tools & set(production["modules"]) == set()
    assert production["settings"]["INSTALLED_APPS"] == apps.INSTALLED_APPS


def test_what_is_not_configured_is_not_loaded(production: dict[str, Any]) -> None:
    assert find_spec("opentelemetry.sdk")
    assert find_spec("prometheus_client")
    assert find_spec("sentry_sdk")
    assert production["watching"] == []
    assert production["handlers"] == ["stdout"]
    settings = production["settings"]
    assert [name for name in settings["MIDDLEWARE"] if "observability" in name] == []
    assert settings["GATEWAY"] == "guard.gateway.Gateway"
    assert settings["HASH_POOL"] == "accounts.hash_pool.HashPool"
