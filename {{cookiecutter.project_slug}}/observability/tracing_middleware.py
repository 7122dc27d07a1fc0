"""One span a request: its method, its route, its status, and nothing that a caller wrote.

No path, query, header, address or account is in it. A caller's traceparent neither continues nor
samples a trace, for it may be a stranger's: a new trace begins, with a link to the one it names.
Its tracestate and baggage are not read.
"""

from collections.abc import Callable
from contextlib import ExitStack

from django.db import connections
from django.http import HttpRequest, HttpResponseBase
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, StatusCode, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from guard.logs import current_trace_id
from guard.request_log import QUIET_PATHS
from observability.request_names import method_of, route_of
from observability.tracing_statements import traced_statement

TRACER = trace.get_tracer("service")
HEADER = "traceparent"
ERRORS = 500  # and above


class TracingMiddleware:
    """Stands around the log of requests, so that its lines and all others carry the trace id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in QUIET_PATHS:
            return self.get_response(request)
        method = method_of(request)
        span = TRACER.start_span(
            method,
            context=Context(),  # nothing around it: a trace begins here
            kind=SpanKind.SERVER,
            attributes={"http.request.method": method},
            links=links(request),
        )
        with ExitStack() as around:
            around.enter_context(
                trace.use_span(
                    span, end_on_exit=True, record_exception=False, set_status_on_exception=False
                )
            )
            if not span.is_recording():
                return self.get_response(request)
            for connection in connections.all():
                around.enter_context(connection.execute_wrapper(traced_statement))
            trace_id = format_trace_id(span.get_span_context().trace_id)
            around.callback(current_trace_id.reset, current_trace_id.set(trace_id))
            response = self.get_response(request)
            describe(span, request, response)
            return response


def links(request: HttpRequest) -> list[Link]:
    """Return a link to the span that the caller names, if it names one as W3C asks."""
    given = request.headers.get(HEADER)
    if not given:
        return []
    context = TraceContextTextMapPropagator().extract({HEADER: given}, Context())
    return [Link(trace.get_current_span(context).get_span_context())]  # none if it is invalid


def describe(span: Span, request: HttpRequest, response: HttpResponseBase) -> None:
    """Say what became of the request (OpenTelemetry's semantic conventions for HTTP)."""
    if route := route_of(request):
        span.update_name(f"{method_of(request)} {route}")
        span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", response.status_code)
    if response.status_code >= ERRORS:
        span.set_attribute("error.type", str(response.status_code))
        span.set_status(StatusCode.ERROR)
