# option: jwt
"""Access tokens: minutes long, for this service and others that know the public keys (RFC 9068)."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings

from jwt_login.claims import Claims, sign, verify
from jwt_login.models import JwtLogin

KIND = "at+jwt"


def issue(login: JwtLogin, now: datetime) -> str:
    """Sign an access token of a login, which never outlives the login."""
    return sign(
        Claims(user_id=login.user_id, login_id=login.pk, token_id=uuid4()),
        kind=KIND,
        audience=settings.JWT_AUDIENCE,
        now=now,
        end=min(now + timedelta(minutes=settings.JWT_ACCESS_MINUTES), login.expires_at),
    )


def read(token: str) -> Claims:
    """Return the claims of a genuine access token; raise InvalidToken for everything else."""
    return verify(token, kind=KIND, audience=settings.JWT_AUDIENCE)
