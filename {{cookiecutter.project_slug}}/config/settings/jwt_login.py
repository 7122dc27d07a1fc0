# option: jwt
"""JWT logins: who issues access tokens, for whom, and for how long.

The keys differ between installations: local.py, test.py and production.py read them with two of the
parsers that are added here.
"""

import re

from config.environment import env
from config.faults import ValidationError
from config.identity import DOMAIN
from jwt_login.keys import new_private_key, read_private_key, read_public_keys

__all__ = [
    "JWT_ACCESS_MINUTES",
    "JWT_AUDIENCE",
    "JWT_ISSUER",
    "JWT_REFRESH_GRACE_SECONDS",
    "new_private_key",
]


def one_name(text: str) -> str:
    """Accept nothing, or what may stand in a claim as it is."""
    if not re.fullmatch(r"\S{0,255}", text):
        raise ValidationError("must be one name or address without blanks.")
    return text


env.add_parser("private_key", read_private_key)
env.add_parser("public_keys", read_public_keys)
env.add_parser("one_name", one_name)

# Compared letter by letter (RFC 7519, 4.1.1 and 4.1.3), a closing slash included.
JWT_ISSUER = env.one_name("JWT_ISSUER", "") or f"https://{DOMAIN}"
JWT_AUDIENCE = env.one_name("JWT_AUDIENCE", "") or f"https://{DOMAIN}"

# How long other services go on accepting an access token after a logout here.
JWT_ACCESS_MINUTES = env.number("JWT_ACCESS_MINUTES", "5", minimum=1, maximum=60)

# How long a refresh token that was just used is answered once more instead of ending the login.
JWT_REFRESH_GRACE_SECONDS = env.number("JWT_REFRESH_GRACE_SECONDS", "0", minimum=0, maximum=60)
