"""What all contestants have: the database, on connections that last as long as ours."""

import os
from urllib.parse import urlsplit

DATABASE = urlsplit(os.environ["DATABASE_URL"])
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = [os.environ["ALLOWED_HOST"]]
DEBUG = False
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "benchmarks.requests.contestants",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "benchmarks.requests.contestants.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": DATABASE.hostname,
        "PORT": DATABASE.port,
        "USER": DATABASE.username,
        "PASSWORD": DATABASE.password,
        "NAME": DATABASE.path.strip("/"),
        "CONN_MAX_AGE": None,
    }
}
PAGE_SIZE = 20
