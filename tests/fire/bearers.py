"""Credentials for bursts: invented ones of each shape, and genuine ones without a login each."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from uuid import uuid4

import psycopg

from tests.credentials.accounts import new_account

TOKENS_OF_ACCOUNT = 4
COPY = """
INSERT INTO tokens_apitoken (id, user_id, name, digest, created_at, expires_at)
SELECT %s, id, 'a copy', %s, now(), now() + interval '1 day'
FROM accounts_user WHERE username = %s
"""


def opaque(canary: str) -> str:
    """Return the header of an API token that nobody has."""
    return f"Token apitoken_{canary}{secrets.token_hex(4)}"


def signed(canary: str) -> str:
    """Return the header of an access token whose signature is made up."""
    claims = {"sub": str(uuid4()), "sid": str(uuid4()), "token_type": "access"}
    parts = [{"alg": "ES256", "typ": "at+jwt"}, claims]
    encoded = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return f"Bearer {'.'.join(encoded)}.{secrets.token_urlsafe(32)}{canary}"


INVENTED = {"API tokens": opaque, "access tokens": signed}


def tokens_of_new_account(database_url: str, canary: str) -> list[str]:
    """Return API tokens of an account that nothing has been counted for."""
    name = new_account(database_url)
    tokens = [f"apitoken_{canary}{secrets.token_hex(8)}" for _ in range(TOKENS_OF_ACCOUNT)]
    with psycopg.connect(database_url) as connection:
        for token in tokens:
            digest = hashlib.sha256(token.encode()).hexdigest()
            connection.execute(COPY, (uuid4(), digest, name))
    return tokens
