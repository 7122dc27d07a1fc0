# option: jwt
"""Access tokens: minutes long, for this service and others that know the public keys (RFC 9068)."""

import time
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings

from jwt_login.claims import Claims, sign, verify
from jwt_login.errors import InvalidToken
from jwt_login.keyring import keyring
from jwt_login.models import JwtLogin

KIND = "at+jwt"


def issue(login: JwtLogin, now: datetime) -> str:
    """Sign an access token of a login, which never outlives the login."""
    end = min(now + timedelta(minutes=settings.JWT_ACCESS_MINUTES), login.expires_at)
    return sign(
        Claims(login.user_id, login.pk, token_id=uuid4(), end=int(end.timestamp())),
        kind=KIND,
        audience=settings.JWT_AUDIENCE,
        now=now,
    )


def read(token: str) -> Claims:
    """Return the claims of a genuine access token; raise InvalidToken for everything else."""
    issuer, audience = settings.JWT_ISSUER, settings.JWT_AUDIENCE
    genuine = keyring().genuine
    claims = genuine.get(token, issuer, audience)
    if claims is None:
        claims = verify(token, kind=KIND, audience=audience)
        genuine.note(token, issuer, audience, claims)
    elif claims.end <= time.time():
        raise InvalidToken
    return claims
