"""What holds everywhere; one topic a file.

The values that differ between installations are in local.py, test.py and production.py.
"""

from config.environment import env
from config.settings.api_tokens import *
from config.settings.apps import *
from config.settings.cors import *  # option: cors
from config.settings.error_reports import *
from config.settings.jwt_login import *  # option: jwt
from config.settings.logs import *
from config.settings.metrics import *
from config.settings.passwords import *
from config.settings.paths import *
from config.settings.proxies import *
from config.settings.rest import *
from config.settings.server import *
from config.settings.tracing import *

TIME_ZONE = "UTC"
ADMIN_PATH = env.url_path("ADMIN_PATH", "admin")
READ_ONLY = env.flag("READ_ONLY", "no")  # guard/read_only.py

# Not readable by scripts: pages get the token from the server (accounts/session.py).
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "guard.handlers.csrf_failure"
SESSION_ENGINE = "accounts.sessions"  # the database, under a digest of the id
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
