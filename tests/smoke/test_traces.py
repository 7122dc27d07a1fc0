"""Traces leave the production server, say what they should, and hold nothing of a caller."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.smoke.client import Client
from tests.smoke.conftest import Deployment
from tests.smoke.receivers import Receiver, keeping
from tests.smoke.service import PASSWORD, Service
from tests.smoke.test_api_tokens import NOTES, log_in

KEY = "collector-key-4711"
CANARY = "canary4711"
STRANGER = "0af7651916cd43dd8448eb211c80319c"
ADDRESS = "203.0.113.77"
HOSTILE = {
    "Baggage": f"a={CANARY}",
    "Cookie": f"a={CANARY}",
    "Referer": f"https://example.org/{CANARY}",
    "Tracestate": f"a={CANARY}",
    "User-Agent": CANARY,
    "X-Forwarded-For": ADDRESS,
    "X-Request-ID": f"{CANARY}-id",
}


@pytest.fixture(scope="module")
def collector() -> Iterator[Receiver]:
    with keeping() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def traced(
    deployment: Deployment, collector: Receiver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """Run the service with a collector; half of the callers say that nothing is to be sampled."""
    variables = {
        "OTEL_BSP_SCHEDULE_DELAY": "200",
        "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.port}/",
        "OTEL_EXPORTER_OTLP_HEADERS": f"x-key={KEY}",
        "OTEL_RESOURCE_ATTRIBUTES": "deployment.environment.name=a-test",
        "TRUSTED_PROXY_COUNT": "1",
        "WORKERS": "2",
    }
    with deployment.running(tmp_path_factory.mktemp("traced"), **variables) as service:
        yield service


def use(client: Client, count: int) -> list[str]:
    """Log in, fail to, write and read; return what was handed out."""
    handed_out = []
    for number in range(count):
        parent = {"Traceparent": f"00-{STRANGER}-b7ad6b7169203331-0{number % 2}"}
        headers = HOSTILE | parent
        wrong = {"username": "alice", "password": f"{CANARY}-{secrets.token_hex(4)}"}
        assert client.request("POST", "/api/v1/auth/tokens/", wrong, headers).status == 401
        login = log_in(client, "alice")
        note = {"title": CANARY, "text": f"{CANARY} anna@example.com"}
        assert client.request("POST", NOTES, note, headers | login).status == 201
        assert client.get(f"{NOTES}?page_size=20&x={CANARY}", headers | login).status == 200
        assert client.get(f"/{CANARY}/", headers).status == 404
        handed_out.append(login["Authorization"].split()[1])
    return handed_out


def test_traces_say_what_was_done_and_nothing_of_who_did_it(
    traced: Service, collector: Receiver, deployment: Deployment, redis_url: str
) -> None:
    assert redis_url
    handed_out = use(traced.client, 2)
    collector.wait_for(b"GET /api/v1/notes/", 2)
    collector.wait_for(b"POST /api/v1/notes/", 2)
    told = collector.bodies()
    wanted = [
        *("POST /api/v1/auth/tokens/", "INSERT notes_note", "redis take", "SELECT accounts_user"),
        *("http.response.status_code", "db.query.text", "My Service", "a-test"),
    ]
    assert [text for text in wanted if text.encode() not in told] == []
    assert told.count(bytes.fromhex(STRANGER)) >= 6, "a caller's trace is named in a link"
    variables = deployment.variables
    addresses = [urlsplit(variables[name]) for name in ("DATABASE_URL", "REDIS_URL")]
    hidden = [*handed_out, CANARY, PASSWORD, "alice", "anna@", ADDRESS, "127.0.0.1", "api.example"]
    hidden += [variables["SECRET_KEY"], variables["JWT_PRIVATE_KEY"][40:90]]
    hidden += [str(address.password) for address in addresses if address.password]
    assert [text for text in hidden if text.encode() in told] == []
    assert {path for path, _, _ in collector.posted} == {"/v1/traces"}
    assert {headers["x-key"] for _, headers, _ in collector.posted} == {KEY}
    assert {headers["Content-Encoding"] for _, headers, _ in collector.posted} == {"gzip"}


def test_log_lines_and_spans_share_the_id_of_the_trace(
    traced: Service, collector: Receiver, redis_url: str
) -> None:
    assert redis_url
    assert traced.client.get("/", HOSTILE).status == 200
    lines = [json.loads(line) for line in traced.output().splitlines() if '"trace_id"' in line]
    assert lines
    for line in lines[-3:]:
        assert re.fullmatch("[0-9a-f]{32}", line["trace_id"])
        assert line["trace_id"] != STRANGER
        collector.wait_for(bytes.fromhex(line["trace_id"]))
    assert '"trace_id": "' + STRANGER not in traced.output()


def test_what_was_not_sent_yet_is_sent_when_the_service_stops(
    deployment: Deployment, tmp_path: Path, redis_url: str
) -> None:
    assert redis_url
    with keeping() as receiver:
        endpoint = f"http://127.0.0.1:{receiver.port}/anywhere"
        variables = {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": endpoint, "WORKERS": "1"}
        with deployment.running(tmp_path, OTEL_BSP_SCHEDULE_DELAY="60000", **variables) as service:
            for _ in range(8):
                assert service.client.get("/").status == 200
            assert receiver.posted == []
        assert receiver.bodies().count(b"GET /") == 8
        assert {path for path, _, _ in receiver.posted} == {"/anywhere"}
