"""Hashes in a size, and so many at once, that a burst of logins cannot turn into an outage."""

from typing import Any

from django.contrib.auth.hashers import (
    Argon2PasswordHasher,
    BasePasswordHasher,
    PBKDF2PasswordHasher,
)

from accounts.hash_pool import hash_pool


class BoundedHashing(BasePasswordHasher):
    """Stands before a hasher, whose work the pool of this process does or refuses with Busy."""

    def encode(self, password: str, salt: str, *details: Any) -> Any:
        """Hash a new password."""
        return hash_pool().run(super().encode, password, salt, *details)

    def verify(self, password: str, encoded: str) -> bool:
        """Hash a given password and compare."""
        return hash_pool().run(super().verify, password, encoded)


class SizedArgon2PasswordHasher(BoundedHashing, Argon2PasswordHasher):
    """19 MiB, two passes, one lane: the minimum of OWASP's Password Storage Cheat Sheet.

    Django's default takes 100 MiB and eight lanes for each login.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1


class OlderPBKDF2PasswordHasher(BoundedHashing, PBKDF2PasswordHasher):
    """Django's own, for hashes that were made before."""
