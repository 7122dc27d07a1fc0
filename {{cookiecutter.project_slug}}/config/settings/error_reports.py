"""Error reports, where a Sentry project is named; docs/tracing.md says what is in them."""

from config.environment import env
from config.settings.apps import WORKER_STARTS
from config.watching import sentry_dsn

env.add_parser("sentry_dsn", sentry_dsn)

SENTRY_DSN = env.sentry_dsn("SENTRY_DSN", "")
SENTRY_ENVIRONMENT = env.str("SENTRY_ENVIRONMENT", "production")
SENTRY_RELEASE = env.str("SENTRY_RELEASE", "")

if SENTRY_DSN:
    WORKER_STARTS.append("observability.error_reports.start")
