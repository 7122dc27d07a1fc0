# option: jwt
"""System checks: settings with which JWT logins would be weak or would not work."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from jwt_login import keys, refresh

MAXIMUM_ACCESS_MINUTES = 60
MAXIMUM_GRACE_SECONDS = 60


@register(Tags.security)
def check_jwt_settings(**_: object) -> list[CheckMessage]:
    """Return one error for each setting that is out of bounds."""
    return [*_check_times(), *_check_keys(), *_check_names()]


def _check_times() -> Iterator[CheckMessage]:
    if not _within(settings.JWT_ACCESS_MINUTES, 1, MAXIMUM_ACCESS_MINUTES):
        yield Error(
            f"JWT_ACCESS_MINUTES must be a whole number from 1 to {MAXIMUM_ACCESS_MINUTES}.",
            hint="Other services accept an access token that long after a logout here.",
            id="jwt_login.E001",
        )
    if not _within(settings.JWT_REFRESH_GRACE_SECONDS, 0, MAXIMUM_GRACE_SECONDS):
        yield Error(
            f"JWT_REFRESH_GRACE_SECONDS must be a whole number from 0 to {MAXIMUM_GRACE_SECONDS}.",
            hint="A stolen refresh token is good for a second use that long.",
            id="jwt_login.E002",
        )


def _check_keys() -> Iterator[CheckMessage]:
    try:
        keys.private_key(settings.JWT_PRIVATE_KEY)
    except (ValueError, AttributeError) as error:
        yield Error(f"JWT_PRIVATE_KEY {error}.", id="jwt_login.E003")
    try:
        for text in settings.JWT_VERIFY_KEYS:
            keys.public_key(text)
    except (ValueError, AttributeError, TypeError) as error:
        yield Error(f"JWT_VERIFY_KEYS {error}.", id="jwt_login.E004")


def _check_names() -> Iterator[CheckMessage]:
    if not settings.JWT_ISSUER or not settings.JWT_AUDIENCE:
        yield Error("JWT_ISSUER and JWT_AUDIENCE must not be empty.", id="jwt_login.E005")
    elif refresh.audience() == settings.JWT_AUDIENCE:
        yield Error(
            "JWT_AUDIENCE is the audience of refresh tokens.",
            hint=f"Choose another one than {refresh.audience()}.",
            id="jwt_login.E006",
        )


def _within(value: Any, minimum: int, maximum: int) -> bool:
    return type(value) is int and minimum <= value <= maximum
