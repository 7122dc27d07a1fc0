"""Traces go to a collector in batches, from a thread of each worker (OTLP over HTTP).

A collector that is slow or gone costs a request nothing: what does not fit into the queue of its
thread is dropped.
"""

from django.conf import settings
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, Sampler, TraceIdRatioBased
from opentelemetry.util.re import parse_env_headers

from config.identity import NAME
from guard.limits.redis_store import RedisStore
from observability.process_end import at_the_end
from observability.tracing_steps import watch

STOP_SECONDS = 2  # for the last batch; a worker that stops has requests to finish, too
RATIOS = {"always_on": 1.0, "always_off": 0.0}


def sampler() -> Sampler:
    """Return what decides about a trace where it begins, which is here: steps follow their request.

    A caller's decision is not asked for (tracing_middleware.py).
    """
    name = settings.TRACES_SAMPLER.removeprefix("parentbased_")
    ratio: float = settings.TRACES_RATIO
    return ParentBased(TraceIdRatioBased(RATIOS.get(name, ratio)))


def resource() -> Resource:
    """Return what all spans say of the service: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES."""
    named = OTELResourceDetector().detect().attributes.get(SERVICE_NAME)
    return Resource.create({SERVICE_NAME: named or NAME})


def start() -> None:
    """Start sending; called once in each worker."""
    exporter = OTLPSpanExporter(
        endpoint=settings.TRACES_ENDPOINT,
        headers=parse_env_headers(settings.TRACES_HEADERS, liberal=True),
    )
    # The SDK's own end waits half a minute for a collector that is gone.
    provider = TracerProvider(sampler=sampler(), resource=resource(), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    watch(RedisStore, "take", "give_back")
    at_the_end(provider.shutdown, STOP_SECONDS)
