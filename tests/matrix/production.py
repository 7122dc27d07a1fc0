"""Throw-away values for everything that production asks of its environment."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HOST = "api.example.com"
ALLOWED_ORIGIN = "https://app.example.com"
UNUSED_DATABASE = "postgresql://service:throw-away@127.0.0.1:1/service"
UNUSED_REDIS = "redis://:throw-away@127.0.0.1:1/0"


def variables(
    chosen: dict[str, bool],
    database_url: str = UNUSED_DATABASE,
    redis_url: str = UNUSED_REDIS,
) -> dict[str, str]:
    """Return what a service with the `chosen` options (as marks name them) must be given."""
    required = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
    }
    if chosen["jwt"]:
        required["JWT_PRIVATE_KEY"] = private_key()
    if chosen["cors"]:
        required["CORS_ALLOWED_ORIGINS"] = ALLOWED_ORIGIN
    return required


def private_key() -> str:
    """Return a new P-256 key as PEM, its lines joined as an environment file writes them."""
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return pem.replace("\n", "\\n")
