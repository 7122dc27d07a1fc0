"""How passwords are chosen, stored and checked."""

AUTH_USER_MODEL = "accounts.User"

# One backend, so that every door (API, admin, pages) passes the same limits and leaves a trace.
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]

# The first one hashes; the others only let old hashes in, which are renewed at the next login.
PASSWORD_HASHERS = [
    "accounts.hashers.SizedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

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
