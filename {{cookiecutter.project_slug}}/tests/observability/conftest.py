"""Spans and reports as they leave the service."""

from collections.abc import Callable, Iterator

import pytest
import sentry_sdk
from django.core.signals import got_request_exception
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pytest_django import Settings
from rest_framework.test import APIClient

from guard.limits.redis_store import RedisStore
from observability import error_reports, tracing, tracing_middleware, tracing_steps
from tests.observability.sink import Sink, listening

PLACE = 1  # behind the edge, where config/settings/tracing.py puts it
MIDDLEWARE = "observability.tracing_middleware.TracingMiddleware"

MakeTraced = Callable[..., APIClient]


class Spans(InMemorySpanExporter):
    """Keeps what would be sent."""

    @property
    def all(self) -> list[ReadableSpan]:
        """The spans, in the order in which they ended."""
        return list(self.get_finished_spans())

    @property
    def requests(self) -> list[ReadableSpan]:
        """The spans of requests."""
        return [span for span in self.all if span.kind.name == "SERVER"]

    @property
    def request(self) -> ReadableSpan:
        """The last span of a request."""
        return self.requests[-1]

    @property
    def steps(self) -> list[ReadableSpan]:
        """The spans of all steps."""
        return [span for span in self.all if span.kind.name == "CLIENT"]

    def written(self) -> str:
        """Return all that is in them."""
        return "".join(span.to_json() for span in self.all)


@pytest.fixture
def spans() -> Spans:
    return Spans()


@pytest.fixture
def make_traced(spans: Spans, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> MakeTraced:
    """Make a caller of a traced service; middleware is read when the caller is made."""

    def make(sampler: str = "always_on", ratio: float = 1.0) -> APIClient:
        settings.MIDDLEWARE = [*settings.MIDDLEWARE]
        settings.MIDDLEWARE.insert(PLACE, MIDDLEWARE)
        settings.TRACES_SAMPLER, settings.TRACES_RATIO = sampler, ratio
        provider = TracerProvider(
            sampler=tracing.sampler(), resource=tracing.resource(), shutdown_on_exit=False
        )
        provider.add_span_processor(SimpleSpanProcessor(spans))
        for module in (tracing_middleware, tracing_steps):
            monkeypatch.setattr(module, "TRACER", provider.get_tracer("service"))
        for name in ("take", "give_back"):
            method = tracing_steps.watched(getattr(RedisStore, name), name)
            monkeypatch.setattr(RedisStore, name, method)
        return APIClient(raise_request_exception=False)

    return make


@pytest.fixture
def traced(make_traced: MakeTraced) -> APIClient:
    """A caller whose every request is traced."""
    return make_traced()


@pytest.fixture
def sentry(settings: Settings) -> Iterator[Sink]:
    """What a Sentry is sent while the service reports to it."""
    with listening() as sink:
        settings.SENTRY_DSN = f"http://publickey@127.0.0.1:{sink.port}/42"
        error_reports.start()
        try:
            yield sink
        finally:
            got_request_exception.disconnect(error_reports.report)
            sentry_sdk.get_client().close()
            sentry_sdk.get_global_scope().set_client(None)
