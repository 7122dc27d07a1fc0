# option: jwt
"""Signs and verifies tokens: one algorithm, exact headers, an allow-list of claims.

Follows RFC 8725 (JWT best current practices) and, for access tokens, RFC 9068.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import jwt
from django.conf import settings

from jwt_login.errors import InvalidToken
from jwt_login.keyring import keyring

ALGORITHM = "ES256"
# No others, so that no header can bring a key or change what is signed (jwk, jku, x5u, crit, b64).
HEADERS = {"alg", "kid", "typ"}
# No personal data: a token is readable for everyone who gets hold of it.
CLAIMS = ["iss", "aud", "sub", "iat", "nbf", "exp", "jti", "sid"]
TIMES = ("iat", "nbf", "exp")
LAST_TIME = 253_402_300_799  # seconds since 1970: the end of the year 9999
MAXIMUM_LENGTH = 4096
COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Claims:
    """Whom a token speaks for (sub), in which login (sid), which token it is (jti), until when.

    `end` is in seconds since 1970 (exp); at that second it is over.
    """

    user_id: UUID
    login_id: UUID
    token_id: UUID
    end: int


def sign(claims: Claims, *, kind: str, audience: str, now: datetime) -> str:
    """Sign a token of a kind (header typ) for an audience, valid from now until its end."""
    keys = keyring()
    payload = {
        "iss": settings.JWT_ISSUER,
        "aud": audience,
        "sub": str(claims.user_id),
        "iat": int(now.timestamp()),
        "nbf": int(now.timestamp()),
        "exp": claims.end,
        "jti": str(claims.token_id),
        "sid": str(claims.login_id),
    }
    headers = {"typ": kind, "kid": keys.signing_key_id}
    return jwt.encode(payload, keys.signing_key, algorithm=ALGORITHM, headers=headers)


def verify(token: str, *, kind: str, audience: str) -> Claims:
    """Return the claims of a genuine token of the kind, for the audience, that is valid now.

    Asks no database. Raises InvalidToken for everything else, whatever the text holds.
    """
    if len(token) > MAXIMUM_LENGTH or not COMPACT.fullmatch(token):
        raise InvalidToken
    try:
        headers = jwt.get_unverified_header(token)
        if set(headers) != HEADERS or headers["typ"] != kind:
            raise InvalidToken
        payload = jwt.decode(
            token,
            keyring().verifying_keys[headers["kid"]],
            algorithms=[ALGORITHM],
            audience=audience,
            issuer=settings.JWT_ISSUER,
            options={"require": CLAIMS, "strict_aud": True},
        )
    except (jwt.InvalidTokenError, KeyError):
        raise InvalidToken from None
    return _typed(payload)


def _typed(payload: dict[str, Any]) -> Claims:
    """Refuse claims of another type than ours, which a genuine signature does not rule out."""
    for name in TIMES:
        # Not isinstance: True is an int, but no time.
        if type(payload[name]) is not int or not 0 <= payload[name] <= LAST_TIME:
            raise InvalidToken
    try:
        user, login, token = (UUID(payload[name]) for name in ("sub", "sid", "jti"))
    except (ValueError, TypeError, AttributeError):
        raise InvalidToken from None
    return Claims(user, login, token, end=payload["exp"])
