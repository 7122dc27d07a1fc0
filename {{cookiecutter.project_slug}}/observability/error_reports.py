"""Reports of what is our fault to Sentry: an exception that nobody turned into an answer.

What is refused, and a store that is lost (503), is none. Nothing is collected by the SDK: all of
its integrations are off, and what is left goes through the list in error_reports_content.py.
"""

import logging
from typing import TYPE_CHECKING, Any

import sentry_sdk
from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest

from guard.logs import current_trace_id
from observability.error_reports_content import allowed
from observability.process_end import at_the_end
from observability.request_names import method_of, route_of

if TYPE_CHECKING:
    from sentry_sdk._types import DataCollectionUserOptions

STOP_SECONDS = 2  # for reports that are under way when a worker ends

# What send_default_pii=False was in older releases, and more: that option is deprecated.
NOTHING: "DataCollectionUserOptions" = {
    "cookies": {"mode": "off"},
    "database_query_data": False,
    "frame_context_lines": 0,
    "gen_ai": {"inputs": False, "outputs": False},
    "graphql": {"document": False, "variables": False},
    "http_bodies": [],
    "http_headers": {"request": {"mode": "off"}},
    "queues": False,
    "stack_frame_variables": False,
    "url_query_params": {"mode": "off"},
    "user_info": False,
}

logger = logging.getLogger(__name__)


def start() -> None:
    """Start reporting; called once in each worker."""
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        environment=settings.SENTRY_ENVIRONMENT,
        release=settings.SENTRY_RELEASE,
        # Said although before_send would drop all of it: nothing is even collected.
        auto_enabling_integrations=False,
        default_integrations=False,
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        data_collection=NOTHING,
        server_name="",
        # Nothing but errors leaves, and no variable of the SDK's own switches more on.
        auto_session_tracking=False,
        before_send=allowed,
        debug=False,
        enable_logs=False,
        enable_metrics=False,
        send_client_reports=False,
        spotlight=False,
        traces_sample_rate=None,
        shutdown_timeout=STOP_SECONDS,
    )
    got_request_exception.connect(report)
    at_the_end(sentry_sdk.get_client().close, STOP_SECONDS + 1)


def report(*, request: HttpRequest | None = None, **_: Any) -> None:
    """Report the exception that is being handled (a receiver of Django's signal).

    Costs the request no waiting: a thread of the SDK sends, and drops what it cannot.
    """
    try:
        with sentry_sdk.new_scope() as scope:
            scope.set_tags(facts(request))
            scope.set_transaction_name(place(request))
            scope.capture_exception()
    except Exception:
        logger.exception("an error could not be reported")


def facts(request: HttpRequest | None) -> dict[str, str]:
    """Return what finds the lines in the log."""
    found = {
        "request_id": getattr(request, "request_id", None),
        "trace_id": current_trace_id.get(),
    }
    return {name: value for name, value in found.items() if value}


def place(request: HttpRequest | None) -> str:
    """Return method and route; no path, which may hold values."""
    return f"{method_of(request)} {route_of(request)}" if request else "no request"
