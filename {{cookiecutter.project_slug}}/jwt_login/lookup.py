# option: jwt
"""Whose a JWT is, for people who found one where it must not be."""

from typing import Any

import jwt
from django.conf import settings

from jwt_login.claims import ALGORITHM
from jwt_login.keyring import keyring
from jwt_login.models import JwtLogin


def find_login(token: str) -> JwtLogin | None:
    """Return the login of a token that this service signed, of either kind and over or not.

    What somebody else signed is nobody's: a forged token must not point at an account.
    """
    try:
        key = keyring().verifying_keys[jwt.get_unverified_header(token)["kid"]]
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=settings.JWT_ISSUER,
            options={"verify_exp": False, "verify_aud": False},
        )
    except (jwt.InvalidTokenError, KeyError):
        return None
    return JwtLogin.objects.select_related("user").filter(pk=claims["sid"]).first()
