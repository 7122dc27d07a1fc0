"""How passwords are chosen, stored and checked."""

from config.cores import usable_cores
from config.settings.server import SERVER_THREADS, SERVER_WORKERS

AUTH_USER_MODEL = "accounts.User"

# One backend, so that every door (API, admin, pages) passes the same limits and leaves a trace.
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]

# The first one hashes; the others only let old hashes in, which are renewed at the next login.
PASSWORD_HASHERS = [
    "accounts.hashers.SizedArgon2PasswordHasher",
    "accounts.hashers.OlderPBKDF2PasswordHasher",
]

# In each process: hashes at once, and requests that may wait for one (accounts/hash_pool.py). The
# other threads are for the rest of the service. A variable that was refused is None here.
HASHES_AT_ONCE = max(1, usable_cores() // (SERVER_WORKERS or 1))
HASH_CALLERS_AT_ONCE = max(1, (SERVER_THREADS or 1) // 2)

# NIST SP 800-63B and OWASP ASVS 6.2: length and known passwords count, composition does not.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.validators.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
