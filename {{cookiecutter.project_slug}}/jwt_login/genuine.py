# option: jwt
"""Remembers which tokens are genuine: a signature is verified once, not for each request.

What was signed stays signed; what may change since, the time and the login's row, is looked at each
time (access.py, services.py). Kept is a digest of a token, never the token.
"""

from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

MOST_REMEMBERED = 2_000  # beyond it the oldest is forgotten; some 500 bytes each

Claims = TypeVar("Claims")


class Genuine(Generic[Claims]):
    """The claims of tokens that one set of keys has verified; it goes when the keys change."""

    def __init__(self) -> None:
        self.remembered: dict[tuple[bytes, str, str], Claims] = {}
        self.lock = Lock()

    def get(self, token: str, issuer: str, audience: str) -> Claims | None:
        """Return the claims of a token that was verified for the two, or None."""
        return self.remembered.get((digest(token), issuer, audience))

    def note(self, token: str, issuer: str, audience: str, claims: Claims) -> None:
        """Remember what was verified."""
        with self.lock:
            if len(self.remembered) >= MOST_REMEMBERED:
                del self.remembered[next(iter(self.remembered))]
            self.remembered[digest(token), issuer, audience] = claims


def digest(token: str) -> bytes:
    """Return what a token is remembered by."""
    return sha256(token.encode()).digest()
