"""What a trace says, and whose word decides about it."""

import re
from uuid import uuid4

import pytest
from opentelemetry.trace import format_span_id, format_trace_id
from rest_framework.test import APIClient

from accounts.models import User
from tests.conftest import ME
from tests.lines import Lines
from tests.observability.conftest import MakeTraced, Spans

STRANGER = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{STRANGER}-b7ad6b7169203331"


def test_a_request_is_a_span_of_its_method_route_and_status(
    traced: APIClient, anna: User, spans: Spans
) -> None:
    traced.force_login(anna)
    traced.delete(f"/api/v1/auth/tokens/{uuid4()}/?token=x")
    assert spans.request.name == "DELETE /api/v1/auth/tokens/<uuid:pk>/"
    assert dict(spans.request.attributes or {}) == {
        "http.request.method": "DELETE",
        "http.route": "/api/v1/auth/tokens/<uuid:pk>/",
        "http.response.status_code": 404,
    }
    assert spans.request.status.status_code.name == "UNSET"


def test_where_no_address_is_found_only_the_method_is_told(
    traced: APIClient, db: None, spans: Spans
) -> None:
    traced.get("/secret-path/")
    assert spans.request.name == "GET"
    traced.generic("HUNTER2", "/")
    assert spans.request.attributes is not None
    assert spans.request.attributes["http.request.method"] == "_OTHER"
    assert "HUNTER2" not in spans.written()
    assert "secret-path" not in spans.written()


@pytest.mark.urls("tests.guard.urls")
@pytest.mark.parametrize(("path", "status"), [("bug", 500), ("503", 503)])
def test_what_is_our_fault_is_an_error_without_its_text(
    traced: APIClient, db: None, spans: Spans, path: str, status: int
) -> None:
    traced.get(f"/api/test/raise/{path}/")
    assert spans.request.status.status_code.name == "ERROR"
    assert spans.request.status.description is None
    assert spans.request.attributes is not None
    assert spans.request.attributes["error.type"] == str(status)
    assert not spans.request.events


def test_statements_are_steps_of_their_request(traced: APIClient, anna: User, spans: Spans) -> None:
    traced.force_login(anna)
    traced.get(ME)
    request = spans.request.get_span_context()
    assert spans.steps
    for span in spans.steps:
        assert request is not None
        assert span.parent is not None
        assert span.parent.span_id == request.span_id
    assert "SELECT accounts_user" in [span.name for span in spans.steps]


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_are_not_traced(traced: APIClient, db: None, spans: Spans, path: str) -> None:
    assert traced.get(path).status_code == 200
    assert spans.all == []


@pytest.mark.parametrize("flag", ["00", "01"])
@pytest.mark.parametrize("sampled", [True, False])
def test_a_stranger_neither_samples_nor_continues_a_trace(
    make_traced: MakeTraced, db: None, spans: Spans, flag: str, *, sampled: bool
) -> None:
    client = make_traced("parentbased_traceidratio", 1.0 if sampled else 0.0)
    told = {
        "traceparent": f"{TRACEPARENT}-{flag}",
        "tracestate": "a=hunter2",
        "baggage": "a=hunter2",
    }
    client.get("/", headers=told)
    assert len(spans.requests) == sampled
    for span in spans.requests:
        assert span.parent is None
        assert span.context is not None
        assert format_trace_id(span.context.trace_id) != STRANGER
        (link,) = span.links
        assert format_trace_id(link.context.trace_id) == STRANGER
        assert format_span_id(link.context.span_id) in TRACEPARENT
        assert not link.attributes
    assert "hunter2" not in spans.written()


@pytest.mark.parametrize(
    "given", ["hunter2", f"00-{'0' * 32}-b7ad6b7169203331-01", "00-x-y-01", ""]
)
def test_what_is_no_traceparent_is_nothing(
    traced: APIClient, db: None, spans: Spans, given: str
) -> None:
    assert traced.get("/", headers={"traceparent": given}).status_code == 200
    assert spans.request.links == ()
    assert "hunter2" not in spans.written()


@pytest.mark.parametrize("sampler", ["always_off", "parentbased_always_off"])
def test_a_request_that_is_not_sampled_has_no_steps_either(
    make_traced: MakeTraced, anna: User, spans: Spans, log: Lines, sampler: str
) -> None:
    client = make_traced(sampler)
    client.force_login(anna)
    assert client.get(ME).status_code == 200
    assert spans.all == []
    assert all("trace_id" not in record for record in log.records)


def test_half_of_the_requests_are_traced_if_asked_for(
    make_traced: MakeTraced, db: None, spans: Spans
) -> None:
    client = make_traced("traceidratio", 0.5)
    for _ in range(60):
        client.get("/livez/")
    assert 5 < len(spans.requests) < 55  # in all but one of 10^12 runs


def test_log_lines_and_security_events_carry_the_id_of_the_trace(
    traced: APIClient, db: None, spans: Spans, log: Lines, events: Lines
) -> None:
    traced.get("/", HTTP_HOST="evil.test")
    context = spans.request.get_span_context()
    assert context is not None
    lines = log.records + events.records
    assert len(lines) == 3
    assert {line["trace_id"] for line in lines} == {format_trace_id(context.trace_id)}
    assert re.fullmatch("[0-9a-f]{32}", str(lines[0]["trace_id"]))
