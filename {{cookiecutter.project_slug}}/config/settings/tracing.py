"""Traces, where an OpenTelemetry collector is named; docs/tracing.md says what is in them."""

from config import watching
from config.environment import env
from config.settings.apps import MIDDLEWARE, WORKER_STARTS

env.add_parser("collector", watching.collector)
env.add_parser("otlp_headers", watching.otlp_headers)
env.add_parser("ratio", watching.ratio)
env.add_parser("sampler", watching.sampler)

# The one is a whole address, to the other the path of the protocol is added.
TRACES_ENDPOINT = env.collector("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "")
COLLECTOR = env.collector("OTEL_EXPORTER_OTLP_ENDPOINT", "")
if COLLECTOR and not TRACES_ENDPOINT:
    TRACES_ENDPOINT = f"{COLLECTOR.rstrip('/')}/v1/traces"

TRACES_HEADERS = env.otlp_headers("OTEL_EXPORTER_OTLP_HEADERS", "")  # such as the collector's key
TRACES_SAMPLER = env.sampler("OTEL_TRACES_SAMPLER", "always_on")
TRACES_RATIO = env.ratio("OTEL_TRACES_SAMPLER_ARG", "1")  # of traceidratio

if TRACES_ENDPOINT:
    # Around the log, so that its lines carry the id of the trace.
    MIDDLEWARE.insert(
        MIDDLEWARE.index("guard.request_log.RequestLogMiddleware"),
        "observability.tracing_middleware.TracingMiddleware",
    )
    WORKER_STARTS.append("observability.tracing.start")
