"""A developer's machine: nothing to install, everything else as in production where it can be."""

from dotenv import load_dotenv

from config.environment import env
from config.settings.paths import BASE_DIR

load_dotenv(BASE_DIR / ".env")

from config.settings.base import *  # noqa: E402 - reads what .env says
from config.settings.database import persistent  # noqa: E402

DEBUG = env.flag("DEBUG", "yes")
SECRET_KEY = env.str("SECRET_KEY", "local-only-key-that-production-refuses-to-start-with")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DATABASES = {
    "default": persistent(env.postgresql("DATABASE_URL"))
    if env.str("DATABASE_URL", "")
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}
}
LIMIT_STORE = env.str("REDIS_URL", "") or "memory://"

# option: jwt
# Without a key of its own, logins end with the process.
JWT_PRIVATE_KEY = env.private_key("JWT_PRIVATE_KEY", new_private_key())
JWT_VERIFY_KEYS = env.public_keys("JWT_VERIFY_KEYS", "")
# end option

# option: cors
# Development servers of pages have no certificate.
CORS_ALLOWED_ORIGIN_REGEXES = [r"^http://(localhost|127\.0\.0\.1):[0-9]+$"]
# end option

env.refuse_faults()
