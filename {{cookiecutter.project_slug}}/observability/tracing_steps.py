"""Spans of the steps of a request; a failure is its type, never its text, which may hold values."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from opentelemetry import trace
from opentelemetry.trace import SpanKind, StatusCode

TRACER = trace.get_tracer("service")


@contextmanager
def step(name: str, attributes: dict[str, str]) -> Iterator[None]:
    """Make the block a span inside of the current one."""
    with TRACER.start_as_current_span(
        name,
        kind=SpanKind.CLIENT,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except Exception as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(StatusCode.ERROR)
            raise


def watch(store: type, *methods: str) -> None:
    """Make each call of these methods, which ask Redis, a step of the request that is traced."""
    for name in methods:
        setattr(store, name, watched(getattr(store, name), name))


def watched(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        if not trace.get_current_span().is_recording():
            return method(*arguments, **named)
        with step(f"redis {name}", {"db.system.name": "redis"}):
            return method(*arguments, **named)

    return call
