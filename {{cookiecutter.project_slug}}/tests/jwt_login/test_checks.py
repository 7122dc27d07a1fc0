# option: jwt
"""Weak settings and bad keys are found by `check` and by the start."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from jwt_login import keys, refresh
from tests.jwt_login import key_samples

BAD = {
    "no minutes": ("JWT_ACCESS_MINUTES", 0, "E001"),
    "61 minutes": ("JWT_ACCESS_MINUTES", 61, "E001"),
    "minutes as text": ("JWT_ACCESS_MINUTES", "5", "E001"),
    "minutes yes": ("JWT_ACCESS_MINUTES", True, "E001"),
    "minutes unset": ("JWT_ACCESS_MINUTES", None, "E001"),
    "grace below zero": ("JWT_REFRESH_GRACE_SECONDS", -1, "E002"),
    "grace of 61 seconds": ("JWT_REFRESH_GRACE_SECONDS", 61, "E002"),
    "grace unset": ("JWT_REFRESH_GRACE_SECONDS", None, "E002"),
    "no signing key": ("JWT_PRIVATE_KEY", "", "E003"),
    "signing key unset": ("JWT_PRIVATE_KEY", None, "E003"),
    "a public signing key": ("JWT_PRIVATE_KEY", key_samples.PUBLIC, "E003"),
    "a private verify key": ("JWT_VERIFY_KEYS", [key_samples.PRIVATE], "E004"),
    "a verify key that is none": ("JWT_VERIFY_KEYS", ["key"], "E004"),
    "verify keys unset": ("JWT_VERIFY_KEYS", None, "E004"),
    "no issuer": ("JWT_ISSUER", "", "E005"),
    "no audience": ("JWT_AUDIENCE", None, "E005"),
}


def found() -> list[str]:
    return [str(message.id) for message in run_checks() if str(message.id).startswith("jwt_login")]


def test_the_settings_as_they_come_pass() -> None:
    assert found() == []


@pytest.mark.parametrize(("minutes", "grace"), [(1, 0), (60, 60)], ids=["smallest", "largest"])
def test_the_bounds_themselves_are_allowed(minutes: int, grace: int, settings: Settings) -> None:
    settings.JWT_ACCESS_MINUTES = minutes
    settings.JWT_REFRESH_GRACE_SECONDS = grace
    settings.JWT_VERIFY_KEYS = [key_samples.PUBLIC, key_samples.OTHER_PUBLIC]
    assert found() == []


@pytest.mark.parametrize(("name", "value", "check"), BAD.values(), ids=BAD.keys())
def test_a_bad_setting_is_one_error(
    name: str, value: object, check: str, settings: Settings
) -> None:
    setattr(settings, name, value)
    assert found() == [f"jwt_login.{check}"]


def test_the_audience_of_refresh_tokens_is_not_given_to_access_tokens(settings: Settings) -> None:
    settings.JWT_AUDIENCE = refresh.audience()
    assert found() == ["jwt_login.E006"]


FAULTS = {
    "JWT_PRIVATE_KEY": ("generate:p256", "is a placeholder"),
    "JWT_VERIFY_KEYS": (keys.new_private_key(), "holds a private key where public keys belong"),
    "JWT_ACCESS_MINUTES": ("61", "must be a whole number from 1 to 60"),
    "JWT_REFRESH_GRACE_SECONDS": ("-1", "must be a whole number from 0 to 60"),
    "JWT_ISSUER": ("two words", "must be one name or address without blanks"),
    "JWT_AUDIENCE": ("two words", "must be one name or address without blanks"),
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start with production settings, and with no variable but those given."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env=kept | {"DJANGO_SETTINGS_MODULE": "config.settings.production"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_names_every_bad_variable_at_once_and_does_not_start() -> None:
    started = start(**{name: value for name, (value, _) in FAULTS.items()})
    assert started.returncode != 0
    for name, (_, reason) in FAULTS.items():
        assert f"{name}: {reason}" in started.stderr


def test_production_does_not_start_without_a_signing_key() -> None:
    started = start()
    assert started.returncode != 0
    assert "JWT_PRIVATE_KEY: is not set" in started.stderr
    assert "JWT_VERIFY_KEYS" not in started.stderr
