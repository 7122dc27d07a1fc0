# option: jwt
"""The keys in use: one signs, it and any number of others verify."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from jwt_login import keys
from jwt_login.genuine import Genuine

if TYPE_CHECKING:  # it imports this module
    from jwt_login.claims import Claims


@dataclass(frozen=True, slots=True)
class Keyring:
    """The signing key with its id, every key that verifies by its id, and what they verified."""

    signing_key: ec.EllipticCurvePrivateKey
    signing_key_id: str
    verifying_keys: Mapping[str, ec.EllipticCurvePublicKey]
    genuine: "Genuine[Claims]" = field(default_factory=Genuine)

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Return the public keys as a JSON Web Key Set (RFC 7517), the signing key's first."""
        return {"keys": [keys.jwk(key) for key in self.verifying_keys.values()]}


def keyring() -> Keyring:
    """Return the keys that the settings name; ValueError if one of them is no P-256 key."""
    return _keyring(settings.JWT_PRIVATE_KEY, tuple(settings.JWT_VERIFY_KEYS))


@lru_cache(maxsize=1)
def _keyring(private_text: str, public_texts: tuple[str, ...]) -> Keyring:
    signing_key = keys.private_key(private_text)
    publics = [signing_key.public_key(), *(keys.public_key(text) for text in public_texts)]
    by_id = {keys.key_id(key): key for key in publics}
    return Keyring(signing_key, next(iter(by_id)), by_id)
