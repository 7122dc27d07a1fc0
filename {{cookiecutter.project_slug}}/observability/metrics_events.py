"""Which security event is counted where."""

from guard.events import Event
from observability import metrics


def count_event(name: str, scope: str | None) -> None:
    """Count an event by its name, and a request that a limit refused by the limit.

    Raises ValueError for a name that is none of guard.events.
    """
    event = Event(name)
    metrics.EVENTS.labels(event).inc()
    if event is Event.RATE_LIMITED:
        metrics.THROTTLED.labels(scope if scope in metrics.LIMITS else metrics.OTHER).inc()
    elif event is Event.LOGIN_LIMITED:
        metrics.THROTTLED.labels("login").inc()
    elif event in {Event.STORE_LOST, Event.STORE_FOUND}:
        metrics.STORE_LOST.set(event is Event.STORE_LOST)
