"""Callers of a service with production's transport settings."""

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from tests.guard.checking import GOOD


@pytest.fixture
def http(settings: Settings) -> APIClient:
    """A caller without TLS; built here, because middleware reads its settings once."""
    settings.BEHIND_TLS_PROXY = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^api/", r"^livez$", r"^readyz$"]
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    return APIClient(raise_request_exception=False)


@pytest.fixture
def https(http: APIClient) -> APIClient:
    """A caller with TLS."""
    return APIClient(raise_request_exception=False, headers={"x-forwarded-proto": "https"})


@pytest.fixture
def good_settings(settings: Settings) -> None:
    """Settings with which no check of our own finds anything."""
    for name, value in GOOD.items():
        setattr(settings, name, value)


@pytest.fixture
def two_accounts(anna: User, berta: User) -> None:
    """Two accounts, one of whom was never here."""
    User.objects.filter(pk=anna.pk).update(last_login=anna.date_joined)
