"""Log lines: one JSON object a line, in UTC, with the id of the request they belong to."""

import logging
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# Of the request that is being answered, for code that no request was handed to.
current_request_id: ContextVar[str | None] = ContextVar("current_request_id", default=None)
current_address: ContextVar[str | None] = ContextVar("current_address", default=None)
# Set where the request is part of a trace that is sent (observability/).
current_trace_id: ContextVar[str | None] = ContextVar("current_trace_id", default=None)

# Django hands whole objects to its log records; their text may hold headers and query values.
DROPPED = ("request", "server_time", "sql", "params", "alias")


class RequestIdFilter(logging.Filter):
    """Adds the request id to every record, and the trace id where there is one."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Set record.request_id and record.trace_id; keep the record."""
        request = getattr(record, "request", None)  # Django's last word comes after the request
        record.request_id = current_request_id.get() or getattr(request, "request_id", None)
        if trace_id := current_trace_id.get():
            record.trace_id = trace_id
        return True


class UnavailableFilter(logging.Filter):
    """Drops Django's line for a 503: its reason has an event or a line of its own."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep all others."""
        return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE


class JsonLineFormatter(JsonFormatter):
    """Renders a record as JSON; control characters in any value are escaped by JSON itself."""

    def __init__(self) -> None:
        super().__init__(
            "{message}{levelname}{name}{request_id}",
            style="{",
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
            json_ensure_ascii=True,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Leave out what must not be written."""
        return {key: value for key, value in log_data.items() if key not in DROPPED}
