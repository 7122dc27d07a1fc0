# option: jwt
"""Refresh tokens: for the issuer alone, and each for one use."""

from datetime import datetime

from django.conf import settings

from jwt_login.claims import Claims, sign, verify
from jwt_login.models import JwtLogin

KIND = "rt+jwt"


def audience() -> str:
    """Name the issuer as the only recipient.

    Never the audience of access tokens (check E005), so that a service that forgets to compare
    the header typ still refuses a refresh token.
    """
    return f"{settings.JWT_ISSUER}/refresh"


def issue(login: JwtLogin, now: datetime) -> str:
    """Sign the one refresh token of a login that is valid now; it ends with the login."""
    return sign(
        Claims(
            user_id=login.user_id,
            login_id=login.pk,
            token_id=login.current_refresh_id,
            end=int(login.expires_at.timestamp()),
        ),
        kind=KIND,
        audience=audience(),
        now=now,
    )


def read(token: str) -> Claims:
    """Return the claims of a genuine refresh token, used before or not; else InvalidToken."""
    return verify(token, kind=KIND, audience=audience())
