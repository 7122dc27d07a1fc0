"""The policy in production.

Nothing here can be relaxed from outside except where a variable is named, and a variable that is
missing, a placeholder or unsafe stops the start with one message that lists all of them.
"""

from config.environment import env
from config.settings.base import *
from config.settings.database import persistent

# --- Secrets and identity -------------------------------------------------------------------
DEBUG = env.must_be_off("DEBUG", "no")
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.secrets_list("SECRET_KEY_FALLBACKS", "")
ALLOWED_HOSTS = env.host_names("ALLOWED_HOSTS")

# option: jwt
# --- JWT: signed with a key of its own, verified with it and with older or newer public keys ----
JWT_PRIVATE_KEY = env.private_key("JWT_PRIVATE_KEY")
JWT_VERIFY_KEYS = env.public_keys("JWT_VERIFY_KEYS", "")
# end option

# --- Stores: shared by all processes, bounded in time -------------------------------------------
DATABASES = {"default": persistent(env.postgresql("DATABASE_URL", tls_is_decided=True))}
LIMIT_STORE = env.redis_address("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": LIMIT_STORE,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}

# --- Transport: HTTPS only --------------------------------------------------------------------
SECURE_SSL_REDIRECT = True
# Probes come without TLS; plain HTTP under /api/ is refused by guard.transport, not redirected.
SECURE_REDIRECT_EXEMPT = [r"^api/", r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", "31536000", minimum=0, maximum=63_072_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_INCLUDE_SUBDOMAINS", "yes")
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", "no")

# --- Cookies: this host only, HTTPS only (RFC 6265bis, the __Host- prefix) ----------------------
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True

# option: cors
# --- Browsers on other origins ------------------------------------------------------------------
CORS_ALLOWED_ORIGINS = env.https_origins("CORS_ALLOWED_ORIGINS")
# end option

# --- Static files: names carry a hash of the content --------------------------------------------
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains: decided by HSTS_INCLUDE_SUBDOMAINS, on unless switched off
    "security.W021",  # preload: binds the whole domain for years, so only on request
]

env.refuse_faults()
