"""Argon2id in a size that a burst of logins cannot turn into an outage."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SizedArgon2PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: the minimum of OWASP's Password Storage Cheat Sheet.

    Django's default takes 100 MiB and eight lanes for each login.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1
