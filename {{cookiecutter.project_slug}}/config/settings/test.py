"""Tests: SQLite and stores in the process, unless DATABASE_URL and REDIS_URL name real ones."""

from config.environment import env
from config.settings.base import *
from config.settings.database import persistent

DEBUG = False
SECRET_KEY = "test-only-key-that-production-refuses-to-start-with"  # noqa: S105 - no secret
ALLOWED_HOSTS = ["testserver"]

DATABASES = {
    "default": persistent(env.postgresql("DATABASE_URL"))
    if env.str("DATABASE_URL", "")
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
}
LIMIT_STORE = env.str("REDIS_URL", "") or "memory://"

# Static files are found where they are, not where they are collected.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# A real hash takes as long as it should; tests of it name the real hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# option: jwt
JWT_PRIVATE_KEY = new_private_key()
JWT_VERIFY_KEYS: list[str] = []
# end option

CORS_ALLOWED_ORIGINS = ["https://app.example.com"]  # option: cors

env.refuse_faults()
