"""What the settings name: a middleware and a log handler that count.

Both import what they count with when they are first used. The server makes the folder of the
counters when settings and checks are through, and they have imported whatever they name.
"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def count_requests(get_response: Answer) -> Answer:
    """Return a middleware that counts every answer, refusals and probes included."""
    from observability.metrics_requests import CountedAnswers  # noqa: PLC0415 - see above

    return CountedAnswers(get_response)


class EventCounter(logging.Handler):
    """Counts security events where they are logged: what emits them knows of no metrics."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count; what goes wrong here is reported as by any handler and stops nobody."""
        try:
            from observability.metrics_events import count_event  # noqa: PLC0415 - see above

            count_event(record.getMessage(), getattr(record, "scope", None))
        except Exception:  # noqa: BLE001 - as the standard library's handlers do
            self.handleError(record)
