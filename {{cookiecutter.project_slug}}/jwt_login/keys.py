# option: jwt
"""P-256 keys: reading them, their key ids (RFC 7638) and their public form (RFC 7517).

Works on text alone, without settings, because the settings themselves read keys with it.
"""

import base64
import hashlib
import json

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from config.faults import ValidationError
from jwt_login import pem

CURVE = ec.SECP256R1
COORDINATE_BYTES = 32
MAKE = "make one with: python manage.py make_jwt_key"
SHOW = "its public half is shown by: python manage.py show_jwt_key"


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Read one P-256 private key in PEM; ValueError says what to do instead."""
    block = pem.only_block(text, MAKE)
    if block.label == "PUBLIC KEY":
        raise ValueError(f"holds a public key where the private key belongs; {MAKE}")
    if "ENCRYPTED" in block.label or "ENCRYPTED" in block.text:
        raise ValueError("holds a key under a password; give it without one (openssl pkey)")
    try:
        key = load_pem_private_key(block.text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError(f"holds a damaged private key; {MAKE}") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, CURVE):
        raise ValueError(f"holds a key that is not P-256 (ES256 needs that curve); {MAKE}")
    return key


def public_key(text: str) -> ec.EllipticCurvePublicKey:
    """Read one P-256 public key in PEM; ValueError says what to do instead."""
    block = pem.only_block(text, SHOW)
    if "PRIVATE KEY" in block.label:
        raise ValueError(f"holds a private key where public keys belong; {SHOW}")
    try:
        key = load_pem_public_key(block.text.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError(f"holds a damaged public key; {SHOW}") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, CURVE):
        raise ValueError("holds a key that is not P-256 (ES256 needs that curve); take it out")
    return key


def read_private_key(text: str) -> str:
    """Accept a private key for an environment variable; ValidationError says what is wrong."""
    try:
        private_key(text)
    except ValueError as error:
        raise ValidationError(f"{error}.") from None
    return pem.multiline(text)


def read_public_keys(text: str) -> list[str]:
    """Accept any number of public keys, one PEM block after the other, and none at all."""
    try:
        blocks = [block.text for block in pem.blocks(text, SHOW)]
        for block in blocks:
            public_key(block)
    except ValueError as error:
        raise ValidationError(f"{error}.") from None
    return blocks


def new_private_key() -> str:
    """Make a private key; PEM (PKCS#8), several lines."""
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ec.generate_private_key(CURVE()).private_bytes(*form).decode()


def public_text(key: ec.EllipticCurvePublicKey) -> str:
    """Write a public key as PEM (SubjectPublicKeyInfo), several lines."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """Write a public key as a JSON Web Key, its key id included."""
    public = _members(key)
    return public | {"alg": "ES256", "kid": _thumbprint(public), "use": "sig"}


def key_id(key: ec.EllipticCurvePublicKey) -> str:
    """Name a key by the SHA-256 thumbprint of its public members (RFC 7638)."""
    return _thumbprint(_members(key))


def _members(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    x, y = (number.to_bytes(COORDINATE_BYTES, "big") for number in (numbers.x, numbers.y))
    return {"crv": "P-256", "kty": "EC", "x": _base64url(x), "y": _base64url(y)}


def _thumbprint(members: dict[str, str]) -> str:
    canonical = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(canonical.encode()).digest())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
