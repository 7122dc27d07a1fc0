# option: jwt
"""Makes tokens that nobody should accept, byte by byte, as an attacker would."""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jwt_login.keyring import keyring

Parts = tuple[dict[str, Any], dict[str, Any]]

STRANGERS_KEY = ec.generate_private_key(ec.SECP256R1())
P384_KEY = ec.generate_private_key(ec.SECP384R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def parts(token: str) -> Parts:
    """Return headers and claims of a token, unverified."""
    header, payload, _ = token.split(".")
    return json.loads(decode(header)), json.loads(decode(payload))


def decode(segment: str) -> bytes:
    """Decode base64url without padding."""
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))


def encode(value: Any) -> str:
    """Encode bytes, or anything else as JSON, as base64url without padding."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(headers: Any, payload: Any, key: Any = None, algorithm: str = "ES256") -> str:
    """Sign whatever is given, with the service's own key unless another one is given."""
    body = f"{encode(headers)}.{encode(payload)}"
    signer = jwt.get_algorithm_by_name(algorithm)
    return f"{body}.{encode(signer.sign(body.encode(), key or keyring().signing_key))}"


def with_headers(token: str, key: Any = None, algorithm: str = "ES256", **changes: Any) -> str:
    """Change headers and sign again; a change to ``...`` removes the header."""
    headers, payload = parts(token)
    return sign(changed(headers, changes), payload, key, algorithm)


def with_claims(token: str, **changes: Any) -> str:
    """Change claims and sign again; a change to ``...`` removes the claim."""
    headers, payload = parts(token)
    return sign(headers, changed(payload, changes))


def changed(members: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a copy with changes; ``...`` removes."""
    return {name: value for name, value in (members | changes).items() if value is not ...}


def with_signature(token: str, signature: bytes) -> str:
    """Put another signature in place."""
    return f"{token.rpartition('.')[0]}.{encode(signature)}"


def tampered(token: str) -> str:
    """Change one claim and keep the signature."""
    header, _, signature = token.split(".")
    claims = parts(token)[1] | {"is_staff": True}
    return f"{header}.{encode(claims)}.{signature}"


def with_secret(token: str, form: Encoding) -> str:
    """Sign with HMAC and the public key as the secret: algorithm confusion (RFC 8725, 2.1)."""
    public = keyring().signing_key.public_key()
    secret = public.public_bytes(form, PublicFormat.SubjectPublicKeyInfo)
    headers, payload = parts(token)
    body = f"{encode(headers | {'alg': 'HS256'})}.{encode(payload)}"
    return f"{body}.{encode(hmac.digest(secret, body.encode(), hashlib.sha256))}"
