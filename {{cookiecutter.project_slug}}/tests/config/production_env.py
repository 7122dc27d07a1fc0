"""An environment in which production starts, and how to start something in it."""

import os
import secrets
import subprocess
import sys

from config.settings.paths import BASE_DIR
from jwt_login.keys import new_private_key  # option: jwt

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "api.example.com",
    "DATABASE_URL": "postgresql://service:secret@127.0.0.1:1/service",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "TOKEN_LIFETIME_HOURS": "720",  # option: token_expiry or jwt
    "CORS_ALLOWED_ORIGINS": "https://app.example.com",  # option: cors
    # option: jwt
    "JWT_PRIVATE_KEY": new_private_key(),
    "JWT_ISSUER": "https://api.example.com",
    "JWT_AUDIENCE": "https://api.example.com",
    # end option
}
REQUIRED = [
    "ALLOWED_HOSTS",
    "CORS_ALLOWED_ORIGINS",  # option: cors
    "DATABASE_URL",
    "JWT_PRIVATE_KEY",  # option: jwt
    "REDIS_URL",
    "SECRET_KEY",
]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in an environment that has nothing else in it."""
    return subprocess.run(  # noqa: S603 - the service's own programs
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
